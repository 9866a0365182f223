import fc from "fast-check";
import { expect, test } from "vitest";

import { firmEnd } from "../../src/compose/dangling.ts";
import { pictureBreak, withoutPictures } from "../../src/compose/pictures.ts";
import { cutAtWord, trimCut } from "../../src/compose/title-cut.ts";
import type { LengthUnit } from "../../src/core/destination.ts";
import { firstOver, fitsWithin, graphemes, measure } from "../../src/text/measure.ts";
import { lastFitting, wordEnds } from "../../src/text/segments.ts";
import { anyText } from "../support/any-text.ts";

const pieces = [
  ...["the", " the ", "with ", "and", " of a ", "für", "é", "'", " '", "don't", "’s", "-", " – "],
  ...[
    "的",
    "我的",
    "和",
    "猫",
    "すし",
    "カフェ",
    ", ",
    "，",
    "：",
    ". ",
    "(",
    "（",
    "“",
    "9",
    "$9.99",
  ],
  ...["painting", "harbour", "brush", " ", "  ", "ſo", "THE ", "\u212a", "👍🏽", "\u0301", "한국"],
];
const line = fc
  .array(fc.oneof({ weight: 6, arbitrary: fc.constantFrom(...pieces) }, anyText), { maxLength: 30 })
  .map((all) =>
    all
      .join("")
      .replaceAll(/[\s\u0000]+/g, " ")
      .trim(),
  );
const units: LengthUnit[] = ["rednote", "rednote-app", "utf16", "code-points", "graphemes"];
const runs = { seed: 20261121, numRuns: 4000 };

test("the first beginning over a limit is over it, and none before it is", () => {
  fc.assert(
    fc.property(line, fc.nat(60), fc.constantFrom(...units), (text, most, unit) => {
      const over = firstOver(text, most, unit);
      if (over === null) return;
      for (let end = 0; end <= text.length; end += 1)
        expect(measure(text.slice(0, end), unit) > most).toBe(end >= over);
    }),
    runs,
  );
});

test("a text fits where its measure says so", () => {
  fc.assert(
    fc.property(line, fc.nat(60), fc.constantFrom(...units), (text, most, unit) => {
      expect(fitsWithin(text, most, unit)).toBe(measure(text, unit) <= most);
    }),
    runs,
  );
});

test("a line is cut at the word that a search through all of them finds", () => {
  fc.assert(
    fc.property(
      line,
      fc.integer({ min: 3, max: 60 }),
      fc.constantFrom(...units),
      (text, most, unit) => {
        const far = Math.min(text.length, most * 8);
        const end = lastFitting(text, wordEnds(text, far), (cut) =>
          fitsWithin(`${trimCut(cut)}…`, most, unit),
        );
        const words = end === null ? "" : trimCut(text.slice(0, end));
        if (/[\p{L}\p{N}]/u.test(words)) expect(cutAtWord(text, { unit, most })).toBe(`${words}…`);
      },
    ),
    { ...runs, numRuns: 10_000 },
  );
});

test("nothing that is trimmed off a cut behind a firm letter takes that letter along", () => {
  fc.assert(
    fc.property(line, fc.nat(80), (text, least) => {
      const firm = firmEnd(text, least);
      if (firm === null) return;
      expect(firm).toBeGreaterThanOrEqual(least);
      for (const end of wordEnds(text).filter((each) => each >= firm))
        expect(trimCut(text.slice(0, end)).length).toBeGreaterThanOrEqual(firm);
    }),
    runs,
  );
});

/** Every pattern over the whole line. */
function plainly(text: string): string {
  const isPicture = (each: string): boolean =>
    /[\p{Extended_Pictographic}\p{RI}\u20e3]|^\p{EMod}/u.test(each) && !/^[©®™‼⁉]$/u.test(each);
  return graphemes(text)
    .map((each) => (isPicture(each) ? "\u0000" : each))
    .join("")
    .replace(/\s+/gu, " ")
    .replace(/\s*\u0000[\s\u0000]*(?=[.,!?;:)。，！？；：、）]|$)/gu, "")
    .replace(/(?<=[\p{L}\p{N}])\s*\u0000[\s\u0000]*(?=[\p{Lu}\p{Lo}¿¡])/gu, pictureBreak)
    .replace(/\s*\u0000[\s\u0000]*/gu, " ")
    .replace(/\s+/gu, " ")
    .trim();
}

test("emoji are taken out as by all patterns over the whole line", () => {
  const signs = [
    "👍🏽",
    " 👩‍🎨 ",
    "1️⃣",
    "™",
    "™️",
    "‼",
    "🏽",
    "🇪🇸",
    "A",
    "猫",
    "¿",
    "𝓗",
    ")",
    "。",
    "  ",
  ];
  const pictured = fc
    .array(fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...signs) }, line), { maxLength: 12 })
    .map((all) => all.join("").replaceAll("\u0000", ""));
  fc.assert(
    fc.property(pictured, (text) => {
      expect(withoutPictures(text)).toBe(plainly(text));
    }),
    runs,
  );
});
