import type { PostKind } from "../../core/post.ts";
import { mergeFields } from "../../merge/fields.ts";
import { groupRecords } from "../../merge/groups.ts";
import type { ReadPost } from "./read-sources.ts";

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

/** What the records of one post say together. */
interface Candidate {
  records: ReadPost[];
  at: number;
  kind: PostKind;
  pinned: boolean;
  shown: boolean;
}

/**
 * The records that a filter lets through. It looks at posts, not at records: a caption goes with its post,
 * whatever its own second, and a post of two sources counts once.
 */
export function filterPosts(posts: readonly ReadPost[], filter: ExportFilter): ReadPost[] {
  const since = filter.since === null ? -Infinity : Date.parse(filter.since);
  const until = filter.until === null ? Infinity : endOf(filter.until);
  // Whoever writes a post's key into a table has chosen it already.
  const chosen = posts.filter((post) => post.named !== undefined);
  const fitting = candidates(posts.filter((post) => post.named === undefined)).filter((each) => {
    if (each.at < since || each.at > until) return false;
    if (filter.publicOnly && !each.shown) return false;
    return filter.only.length === 0 || filter.only.some((only) => has(each, only));
  });
  const newest = fitting.toSorted((a, b) => b.at - a.at).slice(0, filter.limit ?? Infinity);
  const kept = new Set([...chosen, ...newest.flatMap((each) => each.records)]);
  return posts.filter((post) => kept.has(post));
}

function candidates(posts: readonly ReadPost[]): Candidate[] {
  const groupable = posts.map(({ id, date, roughDate = false, objectIds, fields, input }) => ({
    ...{ id, date, roughDate, objectIds, kind: fields.kind ?? null },
    inputs: [String(input)],
  }));
  return groupRecords(groupable).groups.map((own) =>
    candidate(own.flatMap((index) => posts[index] ?? [])),
  );
}

function candidate(records: ReadPost[]): Candidate {
  const { date, kind, pinned, visibility } = mergeFields(
    records.map((record) => ({ ...record, roughDate: record.roughDate ?? false, times: {} })),
  );
  // What nobody says is public may be private, and cannot be unseen.
  const shown = visibility === "public";
  return { records, at: Date.parse(date), kind, pinned: pinned === true, shown };
}

function has({ kind, pinned }: Candidate, only: ExportFilter["only"][number]): boolean {
  if (only === "pinned") return pinned;
  return only === "videos" ? kind === "video" : kind === "photos";
}

function endOf(until: string): number {
  const at = Date.parse(until);
  return /^\d{4}-\d{2}-\d{2}$/.test(until) ? at + 86_399_999 : at;
}
