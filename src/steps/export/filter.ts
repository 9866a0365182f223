import type { SourcePost } from "../../core/post.ts";

/** Which posts of a run are wanted; what a filter leaves out is not found. */
export interface ExportFilter {
  /** ISO 8601 day or instant; posts of that moment on. */
  since: string | null;
  /** ISO 8601 day (that day included) or instant. */
  until: string | null;
  /** At most this many, newest first. */
  limit: number | null;
  /** Kinds and marks; empty is everything. */
  only: readonly ("pinned" | "videos" | "photos")[];
  publicOnly: boolean;
}

/** The posts that a filter lets through. */
export function filterPosts(posts: readonly SourcePost[], filter: ExportFilter): SourcePost[] {
  const since = filter.since === null ? -Infinity : Date.parse(filter.since);
  const until = filter.until === null ? Infinity : endOf(filter.until);
  const kept = posts.filter((post) => {
    const at = Date.parse(post.date);
    if (at < since || at > until) return false;
    if (filter.publicOnly && !isPublic(post)) return false;
    return filter.only.length === 0 || filter.only.some((only) => has(post, only));
  });
  if (filter.limit === null) return kept;
  const newest = kept.toSorted((a, b) => b.date.localeCompare(a.date, "en")).slice(0, filter.limit);
  return kept.filter((post) => newest.includes(post));
}

function has(post: SourcePost, only: ExportFilter["only"][number]): boolean {
  if (only === "pinned") return post.fields.pinned === true;
  return only === "videos" ? post.fields.kind === "video" : post.fields.kind === "photos";
}

function isPublic(post: SourcePost): boolean {
  return (post.fields.visibility ?? "public") === "public";
}

function endOf(until: string): number {
  const at = Date.parse(until);
  return /^\d{4}-\d{2}-\d{2}$/.test(until) ? at + 86_399_999 : at;
}
