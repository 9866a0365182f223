import { reachesOverHash } from "./lint-reach.ts";
import type { LintRule } from "./lint-table.ts";
import type { NeededWord } from "./needed-groups.ts";
import { patternNeeds } from "./needed-words.ts";
import { seekWords, wordSearch } from "./word-search.ts";
import type { SeenWords, SoughtWord, WordSearch } from "./word-search.ts";

/** Which rules have to be tried on a text: those of which all needed groups have a word in it. */
interface RuleIndex {
  /** Of every group how often it must be found; the groups of a rule stand beside each other. */
  least: Uint8Array;
  /** As long as `least`, all zeros whenever nobody counts. */
  counts: Uint32Array;
  /** By the place in `rules`: where its groups begin, and behind the last rule where they end. */
  groups: readonly number[];
  /** By group: the place in `rules`. */
  owners: readonly number[];
  /** Places in `rules` of what has no needed word and is always tried. */
  always: Split;
  /** By the place in `rules`: 1 where a rule may be found around the `#` between two parts of a text. */
  reaches: Uint8Array;
  /**
   * By the place in `rules`: the pattern, to be tried at one place; null where the words that it begins with are
   * not known.
   */
  here: readonly (RegExp | null)[];
  /** Looks for the needed words. */
  search: WordSearch;
  /** Finds at the start of a text what a needed word goes on with from a `#` in it; null where none has one. */
  over: RegExp | null;
}

const indexes = new WeakMap<readonly LintRule[], RuleIndex>();

/** Numbers of rules that are found before a `#` or behind it, and of those that reach over it. */
export interface Split {
  within: readonly number[];
  reaching: readonly number[];
}

/** What a text has of the needed words: their groups, in no order, each as often as it was found. */
export interface Candidates extends Split {
  /** A place in `rules` and one of the text where it may be found, in turn; null where not the whole text was read. */
  begins: readonly number[] | null;
}

const none: Candidates = { within: [], reaching: [], begins: [] };

/** The needed words of rules that stand in a folded text. One walk over the text saves trying all the rules. */
export function candidatesIn(text: string, rules: readonly LintRule[]): Candidates {
  const index = indexOf(rules);
  const seen: SeenWords = { groups: [], begins: [] };
  seekWords(index.search, text, { from: 0, to: text.length }, seen);
  return { ...splitGroups(index, seen.groups), begins: seen.begins };
}

/**
 * The places of a text at which a rule is to be tried, ascending, and its pattern for that; null where it has to be
 * looked for everywhere.
 */
export function placesOf(
  rank: number,
  rules: readonly LintRule[],
  begins: readonly number[] | null,
): { pattern: RegExp; places: readonly number[] } | null {
  const pattern = indexOf(rules).here[rank] ?? null;
  if (pattern === null || begins === null) return null;
  const places: number[] = [];
  let isAscending = true;
  for (let each = 0; each < begins.length; each += 2) {
    if (begins[each] !== rank) continue;
    const place = begins[each + 1] ?? 0;
    isAscending &&= place >= (places.at(-1) ?? 0);
    places.push(place);
  }
  return { pattern, places: isAscending ? places : places.toSorted((a, b) => a - b) };
}

/** The same only for words that begin before one of these places of the text and end behind it. */
export function candidatesAt(
  text: string,
  rules: readonly LintRule[],
  places: readonly number[],
): Candidates {
  const index = indexOf(rules);
  const { longest } = index.search;
  const seen: SeenWords = { groups: [], begins: [] };
  for (const across of places) {
    const from = Math.max(0, across - longest + 1);
    const to = Math.min(text.length, across + longest - 1);
    seekWords(index.search, text, { from, to, across }, seen);
  }
  return { ...splitGroups(index, seen.groups), begins: null };
}

/** The same for the words that stand across the place where one text ends and another one begins, with `#`. */
export function candidatesBetween(
  before: string,
  after: string,
  rules: readonly LintRule[],
): Candidates {
  const { over, search } = indexOf(rules);
  if (over?.test(after) !== true) return none;
  const { longest } = search;
  const end = before.slice(-longest - 1);
  return candidatesAt(end + after.slice(0, longest + 1), rules, [end.length]);
}

function splitGroups({ owners, reaches }: RuleIndex, groups: readonly number[]): Split {
  const reachesOver = (group: number): boolean => reaches[owners[group] ?? 0] === 1;
  if (!groups.some(reachesOver)) return { within: groups, reaching: [] };
  return {
    within: groups.filter((group) => !reachesOver(group)),
    reaching: groups.filter(reachesOver),
  };
}

/** Which of the rules of one kind may be found where the parts of a text have these words: their places in `rules`. */
export function rulesOf(
  candidates: readonly Candidates[],
  rules: readonly LintRule[],
  kind: keyof Split,
): readonly number[] {
  const { always, least, groups, owners, counts } = indexOf(rules);
  if (candidates.every((part) => part[kind].length === 0)) return always[kind];
  for (const part of candidates)
    for (const group of part[kind]) counts[group] = (counts[group] ?? 0) + 1;
  const found = [...always[kind]];
  for (const part of candidates) {
    for (const group of part[kind]) {
      // Its rule is decided already.
      if (counts[group] === 0) continue;
      const rule = owners[group] ?? 0;
      const end = groups[rule + 1] ?? 0;
      let isWhole = true;
      for (let each = groups[rule] ?? 0; each < end; each += 1) {
        isWhole &&= (counts[each] ?? 0) >= (least[each] ?? 0);
        counts[each] = 0;
      }
      if (isWhole) found.push(rule);
    }
  }
  return found;
}

function indexOf(rules: readonly LintRule[]): RuleIndex {
  const index = indexes.get(rules) ?? makeIndex(rules);
  indexes.set(rules, index);
  return index;
}

function makeIndex(rules: readonly LintRule[]): RuleIndex {
  const found = new Map<string, SoughtWord & { groups: number[]; begins: number[] }>();
  const wordOf = (each: NeededWord) => {
    const key = JSON.stringify(each);
    const word = found.get(key) ?? { ...each, groups: [], begins: [] };
    found.set(key, word);
    return word;
  };
  const always: number[] = [];
  const least: number[] = [];
  const owners: number[] = [];
  const groups: number[] = [];
  const here: (RegExp | null)[] = [];
  for (const [place, { pattern }] of rules.entries()) {
    groups.push(least.length);
    const needs = patternNeeds(pattern.source);
    if (needs.groups.length === 0) always.push(place);
    here.push(
      needs.begins === null
        ? null
        : new RegExp(pattern.source, `${pattern.flags.replace("g", "")}y`),
    );
    for (const each of needs.begins ?? []) {
      const { begins } = wordOf(each);
      if (!begins.includes(place)) begins.push(place);
    }
    for (const { words, times } of needs.groups) {
      for (const each of words) {
        const word = wordOf(each);
        if (!word.groups.includes(least.length)) word.groups.push(least.length);
      }
      least.push(Math.min(times, 255));
      owners.push(place);
    }
  }
  groups.push(least.length);
  const reaches = Uint8Array.from(rules, ({ pattern }) =>
    reachesOverHash(pattern.source) ? 1 : 0,
  );
  return {
    ...{ groups, owners, reaches, here },
    always: {
      within: always.filter((place) => reaches[place] === 0),
      reaching: always.filter((place) => reaches[place] === 1),
    },
    least: Uint8Array.from(least),
    counts: new Uint32Array(least.length),
    search: wordSearch([...found.values()]),
    over: overHash([...found.values()]),
  };
}

function overHash(words: readonly NeededWord[]): RegExp | null {
  const ends = words.flatMap(({ text }) =>
    Array.from(text.slice(1).matchAll(/#/g), ({ index }) => text.slice(index + 1)),
  );
  const patterns = [...new Set(ends)].map((end) =>
    end.replaceAll(/[.*+?^${}()|[\]\\/-]/g, "\\$&").replaceAll(" ", "\\s"),
  );
  return patterns.length === 0 ? null : new RegExp(`^(?:${patterns.join("|")})`, "iu");
}
