import fc from "fast-check";
import { expect, test } from "vitest";

import { seekWords, wordSearch } from "../../src/text/word-search.ts";
import type { SeenWords, SoughtWord } from "../../src/text/word-search.ts";

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
  .map((all): SoughtWord[] =>
    all.map((word, index) => ({
      ...word,
      groups: [index],
      begins: index % 3 === 0 ? [index] : [],
    })),
  );

function small(text: string): string {
  return text.replaceAll("ſ", "s").replaceAll(/\s/g, " ").toLowerCase();
}

/** Every word held against every place. */
function plainly(all: readonly SoughtWord[], text: string, across?: number): SeenWords {
  const seen: SeenWords = { groups: [], begins: [] };
  const isLetterOrDigit = (at: number): boolean => /^[a-z0-9]$/.test(small(text).charAt(at));
  for (let start = 0; start < text.length; start += 1) {
    for (const { text: word, edge, stop, groups, begins } of all) {
      const end = start + word.length;
      if (!small(text).startsWith(word, start)) continue;
      if ((edge && isLetterOrDigit(start - 1)) || (stop && isLetterOrDigit(end))) continue;
      if (across !== undefined && (start >= across || end <= across)) continue;
      seen.groups.push(...groups);
      for (const each of begins) seen.begins.push(each, start);
    }
  }
  return inOrder(seen);
}

function inOrder({ groups, begins }: SeenWords): SeenWords {
  const pairs = begins.flatMap((each, index) =>
    index % 2 === 0 ? [[each, begins[index + 1]]] : [],
  );
  return {
    groups: groups.toSorted((a, b) => a - b),
    begins: pairs
      .toSorted(([a = 0, at = 0], [b = 0, place = 0]) => a - b || at - place)
      .flatMap(([each = 0, at = 0]) => [each, at]),
  };
}

test("one walk finds every word at every place, whatever the words", () => {
  let all = 0;
  fc.assert(
    fc.property(
      words,
      fc.array(texts, { minLength: 10, maxLength: 30 }).map(join),
      (sought, text) => {
        const search = wordSearch(sought);
        const seen: SeenWords = { groups: [], begins: [] };
        seekWords(search, text, { from: 0, to: text.length }, seen);
        expect(inOrder(seen)).toEqual(plainly(sought, text));
        all += seen.groups.length;
        for (let across = 0; across <= text.length; across += 1) {
          const around: SeenWords = { groups: [], begins: [] };
          const from = Math.max(0, across - search.longest + 1);
          const to = Math.min(text.length, across + search.longest - 1);
          seekWords(search, text, { from, to, across }, around);
          expect(inOrder(around)).toEqual(plainly(sought, text, across));
        }
      },
    ),
    { seed: 20261121, numRuns: 1500 },
  );
  expect(all).toBeGreaterThan(2000);
});
