import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { describe, expect, test } from "vitest";

import { parseNiches } from "../../src/announce/lists.ts";
import { parseTopicTable } from "../../src/compose/topic-table.ts";
import { ExpectedError } from "../../src/core/error.ts";
import { chineseScripts, parseChinesePairs } from "../../src/text/chinese.ts";
import { lintText } from "../../src/text/lint.ts";
import { parseGlossary } from "../../src/text/glossary.ts";
import { parseLintTable } from "../../src/text/lint-table.ts";
import { projectRoot } from "./house.ts";

const folder = join(projectRoot, "templates");
const readme = readFileSync(join(folder, "README.md"), "utf8");
const read = (name: string): string => readFileSync(join(folder, name), "utf8");
const tables = readdirSync(folder).filter((name) => name.endsWith(".tsv"));
const rowsOf = (name: string): string[][] =>
  read(name)
    .trimEnd()
    .split("\n")
    .map((line) => line.split("\t"));

function section(name: string): string {
  const [, text = ""] = readme.split(`\n## ${name}\n`);
  return text.split("\n## ")[0] ?? "";
}

describe("the README of the templates", () => {
  test("has a row for each of them, in order, and for nothing else", () => {
    const shipped = readdirSync(folder, { withFileTypes: true })
      .filter(({ name }) => name !== "README.md")
      .map((entry) => (entry.isDirectory() ? `${entry.name}/` : entry.name));
    const listed = (readme.split("\n## ")[0] ?? "").matchAll(/^\| `([^`]+)` +\| \S.*\|$/gm);
    expect([...listed].map(([, name]) => name)).toEqual(shipped.toSorted());
  });

  test.each(tables)("%s: names every column, and its example row can be read", (name) => {
    const text = section(name);
    const [columns = []] = rowsOf(name);
    const listed = [...text.matchAll(/^\| (`[^|]+`) +\|/gm)].flatMap(([, cell = ""]) =>
      [...cell.matchAll(/`([^`]+)`/g)].map(([, column]) => column),
    );
    expect(listed).toEqual(columns);
    const example = [...text.matchAll(/^ {4}(.*\t.*)$/gm)].map(([, line]) => line).join("\n");
    expect(example.split("\n").length).toBeGreaterThan(1);
    expect(example.split("\n")[0]?.split("\t")).toEqual(columns);
    if (name === "wordlint.tsv" || name === "date-words.tsv") {
      const own = parseLintTable(read(name), example, name).at(-1);
      expect(lintText(own?.example ?? "", own === undefined ? [] : [own], "rednote")).not.toEqual(
        [],
      );
    } else if (name === "topics.tsv") {
      expect(parseTopicTable(example).get("mybrand")?.category).toBe("drop");
      expect(parseTopicTable(example).get("mylittlestudio")?.names.rednote).toEqual(["我的小画室"]);
    } else if (name === "glossary.tsv") {
      expect(parseGlossary(example)).toEqual([
        { term: "Glow Kit", into: new Map([["zh-Hans", "焕肤套装"]]) },
      ]);
    } else {
      expect(parseChinesePairs(example)).toEqual([["水彩笔", "水彩筆"]]);
    }
  });

  test("niches.json: names every field", () => {
    const lists = parseNiches(read("niches.json"));
    const fields = new Set(lists.niches.flatMap((entry) => Object.keys(entry)));
    for (const field of fields) {
      const known = section("niches.json").includes(`\`${field}\``);
      expect(known || field.endsWith("ZhHant"), field).toBe(true);
    }
  });
});

describe("the tables", () => {
  test.each(tables)("%s: whole rows, no cell with space around it, nothing twice", (name) => {
    const [columns = [], ...rows] = rowsOf(name);
    expect(rows.length).toBeGreaterThan(name === "glossary.tsv" ? 1 : 10);
    for (const row of rows) {
      expect(row.length, row[0]).toBeLessThanOrEqual(columns.length);
      expect(
        row.filter((cell) => cell !== cell.trim()),
        row[0],
      ).toEqual([]);
      expect(row[0], row.join(" ")).not.toBe("");
    }
    const names = rows.map(([first = ""]) => first.toLowerCase());
    expect(names.filter((each, index) => names.indexOf(each) !== index)).toEqual([]);
  });

  test("topics.tsv: kinds that the README names, topics as a person types them, in Simplified letters", async () => {
    const scripts = await chineseScripts([]);
    const rules = parseLintTable(read("wordlint.tsv"));
    const [, ...rows] = rowsOf("topics.tsv");
    for (const [tag, rednote = "", lemon8 = "", category = "", confidence = ""] of rows) {
      expect(["high", "medium", "low"], tag).toContain(confidence);
      expect(category, tag).toMatch(/^[a-z]+$/);
      const offered = [...rednote.split("|"), ...lemon8.split("|")].filter((each) => each !== "");
      if (category === "drop") expect(offered, tag).toEqual([]);
      else if (category !== "review") expect(offered, tag).not.toEqual([]);
      for (const column of [rednote, lemon8]) {
        const names = column.split("|");
        expect(new Set(names).size, tag).toBe(names.length);
      }
      for (const name of offered) {
        expect(name, tag).toMatch(/^[\p{L}\p{M}\p{N}_]+$/u);
        expect(scripts.simplifyName(name), tag).toBe(name);
        const stops = lintText(`#${name}`, rules, "rednote").filter(
          ({ rule }) => rule.severity === "stop",
        );
        expect(stops, tag).toEqual([]);
      }
    }
  });

  test("chinese.tsv: each pair in its own script", async () => {
    const scripts = await chineseScripts([]);
    for (const [hans, hant] of parseChinesePairs(read("chinese.tsv"))) {
      expect(scripts.simplifyName(hans)).toBe(hans);
      for (const letter of hant) expect(scripts.toTraditional(letter), hans).toBe(letter);
    }
  });

  test.each<[string, (text: string) => unknown, string, RegExp]>([
    [
      "topics.tsv",
      parseTopicTable,
      "tiktok_tag\trednote_topic_zh\tlemon8_tag\tcategory\tconfidence\nmakeup  我的妆",
      /Line 2 \(makeup\s+我的妆\)/,
    ],
    ["topics.tsv", parseTopicTable, "tag\ttopic\nmakeup\t化妆", /tiktok_tag/],
    ["chinese.tsv", parseChinesePairs, "zh_hans\tzh_hant\n账号 帳號", /Line 2 .*zh_hant is empty/],
    ["chinese.tsv", parseChinesePairs, "账号\t帳號", /zh_hans and zh_hant/],
  ])("a row of %s that cannot be read is named", (name, parse, own, why) => {
    try {
      parse(own);
      expect.unreachable("the table was taken");
    } catch (error) {
      if (!(error instanceof ExpectedError)) throw error;
      expect(error.details).toMatchObject({ exit: "settings", why: expect.stringMatching(why) });
      expect(error.details.fix).toContain(name);
    }
  });
});
