/**
 * Why a request to a translator came to nothing. `key`: it is wrong or missing; `quota`: all is used up;
 * `busy`, `server`, `network`: a new try may help; `slow`: it did not answer in time; `request`: it does not take
 * these texts, or not so many; `model`: it has no such model; `language`: it does not translate into that one;
 * `answer`: what came is not what was asked for.
 */
export type TranslateErrorKind =
  | "key"
  | "quota"
  | "busy"
  | "server"
  | "slow"
  | "network"
  | "request"
  | "model"
  | "language"
  | "answer";

/** An expected failure of a translator. Its words hold neither a key nor a text. */
export class TranslateError extends Error {
  readonly kind: TranslateErrorKind;
  /** What the server asked to wait; null when it did not. */
  readonly retryAfterMs: number | null;

  constructor(kind: TranslateErrorKind, reason: string, retryAfterMs: number | null = null) {
    super(reason);
    this.name = "TranslateError";
    this.kind = kind;
    this.retryAfterMs = retryAfterMs;
  }
}
