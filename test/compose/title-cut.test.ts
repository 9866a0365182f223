import fc from "fast-check";
import { expect, test } from "vitest";

import { firmEnd } from "../../src/compose/dangling.ts";
import { cutAtWord } from "../../src/compose/title-cut.ts";
import type { LengthUnit } from "../../src/core/destination.ts";
import { firstOver, fitsWithin, measure } from "../../src/text/measure.ts";
import { wordEnds } from "../../src/text/segments.ts";
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

test("no cut at a word behind a firm letter loses that letter", () => {
  fc.assert(
    fc.property(line, fc.nat(80), (text, least) => {
      const firm = firmEnd(text, least);
      if (firm === null) return;
      expect(firm).toBeGreaterThanOrEqual(least);
      for (const end of wordEnds(text).filter((each) => each >= firm)) {
        // So much room that the whole beginning fits: what is missing was taken off its end.
        const cut = cutAtWord(`${text.slice(0, end)}`, { unit: "utf16", most: end + 1 });
        expect(cut.replace(/…$/u, "").length).toBeGreaterThanOrEqual(firm);
      }
    }),
    runs,
  );
});
