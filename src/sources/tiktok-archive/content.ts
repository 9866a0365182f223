import type { SourcePost } from "../../core/post.ts";
import { type Problem, problem } from "../../core/problem.ts";
import { archivePost, unknownPostKeys } from "../../tiktok/archive-post.ts";
import type { ListLengths } from "../../tiktok/archive-profile.ts";
import { isRecord } from "../../tiktok/archive-value.ts";

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
export const most = { posts: 250_000, badRecords: 100, deletedPlaces: 10, unknownKeys: 1000 };

/** Begins with nothing. */
export function emptyContent(form: ArchiveForm): ArchiveContent {
  return {
    form,
    recognised: false,
    hasPostSection: false,
    profile: undefined,
    lengths: { followers: null, following: null },
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
}

/** Makes the keeper of a content. */
export function contentKeeper(content: ArchiveContent): ContentKeeper {
  const seen = new Set<string>();

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
    addRow(row, { place, list, source, own }) {
      if (content.posts.length >= most.posts) {
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
    },
    addDeleted(place, date) {
      content.deleted.count += 1;
      if (content.deleted.places.length >= most.deletedPlaces) return;
      content.deleted.places.push(date === null ? place : `${place} of ${date.slice(0, 10)}`);
    },
  };
}

/** Names of keys are harmless; one that looks like an address or a whole text is not shown. */
export function keyName(key: string): string {
  return /^[\p{L}\p{M}\p{N} _+&()'’-]{1,60}$/u.test(key) || /^[\p{L} ]{1,58}::?$/u.test(key)
    ? key
    : "(unnamed)";
}
