import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { lineDifference, shortDifference } from "../../src/text/difference.ts";

describe("the difference of two texts", () => {
  test.each([
    ["a", "a", [" a"]],
    ["a", "b", ["-a", "+b"]],
    ["a\nb\nc", "a\nc", [" a", "-b", " c"]],
    ["a\nc", "a\nb\nc", [" a", "+b", " c"]],
    ["a\nb\nc\nd", "b\nx\nd", ["-a", " b", "-c", "+x", " d"]],
    ["", "a", ["-", "+a"]],
  ])("%j, %j", (from, to, expected) => {
    expect(lineDifference(from, to).map(({ sign, text }) => sign + text)).toEqual(expected);
  });

  test("holds all lines of both, in their order", () => {
    const text = fc
      .array(fc.constantFrom("a", "b", "c", ""), { minLength: 1 })
      .map((lines) => lines.join("\n"));
    fc.assert(
      fc.property(text, text, (from, to) => {
        const lines = lineDifference(from, to);
        const without = (sign: string) =>
          lines
            .filter((line) => line.sign !== sign)
            .map((line) => line.text)
            .join("\n");
        expect(without("+")).toBe(from);
        expect(without("-")).toBe(to);
      }),
      { seed: 5 },
    );
  });

  test("is shortened to what differs", () => {
    const from = ["1", "2", "3", "4", "5", "6", "7"].join("\n");
    expect(shortDifference(lineDifference(from, from.replace("4", "x")), 9)).toEqual([
      "  3",
      "- 4",
      "+ x",
      "  5",
      "  …",
    ]);
    expect(shortDifference(lineDifference(from, "x"), 3)).toEqual([
      "- 1",
      "- 2",
      "- 3",
      "  … and 5 more lines",
    ]);
    expect(shortDifference(lineDifference(from, from), 3)).toEqual([]);
  });

  test("texts of very many lines are told apart as wholes", () => {
    const lines = (sign: string) =>
      Array.from({ length: 2000 }, (_, n) => `${sign}${n}`).join("\n");
    expect(lineDifference(lines("a"), lines("b"))).toHaveLength(4000);
  });
});
