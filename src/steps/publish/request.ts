import type { Clock } from "../../core/clock.ts";
import type { Destination, WayId } from "../../core/destination.ts";
import type { FollowShort, Way } from "../../core/way.ts";
import type { MissedRules } from "../../queue/missed.ts";
import type { QueueRules } from "../../queue/rules.ts";
import type { AccountName } from "../../store/accounts.ts";
import type { Claimant } from "../../store/claims.ts";
import type { Store } from "../../store/open.ts";
import type { AccountScope } from "../../store/outgoing.ts";
import type { NoticeOffice } from "../notices/send.ts";

/** Who presses the last button of the browser way. */
export type Press = "human" | "auto";

/** How one destination is reached. */
export interface Route {
  destination: Destination;
  rules: QueueRules;
  way: WayId;
  press: Press;
  /** The account's name to show; empty while the creator has not named one. */
  account: string;
  /** What can be done there beyond making the pack; one and the same for the whole run. Undefined: nothing. */
  open(way: WayId): Promise<Way | undefined>;
  /** Follows the place's short links; left out where nobody can be asked. */
  follow?: FollowShort;
  /** False where the account's page is asked only when the creator asks. */
  looksByItself: boolean;
  /** True where TikTok's own sync may have carried a post there already. */
  tiktokSync: boolean;
}

/** What publishing needs. */
export interface PublishRequest {
  root: string;
  store: Store;
  clock: Clock;
  routes: readonly Route[];
  missed: MissedRules;
  /** The creator's zone, for messages. */
  zone: string;
  /** Same seed, same plan. */
  seed: string;
  /** One item that a person wants now; null is everything that is due. */
  only: { post: string; to: string } | null;
  /** True where a person sits in front of the browser window. */
  sitting: boolean;
  dryRun: boolean;
  /** Names this run in its claims. */
  run: string;
  isRunGone(run: string): boolean;
  /** Milliseconds of the machine's clock after which nothing new is begun; null: no end. */
  until: number | null;
  /** Who is told. */
  office: NoticeOffice;
  /** Finish the item at hand. */
  drain: AbortSignal;
  /** Stop now. */
  stop: AbortSignal;
}

/** Who claims, at this moment. */
export function claimantOf({ run, isRunGone, clock }: PublishRequest): Claimant {
  return { by: run, wall: clock.wall(), isGone: isRunGone };
}

/** A library is one creator's: whatever name is noted, it is one account on each destination. */
export function scopeOf({ destination }: Route): AccountScope {
  return { to: destination.id, account: null };
}

/** The account as it is held and stopped. */
export function accountOf(route: Route): AccountName {
  const { to, account } = scopeOf(route);
  return { to, account: account ?? "" };
}

/** The calendar's moment, ISO 8601 UTC. */
export function nowOf({ clock }: Pick<PublishRequest, "clock">): string {
  return new Date(clock.calendar()).toISOString();
}
