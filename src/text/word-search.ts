import type { NeededWord } from "./needed-groups.ts";

/** A word and the numbers that its finder wants to be told of. */
export interface SoughtWord extends NeededWord {
  groups: readonly number[];
}

/**
 * Finds all words in one walk over a text (Aho and Corasick, 1975): whatever the number of words, one step for each
 * unit.
 */
export interface WordSearch {
  /** The kind of every unit; 0 is in no word. */
  kinds: Uint16Array;
  kindCount: number;
  /** By state and kind: the next state. */
  next: Uint16Array | Uint32Array;
  /** By state: the words that end there. */
  ends: readonly (readonly SoughtWord[])[];
  /** By state: 1 where a word ends. */
  isEnd: Uint8Array;
  /** Units of the longest word. */
  longest: number;
}

/** Prepares to look for words, which are in small letters. */
export function wordSearch(words: readonly SoughtWord[]): WordSearch {
  const { kinds, kindCount } = kindsOf(words);
  const children: Map<number, number>[] = [new Map()];
  const ends: SoughtWord[][] = [[]];
  for (const word of words) {
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
    ends[state]?.push(word);
  }
  const size = children.length * kindCount;
  const next = children.length <= 0x1_0000 ? new Uint16Array(size) : new Uint32Array(size);
  // The longest end of what led to a state that begins a word itself: there it goes on where no word does.
  const fallback = new Uint32Array(children.length);
  const reached = [0];
  for (const state of reached) {
    const back = (fallback[state] ?? 0) * kindCount;
    if (state > 0) {
      next.copyWithin(state * kindCount, back, back + kindCount);
      ends[state]?.push(...(ends[fallback[state] ?? 0] ?? []));
    }
    for (const [kind, child] of children[state] ?? []) {
      fallback[child] = state === 0 ? 0 : (next[back + kind] ?? 0);
      next[state * kindCount + kind] = child;
      reached.push(child);
    }
  }
  return {
    ...{ kinds, kindCount, next, ends },
    isEnd: Uint8Array.from(ends, ({ length }) => Math.min(length, 1)),
    longest: Math.max(0, ...words.map(({ text }) => text.length)),
  };
}

/** Puts the groups of the words between two places of a text into `seen`; where `across` is told, of those around it. */
export function seekWords(
  search: WordSearch,
  text: string,
  { from, to, across }: { from: number; to: number; across?: number },
  seen: number[],
): void {
  const { kinds, kindCount, next, ends, isEnd } = search;
  let state = 0;
  for (let at = from; at < to; at += 1) {
    state = next[state * kindCount + (kinds[text.charCodeAt(at)] ?? 0)] ?? 0;
    if (isEnd[state] === 0) continue;
    for (const { text: word, edge, stop, groups } of ends[state] ?? []) {
      const start = at + 1 - word.length;
      if (across !== undefined && (start >= across || at < across)) continue;
      if ((edge && isWordUnit(text, start - 1)) || (stop && isWordUnit(text, at + 1))) continue;
      for (let each = 0; each < groups.length; each += 1) seen.push(groups[each] ?? 0);
    }
  }
}

function kindsOf(words: readonly SoughtWord[]): Pick<WordSearch, "kinds" | "kindCount"> {
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

const wordUnits = new Uint8Array(0x1_0000);
for (const unit of "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789ſ\u212a")
  wordUnits[unit.charCodeAt(0)] = 1;

/** What `\b` takes for part of a word, but for `_`: letters and digits to other patterns, too. */
function isWordUnit(text: string, at: number): boolean {
  return at >= 0 && at < text.length && wordUnits[text.charCodeAt(at)] === 1;
}
