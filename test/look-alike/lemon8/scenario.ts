/** One post on the look-alike. */
export interface Lemon8Post {
  id: string;
  title: string;
  text: string;
  kind?: "Gallery" | "Video";
}

/** Whose page it shows. */
export interface Lemon8Creator {
  handle: string;
  /** The newest first. */
  posts: Lemon8Post[];
  /** As they stand in the page; what is left out is not told. */
  counts: Record<string, unknown>;
}

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
