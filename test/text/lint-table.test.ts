import { readFileSync } from "node:fs";

import { describe, expect, test } from "vitest";

import { ExpectedError } from "../../src/core/error.ts";
import { lintText } from "../../src/text/lint.ts";
import { parseLintTable } from "../../src/text/lint-table.ts";

const shipped = readFileSync(new URL("../../templates/wordlint.tsv", import.meta.url), "utf8");
const rules = parseLintTable(shipped);
const header = shipped.slice(0, shipped.indexOf("\n"));
const row = "X1\tcontact\ten\tpineapple\twarn\trednote\tA fruit.\tSay melon.\t瓜\ta pineapple";

function failure(own: string): ExpectedError["details"] {
  try {
    parseLintTable(shipped, own);
  } catch (error) {
    if (error instanceof ExpectedError) return error.details;
    throw error;
  }
  throw new Error("the table was taken");
}

describe("the table that ships", () => {
  test("is read row by row", () => {
    expect(rules).toHaveLength(shipped.trimEnd().split("\n").length - 1);
    expect(rules.length).toBeGreaterThanOrEqual(124);
    expect(new Set(rules.map(({ id }) => id)).size).toBe(rules.length);
    expect(new Set(rules.map(({ pattern }) => pattern.source)).size).toBe(rules.length);
  });

  test.each(["wordlint.tsv", "date-words.tsv"])("%s: no rule is found in an empty text", (name) => {
    const table = readFileSync(new URL(`../../templates/${name}`, import.meta.url), "utf8");
    const found = parseLintTable(table).filter(({ pattern }) => pattern.test(""));
    expect(found.map(({ id }) => id)).toEqual([]);
  });

  test.each(rules.map((rule) => [rule.id, rule] as const))(
    "%s finds its own example and says what to do, in both languages",
    (_, rule) => {
      const place = rule.places[0] ?? "";
      expect(lintText(rule.example, [rule], place)).not.toEqual([]);
      expect(rule.pattern.flags).toBe("giu");
      expect(rule.why).toMatch(/\S/);
      expect(rule.suggestion.en).toMatch(/\S/);
      expect(rule.suggestion.zh).toMatch(/\p{Script=Han}/u);
      expect(`${rule.why} ${rule.suggestion.en}`).not.toMatch(/\bbann?ed\b/i);
      expect(["rednote", "lemon8", "tiktok"]).toEqual(expect.arrayContaining([...rule.places]));
    },
  );

  test.each(rules.map((rule) => [rule.id, rule] as const))(
    "%s is quick on 4,000 characters that lead it astray",
    (_, rule) => {
      const starts = [...rule.example].map((_sign, index, all) => all.slice(0, index + 1).join(""));
      const pads = ["a", " ", "1", "-", ".", "a ", "a-", "1-", "1,", "\n", "加", "  \n"];
      let slowest = 0;
      for (const start of ["", ...starts]) {
        for (const pad of [start, ...pads]) {
          const text = `${start}${(pad === "" ? "x" : pad).repeat(4000)}`.slice(0, 4000);
          // The best of three: what else the machine does is not the pattern's fault.
          const times = [0, 1, 2].map(() => timed(rule.pattern, text));
          slowest = Math.max(slowest, Math.min(...times));
        }
      }
      expect(slowest).toBeLessThan(8);
    },
  );
});

function timed(pattern: RegExp, text: string): number {
  const before = performance.now();
  pattern.lastIndex = 0;
  while (pattern.exec(text) !== null);
  return performance.now() - before;
}

describe("a creator's own table", () => {
  test("adds a rule, changes one by its id, takes one away", () => {
    const own = parseLintTable(
      shipped,
      `${header}\n${row}\nP01\t\t\t\tinfo\t\t\t\t\t\nP02\t\t\t\toff\t\t\t\t\t\n`,
    );
    expect(own).toHaveLength(rules.length);
    expect(own.at(-1)).toMatchObject({ id: "X1", severity: "warn", places: ["rednote"] });
    const [before] = rules;
    expect(own[0]).toEqual({ ...before, severity: "note" });
    expect(own.some(({ id }) => id === "P02")).toBe(false);
  });

  test("survives a spreadsheet: BOM, CRLF, quotes, only some columns in another order", () => {
    const own = parseLintTable(
      shipped,
      '\uFEFFseverity\tid\tpattern\r\n"error"\t"P01"\t"say ""tik\\s?tok"""\r\n\t\t\r\n',
    );
    expect(own[0]).toMatchObject({ id: "P01", severity: "stop" });
    expect(lintText('say "TikTok"', own.slice(0, 1), "rednote")).toHaveLength(1);
    expect(lintText("TikTok", own.slice(0, 1), "rednote")).toEqual([]);
  });

  test.each([
    ["a broken pattern", row.replace("pineapple\twarn", "(pine\twarn"), /Line 2 \(X1\).*pattern/],
    ["a pattern that is always found", row.replace("pineapple\twarn", "x*\twarn"), /empty text/],
    [
      "a pattern of ours that became one that is always found",
      "P01\tplatform\ten\tx*\twarn\trednote\tA fruit.\tSay melon.\t瓜\tx",
      /empty text/,
    ],
    ["an unknown severity", row.replace("warn", "fatal"), /Line 2 \(X1\).*“fatal”/],
    ["an unknown category", row.replace("contact", "fruit"), /Line 2 \(X1\).*“fruit”/],
    ["no place", row.replace("rednote", ""), /Line 2 \(X1\).*applies_to/],
    ["no suggestion", row.replace("Say melon.", ""), /Line 2 \(X1\).*suggestion_en/],
  ])("%s is an error of the settings that names the row", (_, text, why) => {
    const details = failure(`${header}\n${text}\n`);
    expect(details).toMatchObject({ exit: "settings", code: "word-table-broken" });
    expect(details.why).toMatch(why);
    expect(details.fix).toContain("wordlint.tsv");
  });

  test("without the column id is refused", () => {
    expect(failure("pattern\tseverity\nx\twarn\n").why).toMatch(/column id/);
  });
});
