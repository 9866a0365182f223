import type { ExitName } from "./exit.ts";

/** What an expected error tells the person: what happened, why, and what to do next. */
export interface ExpectedErrorDetails {
  /** Which exit code the process ends with. */
  exit: ExitName;
  /** A stable kebab-case word that scripts may match. */
  code: string;
  /** One sentence: what happened. */
  what: string;
  /** One sentence: why, where it is known. */
  why?: string;
  /** One sentence: the next thing to do or type. */
  fix?: string;
}

/**
 * An error that belongs to the world, not to the code: wrong usage, unreadable input, a missing
 * program. Everything else that is thrown is a bug and ends with exit code 1 and a stack.
 */
export class ExpectedError extends Error {
  readonly details: ExpectedErrorDetails;

  constructor(details: ExpectedErrorDetails, options?: ErrorOptions) {
    super([details.what, details.why, details.fix].filter(Boolean).join(" "), options);
    this.name = "ExpectedError";
    this.details = details;
  }
}
