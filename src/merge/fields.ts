import type { Post, PostFields, Visibility } from "../core/post.ts";
import { timeOf } from "./telling.ts";

/** What a source says of a post. */
export interface FieldsOfSource {
  source: string;
  id: string | null;
  /** ISO 8601 UTC to the second. */
  date: string;
  roughDate: boolean;
  /** When it was seen; null where nobody can say. */
  observed: string | null;
  /** When each field was seen, where that is another moment. */
  times: Readonly<Record<string, string>>;
  fields: Partial<PostFields>;
}

/** The table in which a person types captions. */
const typedSource = "captions-table";
const archive = ["tiktok-archive"] as const;
/** They all tell what TikTok's page says; among them the one that looked last is believed. */
const pages = ["tiktok-profile", "har", "media-folder"] as const;

/** Sources in the order in which they are believed; of those that stand together the last look counts. */
type Ranks = readonly (readonly string[])[];

const archiveFirst: Ranks = [archive, pages];
const pageFirst: Ranks = [pages, archive];
/** A person who types a caption has the last word on it. */
const personFirst: Ranks = [[typedSource], ...pageFirst];
/** Counts move: whoever looked last knows best. */
const lastLook: Ranks = [[...pages, ...archive]];

/**
 * Which source is believed first, field by field. The archive is the official word on when, what and for
 * whom; the page has the words and the address; the counts are those that were seen last.
 */
const trust: Record<keyof PostFields, Ranks> = {
  kind: archiveFirst,
  visibility: archiveFirst,
  aiGenerated: archiveFirst,
  location: archiveFirst,
  caption: personFirst,
  hashtags: personFirst,
  mentions: personFirst,
  title: pageFirst,
  durationMs: pageFirst,
  width: pageFirst,
  height: pageFirst,
  views: lastLook,
  likes: lastLook,
  comments: lastLook,
  shares: lastLook,
  saves: lastLook,
  pinned: pageFirst,
  sound: pageFirst,
  soundOriginal: pageFirst,
  madeFrom: pageFirst,
  paidPartnership: pageFirst,
  language: pageFirst,
  url: pageFirst,
};

/** What is known of a post after joining. */
type MergedFields = Omit<Post, "key" | "folder">;

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
  const typed = records.find((record) => record.source === typedSource);
  function ranked(field: keyof PostFields): FieldsOfSource[] {
    return records.toSorted(
      (a, b) =>
        rankOf(field, a.source) - rankOf(field, b.source) ||
        compare(timeOf(b, field), timeOf(a, field)) ||
        compare(a.source, b.source) ||
        compare(wordsOf(a), wordsOf(b)),
    );
  }
  function said<Field extends keyof PostFields>(field: Field): NonNullable<PostFields[Field]>[] {
    return ranked(field).flatMap(({ fields }) => {
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
  return {
    id: records.flatMap(({ id }) => id ?? []).toSorted(compare)[0] ?? null,
    date: dateOf(records),
    sources: [...new Set(records.map((record) => record.source))].toSorted(compare),
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
    visibility: mergeVisibility(records),
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

/** The archive's second, else a page's, else the one that the id gives. */
function dateOf(records: readonly FieldsOfSource[]): string {
  const [first] = records
    .filter(({ date }) => date !== "")
    .toSorted(
      (a, b) =>
        Number(a.roughDate) - Number(b.roughDate) ||
        rankOf("kind", a.source) - rankOf("kind", b.source) ||
        compare(a.date, b.date),
    );
  return first?.date ?? "";
}

function rankOf(field: keyof PostFields, source: string): number {
  const place = trust[field].findIndex((sources) => sources.includes(source));
  return place === -1 ? trust[field].length : place;
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
