import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, test } from "vitest";
import { ExpectedError } from "../../src/core/error.ts";
import { chineseScripts } from "../../src/text/chinese.ts";
import type { ChineseScripts } from "../../src/text/chinese.ts";
import { parseGlossary, protectedTerms } from "../../src/text/glossary.ts";
import { protect } from "../../src/text/protect.ts";

const shipped = readFileSync(new URL("../../templates/glossary.tsv", import.meta.url), "utf8");
let scripts: ChineseScripts;

beforeAll(async () => {
  scripts = await chineseScripts([]);
});

describe("the glossary", () => {
  test("that comes along is whole: no term twice, each found in a sentence as it is written", () => {
    const rows = parseGlossary(shipped);
    expect(new Set(rows.map(({ term }) => term.toLowerCase())).size).toBe(rows.length);
    for (const to of ["en", "zh-Hans", "zh-Hant"] as const) {
      for (const { term, becomes } of protectedTerms(rows, [], to, null)) {
        expect(protect(`on ${term}!`, [{ term, becomes }])).toContainEqual({
          text: term,
          kept: true,
          becomes,
        });
      }
    }
  });

  test("is read with two columns, in any order, as a spreadsheet saves it", () => {
    const [row] = parseGlossary('\uFEFFzh_hans\tTerm\r\n"焕肤""套装"""\t Glow Kit \r\n\r\n');
    expect(row?.term).toBe("Glow Kit");
    expect([...(row?.into ?? [])]).toEqual([["zh-Hans", '焕肤"套装"']]);
    expect(parseGlossary("term\tzh-Hant\tnote\nA\t甲\tx")[0]?.into.get("zh-Hant")).toBe("甲");
  });

  test.each([
    ["Glow Kit\t焕肤套装", "does not name the columns"],
    ["term\tfr\nGlow Kit\tKit", "does not name the columns"],
    ["term\tzh_hans\nA\t甲\n\t乙", "Line 3 has no term"],
    ["term\tzh_hans\nA\t", "Line 2 (A)"],
  ])("says what is wrong with %j", (tsv, why) => {
    expect(() => parseGlossary(tsv)).toThrow(ExpectedError);
    expect(() => parseGlossary(tsv)).toThrow(why);
  });

  test("gives each language its own, turns the other Chinese script, and lets the later row win", () => {
    const rows = parseGlossary(
      "term\ten\tzh_hans\tzh_hant\nMira\t\t米拉画画\t\nGlow Kit\t\t套装\t\nglow kit\t\t焕肤套装\t煥膚組\n老师\tteacher\t\t",
    );
    const said = (to: "en" | "zh-Hans" | "zh-Hant") =>
      protectedTerms(rows, ["Mira", "Brand"], to, scripts).map(
        ({ term, becomes }) => `${term}=${becomes ?? "as it is"}`,
      );
    expect(said("zh-Hans")).toEqual(["Mira=米拉画画", "Brand=as it is", "glow kit=焕肤套装"]);
    expect(said("zh-Hant")).toEqual(["Mira=米拉畫畫", "Brand=as it is", "glow kit=煥膚組"]);
    expect(said("en")).toEqual(["Mira=as it is", "Brand=as it is", "老师=teacher"]);
  });
});
