import { join } from "node:path";
import type { Bilingual, Destination } from "../../core/destination.ts";
import type { StepEvent } from "../../core/event.ts";
import { isVideoName } from "../../core/media-ending.ts";
import type { PostKind } from "../../core/post.ts";
import type { Problem } from "../../core/problem.ts";
import type { StoredDraft } from "../../store/drafts.ts";
import { duePublications } from "../../store/outgoing.ts";
import { findPost } from "../../store/posts.ts";
import { allPublications } from "../../store/publications.ts";
import type { StoredPublication } from "../../store/publications.ts";
import { readyDraft } from "../drafts/pack.ts";
import type { Turn } from "../publish/ended.ts";
import { nowOf, scopeOf } from "../publish/request.ts";
import type { PublishRequest } from "../publish/request.ts";
import { takeTurn } from "../publish/turn.ts";
import type { Run } from "../publish/turn.ts";
import { declarationsOf } from "./declarations.ts";

/** One file of a pack. */
export interface PackFile {
  /** Absolute. */
  path: string;
  /** Name in the draft's folder. */
  file: string;
  kind: "video" | "photo" | "cover";
  /** Place among the photos, from 1. */
  position: number;
}

/** Everything that the phone gets of one publication. */
export interface PhonePack {
  publication: StoredPublication;
  destination: Destination;
  /** The account to post as, without sign; empty while the creator has not named one. */
  account: string;
  draft: StoredDraft;
  files: readonly PackFile[];
  /** Null for an introduction, whose photo the creator chooses. */
  kind: PostKind | null;
  /** Things to know or to declare before posting. */
  notes: readonly Bilingual[];
  /** When the post came out on TikTok (ISO 8601); null for one that was never there. */
  date: string | null;
}

/** What gathering needs. */
export interface GatherRequest extends PublishRequest {
  /** How many days ahead; null: only what is ready or due now. */
  next: number | null;
}

/** What lies ready for the phone. */
export interface Gathered {
  packs: PhonePack[];
  /** How many became ready only now. */
  handedOff: number;
  /** Due, but held back by caps and gaps. */
  waiting: number;
  /** Could not be made ready. */
  failed: number;
}

const dayLength = 86_400_000;
const introduction = "hello";

/** Makes ready what is due, then gathers what is on its way to the phone: what is ready first, each by its slot. */
export async function* gatherPacks(
  request: GatherRequest,
): AsyncGenerator<StepEvent, Gathered, undefined> {
  const counts = { handedOff: 0, waiting: 0, failed: 0 };
  const run: Run = { imagined: { wentOut: new Map() }, said: new Set() };
  for (const route of request.routes.filter(({ way }) => way === "handoff")) {
    const due = await request.store.transaction((transaction) =>
      duePublications(transaction, scopeOf(route), nowOf(request)),
    );
    for (const item of due) {
      const turn = await takeTurn(request, route, item, run);
      count(counts, turn);
      yield* turn.events;
    }
  }
  const packs: PhonePack[] = [];
  for (const publication of await chosen(request)) {
    const pack = await packOf(request, publication);
    if ("type" in pack) {
      counts.failed += 1;
      yield pack;
    } else packs.push(pack);
  }
  return { packs, ...counts };
}

function count(counts: Omit<Gathered, "packs">, turn: Turn): void {
  if (turn.is === "ended" && turn.as === "handedOff") counts.handedOff += 1;
  if (turn.is === "waiting") counts.waiting += 1;
  if (turn.is === "failed") counts.failed += 1;
}

/** What is handed off and not settled, then, with `--next`, what is queued up to that day. */
async function chosen({ store, clock, routes, next }: GatherRequest): Promise<StoredPublication[]> {
  const all = await store.transaction(allPublications);
  const byHand = new Set(
    routes.filter(({ way }) => way === "handoff").map(({ destination }) => destination.id),
  );
  const until = new Date(clock.calendar() + (next ?? 0) * dayLength).toISOString();
  const ready = all.filter(({ state }) => state === "handed-off");
  const later = all.filter(
    ({ state, to, due }) =>
      next !== null && state === "queued" && byHand.has(to) && due !== null && due <= until,
  );
  return [...ready.toSorted(bySlot), ...later.toSorted(bySlot)];
}

/** The introduction first: it tells who the rest is from. */
function bySlot(one: StoredPublication, other: StoredPublication): number {
  const first = Number(other.post === introduction) - Number(one.post === introduction);
  const slot = (one.due ?? "").localeCompare(other.due ?? "");
  return first || slot || one.post.localeCompare(other.post) || one.to.localeCompare(other.to);
}

async function packOf(
  { root, store, routes }: GatherRequest,
  publication: StoredPublication,
): Promise<PhonePack | Problem> {
  const accounts = new Map(routes.map(({ destination, account }) => [destination.id, account]));
  const destinations = routes.map(({ destination }) => destination);
  const ready = await readyDraft({ root, store, destinations, accounts }, publication);
  if ("type" in ready) return ready;
  const { destination, draft, cover } = ready;
  const post = await store.transaction((transaction) => findPost(transaction, publication.post));
  const names = cover === null ? draft.media : [...draft.media, cover];
  return {
    ...{ publication, destination, draft },
    account: accounts.get(destination.id) ?? "",
    files: [...new Set(names)].map((file, index) => ({
      path: join(root, draft.folder, file),
      file,
      kind: draft.media.includes(file) ? kindOf(file) : "cover",
      position: index + 1,
    })),
    // An introduction has no files of ours: the steps about them would only puzzle.
    kind: post?.kind ?? (draft.media.length === 0 ? null : "photos"),
    notes: declarationsOf(draft, post),
    date: post?.date ?? null,
  };
}

function kindOf(file: string): PackFile["kind"] {
  return isVideoName(file) ? "video" : "photo";
}
