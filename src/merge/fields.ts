import type { Post, PostFields, Visibility } from "../core/post.ts";

/** What a source says of a post. */
export interface FieldsOfSource {
  source: string;
  id: string | null;
  date: string;
  fields: Partial<PostFields>;
}

/** The table in which a person types captions. */
const typedSource = "captions-table";

const archiveFirst = ["tiktok-archive", "media-folder"] as const;
const pageFirst = ["media-folder", "tiktok-archive"] as const;
/** A person who types a caption has the last word on it. */
const personFirst = [typedSource, ...pageFirst] as const;

/**
 * Which source is believed first, field by field. The archive is the official word on when, what and for
 * whom; the page that a sidecar was made from has the words, the counts and the address.
 */
const trust: Record<keyof PostFields, readonly string[]> = {
  kind: archiveFirst,
  visibility: archiveFirst,
  aiGenerated: archiveFirst,
  location: archiveFirst,
  caption: personFirst,
  hashtags: personFirst,
  mentions: personFirst,
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
  title: pageFirst,
  soundOriginal: pageFirst,
  madeFrom: pageFirst,
  paidPartnership: pageFirst,
  language: pageFirst,
};

/** What is known of a post after joining. */
type MergedFields = Omit<Post, "key" | "folder" | "kind"> & { kind: PostFields["kind"] };

/** Joins what several sources say of one post. The order of the records does not matter. */
export function mergeFields(records: readonly FieldsOfSource[]): MergedFields {
  const others = records.filter(({ source }) => source !== typedSource);
  if (others.length === 0 || others.length === records.length) return mergeAll(records);
  // A table that only says again what is known adds nothing, so that a round trip changes nothing.
  const known = mergeAll(others);
  const isNews = records.some(
    ({ source, fields }) =>
      source === typedSource && fields.caption !== undefined && fields.caption !== known.caption,
  );
  return isNews ? mergeAll(records) : known;
}

function mergeAll(records: readonly FieldsOfSource[]): MergedFields {
  const sorted = records.toSorted(
    (a, b) =>
      compare(a.source, b.source) ||
      compare(a.date, b.date) ||
      countsOf(b) - countsOf(a) ||
      compare(wordsOf(a), wordsOf(b)),
  );
  const typed = sorted.find((record) => record.source === typedSource);
  function said<Field extends keyof PostFields>(field: Field): NonNullable<PostFields[Field]>[] {
    const ranked = sorted.toSorted((a, b) => rank(field, a.source) - rank(field, b.source));
    return ranked.flatMap(({ fields }) => {
      const value = fields[field];
      return value === undefined || value === null ? [] : [value as NonNullable<typeof value>];
    }) as NonNullable<PostFields[Field]>[];
  }
  function pick<Field extends keyof PostFields>(field: Field): PostFields[Field] | null {
    return said(field)[0] ?? null;
  }
  // An empty caption or list is a word too: it must not hide another source's real one.
  function pickWords<Field extends "caption" | "hashtags" | "mentions">(
    field: Field,
  ): PostFields[Field] | null {
    // The tags of a typed caption are those in it, also when it has none.
    if (typed?.fields[field] !== undefined) return typed.fields[field];
    const values = said(field);
    return values.find((value) => value.length > 0) ?? values[0] ?? null;
  }
  const archive = sorted.find((record) => record.source === "tiktok-archive");
  return {
    id: sorted.find((record) => record.id !== null)?.id ?? null,
    date: (archive ?? sorted[0])?.date ?? "",
    sources: [...new Set(sorted.map((record) => record.source))],
    kind: pick("kind") ?? "video",
    caption: pickWords("caption"),
    hashtags: pickWords("hashtags") ?? [],
    mentions: pickWords("mentions") ?? [],
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
    title: pick("title"),
    soundOriginal: pick("soundOriginal"),
    madeFrom: pick("madeFrom"),
    paidPartnership: pick("paidPartnership"),
    language: pick("language"),
  };
}

function rank(field: keyof PostFields, source: string): number {
  const place = trust[field].indexOf(source);
  return place === -1 ? trust[field].length : place;
}

/** Of two records of one source the one with the higher counts is the newer. */
function countsOf({ fields }: FieldsOfSource): number {
  const { views, likes, comments, shares, saves } = fields;
  return [views, likes, comments, shares, saves].reduce<number>(
    (sum, each) => sum + (each ?? 0),
    0,
  );
}

/** The last resort between two records, so that their order never decides. */
function wordsOf({ id, fields }: FieldsOfSource): string {
  return JSON.stringify([id, Object.entries(fields).toSorted(([a], [b]) => compare(a, b))]);
}

// Not localeCompare: the order must not depend on the language of the machine.
function compare(left: string, right: string): number {
  return left < right ? -1 : Number(left > right);
}

/** The most private word wins: showing a post that was meant for few cannot be taken back. */
function mergeVisibility(records: readonly FieldsOfSource[]): Visibility | null {
  const said = new Set(records.map((record) => record.fields.visibility ?? null));
  if (said.has("private")) return "private";
  if (said.has("friends")) return "friends";
  return said.has("public") ? "public" : null;
}
