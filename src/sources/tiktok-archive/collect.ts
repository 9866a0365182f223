import type { SourcePost } from "../../core/post.ts";
import { type Problem, problem } from "../../core/problem.ts";
import { archivePost, unknownPostKeys } from "../../tiktok/archive-post.ts";
import type { ListLengths } from "../../tiktok/archive-profile.ts";
import { isKnownSection, isPostSection, sectionUse } from "../../tiktok/archive-sections.ts";
import { isRecord } from "../../tiktok/archive-value.ts";
import type { JsonChoice, JsonKind, JsonPath, JsonVisitor } from "./json-visitor.ts";

/** What one walk through the archive brought together. */
export interface ArchiveContent {
  /** True when a known section was seen, so that it is an archive at all. */
  recognised: boolean;
  hasPostSection: boolean;
  /** Undefined when the archive has no profile. */
  profile: unknown;
  lengths: ListLengths;
  posts: SourcePost[];
  badRecords: Problem[];
  deleted: number;
  /** Paths of keys that nobody has seen yet; names only, never values. */
  unknownKeys: Set<string>;
}

/** Makes the visitor that fills the content while the archive goes by. */
export function collector(source: string): { content: ArchiveContent; visitor: JsonVisitor } {
  const content: ArchiveContent = {
    recognised: false,
    hasPostSection: false,
    profile: undefined,
    lengths: { followers: null, following: null },
    posts: [],
    badRecords: [],
    deleted: 0,
    unknownKeys: new Set(),
  };
  const seen = new Set<string>();

  function choose(path: JsonPath, kind: JsonKind): JsonChoice {
    const place = path.at(-1);
    if (typeof place === "number") return insideList(path, kind);
    const keys = path.map(String);
    const use = sectionUse(keys);
    if (path.length === 1) noticeSection(String(place));
    if (use === "unknown") content.unknownKeys.add(pathName(path));
    if (use === "profile") return kind === "object" ? "keep" : "skip";
    if (use === "followers" || use === "following") {
      if (kind === "array") content.lengths[use] = 0;
      return kind === "array" ? "enter" : "skip";
    }
    if (use === "posts") content.hasPostSection = true;
    if (use === "story" && path.length > 2) return insideStory(path);
    // The parts with our posts are entered whatever they are, so that a new shape is noticed.
    if (kind === "scalar" || use === "unknown" || use === "skip") return "skip";
    const ours = use === "posts" || isPostSection(keys[0] ?? "");
    return kind === "object" || ours ? "enter" : "skip";
  }

  /** The shape of a story that is not empty is not known, so only its name is said. */
  function insideStory(path: JsonPath): JsonChoice {
    content.unknownKeys.add(pathName(path.slice(0, 2)));
    return "skip";
  }

  function noticeSection(key: string): void {
    if (isKnownSection(key)) content.recognised = true;
    if (isPostSection(key)) content.hasPostSection = true;
  }

  function insideList(path: JsonPath, kind: JsonKind): JsonChoice {
    const use = sectionUse(path.slice(0, -1).map(String));
    if (use === "posts") return "keep";
    if (use === "story") return insideStory(path);
    if (use === "enter") content.unknownKeys.add(`${pathName(path.slice(0, -1))}[]`);
    if (kind === "scalar") return "skip";
    if (use === "deleted") content.deleted += 1;
    if (use === "followers" || use === "following") {
      content.lengths[use] = (content.lengths[use] ?? 0) + 1;
    }
    return "skip";
  }

  function kept(path: JsonPath, value: unknown): void {
    if (typeof path.at(-1) !== "number") content.profile = value;
    else addPost(path, value);
  }

  function addPost(path: JsonPath, row: unknown): void {
    const place = pathName(path);
    if (isRecord(row)) {
      const list = pathName(path.slice(0, -1));
      for (const key of unknownPostKeys(row)) content.unknownKeys.add(`${list}[].${keyName(key)}`);
    }
    const post = archivePost(row, source, place);
    if (post === null) {
      content.badRecords.push(
        problem("bad-record", `The record ${place} has no valid date, so it is left out.`, ""),
      );
      return;
    }
    // Outside of the post sections a link to a page, not a file, is what somebody watched.
    if (post.id !== null && !isPostSection(String(path[0]))) return;
    // A section may stand in the archive twice; the same file of the same second is the same post.
    const name = `${post.date} ${post.objectIds.join(" ")}`;
    if (post.objectIds.length > 0 && seen.has(name)) return;
    seen.add(name);
    content.posts.push(post);
  }

  return { content, visitor: { choose, kept } };
}

function pathName(path: JsonPath): string {
  return path
    .map((part) => (typeof part === "number" ? `[${part}]` : `.${keyName(part)}`))
    .join("")
    .replace(/^\./, "");
}

/** Names of keys are harmless; one that looks like an address or a whole text is not shown. */
function keyName(key: string): string {
  return /^[\p{L}\p{N} _+&():'-]{1,60}$/u.test(key) ? key : "(unnamed)";
}
