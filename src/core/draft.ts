import type { Problem } from "./problem.ts";

/** Something of the caption that the draft does not carry, and the reason. */
export interface Dropped {
  what: string;
  why: string;
}

/** What one destination would get from one post. */
export interface Draft {
  type: "draft";
  /** Key of the post; `hello` for the introduction. */
  post: string;
  /** Id of the destination. */
  to: string;
  title: string;
  /** Exactly what is pasted, topics included. */
  body: string;
  /** Names without the sign. */
  topics: string[];
  dropped: Dropped[];
  /** File names inside the draft's folder, in order. */
  media: string[];
  /** True when a person changed title.txt or body.txt. */
  edited: boolean;
  problems: Problem[];
}
