/** How far a long work is; shown to people, not to scripts. */
export interface ProgressEvent {
  type: "progress";
  what: string;
  done: number;
  total: number;
  bytes: number;
}

/** A sentence for people while a step runs. */
export interface SayEvent {
  type: "say";
  text: string;
  /** True for what is the answer itself, which `--quiet` does not leave out. Never logged. */
  needed?: true;
}

/** Something is served to the phone from now on. Its address holds the token, so it is never logged. */
export interface ServingEvent {
  type: "serving";
  address: string;
  /** ISO 8601 UTC, by the machine's clock. */
  until: string;
  /** Seconds after the last look at which it ends earlier. */
  idle: number;
  posts: { post: string; to: string; state: string; due: string | null; files: number }[];
}
