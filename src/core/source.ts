import type { Clock, Random } from "./clock.ts";
import type { ExitName } from "./exit.ts";
import type { Problem } from "./problem.ts";
import type { MediaOrigin, SourcePost } from "./post.ts";
import type { ProgressEvent, SayEvent } from "./talk.ts";

/** What a source says of the creator; only what may be shown in public. */
export interface SourceProfile {
  type: "profile";
  source: string;
  handle: string | null;
  displayName: string | null;
  bio: string | null;
  followers: number | null;
  following: number | null;
  likes: number | null;
  /** How many posts the page says there are; null when the source does not say. */
  posts: number | null;
  /** When the source saw it: ISO 8601 UTC; null where it cannot be told. */
  observed: string | null;
  /** Ways to the picture, the best first; none when the source has none. */
  avatar: readonly MediaOrigin[];
  /** Handle or address of the creator's Lemon8 profile where TikTok knows it. */
  lemon8: string | null;
}

/** Somebody who follows the creator, or whom the creator follows. */
export interface SourcePerson {
  handle: string;
  /** ISO 8601 UTC; empty where the source does not say. */
  date: string;
}

/**
 * A whole list of people. Their handles are other people's data: they go into their table in the library and
 * nowhere else, no event, message or report.
 */
export interface SourcePeople {
  type: "people";
  list: "followers" | "following";
  /** Made while they are asked for; there may be a million. */
  rows(): Iterable<SourcePerson>;
}

/** How much of the whole an input told; said once, at its end. */
export interface SourceCoverage {
  type: "coverage";
  source: string;
  /** When the source saw it: ISO 8601 UTC; null where it cannot be told. */
  observed: string | null;
  /** True when every post that was there then was told, so that one that is missing is gone. */
  whole: boolean;
  /** True when private posts were among what it can see. */
  privateToo: boolean;
}

/** The reading had to end early; what was told before counts. */
export interface SourceStop {
  type: "stop";
  /** How the run ends: `signIn` where a site wants a person, `later` where it asks to slow down. */
  exit: ExitName;
  problem: Problem;
}

/** Everything a source may say, one record at a time. A bad record is a problem, never an exception. */
export type SourceEvent =
  | SourcePost
  | SourceProfile
  | SourcePeople
  | SourceCoverage
  | SourceStop
  | Problem
  | SayEvent
  | ProgressEvent;

/** What stands at one path of an input, for a report of a new form: shapes and counts, never content. */
export interface SourceShape {
  type: "shape";
  /** The file inside the input; `*` for a name that a person may have given. */
  file: string;
  /** Keys from the top with dots, `[]` for the rows of a list, `*` for keys that people may have made. */
  path: string;
  /** Types of the values and how often each stands there. */
  types: Record<string, number>;
  /** The shortest and the longest list; null where there is no list. */
  lengths: { least: number; most: number } | null;
  /** False where findmehere does not know the path. */
  known: boolean;
  /** What values look like where the path is not known, such as `string date-like`; else null. */
  sample: string | null;
}

/** What a source is given beside its input. */
export interface SourceContext {
  /** Stops the reading between two records; what was told before counts. */
  signal: AbortSignal;
  clock: Clock;
  random: Random;
  /** The creator's TikTok handle without sign; empty while nobody has said it. */
  owner: string;
  /** Origin of TikTok's pages, such as `https://www.tiktok.com`. */
  origin: string;
  /** What is wanted of a source that reads newest first; it may stop once it has that. */
  wanted: { since: string | null; limit: number | null };
  browser: BrowserWish;
}

/** How a browser is to be started. */
export interface BrowserWish {
  /** Path of Chrome, Edge or Chromium; empty: find one. */
  executable: string;
  /** Folder that keeps the sign-ins of this library; outside of it, made when it is missing (0700). */
  profiles: string;
  /** No window. */
  headless: boolean;
  /** Somebody sits there and can do what the site asks of a person. */
  attended: boolean;
}

/** A place that posts are read from. */
export interface Source {
  /** Stable id, the name of its folder. */
  id: string;
  /** For people. */
  title: string;
  /** True where every post should come with its files, so that one without is a failure. */
  promisesFiles: boolean;
  /** For the README and `export --help`: what to hand over. */
  takes: string;
  /** True when this path or address is one of ours; looks at names and first bytes only. */
  recognises(input: string): Promise<boolean>;
  /** Loads the heavy part. */
  load(): Promise<SourceReader>;
}

/**
 * Reads one input. Throws ExpectedError (exit `input`) when the whole input cannot be read; everything
 * smaller is yielded as a problem.
 */
export interface SourceReader {
  read(input: string, context: SourceContext): AsyncIterable<SourceEvent>;
  /**
   * Tells the form of the input for a bug report, without any of its content. Throws ExpectedError (exit
   * `input`) like reading.
   */
  describe?(input: string, context: Pick<SourceContext, "signal">): AsyncIterable<SourceShape>;
}
