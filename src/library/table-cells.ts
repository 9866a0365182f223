import type { Post } from "../core/post.ts";

/** One row of posts.csv and posts.jsonl. */
export interface PostRow extends Post {
  /** Paths from the library's root, in order. */
  mediaFiles: string[];
  /** A problem code, or empty. */
  problem: string;
}

/** The columns of posts.csv, in order, each with how its cell is written. */
export const postColumns: Record<string, (row: PostRow) => string> = {
  key: (row) => row.key,
  id: (row) => row.id ?? "",
  url: (row) => row.url ?? "",
  date: (row) => row.date,
  kind: (row) => row.kind,
  caption: (row) => row.caption ?? "",
  hashtags: (row) => row.hashtags.join(" "),
  mentions: (row) => row.mentions.join(" "),
  duration_s: (row) => secondsCell(row.durationMs),
  width: (row) => cell(row.width),
  height: (row) => cell(row.height),
  views: (row) => cell(row.views),
  likes: (row) => cell(row.likes),
  comments: (row) => cell(row.comments),
  shares: (row) => cell(row.shares),
  saves: (row) => cell(row.saves),
  pinned: (row) => cell(row.pinned),
  visibility: (row) => row.visibility ?? "",
  sound: (row) => row.sound ?? "",
  location: (row) => row.location ?? "",
  ai_generated: (row) => cell(row.aiGenerated),
  media_files: (row) => row.mediaFiles.join(";"),
  sources: (row) => row.sources.join(";"),
  problem: (row) => row.problem,
};

function cell(value: number | boolean | null): string {
  return value === null ? "" : String(value);
}

/** Decimal seconds without trailing zeros. */
function secondsCell(milliseconds: number | null): string {
  return milliseconds === null ? "" : String(Math.round(milliseconds) / 1000);
}
