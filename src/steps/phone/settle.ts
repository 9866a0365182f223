import type { Clock } from "../../core/clock.ts";
import { ExpectedError } from "../../core/error.ts";
import type { Step } from "../../core/event.ts";
import type { Publication } from "../../core/publication.ts";
import type { Claimant } from "../../store/claims.ts";
import type { Store } from "../../store/open.ts";
import { findPublication } from "../../store/publications.ts";
import type { PublicationName, StoredPublication } from "../../store/publications.ts";
import { linkFollower } from "../confirm/pasted.ts";
import { confirm } from "../confirm/say.ts";
import type { Said } from "../confirm/say.ts";
import type { Route } from "../publish/request.ts";
import { changeQueue } from "../queue/change.ts";
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

/** What the creator says on the phone: what `confirm` takes, or that it is never to be posted there. */
export type PhoneSaid = Said | { what: "skip" };

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
  pack: PhonePack,
  said: PhoneSaid,
): Promise<Settled> {
  const { post, to } = pack.publication;
  const route = context.routes.find(({ destination }) => destination.id === to);
  if (route === undefined) throw new Error(`no route to ${to}`);
  const before = await standing(context.store, { post, to });
  if (before === null) return { is: "refused", code: "no-such-publication" };
  if (stands(before, said)) return { is: "known" };
  const step =
    said.what === "skip" ? skipped(context, { post, to }) : told(context, route, said, pack);
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

function told(
  { store, clock, seed, stop, claimant }: SettleContext,
  route: Route,
  said: Said,
  { publication: { post }, account }: PhonePack,
): Step {
  const { destination, rules } = route;
  return confirm({
    ...{ store, clock, destination, post, said, account, rules, seed },
    follow: linkFollower(route, stop),
    ahead: claimant(),
  });
}

function skipped({ store, clock, routes }: SettleContext, name: PublicationName): Step {
  const rules = new Map(routes.map(({ destination, rules }) => [destination.id, rules]));
  const zone = rules.get(name.to)?.zone ?? "UTC";
  const items = [{ ...name, exact: true }];
  const to = new Set([name.to]);
  return changeQueue({ store, clock, verb: "skip", items, to, at: null, rules, zone });
}

/** Where a publication stands now; null when it is not there any more. */
export async function standing(
  store: Store,
  { post, to }: { post: string; to: string },
): Promise<StoredPublication | null> {
  return store.transaction((transaction) => findPublication(transaction, { post, to }));
}

function stands({ state }: StoredPublication, { what }: PhoneSaid): boolean {
  if (what === "skip") return state === "skipped";
  if (what === "posted") return state === "submitted" || state === "live";
  return what === "not-today" && state === "queued";
}
