import type { StepEvent } from "../../core/event.ts";
import { claimPublication, releaseClaim } from "../../store/claims.ts";
import { allPublications, publicationRecord } from "../../store/publications.ts";
import type { StoredPublication } from "../../store/publications.ts";
import { claimantOf } from "./request.ts";
import type { PublishRequest, Route } from "./request.ts";
import { lookForSynced } from "./synced.ts";

const dayLength = 86_400_000;

/**
 * Settles what TikTok's own sync has carried already among what is given to the phone ahead of its slot, so that
 * nobody posts it a second time. What cannot be looked at is said once.
 * @param next for how many days ahead
 */
export async function* settleSyncedAhead(
  request: PublishRequest,
  next: number,
): AsyncGenerator<StepEvent, void, undefined> {
  for (const route of request.routes) {
    if (route.way !== "handoff" || !route.tiktokSync) continue;
    let isSaid = false;
    for (const item of await queuedUntil(request, route, next)) {
      if (request.drain.aborted) return;
      const sync = await lookOnce(request, route, item);
      if (sync?.is === "synced") {
        const { post, to, url } = sync.publication;
        yield publicationRecord(sync.publication);
        yield {
          type: "say",
          text: `${post}@${to} is there already, carried by TikTok's sync: ${url ?? ""}`,
        };
      }
      if (sync?.is !== "not-there" || sync.caution === null || isSaid) continue;
      isSaid = true;
      const { post: _post, ...caution } = sync.caution;
      yield caution;
    }
  }
}

async function queuedUntil(
  { store, clock }: PublishRequest,
  { destination }: Route,
  next: number,
): Promise<StoredPublication[]> {
  const until = new Date(clock.calendar() + next * dayLength).toISOString();
  const all = await store.transaction(allPublications);
  return all.filter(
    ({ to, state, due }) =>
      to === destination.id && state === "queued" && due !== null && due <= until,
  );
}

/** Null where another run is at work on it. */
async function lookOnce(request: PublishRequest, route: Route, item: StoredPublication) {
  const claimant = claimantOf(request);
  const claimed = await request.store.transaction((transaction) =>
    claimPublication(transaction, item, ["queued"], claimant),
  );
  if (claimed.is !== "claimed") return null;
  const sync = await lookForSynced(request, route, item);
  await request.store.transaction((transaction) => releaseClaim(transaction, item, claimant));
  return sync;
}
