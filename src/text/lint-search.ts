import type { LintRule } from "./lint-table.ts";
import { neededWords } from "./needed-words.ts";
import type { NeededWord } from "./needed-words.ts";

/** Which rules have to be tried on a text: those of which a needed word stands in it. */
interface RuleIndex {
  rules: readonly LintRule[];
  /** Places in `rules` of what has no needed word and is always tried. */
  always: readonly number[];
  /** By `pairSum` of two units: 1 more than the place in `words` of those that begin with them, 0 for none. */
  pairs: Uint16Array;
  /** The same by a unit that is a needed word on its own. */
  singles: Uint16Array;
  words: readonly (readonly Word[])[];
  /** Units of the longest of them. */
  longest: number;
}

interface Word extends NeededWord {
  /** Places in `rules`. */
  rules: number[];
}

const indexes = new WeakMap<readonly LintRule[], Map<string, RuleIndex>>();

/**
 * The rules of one place that may be found in a folded text, in their order. A table has many rules and a text
 * the words of few: one walk over the text saves trying them all.
 * @param around when given, only words that stand at one of these places are sought, and rules without a
 * needed word are left out
 */
export function rulesToTry(
  text: string,
  rules: readonly LintRule[],
  place: string,
  around?: readonly number[],
): readonly LintRule[] {
  const index = indexOf(rules, place);
  const seen: number[] = [];
  if (around === undefined) seek(text, 0, text.length, index, seen);
  for (const each of around ?? [])
    seek(text, Math.max(0, each - index.longest), Math.min(text.length, each + 1), index, seen);
  if (seen.length === 0 && index.always.length === 0) return [];
  const all = new Set(around === undefined ? [...index.always, ...seen] : seen);
  return [...all].toSorted((a, b) => a - b).flatMap((each) => index.rules[each] ?? []);
}

/** Puts the rules of the words that begin between two places into `seen`. */
function seek(text: string, from: number, to: number, index: RuleIndex, seen: number[]): void {
  const { pairs, singles } = index;
  let isInWord = from > 0 && isWordUnit(small(text.charCodeAt(from - 1)));
  let unit = from < to ? small(text.charCodeAt(from)) : 0;
  for (let at = from; at < to; at += 1) {
    const next = at + 1 < text.length ? small(text.charCodeAt(at + 1)) : 0;
    const pair = pairs[pairSum(unit, next)] ?? 0;
    if (pair !== 0) note(index.words[pair - 1], text, at, isInWord, seen);
    const single = singles[unit] ?? 0;
    if (single !== 0) note(index.words[single - 1], text, at, isInWord, seen);
    isInWord = isWordUnit(unit);
    unit = next;
  }
}

function note(
  words: readonly Word[] | undefined,
  text: string,
  at: number,
  isInWord: boolean,
  seen: number[],
): void {
  for (const word of words ?? []) {
    if (isInWord && word.edge) continue;
    if (!standsAt(text, at, word)) continue;
    for (const rule of word.rules) if (!seen.includes(rule)) seen.push(rule);
  }
}

function standsAt(text: string, at: number, { text: word, stop }: Word): boolean {
  const end = at + word.length;
  if (end > text.length) return false;
  for (let index = 0; index < word.length; index += 1) {
    if (small(text.charCodeAt(at + index)) !== word.charCodeAt(index)) return false;
  }
  return !stop || end === text.length || !isWordUnit(small(text.charCodeAt(end)));
}

/**
 * Patterns take no heed of capitals, and for them ſ is an s and the Kelvin sign a k; needed words have no others.
 * All white space is one.
 */
const smallUnits = Uint16Array.from({ length: 0x1_0000 }, (_, unit) => unit);
for (let unit = 0x41; unit <= 0x5a; unit += 1) smallUnits[unit] = unit + 0x20;
smallUnits[0x17f] = 0x73;
smallUnits[0x212a] = 0x6b;
for (const space of "\t\n\v\f\r\u00a0\u1680\u2028\u2029\u202f\u205f\u3000\ufeff")
  smallUnits[space.charCodeAt(0)] = 0x20;
smallUnits.fill(0x20, 0x2000, 0x200b);

function small(unit: number): number {
  return smallUnits[unit] ?? unit;
}

/** What `\b` takes for part of a word, capitals left out. */
function isWordUnit(unit: number): boolean {
  if (unit > 0x7a) return false;
  return unit >= 0x61 || unit === 0x5f || (unit >= 0x30 && unit <= 0x39);
}

function indexOf(rules: readonly LintRule[], place: string): RuleIndex {
  const known = indexes.get(rules) ?? new Map<string, RuleIndex>();
  indexes.set(rules, known);
  const index = known.get(place) ?? makeIndex(rules.filter(({ places }) => places.includes(place)));
  known.set(place, index);
  return index;
}

function makeIndex(rules: readonly LintRule[]): RuleIndex {
  const found = new Map<string, Word>();
  const always: number[] = [];
  for (const [place, { pattern }] of rules.entries()) {
    const needed = neededWords(pattern.source);
    if (needed === null) always.push(place);
    for (const each of needed ?? []) {
      const key = JSON.stringify(each);
      const word = found.get(key) ?? { ...each, rules: [] };
      found.set(key, word);
      if (!word.rules.includes(place)) word.rules.push(place);
    }
  }
  const [pairs, singles] = [new Uint16Array(0x1_0000), new Uint16Array(0x1_0000)];
  const words: Word[][] = [];
  let longest = 0;
  for (const word of found.values()) {
    const { text } = word;
    const table = text.length === 1 ? singles : pairs;
    const key =
      text.length === 1 ? text.charCodeAt(0) : pairSum(text.charCodeAt(0), text.charCodeAt(1));
    table[key] ||= words.push([]);
    words[(table[key] ?? 0) - 1]?.push(word);
    longest = Math.max(longest, text.length);
  }
  return { rules, always, pairs, singles, words, longest };
}

function pairSum(first: number, second: number): number {
  return (first * 131 + second) & 0xffff;
}
