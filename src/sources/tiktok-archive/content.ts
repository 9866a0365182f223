import type { SourcePost } from "../../core/post.ts";
import { type Problem, problem } from "../../core/problem.ts";
import { archivePost, unknownPostKeys } from "../../tiktok/archive-post.ts";
import type { ListLengths } from "../../tiktok/archive-profile.ts";
import { isRecord } from "../../tiktok/archive-value.ts";
import type { PeopleList } from "./people.ts";

/** The known forms of the archive, oldest first; a newer one wins where two hold the same posts. */
export const archiveForms = ["text", "old", "middle", "newest"] as const;

/** One of the known forms of the archive. */
export type ArchiveForm = (typeof archiveForms)[number];

/** What one walk through the archive brought together. */
export interface ArchiveContent {
  form: ArchiveForm;
  /** True when a known section was seen, so that it is an archive at all. */
  recognised: boolean;
  hasPostSection: boolean;
  /** Undefined when the archive has no profile. */
  profile: unknown;
  lengths: ListLengths;
  /** Null where the archive has no such list. */
  people: { followers: PeopleList | null; following: PeopleList | null };
  posts: SourcePost[];
  badRecords: Problem[];
  /** Bad records beyond those that are listed. */
  moreBadRecords: number;
  /** Deleted posts: how many, and where the first of them stand. */
  deleted: { count: number; places: string[] };
  /** Paths of keys that nobody has seen yet; names only, never values. */
  unknownKeys: Set<string>;
  /** True when there were more posts than any account can have. */
  tooManyPosts: boolean;
}

/** What is kept at most, so that a crafted file cannot fill the memory. */
export const most = {
  posts: 250_000,
  /** Signs of all posts together; 10,000 posts have about ten million. */
  text: 128 * 1024 ** 2,
  badRecords: 100,
  deletedPlaces: 10,
  unknownKeys: 1000,
};

/** Begins with nothing. */
export function emptyContent(form: ArchiveForm): ArchiveContent {
  return {
    form,
    recognised: false,
    hasPostSection: false,
    profile: undefined,
    lengths: { followers: null, following: null },
    people: { followers: null, following: null },
    posts: [],
    badRecords: [],
    moreBadRecords: 0,
    deleted: { count: 0, places: [] },
    unknownKeys: new Set(),
    tooManyPosts: false,
  };
}

/** Fills a content record by record. */
export interface ContentKeeper {
  /** A row of own posts; `own` is false where only a link to a file proves it to be one. */
  addRow(row: unknown, about: { place: string; list: string; source: string; own: boolean }): void;
  addDeleted(place: string, date: string | null): void;
  addUnknown(name: string): void;
  /** A label of the text form that nobody has seen yet. */
  addLabel(list: string, label: string): void;
}

/** Makes the keeper of a content. */
export function contentKeeper(content: ArchiveContent): ContentKeeper {
  const seen = new Set<string>();
  let text = 0;

  function addUnknown(name: string): void {
    if (content.unknownKeys.size < most.unknownKeys) content.unknownKeys.add(name);
  }

  function addBad(place: string): void {
    if (content.badRecords.length >= most.badRecords) content.moreBadRecords += 1;
    else {
      content.badRecords.push(
        problem("bad-record", `The record ${place} has no valid date, so it is left out.`, ""),
      );
    }
  }

  return {
    addUnknown,
    addLabel: (list, label) => addUnknown(`${list}: ${keyName(label)}`),
    addRow(row, { place, list, source, own }) {
      if (content.posts.length >= most.posts || text > most.text) {
        content.tooManyPosts = true;
        return;
      }
      if (isRecord(row)) {
        for (const key of unknownPostKeys(row)) addUnknown(`${list}.${keyName(key)}`);
      }
      const post = archivePost(row, source, place);
      if (post === null) return addBad(place);
      // Outside of the post sections a link to a page, not a file, is what somebody watched.
      if (post.id !== null && !own) return;
      // A section may stand in the archive twice; the same file of the same second is the same post.
      const name = `${post.date} ${post.objectIds.join(" ")}`;
      if (post.objectIds.length > 0 && seen.has(name)) return;
      seen.add(name);
      content.posts.push(post);
      text += lengthOf(post);
    },
    addDeleted(place, date) {
      content.deleted.count += 1;
      if (content.deleted.places.length >= most.deletedPlaces) return;
      content.deleted.places.push(date === null ? place : `${place} of ${date.slice(0, 10)}`);
    },
  };
}

function lengthOf({ fields, media }: SourcePost): number {
  const texts = [fields.caption, fields.sound, fields.location];
  const words = texts.reduce((sum, each) => sum + (each?.length ?? 0), 0);
  const addresses = media.flatMap(({ origins }) =>
    origins.flatMap((origin) => (origin.at === "web" ? origin.address : [])),
  );
  return addresses.reduce((sum, address) => sum + address.length, words);
}

/** Names of keys are harmless; one that looks like an address or a whole text is not shown. */
export function keyName(key: string): string {
  return /^[\p{L}\p{M}\p{N} _+&():'-]{1,60}$/u.test(key) ? key : "(unnamed)";
}
