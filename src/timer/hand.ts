import type { ExpectedErrorDetails } from "../core/error.ts";
import type { Problem } from "../core/problem.ts";
import type { Environment } from "../edge/clock.ts";
import type { TimerJob, TimerKind } from "./job.ts";

/** One thing that installing or removing does, for a person to see before it happens. */
export interface TimerChange {
  action: "write" | "remove" | "run";
  /** The file, the crontab or the program. */
  place: string;
  /** What is written or removed, or the whole command. */
  text: string;
}

/** What is going to happen. Nothing of it has happened before `apply`. */
export interface TimerPlan {
  /** Empty when all is as it should be. */
  changes: TimerChange[];
  /** Does it all or nothing; throws ExpectedError (exit `machine` or `later`). */
  apply(): Promise<void>;
}

/** What a timer keeps for one library. */
export interface TimerEntry {
  kind: TimerKind;
  /** The library's id. */
  id: string;
  /** Null when it can no longer be read. */
  job: TimerJob | null;
  places: string[];
  /** False when a person changed it, or another findmehere wrote it. */
  asWritten: boolean;
}

/** Whether an entry really runs. */
export interface TimerState {
  /** Null when that cannot be known. */
  active: boolean | null;
  /** Why it does not run, and the command that mends it; empty when it does. */
  why: string;
  fix: string;
  /** ISO 8601 UTC, or the system's own words; null when that cannot be known. */
  last: string | null;
  next: string | null;
  /** What the last run ended with, in the system's own word; null when that cannot be known. */
  result: string | null;
}

/** Why a timer cannot be used here. */
export type TimerObstacle = Omit<ExpectedErrorDetails, "exit">;

/** One timer of this machine. */
export interface TimerHand {
  kind: TimerKind;
  /** As people call it. */
  title: string;
  /** What happens while the computer sleeps, is off, or nobody is signed in; one sentence each. */
  manners: readonly string[];
  /** Null when it can be used. It only looks. */
  obstacle(): Promise<TimerObstacle | null>;
  /** Every entry of findmehere, for whichever library. */
  entries(): Promise<TimerEntry[]>;
  state(entry: TimerEntry): Promise<TimerState>;
  install(job: TimerJob): Promise<TimerPlan>;
  remove(id: string): Promise<TimerPlan>;
  /** What a person should know on this machine. */
  notes(): Promise<Problem[]>;
}

/** What the timers need of the machine. */
export interface TimerMachine {
  platform: NodeJS.Platform;
  environment: Environment;
  /** Absolute path of the person's home folder. */
  home: string;
  /** The person's number; null on Windows. */
  uid: number | null;
  /** Milliseconds; tells when the next look is. */
  now(): number;
}
