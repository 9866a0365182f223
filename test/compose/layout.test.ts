import fc from "fast-check";
import { describe, expect, test } from "vitest";

import type { Translations } from "../../src/compose/draft.ts";
import { bodyLayouts } from "../../src/core/layout.ts";
import type { BodyLayout } from "../../src/core/layout.ts";
import { findDestination } from "../../src/destinations/index.ts";
import { adjustDestinations } from "../../src/settings/adjust.ts";
import { graphemes, measure, rednoteUnits } from "../../src/text/measure.ts";
import { codesOf, draftOf } from "./table.ts";

const english = "Dawn at the harbour! The light was gone after ten minutes.\n\nSee you #fyp #art";
const chinese =
  "港口的黎明！十分钟后光就没了，所以我画得很随意，颜料都还没来得及干。\n\n下次见 #fyp #art";
const supplied: Translations = new Map([["zh-Hans", chinese]]);
const spanish = "Hoy pinté el puerto de mi pueblo.";

function laidOut(
  to: string,
  layout: BodyLayout,
  caption: string | null,
  translations: Translations = new Map(),
  language: string | null = null,
) {
  return draftOf(to, caption, {
    destination: { ...findDestination(to), layout },
    translations,
    post: {
      ...{ key: "7300000000000000001", kind: "video", date: "2024-09-17T14:07:21Z" },
      ...{ caption, language },
    },
  });
}

const zhText = "港口的黎明！十分钟后光就没了，所以我画得很随意，颜料都还没来得及干。\n\n下次见";
const enText = "Dawn at the harbour! The light was gone after ten minutes.\n\nSee you";

describe("the languages of a text", () => {
  test.each<[BodyLayout, string, string]>([
    ["zh-first", `${zhText}\n—\n${enText}\n\n#艺术`, "港口的黎明！"],
    ["en-first", `${enText}\n—\n${zhText}\n\n#艺术`, "港口的黎明！"],
    ["zh-only", `${zhText}\n\n#艺术`, "港口的黎明！"],
    ["en-only", `${enText}\n\n#艺术`, "Dawn at the harbour!"],
  ])("%s with both supplied", (layout, body, title) => {
    const draft = laidOut("rednote", layout, english, supplied);
    expect(draft).toMatchObject({ body, title });
    expect(codesOf(draft)).toEqual([]);
  });

  test.each<[string, BodyLayout, string, Translations, string | null, string, boolean]>([
    ["nothing supplied", "zh-first", english, new Map(), null, enText, true],
    ["nothing supplied, Chinese alone wanted", "zh-only", english, new Map(), null, enText, true],
    ["nothing needed", "en-only", english, new Map(), "en", enText, false],
    ["Chinese, no English", "zh-first", "西湖写生", new Map(), null, "西湖写生", true],
    ["both in the caption", "zh-first", "Dawn 西湖", new Map(), null, "Dawn 西湖", false],
    [
      "a third language stands in",
      "zh-first",
      spanish,
      new Map([["zh-Hans", "西湖写生"]]),
      "es",
      `西湖写生\n—\n${spanish}`,
      true,
    ],
    [
      "no third language beside one alone",
      "zh-only",
      spanish,
      new Map([["zh-Hans", "西湖写生"]]),
      "es",
      "西湖写生",
      false,
    ],
    ["a third language, told by TikTok", "en-only", spanish, new Map(), "es", spanish, true],
    [
      "both translated",
      "en-first",
      spanish,
      new Map([
        ["zh-Hans", "西湖写生"],
        ["en", "I painted"],
      ]),
      "es",
      "I painted\n—\n西湖写生",
      false,
    ],
    [
      "Japanese is not Chinese",
      "zh-only",
      "今日はスケッチ日和",
      new Map(),
      null,
      "今日はスケッチ日和",
      true,
    ],
    [
      "a translation that says the same",
      "zh-first",
      "西湖写生",
      new Map([["en", "西湖写生"]]),
      null,
      "西湖写生",
      false,
    ],
    [
      "an empty translation is none",
      "zh-first",
      english,
      new Map([["zh-Hans", " "]]),
      null,
      enText,
      true,
    ],
    ["nothing but a picture", "zh-first", "🔥", new Map(), null, "🔥", false],
  ])("%s", (_, layout, caption, translations, told, body, missing) => {
    const draft = laidOut("rednote", layout, caption, translations, told);
    expect(draft.body.replace(/\n\n#\S+$/u, "")).toBe(body);
    expect(codesOf(draft).includes("no-translation")).toBe(missing);
  });

  test("says which languages are missing and where to choose them", () => {
    const { problems } = laidOut("rednote", "zh-first", "البحر جميل اليوم");
    expect(problems).toContainEqual(
      expect.objectContaining({
        code: "no-translation",
        severity: "note",
        message: "There is no Chinese and no English text: nobody has supplied a translation.",
        fix: expect.stringContaining("rednote.layout"),
      }),
    );
  });

  test("Lemon8 gets English alone, RedNote Chinese first", () => {
    const lemon8 = draftOf("lemon8", english, { translations: supplied });
    expect(lemon8.body).toBe(`${enText}\n\n#artist`);
    expect(lemon8.title).toBe("Dawn at the harbour!");
    expect(draftOf("rednote", english, { translations: supplied }).body).toMatch(/^港口/u);
  });

  test("where both do not fit the second one is cut first, and said", () => {
    const long = "One more sentence about the light at dawn. ".repeat(60);
    const draft = laidOut("rednote", "zh-first", long, supplied);
    expect(draft.body.startsWith(`${zhText}\n—\nOne more`)).toBe(true);
    expect(draft.body).toMatch(/dawn\. …\n\n|dawn\. …$/u);
    expect(rednoteUnits(draft.body)).toBeLessThanOrEqual(1000);
    expect(rednoteUnits(draft.body)).toBeGreaterThan(950);
    expect(codesOf(draft)).toContain("body-cut");
    expect(draft.dropped.at(-1)?.what).toMatch(/of the second language$/);
    const first = laidOut("rednote", "en-first", long.repeat(2), supplied);
    expect(first.body).not.toContain("—");
    expect(first.dropped.map(({ what }) => what).join()).toMatch(
      /characters of the second language,the last \d+ characters of the first language/,
    );
    expect(rednoteUnits(first.body)).toBeLessThanOrEqual(1000);
  });

  test("links and handles leave both languages and are listed once", () => {
    const draft = laidOut(
      "rednote",
      "zh-first",
      "Hello you @anna.b https://a.example/x",
      new Map([["zh-Hans", "你好呀 @anna.b https://a.example/x"]]),
    );
    expect(draft.body).toBe("你好呀\n—\nHello you");
    expect(draft.dropped.map(({ what }) => what)).toEqual(["@anna.b", "https://a.example/x"]);
  });

  test("spaces stand in translated texts only, and in titles only when asked", () => {
    const words: Translations = new Map([["zh-Hans", "用iPad画画 #OOTD穿搭"]]);
    const spacing = (each: "off" | "bodies" | "titles") =>
      draftOf("rednote", "Drawing on my iPad", { translations: words, spacing: each });
    expect(spacing("bodies")).toMatchObject({ title: "用iPad画画" });
    expect(spacing("bodies").body).toMatch(/^用 iPad 画画\n—/u);
    expect(spacing("titles").title).toBe("用 iPad 画画");
    expect(spacing("off").body).toMatch(/^用iPad画画\n—/u);
    expect(draftOf("rednote", "我用iPad画画").body).toBe("我用iPad画画");
  });
});

describe("the title", () => {
  const post = { key: "1", kind: "photos", date: "2024-09-17T14:07:21Z" } as const;

  test("a photo post's own title comes first", () => {
    const own = { ...post, title: "Five days in Lisbon", caption: "Swipe for the tiles #lisbon" };
    expect(draftOf("lemon8", null, { post: own }).title).toBe("Five days in Lisbon");
    expect(draftOf("rednote", null, { post: own }).title).toBe("Five days in Lisbon");
    const titled: Translations = new Map([["zh-Hans", "里斯本五日"]]);
    expect(draftOf("rednote", null, { post: own, titleTranslations: titled }).title).toBe(
      "里斯本五日",
    );
    const captioned: Translations = new Map([["zh-Hans", "滑动看瓷砖"]]);
    expect(draftOf("rednote", null, { post: own, translations: captioned }).title).toBe(
      "滑动看瓷砖",
    );
  });

  test("a photo post without a caption is no empty post when it has a title", () => {
    const draft = draftOf("lemon8", null, { post: { ...post, title: "Tiles", caption: null } });
    expect(draft).toMatchObject({ title: "Tiles", body: "" });
    expect(codesOf(draft)).toEqual([]);
  });

  test("a title that says nothing gives way to the caption", () => {
    const own = { ...post, title: "🔥 #fyp", caption: "Kiln day" };
    expect(draftOf("lemon8", null, { post: own }).title).toBe("Kiln day");
  });

  test("the full sentence is translated, then cut", () => {
    const caption = "I walked along the whole coast of Galicia with a sketchbook and one brush";
    const translations: Translations = new Map([
      ["zh-Hans", "我带着一本速写本和一支画笔走完了加利西亚的整条海岸线，一共三百公里。"],
    ]);
    const { title } = draftOf("rednote", caption, { translations });
    expect(title).toBe("我带着一本速写本和一支画笔走完了加利…");
    expect(measure(title, "rednote")).toBeLessThanOrEqual(20);
  });
});

describe("tags that TikTok saw", () => {
  const post = { key: "1", kind: "video", date: "2024-09-17T14:07:21Z" } as const;

  test.each([
    ["one that stands nowhere is a topic too", "Dawn", ["mypots"], ["mypots"], "Dawn"],
    ["one that ends earlier", "Dawn #mypotsíday", ["mypots"], ["mypots"], "Dawn mypotsíday"],
    ["none known", "Dawn #mypots", [], ["mypots"], "Dawn"],
    ["other letters", "Dawn #MYPOTS", ["mypots"], ["MYPOTS"], "Dawn"],
  ])("%s", (_, caption, hashtags, topics, text) => {
    const draft = draftOf("lemon8", null, { post: { ...post, caption, hashtags } });
    expect(draft.topics).toEqual(topics);
    expect(draft.body).toBe([text, ...topics.map((topic) => `\n\n#${topic}`)].join(""));
  });

  test("topics of RedNote are Simplified", () => {
    const simplify = (name: string) => name.replace("寫", "写");
    const own = { post: { ...post, caption: "今天 #城市寫生" }, simplify };
    expect(draftOf("rednote", null, own).topics).toEqual(["城市写生"]);
    expect(draftOf("lemon8", null, own).topics).toEqual(["城市寫生"]);
  });
});

describe("real shapes of captions", () => {
  test.each([
    [
      "Portuguese",
      "Hoje pintei o rio 🎨 quem quer ver o passo a passo? #pintura #fyp",
      "Hoje pintei o rio quem quer ver…",
    ],
    [
      "German",
      "Drei Farben reichen völlig aus. Mehr braucht ihr nicht! #malen",
      "Drei Farben reichen völlig aus",
    ],
    [
      "French",
      "J’ai tout raté, et c’est très bien comme ça : regardez la fin",
      "J’ai tout raté, et c’est très bien…",
    ],
    [
      "Vietnamese",
      "Hôm nay mình vẽ Hội An bằng màu nước #xuhuong",
      "Hôm nay mình vẽ Hội An bằng màu…",
    ],
    ["Thai", "วาดรูปทะเลตอนเช้า #ฟีด", "วาดรูปทะเลตอนเช้า"],
    ["Japanese", "今日は海を描きました！とても楽しかったです。 #絵", "今日は海を描きました！"],
    ["Korean", "오늘은 바다를 그렸어요 🌊 #그림", "오늘은 바다를 그렸어요"],
    [
      "a list",
      "3 things nobody tells you:\n1. Paper matters\n2. Brushes do not",
      "3 things nobody tells you",
    ],
    [
      "tags in front",
      "#pottery #kiln #clay Opening the kiln after three weeks",
      "Opening the kiln after three weeks",
    ],
  ])("%s", (_, caption, title) => {
    expect(draftOf("rednote", caption).title).toBe(title);
    expect(rednoteUnits(title)).toBeLessThanOrEqual(20);
  });

  test("a title uses its room: whole up to forty letters, else up to the last word that fits", () => {
    const word = fc.string({
      unit: fc.constantFrom(..."bdfgjkpqvz"),
      minLength: 2,
      maxLength: 9,
    });
    fc.assert(
      fc.property(fc.array(word, { minLength: 3, maxLength: 20 }), (words) => {
        const line = words.join(" ");
        const { title } = draftOf("rednote", line);
        if (line.length <= 40) expect(title).toBe(line);
        // 40 half units: the ellipsis takes 2, and the next word with its space did not fit.
        else expect(title.length).toBeGreaterThan(40 - 2 - 10);
      }),
      { seed: 40 },
    );
  });
});

describe("whatever comes in", () => {
  const text = fc.oneof(
    fc.string({ unit: "binary", maxLength: 60 }),
    fc
      .array(
        fc.constantFrom(
          "水彩写生",
          "Dawn ",
          "#art ",
          "👨‍👩‍👧‍👦",
          "🏴󠁧󠁢󠁥󠁮󠁧󠁿",
          "e\u0301",
          "هذا ",
          "\u200f",
          "\ud83d",
          "。",
          ". ",
          "\n",
          "—",
          "@a.b ",
          "20 km ",
        ),
        { maxLength: 60 },
      )
      .map((pieces) => pieces.join("").repeat(8)),
  );

  test("nothing is over a limit, no character is torn, both runs are the same", () => {
    const numbers = fc.record({
      titleMost: fc.integer({ min: 5, max: 30 }),
      bodyMost: fc.integer({ min: 50, max: 1200 }),
      topics: fc.integer({ min: 0, max: 5 }),
      layout: fc.constantFrom(...bodyLayouts),
    });
    fc.assert(
      fc.property(text, text, text, numbers, (caption, chinese, english, own) => {
        const [destination] = adjustDestinations([findDestination("rednote")], { rednote: own });
        if (destination === undefined) throw new Error("no destination");
        const translations: Translations = new Map([
          ["zh-Hans", chinese],
          ["en", english],
        ]);
        const make = () => draftOf("rednote", caption, { destination, translations });
        const draft = make();
        expect(measure(draft.title, "rednote")).toBeLessThanOrEqual(own.titleMost);
        expect(measure(draft.body, "rednote")).toBeLessThanOrEqual(own.bodyMost);
        expect(draft.topics.length).toBeLessThanOrEqual(own.topics);
        expect(`${draft.title}${draft.body}`.isWellFormed()).toBe(true);
        const torn = ["\u200d", "\u0301", "\u{E007F}"];
        expect(graphemes(draft.title).filter((each) => torn.includes(each))).toEqual([]);
        expect(make()).toEqual(draft);
      }),
      { seed: 5, numRuns: 150 },
    );
  });
});
