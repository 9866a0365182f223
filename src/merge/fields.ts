import type { Post, PostFields, Visibility } from "../core/post.ts";

/** What a source says of a post. */
export interface FieldsOfSource {
  source: string;
  id: string | null;
  date: string;
  fields: Partial<PostFields>;
}

const archiveFirst = ["tiktok-archive", "media-folder"] as const;
const pageFirst = ["media-folder", "tiktok-archive"] as const;

/**
 * Which source is believed first, field by field. The archive is the official word on when, what and for
 * whom; the page that a sidecar was made from has the words, the counts and the address.
 */
const trust: Record<keyof PostFields, readonly string[]> = {
  kind: archiveFirst,
  visibility: archiveFirst,
  aiGenerated: archiveFirst,
  location: archiveFirst,
  caption: pageFirst,
  hashtags: pageFirst,
  mentions: pageFirst,
  durationMs: pageFirst,
  width: pageFirst,
  height: pageFirst,
  views: pageFirst,
  likes: pageFirst,
  comments: pageFirst,
  shares: pageFirst,
  saves: pageFirst,
  pinned: pageFirst,
  sound: pageFirst,
  url: pageFirst,
};

/** Joins what several sources say of one post. The order of the records does not matter. */
export function mergeFields(
  records: readonly FieldsOfSource[],
): Omit<Post, "key" | "folder" | "kind"> & { kind: PostFields["kind"] } {
  const sorted = records.toSorted(
    (a, b) => a.source.localeCompare(b.source, "en") || a.date.localeCompare(b.date, "en"),
  );
  function pick<Field extends keyof PostFields>(field: Field): PostFields[Field] | null {
    const ranked = sorted.toSorted((a, b) => rank(field, a.source) - rank(field, b.source));
    for (const record of ranked) {
      const value = record.fields[field];
      if (value !== undefined && value !== null) return value as PostFields[Field];
    }
    return null;
  }
  // An empty caption is a word too: it must not hide another source's real one.
  const captions = sorted.flatMap((record) => record.fields.caption ?? []);
  const caption = pick("caption");
  const archive = sorted.find((record) => record.source === "tiktok-archive");
  return {
    id: sorted.find((record) => record.id !== null)?.id ?? null,
    date: (archive ?? sorted[0])?.date ?? "",
    sources: [...new Set(sorted.map((record) => record.source))],
    kind: pick("kind") ?? "video",
    caption: caption === "" ? (captions.find((each) => each !== "") ?? "") : caption,
    hashtags: pick("hashtags") ?? [],
    mentions: pick("mentions") ?? [],
    durationMs: pick("durationMs"),
    width: pick("width"),
    height: pick("height"),
    views: pick("views"),
    likes: pick("likes"),
    comments: pick("comments"),
    shares: pick("shares"),
    saves: pick("saves"),
    pinned: pick("pinned"),
    visibility: mergeVisibility(sorted),
    sound: pick("sound"),
    location: pick("location"),
    aiGenerated: pick("aiGenerated"),
    url: pick("url"),
  };
}

function rank(field: keyof PostFields, source: string): number {
  const place = trust[field].indexOf(source);
  return place === -1 ? trust[field].length : place;
}

/** The most private word wins: showing a post that was meant for few cannot be taken back. */
function mergeVisibility(records: readonly FieldsOfSource[]): Visibility | null {
  const said = new Set(records.map((record) => record.fields.visibility ?? null));
  if (said.has("private")) return "private";
  if (said.has("friends")) return "friends";
  return said.has("public") ? "public" : null;
}
