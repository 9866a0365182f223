import { readFileSync } from "node:fs";

import { describe, expect, test } from "vitest";

import { parseTopicTable } from "../../src/compose/topic-table.ts";
import { chooseTopics, noiseTest } from "../../src/compose/topics.ts";
import type { TopicChoice, TopicInput } from "../../src/compose/topics.ts";
import { table } from "./table.ts";

function choose(tags: string, more: Partial<TopicInput> = {}): TopicChoice {
  return chooseTopics({
    hashtags: tags.split(" ").filter(Boolean),
    table,
    column: "rednote",
    most: 5,
    niche: [],
    ...more,
  });
}

describe("the table", () => {
  test("every row of the shipped table is read", () => {
    const rows = readFileSync(new URL("../../templates/topics.tsv", import.meta.url), "utf8");
    expect(table.size).toBe(rows.trim().split("\n").length - 1);
    expect(table.get("makeup")).toEqual({
      names: { rednote: ["化妆", "每日妆容"], lemon8: ["makeup"] },
      category: "beauty",
      confidence: "high",
    });
    for (const row of table.values()) {
      for (const name of [...row.names.rednote, ...row.names.lemon8])
        expect(name).not.toMatch(/\s|#/);
    }
  });

  test("survives a spreadsheet: BOM, CRLF, quotes, other order of columns; the later row wins", () => {
    const own = parseTopicTable(
      "\uFEFFcategory\ttiktok_tag\tlemon8_tag\trednote_topic_zh\tconfidence\r\n" +
        'art\t"#Plein Air"\tpleinair\t"户外 写生|写生"\thigh\r\nart\tpleinair\tpleinairart\t写生\thigh\r\n',
    );
    expect([...own]).toEqual([
      [
        "pleinair",
        {
          names: { rednote: ["写生"], lemon8: ["pleinairart"] },
          category: "art",
          confidence: "high",
        },
      ],
    ]);
  });

  test("names the missing column", () => {
    expect(() => parseTopicTable("tiktok_tag\tlemon8_tag\n")).toThrow(/rednote_topic_zh/);
  });
});

describe("chooseTopics", () => {
  test.each([
    [
      "mapped ones come first, brands stay as they are",
      "GlazeFire art 写生 ootd",
      ["艺术", "OOTD", "GlazeFire", "写生"],
    ],
    ["a suffix is tried without", "planttok nailsoftiktok yogatiktok", ["绿植", "美甲", "瑜伽"]],
    ["fancy letters are looked up plainly", "𝓐𝓻𝓽 ＯＯＴＤ", ["艺术", "OOTD"]],
    ["emoji are no part of a name", "makeup💄 50tons😜", ["化妆", "50tons"]],
    ["no topic twice", "art Art arttok ART", ["艺术"]],
    [
      "Latin with accents and Chinese with Latin",
      "cocinaespañola vlog日常组",
      ["cocinaespañola", "vlog日常组"],
    ],
  ])("%s", (_, tags, expected) => {
    expect(choose(tags).topics).toEqual(expected);
  });

  test.each([
    ["fyp", "TikTok's own feed"],
    ["fypシ゚viral", "TikTok's own feed"],
    ["FYPPPage", "TikTok's own feed"],
    ["foryourpage", "TikTok's own feed"],
    ["artviral", "TikTok's own feed"],
    ["xhhh", "TikTok's own feed"],
    ["trendingnow", "TikTok's own feed"],
    ["crypto", "decide yourself"],
    ["football", "decide yourself (橄榄球, NFL)"],
    ["lemon8", "no fitting topic"],
    ["🐍🐍", "no word"],
    ["2024", "no word"],
    ["mytiktoklife", "another platform"],
    ["рисунок", "not a word that people search for"],
    ["おえかき", "not a word that people search for"],
    ["رسم", "not a word that people search for"],
  ])("#%s is dropped and the reason is said", (tag, why) => {
    const { topics, dropped } = choose(tag);
    expect(topics).toEqual([]);
    expect(dropped).toEqual([{ what: `#${tag}`, why: expect.stringContaining(why) }]);
  });

  test("the other column takes other scripts, and is sure of football", () => {
    const { topics, dropped } = choose("рисунок football lemon8 ремонт 海边", { column: "lemon8" });
    expect(topics).toEqual(["football", "hellolemon8", "рисунок", "ремонт", "海边"]);
    expect(dropped).toEqual([]);
  });

  test("what is over the limit is listed, and so is a second tag for one topic", () => {
    expect(choose("food foodtok cat dog art yoga ski BrandX").dropped).toEqual([
      { what: "#foodtok", why: "the same topic as #food" },
      { what: "#ski", why: "over the limit of 5 topics" },
      { what: "#BrandX", why: "over the limit of 5 topics" },
    ]);
  });

  test("every tag is either a topic or listed", () => {
    const tags = "food fyp BrandX crypto тест cat dog art yoga ski 🐍";
    const { topics, dropped } = choose(tags);
    expect(topics.length + dropped.length).toBe(tags.split(" ").length);
  });

  test("the niche stands in only when nothing is left", () => {
    const niche = ["水彩", "水 彩", "速写"];
    expect(choose("fyp", { niche })).toMatchObject({ topics: ["水彩", "速写"], fromNiche: true });
    expect(choose("", { niche, most: 1 }).topics).toEqual(["水彩"]);
    expect(choose("art", { niche })).toMatchObject({ topics: ["艺术"], fromNiche: false });
    expect(choose("fyp")).toMatchObject({ topics: [], fromNiche: false });
  });

  test("the creator's own rows win", () => {
    const overrides = parseTopicTable(
      "tiktok_tag\trednote_topic_zh\tlemon8_tag\tcategory\tconfidence\nfootball\t足球\tsoccer\tsports\thigh\ntrendsetters\t潮人\t\tfashion\thigh\n",
    );
    expect(choose("football trendsetters", { overrides }).topics).toEqual(["足球", "潮人"]);
    expect(noiseTest(table, overrides)("trendsetters")).toBe(false);
    expect(noiseTest(table)("trendsetters")).toBe(true);
  });

  test("what a creator's own table drops is not said to be TikTok's", () => {
    const overrides = parseTopicTable(
      "tiktok_tag\trednote_topic_zh\tlemon8_tag\tcategory\tconfidence\npainting\t\t\tdrop\thigh\n",
    );
    expect(choose("painting fyp", { overrides }).dropped).toEqual([
      { what: "#painting", why: "your own table leaves it out" },
      { what: "#fyp", why: "this tag only means something in TikTok's own feed" },
    ]);
  });
});
