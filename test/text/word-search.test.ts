import fc from "fast-check";
import { expect, test } from "vitest";

import { seekWords, wordSearch } from "../../src/text/word-search.ts";
import type { SoughtWord } from "../../src/text/word-search.ts";

const letters = fc.constantFrom("a", "b", "s", "加", " ", "@");
const texts = fc.constantFrom(..."abs加 @", "A", "B", "S", "ſ", "\u00a0", "\n", "_", "7", "\ud83d");
const join = (all: readonly string[]): string => all.join("");
const words = fc
  .array(
    fc.record({
      text: fc.array(letters, { minLength: 1, maxLength: 4 }).map(join),
      edge: fc.boolean(),
      stop: fc.boolean(),
    }),
    { minLength: 3, maxLength: 8 },
  )
  .map((all): SoughtWord[] => all.map((word, index) => ({ ...word, groups: [index] })));

function small(text: string): string {
  return text.replaceAll("ſ", "s").replaceAll(/\s/g, " ").toLowerCase();
}

/** Every word held against every place. */
function plainly(all: readonly SoughtWord[], text: string, across?: number): number[] {
  const found: number[] = [];
  const isLetterOrDigit = (at: number): boolean => /^[a-z0-9]$/.test(small(text).charAt(at));
  for (let start = 0; start < text.length; start += 1) {
    for (const { text: word, edge, stop, groups } of all) {
      const end = start + word.length;
      if (!small(text).startsWith(word, start)) continue;
      if ((edge && isLetterOrDigit(start - 1)) || (stop && isLetterOrDigit(end))) continue;
      if (across !== undefined && (start >= across || end <= across)) continue;
      found.push(...groups);
    }
  }
  return found.toSorted((a, b) => a - b);
}

test("one walk finds every word at every place, whatever the words", () => {
  let all = 0;
  fc.assert(
    fc.property(
      words,
      fc.array(texts, { minLength: 10, maxLength: 30 }).map(join),
      (sought, text) => {
        const search = wordSearch(sought);
        const seen: number[] = [];
        seekWords(search, text, { from: 0, to: text.length }, seen);
        expect(seen.toSorted((a, b) => a - b)).toEqual(plainly(sought, text));
        all += seen.length;
        for (let across = 0; across <= text.length; across += 1) {
          const around: number[] = [];
          const from = Math.max(0, across - search.longest + 1);
          const to = Math.min(text.length, across + search.longest - 1);
          seekWords(search, text, { from, to, across }, around);
          expect(around.toSorted((a, b) => a - b)).toEqual(plainly(sought, text, across));
        }
      },
    ),
    { seed: 20261121, numRuns: 1500 },
  );
  expect(all).toBeGreaterThan(2000);
});
