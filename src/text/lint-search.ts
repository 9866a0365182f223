import type { LintRule } from "./lint-table.ts";
import { neededWords } from "./needed-words.ts";
import type { NeededWord } from "./needed-groups.ts";

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
  /** By the first unit of a word, by the `sum` of all two and of the first three: whether a word begins so, and where. */
  begins: readonly [ones: Uint8Array, twos: Uint8Array, threes: Uint8Array];
  /** Words of one and two units and all others, by their unit or sum. */
  words: readonly [Words, Words, Words];
  /** Units of the longest of them. */
  longest: number;
}

interface Word extends NeededWord {
  /** Groups that it is in. */
  groups: number[];
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

/** What a text has of the needed words: their groups, in no order, each as often as it was found. */
export type Candidates = readonly number[];

/** The needed words of rules that stand in a folded text. One walk over the text saves trying all the rules. */
export function candidatesIn(text: string, rules: readonly LintRule[]): Candidates {
  const seen: number[] = [];
  seek(text, 0, text.length, indexOf(rules), seen);
  return seen;
}

/** The same only for words that touch one of these places of the text. */
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
      const rule = owners[group] ?? 0;
      const [from, to] = [groups[rule] ?? 0, groups[rule + 1] ?? 0];
      let isWhole = true;
      for (let each = from; each < to; each += 1)
        isWhole &&= (counts[each] ?? 0) >= (least[each] ?? 0);
      if (isWhole) found.push(rule);
      // Told of once only.
      counts[from] = 0;
    }
  }
  for (const part of candidates) for (const group of part) counts[group] = 0;
  return found
    .toSorted((a, b) => a - b)
    .flatMap((each) => rules[each] ?? [])
    .filter(({ places }) => places.includes(place));
}

/**
 * Puts the groups of the words that begin between two places into `seen`. The first look is at one unit, the next at
 * three: few places are left where words are held against the text. A list of numbers is read many times faster than
 * a text that was cut out of another one.
 */
function seek(text: string, from: number, to: number, index: RuleIndex, seen: number[]): void {
  const [ones, twos, threes] = index.begins;
  const start = Math.max(0, from - 1);
  const units = smallUnitsOf(text, start, Math.min(text.length, to + index.longest));
  const length = to - start;
  let isInWord = from > 0 && isWordUnit(units[0] ?? 0);
  for (let at = from - start; at < length; at += 1) {
    const unit = units[at] ?? 0;
    const wasInWord = isInWord;
    isInWord = isWordUnit(unit);
    const bits = ones[unit] ?? 0;
    const kinds = wasInWord ? bits : bits | (bits >> edgeShift);
    if ((kinds & (one | two | more)) === 0) continue;
    if (kinds & one) note(index.words[0].get(unit), units, at, wasInWord, seen);
    const wanted = wasInWord ? anywhere : anywhere | atEdge;
    const pair = sum(unit, units[at + 1] ?? 0);
    if (kinds & two && (twos[pair] ?? 0) & wanted)
      note(index.words[1].get(pair), units, at, wasInWord, seen);
    if ((kinds & more) === 0) continue;
    const triple = sum(pair, units[at + 2] ?? 0);
    if ((threes[triple] ?? 0) & wanted)
      note(index.words[2].get(triple), units, at, wasInWord, seen);
  }
}

function note(
  words: readonly Word[] | undefined,
  units: Uint16Array,
  at: number,
  isInWord: boolean,
  seen: number[],
): void {
  for (const word of words ?? []) {
    if (isInWord && word.edge) continue;
    if (!standsAt(units, at, word)) continue;
    for (const group of word.groups) seen.push(group);
  }
}

function standsAt(units: Uint16Array, at: number, { text: word, stop }: Word): boolean {
  for (let index = 0; index < word.length; index += 1) {
    if (units[at + index] !== word.charCodeAt(index)) return false;
  }
  return !stop || !isWordUnit(units[at + word.length] ?? 0);
}

let scratch = new Uint16Array(4096);

/** The units of a stretch of a text, small; behind them stand as many zeros as any look goes too far. */
function smallUnitsOf(text: string, from: number, to: number): Uint16Array {
  const count = to - from;
  if (scratch.length < count + 3) scratch = new Uint16Array(2 * count + 3);
  for (let index = 0; index < count; index += 1)
    scratch[index] = smallUnits[text.charCodeAt(from + index)] ?? 0;
  scratch.fill(0, count, count + 3);
  return scratch;
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
    ...{
      always,
      groups,
      owners,
      least: Uint8Array.from(least),
      counts: new Uint32Array(least.length),
    },
    ...tablesOf([...found.values()]),
  };
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
