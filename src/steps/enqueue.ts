import type { Clock } from "../core/clock.ts";
import type { Destination } from "../core/destination.ts";
import { ExpectedError } from "../core/error.ts";
import type { Step, StepEvent } from "../core/event.ts";
import { problem } from "../core/problem.ts";
import type { Problem } from "../core/problem.ts";
import type { Publication } from "../core/publication.ts";
import { localDay } from "../queue/local.ts";
import { orderPosts } from "../queue/order.ts";
import type { PostOrder } from "../queue/order.ts";
import { planSlots } from "../queue/plan.ts";
import type { QueueRules } from "../queue/rules.ts";
import { putDraft } from "../store/drafts.ts";
import type { StoredDraft } from "../store/drafts.ts";
import type { Store } from "../store/open.ts";
import { allPosts } from "../store/posts.ts";
import { movePublication } from "../store/move-publication.ts";
import { allPublications, publicationRecord } from "../store/publications.ts";
import type { StoredPublication } from "../store/publications.ts";
import { helloKey } from "./announce.ts";
import { allowQueued } from "./drafts/allow-queued.ts";
import { allowStops } from "./drafts/allow.ts";
import { currentDraft } from "./drafts/words.ts";
import { takenAt } from "./queue-rules.ts";

/** What planning needs. */
export interface EnqueueRequest {
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
  /** ISO 8601 day; empty when there is none. */
  deadline: string;
  /** IANA zone for people. */
  zone: string;
  /** Held items to release instead of drafts to add; null adds drafts. */
  release: readonly { post: string; to: string }[] | null;
  /** Stop problems that the person allows. */
  allow: ReadonlySet<string>;
  dryRun: boolean;
}

interface Candidate {
  publication: StoredPublication;
  draft: StoredDraft;
  stops: string[];
}

/** Plans when drafts go out; the dry run prints exactly what the real run makes. */
export async function* enqueue(request: EnqueueRequest): Step {
  const { store } = request;
  const release =
    request.release === null ? null : yield* allowQueued({ ...request, release: request.release });
  const publications = await store.transaction(allPublications);
  if (release !== null) assertReleasable(release, publications);
  const planned: Publication[] = [];
  let held = 0;
  let skipped = 0;
  let heldBefore = 0;
  for (const destination of request.destinations) {
    const own = publications.filter((each) => each.to === destination.id);
    const wanted = own.filter((each) =>
      release === null
        ? each.state === "draft"
        : release.some((item) => item.post === each.post && item.to === each.to),
    );
    skipped += own.length - wanted.length;
    heldBefore += own.filter((each) => each.state === "held" && !wanted.includes(each)).length;
    const candidates = await collect(request, destination, wanted);
    const stopped = candidates.filter((each) => each.stops.length > 0);
    const free = await inOrder(
      request,
      candidates.filter((each) => each.stops.length === 0),
    );
    for (const each of stopped) yield* holding(each, request);
    if (release === null) held += await hold(request, stopped);
    else held += stopped.length;
    const slots = planSlots({
      items: free.map(({ publication }) => ({ post: publication.post, to: destination.id })),
      rules: rulesOf(request, destination),
      from: Math.max(request.start, request.clock.calendar()),
      taken: own.flatMap((each) => takenAt(each)),
      seed: `${request.seed} ${destination.id}`,
    });
    for (const slot of slots) {
      const candidate = free.find(({ publication }) => publication.post === slot.post);
      if (candidate === undefined) continue;
      const { publication, draft } = candidate;
      const after: StoredPublication = { ...publication, state: "queued", due: slot.due };
      if (!request.dryRun) await queue(request, after, draft);
      planned.push(publicationRecord(after));
      yield publicationRecord(after);
    }
  }
  yield* pastDeadline(planned, request);
  const dues = planned.flatMap((each) => each.due ?? []).toSorted();
  return {
    exit: "done",
    summary: {
      type: "summary",
      command: release === null ? "queue add" : "queue release",
      schemaVersion: 1,
      planned: planned.length,
      held,
      heldBefore,
      skipped,
      firstDue: dues[0] ?? null,
      lastDue: dues.at(-1) ?? null,
      dryRun: request.dryRun,
      zone: request.zone,
    },
  };
}

async function collect(
  request: EnqueueRequest,
  destination: Destination,
  wanted: readonly StoredPublication[],
): Promise<Candidate[]> {
  const candidates: Candidate[] = [];
  for (const publication of wanted) {
    const draft = await currentDraft(request.root, request.store, destination, publication.post);
    if (draft === null) continue;
    const stops = draft.problems
      .filter((each) => each.severity === "stop" && !request.allow.has(each.code))
      .map((each) => each.code);
    candidates.push({ publication, draft, stops });
  }
  return candidates;
}

async function inOrder(request: EnqueueRequest, candidates: Candidate[]): Promise<Candidate[]> {
  const posts = await request.store.transaction(allPosts);
  const byKey = new Map(candidates.map((each) => [each.publication.post, each]));
  const known = [...byKey.keys()].flatMap((key) => posts.get(key) ?? []);
  const ordered = orderPosts(known, request.order).flatMap((post) => byKey.get(post.key) ?? []);
  const hello = byKey.get(helloKey);
  return hello === undefined ? ordered : [hello, ...ordered];
}

async function hold(request: EnqueueRequest, stopped: readonly Candidate[]): Promise<number> {
  if (request.dryRun) return stopped.length;
  const at = new Date(request.clock.calendar()).toISOString();
  await request.store.transaction(async (transaction) => {
    for (const { publication, stops } of stopped) {
      await movePublication(transaction, publication, {
        to: "held",
        by: "queue-add",
        at,
        why: stops.join(" "),
      });
    }
  });
  return stopped.length;
}

async function queue(
  { clock, release, store, allow }: EnqueueRequest,
  after: StoredPublication,
  draft: StoredDraft,
): Promise<void> {
  const at = new Date(clock.calendar()).toISOString();
  const by = release === null ? "queue-add" : "person";
  const move = { to: "queued", by, at, why: "planned" } as const;
  await store.transaction(async (transaction) => {
    const allowed = allowStops(draft, allow);
    // What a person allowed must not stop the pack on its day.
    if (allowed !== draft) await putDraft(transaction, allowed);
    await movePublication(transaction, after, move, { due: after.due });
  });
}

function* holding(
  { publication, draft, stops }: Candidate,
  request: EnqueueRequest,
): Generator<StepEvent> {
  const said = new Set<string>();
  for (const each of draft.problems) {
    // The same word in the title and in the text is one reason.
    if (each.severity !== "stop" || !stops.includes(each.code) || said.has(each.message)) continue;
    said.add(each.message);
    const again = request.release === null ? "" : " It stays held.";
    yield problem(
      each.code,
      `${each.message}${again} Its draft lies in ${draft.folder}.`,
      howToFree(each),
      // Being held for want of a caption is a state, not a fault of this run.
      { post: publication.post, to: publication.to, severity: "note" },
    );
  }
}

function howToFree({ code, fix, where }: Problem): string {
  if (fix.includes("queue release")) return fix;
  if (where === undefined) return `${fix} Then type \`findmehere queue release --all\`.`;
  return `\`findmehere check\` says where it stands and what to say instead. Then type \`findmehere queue release --all\`, or, to let it go as it is, \`findmehere queue release --all --allow ${code}\`.`;
}

function rulesOf(request: EnqueueRequest, destination: Destination): QueueRules {
  const rules = request.rules.get(destination.id);
  if (rules === undefined) throw new Error(`no queue rules for ${destination.id}`);
  return rules;
}

function assertReleasable(
  release: readonly { post: string; to: string }[],
  publications: readonly StoredPublication[],
): void {
  for (const item of release) {
    const found = publications.find((each) => each.post === item.post && each.to === item.to);
    if (found?.state === "held") continue;
    const name = `${item.post}@${item.to}`;
    throw new ExpectedError({
      exit: "usage",
      code: found === undefined ? "no-such-publication" : "move-not-allowed",
      what:
        found === undefined
          ? `There is no publication ${name}.`
          : `${name} is ${found.state}; only what is held can be released.`,
      fix: "Type `findmehere queue list --state held` to see what is held.",
    });
  }
}

function* pastDeadline(
  planned: readonly Publication[],
  { deadline, zone }: EnqueueRequest,
): Generator<StepEvent> {
  if (deadline === "") return;
  // The creator's day: an evening in America is the next day in UTC.
  const late = planned.filter(
    ({ due }) => due !== null && localDay(Date.parse(due), zone) > deadline,
  ).length;
  if (late === 0) return;
  yield problem(
    "after-deadline",
    `${late} of ${planned.length} posts go out after your deadline, ${deadline}.`,
    "That is all right if your files are exported and your announcement is out: RedNote and Lemon8 stay. To go faster, plan with `--per-week`.",
  );
}
