import type { SourceContext } from "./source.ts";
import type { Problem } from "./problem.ts";
import type { ProgressEvent, SayEvent } from "./talk.ts";

/** What signing in needs; the same as reading. */
export type SignInContext = Pick<
  SourceContext,
  "signal" | "clock" | "random" | "owner" | "origin" | "browser"
>;

/** A place that the creator can sign in at, in the library's own browser. */
export interface SignInPlace {
  /** As it is typed: `tiktok`. */
  id: string;
  /** For people. */
  title: string;
  /** Loads the heavy part. */
  load(): Promise<SignInKeeper>;
}

/** Signs in and out. */
export interface SignInKeeper {
  /**
   * Opens the place's own sign-in in a window, waits until the creator is in, and ends with the handle.
   * Throws ExpectedError: exit `signIn` when nobody signed in, `usage` when it was somebody else.
   */
  signIn(
    context: SignInContext,
  ): AsyncGenerator<SayEvent | ProgressEvent | Problem, { handle: string }, undefined>;
  /** Removes what the browser kept; false when there was nothing. */
  signOut(context: SignInContext): Promise<boolean>;
}
