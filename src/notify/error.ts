/**
 * Why a notice did not arrive. `key`: the token or the access is wrong; `place`: there is no such topic or chat,
 * or it shut the door; `busy`, `server`, `network`: a new try may help; `request`: it does not take this
 * message; `size`: it does not take such a file; `file`: a file of this computer
 * cannot be read.
 */
export type NoticeErrorKind =
  | "key"
  | "place"
  | "busy"
  | "server"
  | "network"
  | "request"
  | "size"
  | "file";

/** An expected failure of a service. Its words hold neither an address nor a token nor the message. */
export class NoticeError extends Error {
  readonly kind: NoticeErrorKind;
  /** What to do about it; empty when only waiting helps. */
  readonly fix: string;
  /** What the service asked to wait; null when it did not. */
  readonly retryAfterMs: number | null;

  constructor(
    kind: NoticeErrorKind,
    reason: string,
    more: { fix?: string; retryAfterMs?: number | null } = {},
  ) {
    super(reason);
    this.name = "NoticeError";
    this.kind = kind;
    this.fix = more.fix ?? "";
    this.retryAfterMs = more.retryAfterMs ?? null;
  }
}
