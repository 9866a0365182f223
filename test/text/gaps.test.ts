import fc from "fast-check";
import { expect, test } from "vitest";

import { gapsIn } from "../../src/text/spelled-out.ts";
import { anyText } from "../support/any-text.ts";

const alone = String.raw`(?:\p{Script=Han}|(?<![\p{Script=Latin}\p{N}])\p{Script=Latin}(?![\p{Script=Latin}\p{N}]))`;
const sign = String.raw`[\p{Zs}\t.·•・⋅‧/\\|_~^*+='’\-–—\p{So}\p{Sk}\p{Sm}\p{Extended_Pictographic}]`;
const plainly = new RegExp(String.raw`(?<=${alone})${sign}{1,4}(?=${alone})`, "gu");

/** The signs of which Chinese letters are made, and pairs that are no emoji: rare, and not sought to the last one. */
const rare = /[\u2e80-\u2fd5\ud800-\ud83b\ud83f-\udbff]/;

test("signs between letters that stand alone are found as one pattern finds them, whatever the text", () => {
  const letters = ["v", "x", "ab", "1", "é", "薇", "信", "한", "\ud83d", "\udc00", "\n"];
  const signs = [" ", ".", "-", "❤", "🎈", "🎈🎈", "~~", "_____", "#", ",", "+"];
  const piece = fc.oneof(
    { weight: 1, arbitrary: anyText },
    { weight: 9, arbitrary: fc.constantFrom(...letters) },
    { weight: 9, arbitrary: fc.constantFrom(...signs) },
  );
  const text = fc.array(piece, { maxLength: 20, size: "max" }).map((all) => all.join(""));
  let found = 0;
  fc.assert(
    fc.property(text, (written) => {
      if (rare.test(written)) return;
      const expected = [...written.matchAll(plainly)].map(({ index, 0: { length } }) => ({
        start: index,
        end: index + length,
      }));
      found += expected.length;
      expect(gapsIn(written)).toEqual(expected);
    }),
    { seed: 20261121, numRuns: 3000 },
  );
  expect(found).toBeGreaterThan(200);
});
