import type { Clock } from "../../core/clock.ts";
import { ExpectedError } from "../../core/error.ts";
import type { Publication } from "../../core/publication.ts";
import type { Claimant } from "../../store/claims.ts";
import type { Store } from "../../store/open.ts";
import { findPublication } from "../../store/publications.ts";
import type { StoredPublication } from "../../store/publications.ts";
import { linkFollower } from "../confirm/pasted.ts";
import { confirm } from "../confirm/say.ts";
import type { Said } from "../confirm/say.ts";
import type { Route } from "../publish/request.ts";
import type { PhonePack } from "./packs.ts";

/** What recording from the phone needs. */
export interface SettleContext {
  store: Store;
  clock: Clock;
  routes: readonly Route[];
  /** Same seed, same plan. */
  seed: string;
  claimant(): Claimant;
  /** Aborts what is asked of the place when the run is to stop. */
  stop: AbortSignal;
}

/** What became of what the creator said. */
export type Settled =
  | { is: "recorded"; publication: Publication }
  /** It stood so already: a second tap, or a page that was sent again. */
  | { is: "known" }
  /** `code` is the one of the error that the command line would show. */
  | { is: "refused"; code: string };

/** Records what the creator says on the phone; saying it twice is saying it once. */
export async function settlePack(
  context: SettleContext,
  { publication: { post, to }, account }: PhonePack,
  said: Said,
): Promise<Settled> {
  const route = context.routes.find(({ destination }) => destination.id === to);
  if (route === undefined) throw new Error(`no route to ${to}`);
  const before = await standing(context.store, { post, to });
  if (before === null) return { is: "refused", code: "no-such-publication" };
  if (stands(before, said)) return { is: "known" };
  const { store, clock, seed } = context;
  const { destination, rules } = route;
  const step = confirm({
    ...{ store, clock, destination, post, said, account, rules, seed },
    follow: linkFollower(route, context.stop),
    ahead: context.claimant(),
  });
  try {
    for await (const event of step) {
      if (event.type === "publication") return { is: "recorded", publication: event };
    }
  } catch (error) {
    if (error instanceof ExpectedError) return { is: "refused", code: error.details.code };
    throw error;
  }
  throw new Error("confirming said nothing");
}

/** Where a publication stands now; null when it is not there any more. */
export async function standing(
  store: Store,
  { post, to }: { post: string; to: string },
): Promise<StoredPublication | null> {
  return store.transaction((transaction) => findPublication(transaction, { post, to }));
}

function stands({ state }: StoredPublication, { what }: Said): boolean {
  if (what === "posted") return state === "submitted" || state === "live";
  return what === "not-today" && state === "queued";
}
