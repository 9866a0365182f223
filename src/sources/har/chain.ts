import type { ListAddress, ListPage } from "../../tiktok/web-list.ts";

/** One page of a list with what was asked for. */
export interface ListAnswer {
  asked: ListAddress;
  /** Null when the answer was not saved. */
  page: ListPage | null;
  observed: string | null;
}

/** True when pages lead without a gap from the newest post to a page that says there is no more. */
export function isWhole(answers: readonly ListAnswer[]): boolean {
  const byCursor = new Map<string, ListPage>();
  for (const { asked, page } of answers) {
    if (asked.list !== "post" || asked.order !== "newest" || page === null) continue;
    if (page.trouble === null) byCursor.set(asked.cursor ?? "0", page);
  }
  let cursor = "0";
  for (let page = byCursor.get(cursor); page !== undefined; page = byCursor.get(cursor)) {
    if (page.hasMore === false) return true;
    // Each page is used once, so that pages that lead to each other end too.
    byCursor.delete(cursor);
    if (page.hasMore === null || page.cursor === null) return false;
    cursor = page.cursor;
  }
  return false;
}
