import fc from "fast-check";
import { describe, expect, test } from "vitest";

import {
  cutToFit,
  fitsWithin,
  graphemes,
  measure,
  rednoteAppUnits,
  rednoteUnits,
} from "../../src/text/measure.ts";

const family = "👨‍👩‍👧‍👦";

describe("RedNote units", () => {
  test.each([
    ["", 0, 0],
    ["a", 1, 0],
    ["a".repeat(40), 20, 20],
    ["a".repeat(41), 21, 20],
    ["水".repeat(20), 20, 20],
    ["水彩 101", 4, 4],
    ["AI代理不等於公鏈繁榮？", 11, 11],
    ["😀", 2, 1],
    ["✨", 1, 1],
    ["🇪🇸", 4, 1],
    [family, 11, 1],
    ["é", 1, 1],
    ["e\u0301", 2, 1],
  ])("%j counts %i in the web editor and %i in the app", (text, strict, app) => {
    expect(rednoteUnits(text)).toBe(strict);
    expect(rednoteAppUnits(text)).toBe(app);
    expect(measure(text, "rednote")).toBe(strict);
  });

  test("the other units", () => {
    expect(measure(`a${family}`, "utf16")).toBe(12);
    expect(measure(`a${family}`, "code-points")).toBe(8);
    expect(measure("\ud83d", "code-points")).toBe(1);
    expect(measure("😀\ude00e\u0301🇪🇸", "code-points")).toBe(6);
    expect(measure(`a${family}`, "graphemes")).toBe(2);
    expect(graphemes(`a${family}🇪🇸`)).toEqual(["a", family, "🇪🇸"]);
  });
});

describe("cutToFit", () => {
  test("leaves alone what fits and never opens a character", () => {
    expect(cutToFit("abc", 3, "graphemes")).toBe("abc");
    expect(cutToFit("abcd", 3, "graphemes")).toBe("ab…");
    expect(cutToFit(`ab${family}cd`, 8, "utf16")).toBe("ab…");
    expect(cutToFit("one two", 4, "graphemes")).toBe("one…");
    expect(cutToFit("ab", 0, "utf16")).toBe("");
  });

  test("is never over the limit, and every character of it stands in the text", () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom("a", " ", "水", family, "🇪🇸", "é", "e\u0301", "م", "👍🏽"), {
          maxLength: 60,
        }),
        fc.integer({ min: 0, max: 40 }),
        fc.constantFrom(
          "rednote" as const,
          "utf16" as const,
          "code-points" as const,
          "graphemes" as const,
        ),
        (parts, limit, unit) => {
          const text = parts.join("");
          const cut = cutToFit(text, limit, unit);
          expect(measure(cut, unit)).toBeLessThanOrEqual(limit);
          const start = graphemes(cut.replace(/…$/u, ""));
          expect(graphemes(text).slice(0, start.length)).toEqual(start);
        },
      ),
      { seed: 20261121 },
    );
  });
});

test("whether a text fits is what measuring it says, in every unit", () => {
  const units = ["rednote", "rednote-app", "utf16", "code-points", "graphemes"] as const;
  const text = fc.string({ unit: fc.oneof(fc.constantFrom("a", " ", "夜", "🌙"), fc.string()) });
  fc.assert(
    fc.property(
      text,
      fc.integer({ min: -1, max: 30 }),
      fc.constantFrom(...units),
      (each, most, unit) => {
        expect(fitsWithin(each, most, unit)).toBe(measure(each, unit) <= most);
      },
    ),
    { numRuns: 3000, seed: 11 },
  );
});
