import { Converter } from "opencc-js";
import { describe, expect, test } from "vitest";
import {
  announcementLanguages,
  announcementStages,
  announcementSurfaces,
  announcementTones,
} from "../../src/announce/surfaces.ts";
import type { AnnouncementSurface } from "../../src/announce/surfaces.ts";
import { renderTexts } from "../../src/announce/texts.ts";
import type { AnnouncementText, AnnouncementTexts } from "../../src/announce/texts.ts";
import type { Creator } from "../../src/core/creator.ts";
import { measure } from "../../src/text/measure.ts";
import { factsOf, full, onlyHandle, templates } from "./sample.ts";

const everyText = announcementSurfaces.length * announcementLanguages.length;

/** As long as the places themselves allow. */
const longest: Creator = {
  ...full,
  name: "Maximiliana Featherstone-Smith", // 30 letters
  handles: {
    tiktok: "maximiliana.featherstone", // 24
    rednote: "马克西米利亚娜费瑟斯通史密斯的水彩画小花园日记", // 24 as RedNote counts signs
    rednoteId: "maximiliana_fth", // 15
    lemon8: "maximiliana.featherstone",
  },
  niche: "small business",
  city: "Pennsylvania",
  pet: "hamster",
};

const absurd: Creator = {
  ...longest,
  name: "N".repeat(300),
  handles: {
    tiktok: "t".repeat(300),
    rednote: "名".repeat(300),
    rednoteId: "9".repeat(300),
    lemon8: "l".repeat(300),
  },
  niche: `${"knitting ".repeat(60)}| ${"编织".repeat(150)}`,
  city: `${"Llanfair".repeat(40)} | ${"兰韦尔".repeat(100)}`,
};

const creators: [string, Creator][] = [
  ["short", { ...full, name: "Al", handles: { ...full.handles, rednote: "Al", lemon8: "al" } }],
  ["normal", full],
  ["as long as the places allow", longest],
  ["absurdly long", absurd],
  ["emoji", { ...full, name: "🎨Ana✨👩🏽‍🎨", handles: { ...full.handles, rednote: "🌸安娜🌸" } }],
  [
    "right to left",
    {
      ...full,
      name: "مريم الفنانة",
      handles: { ...full.handles, rednote: "استوديو" },
      city: "القاهرة",
    },
  ],
  ["Chinese only", { ...full, name: "安娜", niche: "剪纸", city: "西安", pet: "我家龙猫" }],
  ["English only", { ...full, niche: "competitive whistling", pet: "my axolotl", shares: [] }],
  ["nothing but handles", { ...onlyHandle, handles: full.handles }],
  ["Lemon8 alone", { ...onlyHandle, handles: { ...onlyHandle.handles, lemon8: "anadraws" } }],
  ["RedNote's ID alone", { ...full, handles: { ...onlyHandle.handles, rednoteId: "945" } }],
  ["RedNote's name alone", { ...full, handles: { ...onlyHandle.handles, rednote: "安娜画画" } }],
  ["only the TikTok handle", onlyHandle],
];

function written(creator: Creator, tone: (typeof announcementTones)[number]): AnnouncementTexts {
  const facts = factsOf(creator, 2021);
  return renderTexts({ templates, facts, tone, languages: announcementLanguages });
}

function surfaceOf(text: AnnouncementText): AnnouncementSurface {
  return announcementSurfaces.find((each) => each.id === text.surface)!;
}

const placeNames =
  /lemon\s?8|red\s?note|小红书|小紅書|instagram|youtube|discord|facebook|whatsapp|wechat|微信/iu;

function expectWhole(text: AnnouncementText): void {
  for (const words of [text.title ?? "-", text.full]) {
    expect(words).not.toMatch(/\{\{|\}\}|\{%|%\}|undefined|null|\[object/u);
    expect(words).not.toMatch(/\p{Cc}(?<!\n)| {2}|\n{3}|^[^\S\n]|[^\S\n]$/mu);
    expect(words).not.toMatch(/\(\)|（）|``|""|「」/u);
    // A label whose value is missing, and a sign with nothing before it.
    expect(words).not.toMatch(
      /^(?:[🍠🍋🎬•▪️✅]\s*)?(?:RedNote(?: ID)?|Lemon8|TikTok|小[红紅][书書][号號]?)[:：]?$/mu,
    );
    expect(words).not.toMatch(/^[,.，。、!！：:｜·]|[｜·@]$/mu);
    expect(words).not.toMatch(/，，|。。|[，。][,.]|\.\.|, ,/u);
  }
}

function expectFitting(text: AnnouncementText): void {
  const { title, body, lines } = surfaceOf(text);
  if (title === null) expect(text.title).toBeNull();
  else expect(measure(text.title ?? "", title.unit)).toBeLessThanOrEqual(title.most);
  if (title !== null) expect(text.title).not.toBe("");
  if (body !== null) expect(measure(text.full, body.unit)).toBeLessThanOrEqual(body.most);
  if (lines === null) return;
  const own = text.full.split("\n");
  expect(own.length).toBeLessThanOrEqual(lines.most);
  for (const line of own) {
    expect(measure(line, lines.each.unit)).toBeLessThanOrEqual(lines.each.most);
  }
}

/** No handle, link or name where the place punishes it, and no @ that would call a stranger. */
function expectClean(text: AnnouncementText, { handles }: Creator): void {
  const all = `${text.title ?? ""}\n${text.full}`;
  const { id, contacts } = surfaceOf(text);
  expect(all).not.toMatch(/https?:|www\.|\.com\b|\bmail\b/iu);
  if (["tiktok-bio", "tiktok-caption", "instagram-story", "discord"].includes(id))
    expect(all).not.toMatch(/[@＠]/u);
  if (contacts) return;
  expect(all).not.toMatch(/[@＠]/u);
  for (const handle of Object.values(handles)) {
    // The first letters of a name may be the handle of a short one.
    if (handle.length > 3) expect(all).not.toContain(handle);
  }
  const own = all.replaceAll(/#?hellolemon8/gu, "").replaceAll(/(?:Hello|你好) Lemon8/gu, "");
  expect(id === "lemon8-hello" ? own : all).not.toMatch(placeNames);
  if (id.startsWith("rednote") || id.startsWith("lemon8")) {
    expect(all).not.toMatch(/tik\s?tok|抖音|find me|link in|私信|关注|關注|follow/iu);
  }
}

describe.each(announcementTones)("every %s text", (tone) => {
  test.each(creators)("of a creator: %s", (_name, creator) => {
    const { texts, notWritten, problems } = written(creator, tone);
    for (const text of texts) {
      expectWhole(text);
      expectFitting(text);
      expectClean(text, creator);
    }
    const tooLong = problems.filter((each) => each.code === "text-too-long");
    expect(problems.filter((each) => each.code === "template-broken")).toEqual([]);
    // Nothing goes missing without a word.
    expect(texts.length + notWritten.length + tooLong.length).toBe(everyText);
    if (creator === absurd) expect(tooLong.length).toBeGreaterThan(0);
    else expect(tooLong).toEqual([]);
  });

  test.each(["short", "normal", "as long as the places allow", "emoji", "right to left"])(
    "is written: %s",
    (name) => {
      const creator = new Map(creators).get(name)!;
      expect(written(creator, tone).texts).toHaveLength(everyText);
    },
  );

  test.each([
    ["Lemon8 alone", /RedNote|小红书|小紅書|\btwo more|\bthree|homes|places\b|两个新|兩個新|三/u],
    [
      "RedNote's ID alone",
      /(?<!hello|Hello |你好 )Lemon8|\btwo more|\bthree|homes|两个新|兩個新|三/iu,
    ],
    [
      "RedNote's name alone",
      /(?<!hello|Hello |你好 )Lemon8|\btwo more|\bthree|homes|ID:|号：|號：/iu,
    ],
  ])("says nothing of the other place: %s", (name, untrue) => {
    for (const text of written(new Map(creators).get(name)!, tone).texts) {
      const bare = text.full.replaceAll("any of these places", "");
      if (!surfaceOf(text).introduces) expect(`${text.title ?? ""}\n${bare}`).not.toMatch(untrue);
    }
  });
});

describe("names from right to left", () => {
  const creator = new Map(creators).get("right to left")!;

  test.each(announcementTones)("keep the %s lines around them in order", (tone) => {
    for (const { title, full: text } of written(creator, tone).texts) {
      expect(text.match(/\u2068/gu)?.length).toBe(text.match(/\u2069/gu)?.length);
      expect(text.replaceAll(`\u2068${creator.name}\u2069`, "")).not.toContain(creator.name);
      expect(title ?? "").not.toMatch(/[\u2066-\u2069]/u);
    }
  });

  test("leave handles bare, since people copy them", () => {
    const card = written(creator, "warm").texts.find((each) => each.surface === "photo-card");
    expect(card?.full).toContain("RedNote: استوديو\n");
  });
});

describe("a wording that does not fit gives way to a shorter one", () => {
  const textOf = (creator: Creator, surface: string) =>
    written(creator, "warm").texts.find(
      (each) => each.surface === surface && each.language === "en",
    )?.full;

  test("in the bio", () => {
    expect(textOf(longest, "tiktok-bio")).toBe(
      "Small shop 💛 also on\nRedNote maximiliana_fth\nLemon8 maximiliana.featherstone",
    );
    const more = { ...longest, handles: { ...longest.handles, lemon8: "l".repeat(30) } };
    expect(textOf(more, "tiktok-bio")).toBe(`RedNote maximiliana_fth\nLemon8 ${"l".repeat(30)}`);
  });

  test("in the profile and on the card", () => {
    expect(textOf({ ...full, name: "N".repeat(90) }, "rednote-profile")).toBe(
      "Watercolour. Learning Chinese, please be kind 🙏",
    );
    expect(textOf({ ...full, name: "N".repeat(90) }, "photo-card")).toBe(
      "Let's keep in touch 💛\nRedNote ID: 94501234567\nLemon8: @anadraws\n20 November 2026",
    );
  });
});

describe("the Chinese of the templates", () => {
  const body = (path: string) =>
    (templates.get(path) ?? "").replaceAll(/\{[{%].*?[}%]\}|^(?:topics|needs):.*$/gmu, "");
  const paths = [...templates.keys()];

  test("is Simplified where it says so", () => {
    const simplify = Converter({ from: "t", to: "cn" });
    for (const path of paths.filter((each) => each.endsWith(".zh-Hans.liquid"))) {
      expect(simplify(body(path)), path).toBe(body(path));
    }
  });

  test("is Traditional where it says so, in words used there", () => {
    const simplify = Converter({ from: "t", to: "cn" });
    const traditional = Converter({ from: "cn", to: "tw" });
    for (const path of paths.filter((each) => each.endsWith(".zh-Hant.liquid"))) {
      // Signs that only Simplified has: they are its own form, and Traditional writes another.
      const simplified = [...body(path)].filter(
        (sign) => simplify(sign) === sign && traditional(sign) !== sign,
      );
      expect(simplified, path).toEqual([]);
      expect(body(path), path).not.toMatch(/視頻|賬號|評論|質量|水平|軟件|信息|默認|[“”]/u);
    }
  });
});

describe("the surfaces", () => {
  test("stand in the order of their stages, each in one", () => {
    const order = announcementStages.map(({ id }) => id);
    const stages = announcementSurfaces.map(({ stage }) => order.indexOf(stage));
    expect(stages).toEqual(stages.toSorted((a, b) => a - b));
    expect(new Set(stages)).toEqual(new Set(order.keys()));
  });

  test("are thirteen, with one limit at least wherever a place has one", () => {
    expect(announcementSurfaces.map(({ id }) => id)).toHaveLength(13);
    const free = announcementSurfaces.filter(({ body, lines }) => body === null && lines === null);
    expect(free.map(({ id }) => id)).toEqual(["link-page", "email"]);
  });
});
