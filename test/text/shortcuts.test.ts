import { readFileSync } from "node:fs";

import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { tokenise, tokenPattern } from "../../src/text/caption.ts";
import { foldForLint } from "../../src/text/fold.ts";
import { countGraphemes, endsCharacter, graphemes } from "../../src/text/graphemes.ts";
import { candidatesIn, rulesOf } from "../../src/text/lint-search.ts";
import { parseLintTable } from "../../src/text/lint-table.ts";
import { rednoteUnits } from "../../src/text/measure.ts";
import { patternNeeds } from "../../src/text/needed-words.ts";
import {
  lastCharacterEnd,
  lastSentenceEnd,
  lastWordEnd,
  longestFitting,
  sentences,
  tearsAmount,
  wordEnds,
} from "../../src/text/segments.ts";
import {
  hasRightToLeft,
  normaliseLines,
  stripFillers,
  stripInvisible,
} from "../../src/text/normalise.ts";
import { mayHaveContact, tokenStarts } from "../../src/text/token-starts.ts";
import { anyText } from "../support/any-text.ts";

// What saves time gives the same as the plain way.
const runs = { seed: 20261121, numRuns: 1500 };

describe("characters", () => {
  const plain = new Intl.Segmenter("en", { granularity: "grapheme" });

  test("are those of Intl.Segmenter, whatever the text", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const expected = [...plain.segment(text)].map(({ segment }) => segment);
        expect(graphemes(text)).toEqual(expected);
        expect(countGraphemes(text)).toBe(expected.length);
        const ends = new Set<number>();
        let end = 0;
        for (const each of expected) ends.add((end += each.length));
        for (let place = -1; place <= text.length + 1; place += 1) {
          expect(endsCharacter(text, place)).toBe(ends.has(place));
        }
      }),
      runs,
    );
  });

  test("every unit, alone, doubled, beside marks and emoji", () => {
    for (let unit = 0; unit <= 0xffff; unit += 1) {
      const sign = String.fromCharCode(unit);
      for (const text of [`a${sign}b${sign}${sign}漢`, `${sign}\u0301a${sign}\u200d`]) {
        if (graphemes(text).length !== [...plain.segment(text)].length) {
          expect(graphemes(text)).toEqual([...plain.segment(text)].map(({ segment }) => segment));
        }
      }
    }
  });
});

describe("places of a cut", () => {
  test("sentences are those of Intl.Segmenter but for shortenings", () => {
    const plain = new Intl.Segmenter("en", { granularity: "sentence" });
    fc.assert(
      fc.property(anyText, (text) => {
        const found = [...sentences(text)];
        expect(found.join("")).toBe(text);
        const ends = new Set([...plain.segment(text)].map(({ index }) => index));
        let end = 0;
        for (const sentence of found) {
          expect(ends).toContain(end);
          end += sentence.length;
        }
        if (!text.includes(".")) expect(found.length).toBe(ends.size);
      }),
      runs,
    );
  });

  test("sought backwards they are those that stand in the list", () => {
    fc.assert(
      fc.property(anyText, fc.nat(), (text, number) => {
        const most = number % (text.length + 1);
        const last = (ends: readonly number[]) => ends.findLast((end) => end <= most) ?? null;
        expect(lastWordEnd(text, most)).toBe(last(wordEnds(text)));
        expect(wordEnds(text, most)).toEqual(wordEnds(text).filter((end) => end <= most));
        let end = 0;
        expect(lastSentenceEnd(text, most)).toBe(
          last([...sentences(text)].map((sentence) => (end += sentence.length))),
        );
        end = 0;
        const characters = graphemes(text).map((each) => (end += each.length));
        expect(lastCharacterEnd(text, most)).toBe(last(characters));
      }),
      runs,
    );
  });
});

test("the words of a text are cut where Intl.Segmenter cuts them", () => {
  const plain = new Intl.Segmenter("zh", { granularity: "word" });
  const spaced = fc
    .array(
      fc.oneof(anyText, fc.constantFrom(" ", "  ", "\n ", "\t", "\u0301 ", "a b", "$ 5", "x-y z")),
    )
    .map((all) => all.join(" "));
  const spaceless =
    /[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Thai}\p{sc=Laoo}\p{sc=Khmr}\p{sc=Mymr}]/gu;
  fc.assert(
    fc.property(spaced, fc.boolean(), (written, astral) => {
      // Where no script writes without spaces, a word ends before white space and at the end.
      const kept = written.replace(spaceless, "x");
      const text = astral ? kept : kept.replace(/[\u{10000}-\u{10ffff}\p{Surrogate}]/gu, "y");
      const expected: number[] = [];
      for (const { index, segment } of plain.segment(text)) {
        const end = index + segment.length;
        const isEnd = end === text.length || /\s/.test(text.charAt(end));
        if (isEnd && endsCharacter(text, end) && !tearsAmount(text, end)) expected.push(end);
      }
      expect(wordEnds(text)).toEqual(expected);
    }),
    runs,
  );
});

test("the longest beginning is the same wherever it is sought from", () => {
  fc.assert(
    fc.property(anyText, fc.nat(80), fc.nat(200), (text, most, guess) => {
      const fits = (part: string): boolean => rednoteUnits(part.trimEnd()) <= most;
      const found = longestFitting(text, fits, guess);
      expect(found).toBe(longestFitting(text, fits));
      expect(fits(text.slice(0, found))).toBe(true);
      const next = found + String.fromCodePoint(text.codePointAt(found) ?? 0).length;
      if (next <= text.length) expect(fits(text.slice(0, next))).toBe(false);
    }),
    runs,
  );
});

test("what a text does not hold is not taken out of it, whatever the text", () => {
  const plainly = (text: string): string =>
    text
      .replace(/\p{Surrogate}/gu, "")
      .replace(/[\u0000-\u0008\u000B-\u001F\u007F\u200B\u2060\u2800\u3164\uFEFF]/g, "");
  const look = (text: string): void => {
    expect(stripFillers(text)).toBe(plainly(text));
    expect(stripInvisible(text)).toBe(
      plainly(text).replace(/[\u200E\u200F\u202A-\u202E\u2066-\u2069]/g, ""),
    );
    const rightToLeft = /[\p{sc=Arab}\p{sc=Hebr}\p{sc=Syrc}\p{sc=Thaa}\p{sc=Nkoo}]/u;
    expect(hasRightToLeft(text)).toBe(rightToLeft.test(text));
    const lines = normaliseLines(text);
    expect(lines).not.toMatch(/[\r\u2028\u2029\u0085]|[^\S\n]\n|[^\S\n]$|\n{3}/);
  };
  fc.assert(fc.property(anyText, look), runs);
  for (let point = 0; point <= 0x1_ffff; point += point < 0x3000 ? 1 : 7)
    look(`a${String.fromCodePoint(point)}b `);
});

test("no token begins where none is looked for", () => {
  fc.assert(
    fc.property(anyText, (text) => {
      const starts = new Set(tokenStarts(text));
      for (const { index } of text.matchAll(tokenPattern)) expect(starts).toContain(index);
      if (!mayHaveContact(text)) {
        const types = tokenise(text).map(({ type }) => type);
        expect(types).not.toContain("link");
        expect(types).not.toContain("mention");
      }
    }),
    runs,
  );
});

describe("rules to try", () => {
  const rules = parseLintTable(
    readFileSync(new URL("../../templates/wordlint.tsv", import.meta.url), "utf8"),
  );

  test("are all that are found", () => {
    const text = fc
      .array(fc.oneof(anyText, fc.constantFrom(...rules.map(({ example }) => example))), {
        maxLength: 4,
      })
      .map((all) => all.join(" "));
    let found = 0;
    fc.assert(
      fc.property(text, fc.boolean(), (written, capitals) => {
        const { folded } = foldForLint(capitals ? written.toUpperCase() : written);
        const candidates = [candidatesIn(folded, rules)];
        const tried = [
          ...rulesOf(candidates, rules, "within"),
          ...rulesOf(candidates, rules, "reaching"),
        ];
        expect(new Set(tried).size).toBe(tried.length);
        for (const [rank, { pattern }] of rules.entries()) {
          pattern.lastIndex = 0;
          if (!pattern.test(folded)) continue;
          found += 1;
          expect(tried).toContain(rank);
        }
      }),
      { ...runs, numRuns: 400 },
    );
    expect(found).toBeGreaterThan(500);
  });

  test.each([
    ["art", ["art"]],
    [String.raw`\bart\b`, ["^art$"]],
    [String.raw`\s+ate\b(?!\s)`, [" ate$"]],
    [String.raw`no\s+cap`, [" cap"]],
    [String.raw`(?:cat|dog\b)s?`, ["cat|dog$"]],
    [String.raw`ab+c\b-`, ["bc-"]],
    ["(?:cat|dogs)s?", ["cat|dogs"]],
    ["(?:cat|dog)?fish", ["fish"]],
    [String.raw`a\.(?:com|net)`, ["a.com|a.net"]],
    [String.raw`\b@x`, ["@x"]],
    ["抖[音Y]", ["抖音|抖y"]],
    ["[vw]x[1-3]", ["vx1|vx2|vx3|wx1|wx2|wx3"]],
    ["ab{2,3}c", ["ab"]],
    ["ab*c", ["a"]],
    [String.raw`\x41\u0042\u{43}`, ["abc"]],
    ["(?<!not )ok(?=!)", ["ok"]],
    [String.raw`(?:lose|drop)\s+\d+\s*(?:pounds|kilos)`, ["pounds|kilos", "lose |drop "]],
    [String.raw`(?:cat[a-z]+dogs)|fish`, ["dogs|fish", "cat|fish"]],
    [String.raw`\+?\d(?:[\s-]{0,3}\d){9,13}`, ["9 0|1|2|3|4|5|6|7|8|9"]],
    ["[a-z]+", []],
    [String.raw`\p{L}+|x`, []],
    ["a|b*", []],
    ["Ä", []],
    ["(?<name>x1)y", ["x1y"]],
    [String.raw`(?:add|find)\s+(?:me|us)\s`, ["add |find ", " me | us "]],
    ["(?:a[bc]|d)e", ["abe|ace|de"]],
    ["(?:ab|c+)d", ["ab|c"]],
    ["(?:ab){2}c", ["abc"]],
    [String.raw`(?<![\p{L}\p{N}_.])ig(?![\p{L}\p{N}])`, ["^ig$"]],
    [String.raw`(?<!\p{L})q(?!\p{N})`, ["q"]],
    [String.raw`(?<![^\p{L}\p{N}])so`, ["so"]],
    [String.raw`so(?<![\p{L}\p{N}])x`, ["sox"]],
    [String.raw`(?:(?<![\p{L}\p{N}])on|at\b)x`, ["^on|at$"]],
  ])("%s needs %j", (source, expected) => {
    const groups = patternNeeds(source).groups.map(
      ({ words, times }) =>
        (times > 1 ? `${times} ` : "") +
        words
          .map(({ text, edge, stop }) => `${edge ? "^" : ""}${text}${stop ? "$" : ""}`)
          .join("|"),
    );
    expect(groups).toEqual(expected);
  });
});
