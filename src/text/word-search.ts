import type { NeededWord } from "./needed-groups.ts";
import { unitsOf } from "./units.ts";

/** A word and the numbers that its finder wants to be told of. */
export interface SoughtWord extends NeededWord {
  groups: readonly number[];
  /** Numbers that are told with the place where the word begins. */
  begins: readonly number[];
}

/**
 * Finds all words in one walk over a text (Aho and Corasick, 1975): whatever the number of words, one step for each
 * unit.
 */
export interface WordSearch {
  /** The kind of every unit; 0 is in no word. */
  kinds: Uint16Array;
  stateCount: number;
  /**
   * By kind and state: the next state. States near the beginning of words have low numbers and common letters low
   * kinds: what most steps read lies close together.
   */
  next: Uint16Array | Uint32Array;
  /** By state: where in `ends` the words begin that end there, and behind the last state where they end. */
  endsFrom: Uint32Array;
  /** Numbers of words. */
  ends: Uint32Array;
  words: WordTables;
  /** Units of the longest word. */
  longest: number;
}

/** Words by their number; tables, as a text finds some at every tenth unit. */
interface WordTables {
  lengths: Uint16Array;
  /** `noLetterBefore` and `noLetterBehind`. */
  edges: Uint8Array;
  /** Where in `groups` those of a word begin, and behind the last word where they end. */
  groupsFrom: Uint32Array;
  groups: Uint32Array;
  /** The same for what is told with its place. */
  beginsFrom: Uint32Array;
  begins: Uint32Array;
}

/** What a walk found. */
export interface SeenWords {
  /** Numbers of groups, each as often as one of its words was found. */
  groups: number[];
  /** A number and the place where its word begins, in turn. */
  begins: number[];
}

const noLetterBefore = 1;
const noLetterBehind = 2;

/** Prepares to look for words of at most 65,535 units, which are in small letters. */
export function wordSearch(words: readonly SoughtWord[]): WordSearch {
  const { kinds, kindCount } = kindsOf(words);
  const children: Map<number, number>[] = [new Map()];
  const ends: number[][] = [[]];
  for (const [number, word] of words.entries()) {
    let state = 0;
    for (let at = 0; at < word.text.length; at += 1) {
      const kind = kinds[word.text.charCodeAt(at)] ?? 0;
      const known = children[state]?.get(kind) ?? children.length;
      if (known === children.length) {
        children[state]?.set(kind, known);
        children.push(new Map());
        ends.push([]);
      }
      state = known;
    }
    ends[state]?.push(number);
  }
  const stateCount = children.length;
  const size = stateCount * kindCount;
  const next = stateCount <= 0x1_0000 ? new Uint16Array(size) : new Uint32Array(size);
  // By the order in which they are reached, which is that of their depth.
  const reached = [{ made: 0, fallback: 0 }];
  const endsOf: (readonly number[])[] = [];
  for (const [state, { made, fallback }] of reached.entries()) {
    endsOf.push([...(ends[made] ?? []), ...(state === 0 ? [] : (endsOf[fallback] ?? []))]);
    // It goes on as the longest end of what led here does that begins a word itself.
    if (state > 0)
      for (let at = 0; at < size; at += stateCount) next[at + state] = next[at + fallback] ?? 0;
    for (const [kind, child] of children[made] ?? []) {
      const at = kind * stateCount + state;
      const shorter = state === 0 ? 0 : (next[at] ?? 0);
      next[at] = reached.length;
      reached.push({ made: child, fallback: shorter });
    }
  }
  return {
    ...{ kinds, stateCount, next },
    endsFrom: Uint32Array.from(startsOf(endsOf)),
    ends: Uint32Array.from(endsOf.flat()),
    words: {
      lengths: Uint16Array.from(words, ({ text }) => text.length),
      edges: Uint8Array.from(
        words,
        ({ edge, stop }) => (edge ? noLetterBefore : 0) + (stop ? noLetterBehind : 0),
      ),
      groupsFrom: Uint32Array.from(startsOf(words.map(({ groups }) => groups))),
      groups: Uint32Array.from(words.flatMap(({ groups }) => groups)),
      beginsFrom: Uint32Array.from(startsOf(words.map(({ begins }) => begins))),
      begins: Uint32Array.from(words.flatMap(({ begins }) => begins)),
    },
    longest: Math.max(0, ...words.map(({ text }) => text.length)),
  };
}

/** Where each list begins in all of them joined, and where the last one ends. */
function startsOf(lists: readonly (readonly unknown[])[]): number[] {
  let sum = 0;
  return [0, ...lists.map(({ length }) => (sum += length))];
}

/** Puts the words between two places of a text into `seen`; where `across` is told, those around it. */
export function seekWords(
  search: WordSearch,
  text: string,
  { from, to, across }: { from: number; to: number; across?: number },
  seen: SeenWords,
): void {
  const { kinds, stateCount, next, endsFrom, ends } = search;
  const { lengths, edges, groupsFrom, groups, beginsFrom, begins } = search.words;
  const units = unitsOf(text);
  let state = 0;
  for (let at = from; at < to; at += 1) {
    state = next[(kinds[units[at] ?? 0] ?? 0) * stateCount + state] ?? 0;
    const last = endsFrom[state + 1] ?? 0;
    for (let end = endsFrom[state] ?? 0; end < last; end += 1) {
      const word = ends[end] ?? 0;
      const start = at + 1 - (lengths[word] ?? 0);
      if (across !== undefined && (start >= across || at < across)) continue;
      const edge = edges[word] ?? 0;
      if ((edge & noLetterBefore) !== 0 && isLetterOrDigit(text, start - 1)) continue;
      if ((edge & noLetterBehind) !== 0 && isLetterOrDigit(text, at + 1)) continue;
      const behind = groupsFrom[word + 1] ?? 0;
      for (let each = groupsFrom[word] ?? 0; each < behind; each += 1)
        seen.groups.push(groups[each] ?? 0);
      const after = beginsFrom[word + 1] ?? 0;
      for (let each = beginsFrom[word] ?? 0; each < after; each += 1)
        seen.begins.push(begins[each] ?? 0, start);
    }
  }
}

function kindsOf(words: readonly SoughtWord[]): { kinds: Uint16Array; kindCount: number } {
  const kinds = new Uint16Array(0x1_0000);
  let kindCount = 1;
  // Next to each other: most texts are made of few kinds, which are then read from few places of the memory.
  for (const text of [" etaoinshrdlucmfwypvbgkjqxz0123456789", ...words.map((word) => word.text)]) {
    for (let at = 0; at < text.length; at += 1) {
      const unit = text.charCodeAt(at);
      if (kinds[unit] === 0) kinds[unit] = kindCount++;
    }
  }
  for (const [small, others] of alike)
    for (const unit of others) kinds[unit.charCodeAt(0)] = kinds[small.charCodeAt(0)] ?? 0;
  return { kinds, kindCount };
}

/**
 * Patterns take no heed of capitals, and for them ſ is an s and the Kelvin sign a k; needed words have no others.
 * All white space is one.
 */
const alike: readonly (readonly [small: string, others: string])[] = [
  ...Array.from("abcdefghijklmnopqrstuvwxyz", (small) => [small, small.toUpperCase()] as const),
  ["s", "ſ"],
  ["k", "\u212a"],
  [
    " ",
    "\t\n\v\f\r\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000\ufeff",
  ],
];

const lettersAndDigits = new Uint8Array(0x1_0000);
for (const unit of "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789ſ\u212a")
  lettersAndDigits[unit.charCodeAt(0)] = 1;

/** What `\b` takes for part of a word, but for `_`: letters and digits to other patterns, too. */
function isLetterOrDigit(text: string, at: number): boolean {
  return at >= 0 && at < text.length && lettersAndDigits[text.charCodeAt(at)] === 1;
}
