import type { Clock } from "../../core/clock.ts";
import type { Destination } from "../../core/destination.ts";
import { orderPosts } from "../../queue/order.ts";
import type { PostOrder } from "../../queue/order.ts";
import { planSlots } from "../../queue/plan.ts";
import type { QueueRules } from "../../queue/rules.ts";
import { allDrafts } from "../../store/drafts.ts";
import type { StoredDraft } from "../../store/drafts.ts";
import { lastMoves } from "../../store/moves.ts";
import type { Store } from "../../store/open.ts";
import { allPosts } from "../../store/posts.ts";
import { allPublications } from "../../store/publications.ts";
import type { PublicationName, StoredPublication } from "../../store/publications.ts";
import { helloKey } from "../announce.ts";
import { withEdits } from "../drafts/words.ts";
import { takenAt } from "../queue-rules.ts";

/** What planning needs. */
export interface PlanningRequest {
  root: string;
  store: Store;
  clock: Clock;
  destinations: readonly Destination[];
  /** By destination id. */
  rules: ReadonlyMap<string, QueueRules>;
  order: PostOrder;
  /** Milliseconds since the epoch; no slot lies before it. */
  start: number;
  /** Same seed, same plan. */
  seed: string;
  /** Stop problems that the person allows. */
  allow: ReadonlySet<string>;
}

/** A draft that wants a place in the queue. */
export interface Candidate {
  publication: StoredPublication;
  /** As it stands now, a person's edits taken. */
  draft: StoredDraft;
  /** As it stands in the database. */
  stored: StoredDraft;
  /** Codes of the problems that hold it. */
  stops: string[];
}

/** What a run will do, the same object for a dry run and a real one. */
export interface QueuePlan {
  /** In the order in which they were planned: by destination, then by slot. */
  slots: (Candidate & { due: string })[];
  /** What is held for want of something. */
  stopped: Candidate[];
  /** Held before, and not taken in by this run. */
  heldBefore: number;
  skipped: number;
  /** The slots that other rules would give, by destination id as they were. */
  replan(rules: ReadonlyMap<string, QueueRules>): QueuePlan["slots"];
}

/**
 * Plans a slot for drafts, or for held items that are to be released. With `release` null: every draft, and what
 * an earlier `queue add` held and whose stops are mended since; what a person held stays held.
 */
export async function planQueue(
  request: PlanningRequest,
  release: readonly PublicationName[] | null,
): Promise<QueuePlan> {
  const { publications, drafts, posts, moved } = await request.store.transaction(
    async (transaction) => ({
      publications: await allPublications(transaction),
      drafts: new Map((await allDrafts(transaction)).map((draft) => [nameOf(draft), draft])),
      posts: await allPosts(transaction),
      moved: await lastMoves(transaction),
    }),
  );
  const rank = new Map(
    orderPosts([...posts.values()], request.order).map(({ key }, index) => [key, index]),
  );
  const released = release === null ? null : new Set(release.map(nameOf));
  const queues: Waiting<Candidate>[] = [];
  const plan = { stopped: [] as Candidate[], heldBefore: 0, skipped: 0 };
  for (const destination of request.destinations) {
    const own = publications.filter((each) => each.to === destination.id);
    const wanted = own.filter((each) =>
      released === null
        ? each.state === "draft" || isMendable(each, moved.get(nameOf(each))?.by)
        : released.has(nameOf(each)),
    );
    const candidates = await collect(request, destination, wanted, drafts);
    const free = candidates.filter(({ stops }) => stops.length === 0);
    // What queue add held before and is still not mended was told then.
    const again = candidates.filter(
      ({ stops, publication }) =>
        stops.length > 0 && (released !== null || publication.state === "draft"),
    );
    plan.stopped.push(...again);
    const chosen = new Set([...free, ...again].map(({ publication }) => publication));
    plan.heldBefore += own.filter((each) => each.state === "held" && !chosen.has(each)).length;
    plan.skipped += own.filter((each) => !chosen.has(each)).length;
    const taken = own.flatMap((each) => takenAt(each));
    queues.push({ to: destination.id, items: inOrder(free, rank), taken });
  }
  const from = Math.max(request.start, request.clock.calendar());
  const replan: QueuePlan["replan"] = (rules) =>
    slotsFor(queues, publications, { rules, from, seed: request.seed });
  return { ...plan, slots: replan(request.rules), replan };
}

/** What waits for slots at one destination. */
interface Waiting<Item> {
  to: string;
  items: readonly Item[];
  taken: readonly number[];
}

/** Slots for what waits, one destination after the other, no post on two of them on one day. */
export function slotsFor<Item extends { publication: PublicationName }>(
  queues: readonly Waiting<Item>[],
  publications: readonly StoredPublication[],
  { rules, from, seed }: { rules: ReadonlyMap<string, QueueRules>; from: number; seed: string },
): (Item & { due: string })[] {
  const elsewhere = momentsByPost(publications);
  const planned: (Item & { due: string })[] = [];
  for (const { to, items, taken } of queues) {
    const slots = planSlots({
      items: items.map(({ publication: { post } }) => ({
        post,
        to,
        apartFrom: (elsewhere.get(post) ?? []).flatMap((other) =>
          other.to === to ? [] : [other.at],
        ),
      })),
      rules: rulesOf(rules, { id: to }),
      from,
      taken,
      seed: `${seed} ${to}`,
    });
    for (const [index, { due }] of slots.entries()) {
      const candidate = items[index];
      if (candidate === undefined) continue;
      planned.push({ ...candidate, due });
      note(elsewhere, candidate.publication, Date.parse(due));
    }
  }
  return planned;
}

/** How a publication is typed. */
export function nameOf({ post, to }: PublicationName): string {
  return `${post}@${to}`;
}

/** The rules of a destination; every one has some. */
export function rulesOf(
  rules: ReadonlyMap<string, QueueRules>,
  { id }: Pick<Destination, "id">,
): QueueRules {
  const found = rules.get(id);
  if (found === undefined) throw new Error(`no queue rules for ${id}`);
  return found;
}

/** What `queue add` itself held goes on once it is mended; a person's own hold is not touched. */
function isMendable({ state }: StoredPublication, by: string | undefined): boolean {
  return state === "held" && by === "queue-add";
}

type Moments = Map<string, { to: string; at: number }[]>;

/** When posts go out or went out, so that none goes out on two places on one day. */
function momentsByPost(publications: readonly StoredPublication[]): Moments {
  const moments: Moments = new Map();
  for (const each of publications) for (const at of takenAt(each)) note(moments, each, at);
  return moments;
}

function note(moments: Moments, { post, to }: PublicationName, at: number): void {
  // The introduction comes first everywhere, in words of its own for each place.
  if (post === helloKey) return;
  const known = moments.get(post);
  if (known === undefined) moments.set(post, [{ to, at }]);
  else known.push({ to, at });
}

async function collect(
  { root, allow }: PlanningRequest,
  destination: Destination,
  wanted: readonly StoredPublication[],
  drafts: ReadonlyMap<string, StoredDraft>,
): Promise<Candidate[]> {
  const candidates: Candidate[] = [];
  for (const publication of wanted) {
    const stored = drafts.get(nameOf(publication));
    if (stored === undefined) continue;
    const draft = await withEdits(root, destination, stored);
    const stops = draft.problems
      .filter((each) => each.severity === "stop" && !allow.has(each.code))
      .map((each) => each.code);
    candidates.push({ publication, draft, stored, stops });
  }
  return candidates;
}

/** The introduction first; what is no post of the library any more is left out. */
function inOrder(candidates: readonly Candidate[], rank: ReadonlyMap<string, number>): Candidate[] {
  const place = ({ publication: { post } }: Candidate): number =>
    post === helloKey ? -1 : (rank.get(post) ?? Number.NaN);
  return candidates
    .filter((each) => !Number.isNaN(place(each)))
    .toSorted((one, other) => place(one) - place(other));
}
