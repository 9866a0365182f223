/**
 * What is known of Lemon8's public pages, as of 2026-11-20: a page captured on 2026-04-11, a plain request by
 * a public program of 2026-03-05, and link shapes in its logs. Nothing was checked against the live site.
 */
export const lemon8Origin = "https://www.lemon8-app.com";

/** Hosts of its pages and of the links that the app copies. */
export const lemon8Hosts: readonly string[] = [
  "www.lemon8-app.com",
  "lemon8-app.com",
  "s.lemon8-app.com",
];

/** The account's own page. */
export function profilePath(handle: string): string {
  return `/@${encodeURIComponent(handle)}`;
}

/** Where the page's state stands: percent-encoded JSON in `<script type="application/json">`. */
export const contextType = "application/json";

/** What the names of the page's data begin with; behind it come a version and the account (`$UserDetailV2+%40mira`). */
export const dataPrefixes = {
  account: "$UserDetail",
  posts: "$UserPost",
  closed: "$USBanInfo",
} as const;

/** How many posts the page shows, the newest first; for older ones one would have to scroll. */
export const postsOnPage = 20;

/** Milliseconds that a post's id may be older than the hand-off: it is the moment the upload began. */
export const idSlack = 10 * 60_000;

/** Milliseconds since 1970 of a post's id: its upper half is the second it was made. Checked on 6 posts. */
export function timeOfId(id: string): number {
  return Number(BigInt(id) >> 32n) * 1000;
}
