import type { Draft } from "./draft.ts";
import type { DraftEdit } from "./draft-edit.ts";
import type { ExitName } from "./exit.ts";
import type { AccountCounts, CountSource } from "./follower-count.ts";
import type { PostKind, Visibility } from "./post.ts";
import type { Problem } from "./problem.ts";
import type { Publication } from "./publication.ts";
import type { SourceShape } from "./source.ts";
import type { ProgressEvent, SayEvent, ServingEvent } from "./talk.ts";

/** How a post came out of an export. */
export type PostResult = "exported" | "unchanged" | "skipped" | "failed";

/** One post of an export, as scripts see it. */
export interface PostEvent {
  type: "post";
  key: string;
  id: string | null;
  url: string | null;
  date: string;
  kind: PostKind;
  caption: string | null;
  visibility: Visibility | null;
  pinned: boolean | null;
  result: PostResult;
  /** Names of the fields that changed; `media` when files came. */
  changed: string[];
}

/** One announcement text that was written. */
export interface TextEvent {
  type: "text";
  surface: string;
  language: string;
  /** From the library's root. */
  files: string[];
}

/** One look at the machine or the settings. */
export interface CheckEvent {
  type: "check";
  name: string;
  good: boolean;
  /** False when findmehere works without it. */
  needed: boolean;
  detail: string;
  fix: string;
}

/** One setting, or one choice for a setting. */
export interface SettingEvent {
  type: "setting";
  path: string;
  value: unknown;
  /** Where the value came from. */
  origin: string;
}

/** One exit code or problem code. */
export interface CodeEvent {
  type: "code";
  kind: "exit" | "problem";
  code: string | number;
  /** Of a problem code; empty for an exit code. */
  severity: string;
  meaning: string;
}

/** One thing that changes on this computer when a schedule is installed or removed. */
export interface ScheduleChangeEvent {
  type: "schedule-change";
  action: "write" | "remove" | "run";
  /** A file, the crontab or a program. */
  place: string;
  text: string;
}

/** A schedule as it stands on this computer. */
export interface ScheduleEvent {
  type: "schedule";
  /** The timer: cron, systemd, launchd or task-scheduler. */
  with: string;
  /** The id of its library. */
  id: string;
  /** True when it is the schedule of the library in use. */
  own: boolean;
  /** Null where it cannot be read any more; so are `every`, in minutes, `node` and `bin`. */
  library: string | null;
  every: number | null;
  node: string | null;
  bin: string | null;
  places: string[];
  /** Null where that cannot be known; so are the next three. */
  active: boolean | null;
  last: string | null;
  next: string | null;
  result: string | null;
}

/** How many follow the creator at one place, at one time. */
export interface FollowersEvent extends AccountCounts {
  type: "followers";
  /** `tiktok`, or the id of a destination. */
  place: string;
  /** The account's name there; empty where nobody has said it. */
  account: string;
  /** The day in the creator's zone, `2026-10-05`; null where nobody can say. */
  date: string | null;
  /** ISO 8601 UTC; null where only the day is known, or not even that. */
  at: string | null;
  /** Null where nothing became known. */
  source: CountSource | null;
  /** What this run did with it; left out by `list`. */
  result?: "recorded" | "unchanged" | "unknown";
}

/** The last object of a command. */
export interface SummaryEvent {
  type: "summary";
  command: string;
  schemaVersion: 1;
  [field: string]: unknown;
}

/** Everything a step may say while it runs. Terminal, JSON and web are renderers of these. */
export type StepEvent =
  | PostEvent
  | Draft
  | DraftEdit
  | Publication
  | Problem
  | TextEvent
  | CheckEvent
  | SettingEvent
  | CodeEvent
  | ScheduleChangeEvent
  | ScheduleEvent
  | FollowersEvent
  | SourceShape
  | ProgressEvent
  | ServingEvent
  | SayEvent;

/** What a step ends with: its summary and how the process should end. */
export interface StepResult {
  summary: SummaryEvent;
  exit: ExitName;
}

/** A use-case that runs: events out, a result at the end. */
export type Step = AsyncGenerator<StepEvent, StepResult, undefined>;
