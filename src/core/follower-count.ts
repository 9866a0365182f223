/** The numbers of an account; null is unknown, never 0. */
export interface AccountCounts {
  followers: number | null;
  following: number | null;
  posts: number | null;
  likes: number | null;
  saves: number | null;
}

/** Nothing is known of it. */
export const unknownCounts: AccountCounts = {
  ...{ followers: null, following: null, posts: null, likes: null, saves: null },
};

/**
 * How a count became known: `read` from the account's own public page by findmehere, `by-hand` as the creator
 * typed it, `page` and `archive` as an export of TikTok told it.
 */
export type CountSource = "read" | "by-hand" | "page" | "archive";

/** How many followed an account at one time. */
export interface FollowerCount extends AccountCounts {
  /** `tiktok`, or the id of a destination. */
  place: string;
  /** The account's name there; empty where nobody has said it. */
  account: string;
  /** ISO 8601 UTC, or the day alone where no more is known; empty where not even that is. */
  observed: string;
  source: CountSource;
}
