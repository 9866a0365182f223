import type { Problem } from "./problem.ts";
import type { SourcePost } from "./post.ts";

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
  /** Address of the picture; may be signed: never store, print or log it. */
  avatarAddress: string | null;
  /** ISO 8601 UTC instant at which the avatar's address dies; null when it does not say. */
  avatarExpires: string | null;
  /** Handle or address of the creator's Lemon8 profile where TikTok knows it. */
  lemon8: string | null;
}

/** Everything a source may say, one record at a time. A bad record is a problem, never an exception. */
export type SourceEvent = SourcePost | SourceProfile | Problem;

/** What a source is given beside its own options. */
export interface SourceContext {
  /** Stops the reading between two records. */
  signal: AbortSignal;
}

/** A place that posts are read from. */
export interface Source {
  /** Stable id, the name of its folder. */
  id: string;
  /** For people. */
  title: string;
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
}
