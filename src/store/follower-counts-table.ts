/** How many followed an account at one time; rows are only ever added. */
export interface FollowerCountsTable {
  /** `tiktok`, or the id of a destination. */
  place: string;
  /** In the order in which they were noted. */
  sequence: number;
  account: string;
  /** ISO 8601 UTC, or a day; empty where nobody can say. */
  observed: string;
  /** `read`, `by-hand`, `page` or `archive`. */
  source: string;
  followers: number | null;
  following: number | null;
  posts: number | null;
  likes: number | null;
  saves: number | null;
  noted_at: string;
}
