import type { Post } from "../core/post.ts";

/** What a source once said of a post. */
export interface ToldOnce {
  source: string;
  /** ISO 8601 UTC; empty where the source could not say. */
  observed: string;
  field: string;
  value: unknown;
}

/** One look of one source: what it said that is no longer, or not, what stands in the post. */
export interface HistoryEntry {
  /** ISO 8601 UTC; null where the source could not say. */
  observed: string | null;
  source: string;
  [field: string]: unknown;
}

/** Puts together what was said at other times or by other sources than what counts now, oldest first. */
export function postHistory(post: Post, told: readonly ToldOnce[]): HistoryEntry[] {
  const now = post as unknown as Readonly<Record<string, unknown>>;
  const other = told.filter(
    ({ field, value }) => JSON.stringify(value) !== JSON.stringify(now[field]),
  );
  const looks = Map.groupBy(other, ({ observed, source }) => `${observed} ${source}`);
  return [...looks]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([, words]) => ({
      observed: (words[0]?.observed ?? "") === "" ? null : (words[0]?.observed ?? null),
      source: words[0]?.source ?? "",
      ...Object.fromEntries(
        words
          .toSorted((a, b) => (a.field < b.field ? -1 : 1))
          .map(({ field, value }) => [field, value]),
      ),
    }));
}
