import type { StepEvent } from "../../core/event.ts";
import type { Problem } from "../../core/problem.ts";
import type { StoredPublication } from "../../store/publications.ts";

/** A claimed item that did not go out. */
export type Unfinished =
  /** It stays queued with this problem. */
  | { is: "failed"; problem: Problem }
  /** Another run or a person was quicker. */
  | { is: "lost" }
  | { is: "waiting"; problem: Problem | null };

/** How one claimed item of the way `handoff` ended. */
export type Handed =
  | Unfinished
  | { is: "handed-off"; publication: StoredPublication; pack: string };

/** How one claimed item of the way `browser` ended. */
export type Pressing =
  | Unfinished
  /** It stays queued, and a sign of risk stopped the account. */
  | { is: "stopped"; problem: Problem }
  | {
      is: "pressed";
      as: "submitted" | "scheduled" | "refused" | "unconfirmed";
      publication: StoredPublication;
      problem: Problem | null;
      /** True when a sign of risk stopped the account. */
      stopped: boolean;
    };

/** What became of one item that was due, and what there is to say about it. */
export type Turn =
  | { is: "lost"; events: StepEvent[] }
  | { is: "waiting" | "failed" | "missed"; events: StepEvent[] }
  | {
      is: "ended";
      as: "handedOff" | "synced" | "submitted" | "scheduled" | "refused" | "unconfirmed" | "failed";
      /** True when a sign of risk stopped the account. */
      stopped: boolean;
      events: StepEvent[];
    };
