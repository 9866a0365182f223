import type { PostKind, SourcePost } from "../../core/post.ts";
import { mergeFields } from "../../merge/fields.ts";
import { joinRecords } from "../../merge/join.ts";
import { recordName } from "../../store/posts.ts";
import { founding } from "./groups.ts";

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
  records: SourcePost[];
  /** True when a post is made from it, false for a record that can only add to one. */
  founded: boolean;
  at: number;
  kind: PostKind;
  pinned: boolean;
  shown: boolean;
}

/**
 * The records that a filter lets through. It looks at posts, not at records: a caption goes with its post,
 * whatever its own second, and a post of two sources counts once.
 */
export function filterPosts<Post extends SourcePost>(
  posts: readonly Post[],
  filter: ExportFilter,
): Post[] {
  const since = filter.since === null ? -Infinity : Date.parse(filter.since);
  const until = filter.until === null ? Infinity : endOf(filter.until);
  // Whoever writes a post's key into a table has chosen it already.
  const chosen = posts.filter((post) => post.named !== undefined);
  const fitting = candidates(posts.filter((post) => post.named === undefined)).filter((each) => {
    if (each.at < since || each.at > until) return false;
    if (filter.publicOnly && !each.shown) return false;
    return filter.only.length === 0 || filter.only.some((only) => has(each, only));
  });
  const kept = new Set(newest(fitting, filter.limit).flatMap((each) => each.records));
  for (const post of chosen) kept.add(post);
  return posts.filter((post) => kept.has(post));
}

function candidates(posts: readonly SourcePost[]): Candidate[] {
  const bySource = Map.groupBy(posts, (post) => post.source);
  const named = (own: readonly SourcePost[]) => [...Map.groupBy(own, recordName).values()];
  const joinable = (records: readonly SourcePost[]) => ({
    id: records[0]?.id ?? null,
    date: records[0]?.date ?? "",
    objectIds: records.flatMap((record) => record.objectIds),
  });
  const founded = named(bySource.get(founding) ?? []);
  const lone: SourcePost[][] = [];
  for (const [source, own] of bySource) {
    if (source === founding) continue;
    const added = named(own);
    const { pairs } = joinRecords(founded.map(joinable), added.map(joinable));
    for (const { left, right } of pairs) founded[left]?.push(...(added[right] ?? []));
    const joined = new Set(pairs.map((pair) => pair.right));
    lone.push(...added.filter((_, index) => !joined.has(index)));
  }
  return [
    ...founded.map((records) => candidate(records, true)),
    ...lone.map((records) => candidate(records, false)),
  ];
}

function candidate(records: SourcePost[], founded: boolean): Candidate {
  const { date, kind, pinned, visibility } = mergeFields(records);
  // What nobody says is public may be private, and cannot be unseen.
  const shown = visibility === "public";
  return { records, founded, at: Date.parse(date), kind, pinned: pinned === true, shown };
}

/** The newest posts; a record that is no post of this run goes along where it is not older than these. */
function newest(fitting: readonly Candidate[], limit: number | null): readonly Candidate[] {
  if (limit === null) return fitting;
  const founded = fitting.filter((each) => each.founded);
  const counted = founded.length > 0 ? founded : fitting;
  const first = counted.toSorted((a, b) => b.at - a.at).slice(0, limit);
  const oldest = first.at(-1)?.at ?? Infinity;
  const others = fitting.filter((each) => !counted.includes(each) && each.at >= oldest);
  return [...first, ...others];
}

function has({ kind, pinned }: Candidate, only: ExportFilter["only"][number]): boolean {
  if (only === "pinned") return pinned;
  return only === "videos" ? kind === "video" : kind === "photos";
}

function endOf(until: string): number {
  const at = Date.parse(until);
  return /^\d{4}-\d{2}-\d{2}$/.test(until) ? at + 86_399_999 : at;
}
