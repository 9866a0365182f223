/** What the account's page does instead of showing the account. */
export type ProfileFault =
  | "forbidden"
  | "too-many"
  | "missing"
  | "no-account"
  | "private"
  | "banned"
  | "closed-region"
  | "no-data"
  | "no-list"
  /** Names that have changed a little, as they did from `UserDetail` to `UserDetailV2`. */
  | "renamed"
  /** Names and shapes that have changed altogether. */
  | "renamed-beyond"
  | "no-posts"
  | "other-account"
  | "server-error"
  /** The line breaks in the middle. */
  | "cut"
  | "too-long"
  /** Sent on to a host that is not Lemon8's. */
  | "led-away"
  /** Sent on to itself for ever. */
  | "loop";

/** Where a short link leads: an address, or a status. */
export type ShortLink = string | number;
