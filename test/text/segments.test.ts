import { describe, expect, test } from "vitest";

import { lastFitting, sentences, tearsAmount, wordEnds } from "../../src/text/segments.ts";

describe("segments", () => {
  test("a shortening ends no sentence", () => {
    expect([...sentences("I met Dr. Rossi today. Nice! Vol. 2 soon.")]).toEqual([
      "I met Dr. Rossi today. ",
      "Nice! ",
      "Vol. 2 soon.",
    ]);
    expect([...sentences("画完了。真好！")]).toEqual(["画完了。", "真好！"]);
    expect([...sentences("ما هذا؟ بحر.")].length).toBe(2);
  });

  test.each([
    ["$|20", true],
    ["20|,000", true],
    ["20,|000", true],
    ["20| 000", true],
    ["12:|30", true],
    ["20| €", true],
    ["99|元", true],
    ["10| km", true],
    ["2| million", true],
    ["10-|20", true],
    ["٢٠٫|٥", true],
    ["top 10| tips", false],
    ["paid 20 €| for", false],
    ["word| 20", false],
    ["一千|九百元", true],
    ["三十|元", true],
    ["一|起", false],
  ])("a cut at %s tears an amount: %s", (marked, expected) => {
    expect(tearsAmount(marked.replace("|", ""), marked.indexOf("|"))).toBe(expected);
  });

  test("cuts between words only, also where words have no spaces", () => {
    const text = "real-life it's $20,000 now";
    expect(wordEnds(text).map((end) => text.slice(0, end))).toEqual([
      "real-life",
      "real-life it's",
      "real-life it's $20,000",
      text,
    ]);
    expect(wordEnds("今天画画").length).toBeGreaterThan(1);
  });

  test("the last place that fits", () => {
    expect(lastFitting("abcdef", [1, 3, 5], (cut) => cut.length <= 4)).toBe(3);
    expect(lastFitting("abcdef", [1, 3, 5], () => false)).toBeNull();
  });
});
