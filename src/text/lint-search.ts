import type { LintRule } from "./lint-table.ts";
import { neededWords } from "./needed-words.ts";
import type { NeededWord } from "./needed-words.ts";

/** Which rules have to be tried on a text: those of which a needed word stands in it. */
interface RuleIndex {
  rules: readonly LintRule[];
  /** Places in `rules` of what has no needed word and is always tried. */
  always: readonly number[];
  /** Whether a needed word begins with a pair of units of this sum, anywhere or at an edge; see `pairSum`. */
  pairs: Uint8Array;
  /** Needed words by that sum of their first two units. */
  words: ReadonlyMap<number, readonly Word[]>;
  /** The same for a unit that is a needed word on its own, and those words by their unit. */
  singles: Uint8Array;
  letters: ReadonlyMap<number, readonly Word[]>;
}

interface Word extends NeededWord {
  /** Places in `rules`. */
  rules: number[];
}

const anywhere = 1;
const atEdge = 2;
const indexes = new WeakMap<readonly LintRule[], Map<string, RuleIndex>>();

/**
 * The rules of one place that may be found in a folded text, in their order. A table has many rules and a text
 * the words of few: one walk over the text saves trying them all.
 */
export function rulesToTry(
  text: string,
  rules: readonly LintRule[],
  place: string,
): readonly LintRule[] {
  const index = indexOf(rules, place);
  const seen = new Set(index.always);
  const { pairs, words, singles, letters } = index;
  let isInWord = false;
  let unit = text === "" ? 0 : small(text.charCodeAt(0));
  for (let at = 0; at < text.length; at += 1) {
    const next = at + 1 < text.length ? small(text.charCodeAt(at + 1)) : 0;
    const wanted = isInWord ? anywhere : anywhere | atEdge;
    const sum = pairSum(unit, next);
    if ((pairs[sum] ?? 0) & wanted) note(seen, words.get(sum), text, at, isInWord);
    if ((singles[unit] ?? 0) & wanted) note(seen, letters.get(unit), text, at, isInWord);
    isInWord = isWordUnit(unit);
    unit = next;
  }
  return [...seen].toSorted((a, b) => a - b).flatMap((each) => index.rules[each] ?? []);
}

function note(
  seen: Set<number>,
  words: readonly Word[] | undefined,
  text: string,
  at: number,
  isInWord: boolean,
): void {
  for (const word of words ?? []) {
    if (isInWord && word.edge) continue;
    if (standsAt(text, at, word.text)) for (const rule of word.rules) seen.add(rule);
  }
}

function standsAt(text: string, at: number, word: string): boolean {
  if (at + word.length > text.length) return false;
  for (let index = 0; index < word.length; index += 1) {
    if (small(text.charCodeAt(at + index)) !== word.charCodeAt(index)) return false;
  }
  return true;
}

/** Patterns take no heed of capitals, and for them ſ is an s and the Kelvin sign a k; needed words have no others. */
function small(unit: number): number {
  if (unit < 0x80) return unit >= 0x41 && unit <= 0x5a ? unit + 0x20 : unit;
  if (unit === 0x17f) return 0x73;
  return unit === 0x212a ? 0x6b : unit;
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
      const key = `${each.edge ? "edge" : "anywhere"} ${each.text}`;
      const word = found.get(key) ?? { ...each, rules: [] };
      found.set(key, word);
      if (!word.rules.includes(place)) word.rules.push(place);
    }
  }
  const isSingle = ({ text }: Word): boolean => text.length === 1;
  const sumOf = ({ text }: Word): number => pairSum(text.charCodeAt(0), text.charCodeAt(1));
  const all = [...found.values()];
  const letters = Map.groupBy(all.filter(isSingle), ({ text }) => text.charCodeAt(0));
  const words = Map.groupBy(
    all.filter((word) => !isSingle(word)),
    sumOf,
  );
  return { rules, always, words, pairs: flags(words), letters, singles: flags(letters) };
}

function flags(words: ReadonlyMap<number, readonly Word[]>): Uint8Array {
  const found = new Uint8Array(0x1_0000);
  for (const [key, some] of words) {
    for (const { edge } of some) found[key] = (found[key] ?? 0) | (edge ? atEdge : anywhere);
  }
  return found;
}

function pairSum(first: number, second: number): number {
  return (first * 131 + second) & 0xffff;
}
