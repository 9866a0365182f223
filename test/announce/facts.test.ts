import { describe, expect, test } from "vitest";
import { full, factsOf, onlyHandle } from "./sample.ts";

describe("announcementFacts", () => {
  test("of only a TikTok handle hold that handle and the date", () => {
    expect(factsOf(onlyHandle)).toEqual({
      variables: { tiktok: "ana.draws", date_en: "20 November 2026", date_zh: "2026年11月20日" },
      unknown: [],
    });
  });

  test("of a full creator hold everything in both languages", () => {
    expect(factsOf(full, 2021)).toMatchInlineSnapshot(`
      {
        "unknown": [],
        "variables": {
          "city_en": "Austin",
          "city_zh": "奥斯汀",
          "city_zh_hant": "奧斯汀",
          "date_en": "20 November 2026",
          "date_zh": "2026年11月20日",
          "lemon8": "anadraws",
          "name": "Ana",
          "niche_en": "watercolour painting",
          "niche_short_en": "Watercolour",
          "niche_short_zh": "水彩",
          "niche_short_zh_hant": "水彩",
          "niche_tag_en": "watercolor",
          "niche_tag_zh": "水彩",
          "niche_zh": "水彩画",
          "niche_zh_hant": "水彩畫",
          "pet_en": "my cat",
          "pet_tag_zh": "猫咪日常",
          "pet_zh": "我家猫咪",
          "pet_zh_hant": "我家貓咪",
          "rednote_id": "94501234567",
          "rednote_line_en": "RedNote: Ana画画 (ID 94501234567)",
          "rednote_line_zh": "小红书：Ana画画（小红书号 94501234567）",
          "rednote_line_zh_hant": "小紅書：Ana画画（小紅書號 94501234567）",
          "rednote_name": "Ana画画",
          "rednote_short_en": "RedNote 94501234567",
          "rednote_short_zh": "小红书号 94501234567",
          "rednote_short_zh_hant": "小紅書號 94501234567",
          "share_en": "tutorials, process videos and reviews",
          "share_zh": "教程、过程记录、测评",
          "share_zh_hant": "教學、過程記錄、評測",
          "since_year": "2021",
          "tiktok": "ana.draws",
        },
      }
    `);
  });

  test("understand names as well as ids", () => {
    const creator = { ...full, niche: "Home Decor", city: "new york", pet: "DOG" };
    const { variables } = factsOf({ ...creator, shares: ["Honest | 真话", "食谱"] });
    expect(variables).toMatchObject({
      niche_en: "home decor",
      niche_zh: "家居布置",
      city_en: "New York",
      city_zh: "纽约",
      pet_zh: "我家狗狗",
      pet_tag_zh: "狗狗日常",
      share_en: "Honest and recipes",
      share_zh: "真话、食谱",
    });
  });

  test("take free text in both languages, in either order", () => {
    const expected = {
      niche_en: "urban sketching",
      niche_zh: "城市速写",
      niche_zh_hant: "城市速写",
      niche_short_zh: "城市速写",
      niche_tag_en: "urbansketching",
      niche_tag_zh: "城市速写",
    };
    for (const niche of ["urban sketching | 城市速写", "城市速写 ｜ urban sketching"]) {
      const { variables, unknown } = factsOf({ ...full, niche });
      expect(variables).toMatchObject(expected);
      expect(variables.niche_short_en).toBeUndefined();
      expect(unknown).toEqual([]);
    }
  });

  test("name what only one language is known of, and invent nothing", () => {
    const { variables, unknown } = factsOf({
      ...full,
      niche: "urban sketching",
      shares: ["maps", "教程"],
      pet: "我家鹦鹉",
      city: "Tulsa",
    });
    expect(unknown).toEqual([
      { setting: "creator.niche", value: "urban sketching", missing: "Chinese" },
      { setting: "creator.shares", value: "maps", missing: "Chinese" },
      { setting: "creator.pet", value: "我家鹦鹉", missing: "English" },
    ]);
    expect(variables.niche_zh).toBeUndefined();
    expect(variables.niche_tag_zh).toBeUndefined();
    expect(variables.pet_en).toBeUndefined();
    expect(variables.share_en).toBe("maps and tutorials");
    expect(variables.share_zh).toBe("教程");
    expect([variables.city_en, variables.city_zh, variables.city_zh_hant]).toEqual([
      "Tulsa",
      "Tulsa",
      "Tulsa",
    ]);
  });

  test("leave out the last shares that do not fit", () => {
    const long = "a very long thing that I would share | 一个特别长的分享内容";
    const { variables } = factsOf({ ...full, shares: ["recipes", long, "b".repeat(40) + " | 好"] });
    expect(variables.share_en).toBe("recipes and a very long thing that I would share");
    expect(variables.share_zh).toBe("食谱、一个特别长的分享内容、好");
    expect(factsOf({ ...full, shares: ["x".repeat(61)] }).variables.share_en).toBeUndefined();
  });

  test.each([
    ["", "", undefined, undefined],
    ["Ana", "", "RedNote: Ana", "小红书：Ana"],
    ["", "123", "RedNote ID: 123", "小红书号：123"],
    ["Ana", "123", "RedNote: Ana (ID 123)", "小红书：Ana（小红书号 123）"],
  ])("say RedNote's name %o and ID %o as they are known", (rednote, rednoteId, en, zh) => {
    const handles = { ...full.handles, rednote, rednoteId };
    const { variables } = factsOf({ ...full, handles });
    expect(variables.rednote_line_en).toBe(en);
    expect(variables.rednote_line_zh).toBe(zh);
  });

  test("are one line each, without signs that cannot be seen and without a leading @", () => {
    const handles = { ...full.handles, tiktok: " @ana\u200B.draws ", lemon8: "＠ana" };
    const { variables } = factsOf({ ...full, name: "Ana\r\nthe\u0000 \u202EGreat 👩‍🎨", handles });
    expect(variables.name).toBe("Ana the Great 👩‍🎨");
    expect(variables.tiktok).toBe("ana.draws");
    expect(variables.lemon8).toBe("ana");
  });
});
