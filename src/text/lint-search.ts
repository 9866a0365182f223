import type { LintRule } from "./lint-table.ts";
import { neededWords } from "./needed-words.ts";
import type { NeededWord } from "./needed-words.ts";

/** Which rules have to be tried on a text: those of which a needed word stands in it. */
interface RuleIndex {
  /** Places in `rules` of what has no needed word and is always tried. */
  always: readonly number[];
  /** By the first unit of a word, by the `sum` of all two and of the first three: whether a word begins so, and where. */
  begins: readonly [ones: Uint8Array, twos: Uint8Array, threes: Uint8Array];
  /** Words of one and two units and all others, by their unit or sum. */
  words: readonly [Words, Words, Words];
  /** Units of the longest of them. */
  longest: number;
}

interface Word extends NeededWord {
  /** Places in `rules`. */
  rules: number[];
}

type Words = Map<number, Word[]>;

/** What `begins` tells of one unit: whether a word begins with it that has one, two or more units. */
const one = 1;
const two = 2;
const more = 4;
/** Of sums: whether the word stands anywhere, or only where no letter is before it. */
const anywhere = 1;
const atEdge = 2;
/** `one`, `two` and `more` of words that stand only at an edge are these bits further on. */
const edgeShift = 3;

const indexes = new WeakMap<readonly LintRule[], RuleIndex>();

/** What of a text may be found by rules; their places in the table, in no order. */
export type Candidates = readonly number[];

/**
 * The rules that may be found in a folded text, whatever their place. A table has many rules and a text the words of
 * few: one walk over the text saves trying them all.
 */
export function candidatesIn(text: string, rules: readonly LintRule[]): Candidates {
  const index = indexOf(rules);
  const seen = [...index.always];
  seek(text, 0, text.length, index, seen);
  return seen;
}

/** The same only for words that touch one of these places of the text, and without rules that need no word. */
export function candidatesAt(
  text: string,
  rules: readonly LintRule[],
  places: readonly number[],
): Candidates {
  const index = indexOf(rules);
  const seen: number[] = [];
  for (const place of places)
    seek(text, Math.max(0, place - index.longest), Math.min(text.length, place + 1), index, seen);
  return seen;
}

/** Those of the candidates that count at a place, in the order of the table. */
export function rulesOf(
  candidates: readonly Candidates[],
  rules: readonly LintRule[],
  place: string,
): readonly LintRule[] {
  if (candidates.every(({ length }) => length === 0)) return [];
  return [...new Set(candidates.flat())]
    .toSorted((a, b) => a - b)
    .flatMap((each) => rules[each] ?? [])
    .filter(({ places }) => places.includes(place));
}

/**
 * Puts the rules of the words that begin between two places into `seen`. The first look is at one unit, the next at
 * three: few places are left where words are held against the text.
 */
function seek(text: string, from: number, to: number, index: RuleIndex, seen: number[]): void {
  const [ones, twos, threes] = index.begins;
  const { length } = text;
  let isInWord = from > 0 && isWordUnit(small(text.charCodeAt(from - 1)));
  for (let at = from; at < to; at += 1) {
    const unit = small(text.charCodeAt(at));
    const bits = ones[unit] ?? 0;
    const kinds = isInWord ? bits : bits | (bits >> edgeShift);
    const wasInWord = isInWord;
    isInWord = isWordUnit(unit);
    if ((kinds & (one | two | more)) === 0) continue;
    if (kinds & one) note(index.words[0].get(unit), text, at, wasInWord, seen);
    if (at + 1 >= length) return;
    const wanted = wasInWord ? anywhere : anywhere | atEdge;
    const pair = sum(unit, small(text.charCodeAt(at + 1)));
    if (kinds & two && (twos[pair] ?? 0) & wanted)
      note(index.words[1].get(pair), text, at, wasInWord, seen);
    if ((kinds & more) === 0 || at + 2 >= length) continue;
    const triple = sum(pair, small(text.charCodeAt(at + 2)));
    if ((threes[triple] ?? 0) & wanted) note(index.words[2].get(triple), text, at, wasInWord, seen);
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

function indexOf(rules: readonly LintRule[]): RuleIndex {
  const index = indexes.get(rules) ?? makeIndex(rules);
  indexes.set(rules, index);
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
  return { always, ...tablesOf([...found.values()]) };
}

function tablesOf(all: readonly Word[]): Pick<RuleIndex, "begins" | "words" | "longest"> {
  const begins = [0, 1, 2].map(() => new Uint8Array(0x1_0000)) as [
    Uint8Array,
    Uint8Array,
    Uint8Array,
  ];
  const words: [Words, Words, Words] = [new Map(), new Map(), new Map()];
  for (const word of all) {
    const [first = 0, second = 0, third = 0] = [0, 1, 2].map((at) => word.text.charCodeAt(at));
    const size = Math.min(word.text.length, 3) - 1;
    const key = [first, sum(first, second), sum(sum(first, second), third)][size] ?? 0;
    const bits = [one, two, more][size] ?? 0;
    begins[0][first] = (begins[0][first] ?? 0) | (word.edge ? bits << edgeShift : bits);
    const table = begins[size];
    if (size > 0 && table !== undefined)
      table[key] = (table[key] ?? 0) | (word.edge ? atEdge : anywhere);
    const same = words[size]?.get(key) ?? [];
    words[size]?.set(key, [...same, word]);
  }
  return { begins, words, longest: Math.max(0, ...all.map(({ text }) => text.length)) };
}

function sum(first: number, second: number): number {
  return (first * 131 + second) & 0xffff;
}
