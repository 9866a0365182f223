import type { LintRule } from "./lint-table.ts";
import { neededWords } from "./needed-words.ts";

/** Which rules have to be tried on a text: those of which a needed word stands in it. */
interface RuleIndex {
  rules: readonly LintRule[];
  /** Places in `rules` of what has no needed word and is always tried. */
  always: readonly number[];
  /** 1 where a needed word begins with a pair of units of this sum; see `pairSum`. */
  pairs: Uint8Array;
  /** 1 for a unit that is a needed word on its own. */
  singles: Uint8Array;
  /** Needed words by their first unit. */
  words: ReadonlyMap<number, readonly Word[]>;
}

interface Word {
  text: string;
  /** Places in `rules`. */
  rules: number[];
}

const indexes = new WeakMap<readonly LintRule[], Map<string, RuleIndex>>();

/**
 * The rules of one place that may be found in a folded text, in their order. A table has many rules and a text
 * the words of few: one walk over the text saves trying them all.
 */
export function rulesToTry(
  folded: string,
  rules: readonly LintRule[],
  place: string,
): readonly LintRule[] {
  const index = indexOf(rules, place);
  // Patterns take no heed of capitals, and for them ſ is an s.
  const text = folded.toLowerCase().replaceAll("ſ", "s");
  const seen = new Set(index.always);
  const { pairs, singles, words } = index;
  let unit = text.charCodeAt(0);
  for (let at = 0; at < text.length; at += 1) {
    const next = at + 1 < text.length ? text.charCodeAt(at + 1) : 0;
    if (singles[unit] === 1 || pairs[pairSum(unit, next)] === 1) {
      for (const word of words.get(unit) ?? []) {
        if (text.startsWith(word.text, at)) for (const rule of word.rules) seen.add(rule);
      }
    }
    unit = next;
  }
  return [...seen].toSorted((a, b) => a - b).flatMap((each) => index.rules[each] ?? []);
}

function indexOf(rules: readonly LintRule[], place: string): RuleIndex {
  const known = indexes.get(rules) ?? new Map<string, RuleIndex>();
  indexes.set(rules, known);
  const index = known.get(place) ?? makeIndex(rules.filter(({ places }) => places.includes(place)));
  known.set(place, index);
  return index;
}

function makeIndex(rules: readonly LintRule[]): RuleIndex {
  const byText = new Map<string, Word>();
  const always: number[] = [];
  for (const [place, { pattern }] of rules.entries()) {
    const needed = neededWords(pattern.source);
    if (needed === null) always.push(place);
    for (const text of new Set(needed)) {
      const word = byText.get(text) ?? { text, rules: [] };
      byText.set(text, word);
      word.rules.push(place);
    }
  }
  const pairs = new Uint8Array(0x1_0000);
  const singles = new Uint8Array(0x1_0000);
  for (const text of byText.keys()) {
    if (text.length === 1) singles[text.charCodeAt(0)] = 1;
    else pairs[pairSum(text.charCodeAt(0), text.charCodeAt(1))] = 1;
  }
  const words = Map.groupBy(byText.values(), ({ text }) => text.charCodeAt(0));
  return { rules, always, pairs, singles, words };
}

function pairSum(first: number, second: number): number {
  return (first * 131 + second) & 0xffff;
}
