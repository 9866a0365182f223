import type { StepEvent } from "../../core/event.ts";
import { duePublications } from "../../store/outgoing.ts";
import { allPublications } from "../../store/publications.ts";
import type { PublicationName, StoredPublication } from "../../store/publications.ts";
import { helloKey } from "../announce.ts";
import { nowOf, scopeOf } from "../publish/request.ts";
import type { PublishRequest } from "../publish/request.ts";
import { takeTurn } from "../publish/turn.ts";
import type { Run } from "../publish/turn.ts";

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
      // The pack in the library is not the one that the phone gets: it is told once it lies there.
      for (const event of turn.events) if (event.type !== "publication") yield event;
    }
  }
  return counts;
}

/**
 * What a folder is to hold: what is ready and not settled; with `next`, what is queued up to that day; and what lies
 * there already, for as long as it is queued. The introduction stands first, then by slot.
 */
export async function packsFor(
  { store, clock, routes, next }: PublishRequest & { next: number | null },
  there: readonly PublicationName[],
): Promise<StoredPublication[]> {
  const all = await store.transaction(allPublications);
  const byHand = new Set(
    routes.filter(({ way }) => way === "handoff").map(({ destination }) => destination.id),
  );
  const until = new Date(clock.calendar() + (next ?? 0) * dayLength).toISOString();
  const lies = new Set(there.map(({ post, to }) => `${post}@${to}`));
  const isWanted = ({ post, to, state, due }: StoredPublication): boolean => {
    if (state === "handed-off") return true;
    if (state !== "queued" || due === null || !byHand.has(to)) return false;
    return lies.has(`${post}@${to}`) || (next !== null && due <= until);
  };
  return all.filter(isWanted).toSorted(bySlot);
}

function bySlot(one: StoredPublication, other: StoredPublication): number {
  const first = Number(other.post === helloKey) - Number(one.post === helloKey);
  const slot = (one.due ?? "").localeCompare(other.due ?? "");
  return first || slot || one.post.localeCompare(other.post) || one.to.localeCompare(other.to);
}
