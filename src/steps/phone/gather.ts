import type { StepEvent } from "../../core/event.ts";
import { duePublications } from "../../store/outgoing.ts";
import { allPublications } from "../../store/publications.ts";
import type { PublicationName, StoredPublication } from "../../store/publications.ts";
import { helloKey } from "../announce.ts";
import { nowOf, scopeOf } from "../publish/request.ts";
import type { PublishRequest } from "../publish/request.ts";
import { takeTurn } from "../publish/turn.ts";
import type { Run } from "../publish/turn.ts";

/** What gathering packs for the phone needs, whether they are served or written into a folder. */
export interface GatherRequest extends PublishRequest {
  /** How many days ahead; null: only what is ready or due now. */
  next: number | null;
}

/** What became of what is due. */
export interface HandedOffCounts {
  handedOff: number;
  /** Held back by caps, gaps or quiet hours. */
  waiting: number;
  failed: number;
}

const dayLength = 86_400_000;

/** Hands off what is due, as `publish --due` does, within the same caps. */
export async function* handOffDue(
  request: PublishRequest,
): AsyncGenerator<StepEvent, HandedOffCounts, undefined> {
  const counts: HandedOffCounts = { handedOff: 0, waiting: 0, failed: 0 };
  const run: Run = { imagined: { wentOut: new Map() }, said: new Set() };
  for (const route of request.routes.filter(({ way }) => way === "handoff")) {
    const due = await request.store.transaction((transaction) =>
      duePublications(transaction, scopeOf(route), nowOf(request)),
    );
    for (const item of due) {
      const turn = await takeTurn(request, route, item, run);
      if (turn.is === "ended" && turn.as === "handedOff") counts.handedOff += 1;
      if (turn.is === "waiting") counts.waiting += 1;
      if (turn.is === "failed") counts.failed += 1;
      yield* turn.events;
    }
  }
  return counts;
}

/**
 * What the phone is to get: what is ready and not settled, then what is queued up to the day of `next`, or lies
 * there already. The introduction stands first in each, since it tells who the rest is from; then by slot.
 */
export async function packsFor(
  { store, clock, routes, next }: GatherRequest,
  there: readonly PublicationName[],
): Promise<StoredPublication[]> {
  const all = await store.transaction(allPublications);
  const byHand = new Set(
    routes.filter(({ way }) => way === "handoff").map(({ destination }) => destination.id),
  );
  const until = new Date(clock.calendar() + (next ?? 0) * dayLength).toISOString();
  const lies = new Set(there.map(({ post, to }) => `${post}@${to}`));
  const isLater = ({ post, to, state, due }: StoredPublication): boolean =>
    state === "queued" &&
    due !== null &&
    byHand.has(to) &&
    (lies.has(`${post}@${to}`) || (next !== null && due <= until));
  return [
    ...all.filter(({ state }) => state === "handed-off").toSorted(bySlot),
    ...all.filter(isLater).toSorted(bySlot),
  ];
}

function bySlot(one: StoredPublication, other: StoredPublication): number {
  const first = Number(other.post === helloKey) - Number(one.post === helloKey);
  const slot = (one.due ?? "").localeCompare(other.due ?? "");
  return first || slot || one.post.localeCompare(other.post) || one.to.localeCompare(other.to);
}
