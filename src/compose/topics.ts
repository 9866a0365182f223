import type { Dropped } from "../core/draft.ts";
import { remember } from "../text/remember.ts";
import { plainTag, tagKey } from "./topic-table.ts";
import type { TopicColumn, TopicRow, TopicTable } from "./topic-table.ts";

/** What topics are chosen from. */
export interface TopicInput {
  /** Tags of the caption in their order, without sign. */
  hashtags: readonly string[];
  table: TopicTable;
  column: TopicColumn;
  /** The most that the draft may carry. */
  most: number;
  /** Names to fall back on when no tag is left, in the destination's language. */
  niche: readonly string[];
  /** The creator's own table; its rows win. */
  overrides?: TopicTable;
  /** Writes a name in Simplified letters, as topics of the `rednote` column are. */
  simplify?: (name: string) => string;
}

/** The topics of a draft. */
export interface TopicChoice {
  topics: string[];
  dropped: Dropped[];
  /** True when no tag of the caption was left and the niche stands in. */
  fromNiche: boolean;
}

/** Tags that only ask TikTok's own feed for attention, in the spellings that no table can list. */
const feedTag =
  /^(?:f+y+p+.*|fypシ゚*|for?you(?:r)?(?:page)?|viral.*|.*viral|xh+|xuhuong.*|trend(?:ing)?.*|xyzbca)$/u;
const platformName = /tiktok|douyin|instagram|youtube|facebook|snapchat|whatsapp|telegram/u;
const suffix = /(?:oftiktok|ontiktok|tiktok|tok)$/u;
const anyLetter = /\p{L}/u;
const foreignLetter = /(?![\p{Script=Latin}\p{Script=Han}\p{Lm}])\p{L}/u;

const why = {
  feed: "this tag only means something in TikTok's own feed",
  review: "a delicate subject: decide yourself whether to add it",
  unsure: "the table is not sure of this one: decide yourself",
  empty: "there is no fitting topic over there",
  wordless: "it holds no word that could be a topic",
  platform: "it names another platform",
  foreign: "not a word that people search for there",
};

/** Tests of tables that were asked for already, so that one table has one test. */
const noiseTests = new WeakMap<TopicTable, WeakMap<TopicTable, (tag: string) => boolean>>();

/**
 * A test that is true for a tag that is only noise and has no place in a sentence either.
 */
export function noiseTest(table: TopicTable, overrides?: TopicTable): (tag: string) => boolean {
  const tests = noiseTests.get(table) ?? new WeakMap<TopicTable, (tag: string) => boolean>();
  noiseTests.set(table, tests);
  const test =
    tests.get(overrides ?? table) ??
    remember((tag: string) => isNoiseTag(tag, table, overrides), mostTags);
  tests.set(overrides ?? table, test);
  return test;
}

function isNoiseTag(tag: string, table: TopicTable, overrides?: TopicTable): boolean {
  const row = findRow(tag, table, overrides);
  return row === undefined ? feedTag.test(tagKey(tag)) : row.category === "drop";
}

/**
 * Maps the tags of a caption to topics: first what the table knows, in the caption's order, then names and
 * brands as they are. Every tag that does not come along is listed with its reason.
 */
export function chooseTopics(input: TopicInput): TopicChoice {
  // A search for 宏觀經濟 finds next to nothing there, one for 宏观经济 what everybody reads.
  const simplify = (name: string): string =>
    input.column === "rednote" ? (input.simplify?.(name) ?? name) : name;
  const mapped: Candidate[] = [];
  const kept: Candidate[] = [];
  const dropped: Dropped[] = [];
  const seen = new Set<string>();
  for (const tag of input.hashtags) {
    const key = tagKey(tag) || tag;
    if (seen.has(key)) continue;
    seen.add(key);
    const written = simplify(tag);
    const row =
      findRow(tag, input.table, input.overrides) ??
      (written === tag ? undefined : findRow(written, input.table, input.overrides));
    const answer =
      row === undefined ? judgeUnknown(written, input.column) : judgeRow(row, input.column);
    if ("why" in answer) dropped.push({ what: `#${tag}`, why: answer.why });
    else {
      const key = answer.name.toLowerCase();
      (row === undefined ? kept : mapped).push({ tag, name: answer.name, key });
    }
  }
  const chosen: Candidate[] = [];
  for (const candidate of [...mapped, ...kept]) {
    const twin = chosen.find(({ key }) => key === candidate.key);
    if (twin !== undefined) {
      dropped.push({ what: `#${candidate.tag}`, why: `the same topic as #${twin.tag}` });
    } else if (chosen.length >= input.most) {
      dropped.push({ what: `#${candidate.tag}`, why: `over the limit of ${input.most} topics` });
    } else {
      chosen.push(candidate);
    }
  }
  if (chosen.length > 0)
    return { topics: chosen.map(({ name }) => name), dropped, fromNiche: false };
  const niche = unique(input.niche.map((name) => plainTag(simplify(name)))).slice(0, input.most);
  return { topics: niche, dropped, fromNiche: niche.length > 0 };
}

interface Candidate {
  tag: string;
  name: string;
  /** The name in small letters. */
  key: string;
}

type Answer = { name: string } | { why: string };

/** The row of a tag; #birdsoftiktok is tried as #birds when it has none of its own. */
function findRow(tag: string, table: TopicTable, overrides?: TopicTable): TopicRow | undefined {
  const key = tagKey(tag);
  const row = overrides?.get(key) ?? table.get(key);
  if (row !== undefined || !suffix.test(key)) return row;
  const base = key.replace(suffix, "");
  return overrides?.get(base) ?? table.get(base);
}

function judgeRow(row: TopicRow, column: TopicColumn): Answer {
  if (row.category === "drop") return { why: why.feed };
  if (row.category === "review") return { why: why.review };
  const [name, ...others] = row.names[column];
  if (name === undefined) return { why: why.empty };
  // The confidence is about the Chinese name: #football is one thing in Texas and another in Madrid.
  if (row.confidence === "low" && column === "rednote") {
    return { why: `${why.unsure} (${[name, ...others].join(", ")})` };
  }
  return { name };
}

function judgeUnknown(tag: string, column: TopicColumn): Answer {
  return unknown[column](tag);
}

/** A creator uses the same few tags again and again. */
const mostTags = 2000;
const unknown: Record<TopicColumn, (tag: string) => Answer> = {
  rednote: remember((tag) => judgeName(tag, "rednote"), mostTags),
  lemon8: remember((tag) => judgeName(tag, "lemon8"), mostTags),
};

/** Brands and names stay as they are: their case and script are part of them. */
function judgeName(tag: string, column: TopicColumn): Answer {
  const name = plainTag(tag);
  if (feedTag.test(tagKey(tag))) return { why: why.feed };
  if (!anyLetter.test(name)) return { why: why.wordless };
  if (platformName.test(tagKey(tag))) return { why: why.platform };
  if (column === "rednote" && foreignLetter.test(name)) return { why: why.foreign };
  return { name };
}

function unique(names: string[]): string[] {
  const byKey = new Map<string, string>();
  for (const name of names) {
    if (name !== "" && !byKey.has(name.toLowerCase())) byKey.set(name.toLowerCase(), name);
  }
  return [...byKey.values()];
}
