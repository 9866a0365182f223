import type { LintRule } from "./lint-table.ts";
import { neededWords } from "./needed-words.ts";
import { seekWords, wordSearch } from "./word-search.ts";
import type { SoughtWord, WordSearch } from "./word-search.ts";

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
  always: readonly number[];
  /** Looks for the needed words. */
  search: WordSearch;
}

const indexes = new WeakMap<readonly LintRule[], RuleIndex>();

/** What a text has of the needed words: their groups, in no order, each as often as it was found. */
export type Candidates = readonly number[];

/** The needed words of rules that stand in a folded text. One walk over the text saves trying all the rules. */
export function candidatesIn(text: string, rules: readonly LintRule[]): Candidates {
  const seen: number[] = [];
  seekWords(indexOf(rules).search, text, { from: 0, to: text.length }, seen);
  return seen;
}

/** The same only for words that begin before one of these places of the text and end behind it. */
export function candidatesAt(
  text: string,
  rules: readonly LintRule[],
  places: readonly number[],
): Candidates {
  const { search } = indexOf(rules);
  const seen: number[] = [];
  for (const across of places) {
    const from = Math.max(0, across - search.longest + 1);
    const to = Math.min(text.length, across + search.longest - 1);
    seekWords(search, text, { from, to, across }, seen);
  }
  return seen;
}

/**
 * Those of the rules that may be found at a destination where the parts of a text have these words, in the order
 * of the table.
 */
export function rulesOf(
  candidates: readonly Candidates[],
  rules: readonly LintRule[],
  place: string,
): readonly LintRule[] {
  const { always, least, groups, owners, counts } = indexOf(rules);
  for (const part of candidates) for (const group of part) counts[group] = (counts[group] ?? 0) + 1;
  const found = [...always];
  for (const part of candidates) {
    for (const group of part) {
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
  const chosen: LintRule[] = [];
  for (const each of found.length > 1 ? found.toSorted((a, b) => a - b) : found) {
    const rule = rules[each];
    if (rule?.places.includes(place) === true) chosen.push(rule);
  }
  return chosen;
}

function indexOf(rules: readonly LintRule[]): RuleIndex {
  const index = indexes.get(rules) ?? makeIndex(rules);
  indexes.set(rules, index);
  return index;
}

function makeIndex(rules: readonly LintRule[]): RuleIndex {
  const found = new Map<string, SoughtWord & { groups: number[] }>();
  const always: number[] = [];
  const least: number[] = [];
  const owners: number[] = [];
  const groups: number[] = [];
  for (const [place, { pattern }] of rules.entries()) {
    groups.push(least.length);
    const needed = neededWords(pattern.source);
    if (needed.length === 0) always.push(place);
    for (const { words, times } of needed) {
      for (const each of words) {
        const key = JSON.stringify(each);
        const word = found.get(key) ?? { ...each, groups: [] };
        found.set(key, word);
        if (!word.groups.includes(least.length)) word.groups.push(least.length);
      }
      least.push(Math.min(times, 255));
      owners.push(place);
    }
  }
  groups.push(least.length);
  return {
    ...{ always, groups, owners },
    least: Uint8Array.from(least),
    counts: new Uint32Array(least.length),
    search: wordSearch([...found.values()]),
  };
}
