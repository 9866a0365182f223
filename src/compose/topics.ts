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
  overrides?: TopicTable | undefined;
  /** Writes a name in Simplified letters, as topics of the `rednote` column are. */
  simplify?: ((name: string) => string) | undefined;
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
  own: "your own table leaves it out",
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
  const judge = judgeFor(input);
  const candidates: JudgedTag[] = [];
  const dropped: Dropped[] = [];
  const seen: string[] = [];
  for (const tag of input.hashtags) {
    const judged = judge(tag);
    if (seen.includes(judged.key)) continue;
    seen.push(judged.key);
    if ("why" in judged.answer) dropped.push({ what: `#${tag}`, why: judged.answer.why });
    else candidates.push(judged);
  }
  const topics: string[] = [];
  const chosen: JudgedTag[] = [];
  for (const isInTable of [true, false]) {
    for (const candidate of candidates) {
      if (candidate.isInTable !== isInTable || "why" in candidate.answer) continue;
      const { tag, answer, nameKey } = candidate;
      const twin = chosen.find((other) => other.nameKey === nameKey);
      if (twin !== undefined) {
        dropped.push({ what: `#${tag}`, why: `the same topic as #${twin.tag}` });
      } else if (chosen.length >= input.most) {
        dropped.push({ what: `#${tag}`, why: `over the limit of ${input.most} topics` });
      } else {
        chosen.push(candidate);
        topics.push(answer.name);
      }
    }
  }
  if (topics.length > 0) return { topics, dropped, fromNiche: false };
  const niche = unique(input.niche.map((name) => plainTag(simplified(name, input))));
  return { topics: niche.slice(0, input.most), dropped, fromNiche: niche.length > 0 };
}

/** A tag and what becomes of it, whatever the post. */
interface JudgedTag {
  tag: string;
  /** Tags with the same key are one. */
  key: string;
  answer: Answer;
  /** The name of its topic in small letters. */
  nameKey: string;
  isInTable: boolean;
}

type Answer = { name: string } | { why: string };
/** All that the answer for a tag depends on. */
type JudgeInput = Pick<TopicInput, "table" | "overrides" | "column" | "simplify">;

/** The last judge of each column. A creator uses the same few tags again and again. */
const judges: {
  [column in TopicColumn]?: { input: JudgeInput; judge: (tag: string) => JudgedTag };
} = {};
const mostTags = 2000;

function judgeFor({ table, overrides, column, simplify }: TopicInput): (tag: string) => JudgedTag {
  const known = judges[column];
  const isKnown =
    known?.input.table === table &&
    known.input.overrides === overrides &&
    known.input.simplify === simplify;
  if (known !== undefined && isKnown) return known.judge;
  const input = { table, overrides, column, simplify };
  const judge = remember((tag: string) => judgeTag(tag, input), mostTags);
  judges[column] = { input, judge };
  return judge;
}

function judgeTag(tag: string, input: JudgeInput): JudgedTag {
  const { table, overrides, column } = input;
  const written = simplified(tag, input);
  const row =
    findRow(tag, table, overrides) ??
    (written === tag ? undefined : findRow(written, table, overrides));
  const answer = row === undefined ? judgeName(written, column) : judgeRow(row, input);
  return {
    tag,
    key: tagKey(tag) || tag,
    answer,
    nameKey: "name" in answer ? answer.name.toLowerCase() : "",
    isInTable: row !== undefined,
  };
}

/** A search for 宏觀經濟 finds next to nothing there, one for 宏观经济 what everybody reads. */
function simplified(name: string, { column, simplify }: JudgeInput): string {
  return column === "rednote" ? (simplify?.(name) ?? name) : name;
}

/** The row of a tag; #birdsoftiktok is tried as #birds when it has none of its own. */
function findRow(tag: string, table: TopicTable, overrides?: TopicTable): TopicRow | undefined {
  const key = tagKey(tag);
  const row = overrides?.get(key) ?? table.get(key);
  if (row !== undefined || !suffix.test(key)) return row;
  const base = key.replace(suffix, "");
  return overrides?.get(base) ?? table.get(base);
}

function judgeRow(row: TopicRow, { column, overrides }: JudgeInput): Answer {
  if (row.category === "drop") {
    const isOwn = [...(overrides?.values() ?? [])].includes(row);
    return { why: isOwn ? why.own : why.feed };
  }
  if (row.category === "review") return { why: why.review };
  const [name, ...others] = row.names[column];
  if (name === undefined) return { why: why.empty };
  // The confidence is about the Chinese name: #football is one thing in Texas and another in Madrid.
  if (row.confidence === "low" && column === "rednote") {
    return { why: `${why.unsure} (${[name, ...others].join(", ")})` };
  }
  return { name };
}

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
