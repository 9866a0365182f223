import { readFileSync } from "node:fs";

import { describe, expect, test } from "vitest";

import { lintText } from "../../src/text/lint.ts";
import { parseLintTable } from "../../src/text/lint-table.ts";

const rules = parseLintTable(
  readFileSync(new URL("../../templates/wordlint.tsv", import.meta.url), "utf8"),
);

describe("a word in other letters is found, and told as it stands", () => {
  test.each([
    ["Cyrillic in a Latin word", "follow my TikTоk today", "P01", "TikTоk"],
    ["all Cyrillic", "my ТІКТОК is closing", "P01", "ТІКТОК"],
    ["Cyrillic small letters", "тiктoк", "P01", "тiктoк"],
    ["Greek", "my ΤικΤοκ", "P01", "ΤικΤοκ"],
    ["Cyrillic inside a Russian sentence", "ищите меня в тikтok, друзья", "P01", "тikтok"],
    ["small capitals", "my ᴛɪᴋᴛᴏᴋ", "P01", "ᴛɪᴋᴛᴏᴋ"],
    ["full width", "ＴｉｋＴｏｋ 同名", "P01", "ＴｉｋＴｏｋ"],
    ["fancy", "𝒯𝒾𝓀𝒯ℴ𝓀", "P01", "𝒯𝒾𝓀𝒯ℴ𝓀"],
    ["circles", "ⓦⓔⓒⓗⓐⓣ", "P07", "ⓦⓔⓒⓗⓐⓣ"],
    ["white on black", "🅦🅔🅒🅗🅐🅣", "P07", "🅦🅔🅒🅗🅐🅣"],
    ["squares", "🅳🅸🆂🅲🅾🆁🅳", "P07", "🅳🅸🆂🅲🅾🆁🅳"],
    ["letters of flags kept apart", "🇩\u200b🇮\u200b🇸\u200b🇨\u200b🇴\u200b🇷\u200b🇩", "P07", null],
    ["struck through", "T\u0336i\u0336k\u0336T\u0336o\u0336k\u0336", "P01", null],
    ["in keycaps", "1️⃣3️⃣8️⃣0️⃣0️⃣1️⃣3️⃣8️⃣0️⃣0️⃣0️⃣", "C09", null],
    ["Traditional", "微信同號，連結在主頁", "C21", "微信"],
    ["Traditional, another letter", "連結在主頁", "C24", "連結在主頁"],
    ["Traditional, shop", "淘寶有賣", "P14", "淘寶"],
    ["Traditional, private message", "想要的私訊我", "C23", "私訊我"],
    ["Traditional, code", "掃碼進群", "C26", "掃碼"],
  ])("%s", (_, text, id, stretch) => {
    const found = lintText(text, rules, "rednote").find(({ rule }) => rule.id === id);
    expect(found?.text).toBe(stretch ?? text);
  });
});

describe("a word written letter by letter is found, and told as it stands", () => {
  test.each([
    ["加v-x", "C20", "加v-x"],
    ["加 v x", "C20", "加 v x"],
    ["加我 V.X 了解", "C20", "加我 V.X"],
    ["v-x：mia88", "C21", "v-x："],
    ["v x mia_88", "C21", "v x "],
    ["vx88123456", "C21", "vx"],
    ["我的薇❤信是 mia88", "C21", "薇❤信"],
    ["薇 ❤ 信：mia", "C21", "薇 ❤ 信"],
    ["微.信", "C21", "微.信"],
    ["加我微 信：mia88", "C20", "加我微 信"],
    ["微-信同号", "C21", "微-信"],
    ["微|信", "C21", "微|信"],
    ["微\u200b·\u200b信", "C21", "微\u200b·\u200b信"],
    ["威*信", "C21", "威*信"],
    ["V信同号", "C21", "V信"],
    ["v 信同号", "C21", "v 信"],
    ["Ⅴ-信同号", "C21", "Ⅴ-信"],
    ["Q Q群见", "C22", "Q Q群"],
    ["Q-Q：12345", "C22", "Q-Q："],
    ["丝✨信我", "C35", "丝✨信"],
    ["扫.码", "C26", "扫.码"],
    ["淘·宝有卖", "P14", "淘·宝"],
    ["B·站见", "P13", "B·站"],
    ["my t i k t o k", "P01", "t i k t o k"],
    ["T.i.k.T.o.k!", "P01", "T.i.k.T.o.k"],
    ["t-i-k-t-o-k", "P01", "t-i-k-t-o-k"],
    ["w❤e❤c❤h❤a❤t me", "P07", "w❤e❤c❤h❤a❤t"],
    ["т·i·к·т·o·к", "P01", "т·i·к·т·o·к"],
    ["Tik-Tok, Tik.Tok, tik_tok", "P01", "Tik-Tok"],
  ])("%s", (text, id, stretch) => {
    const found = lintText(text, rules, "rednote").find(({ rule }) => rule.id === id);
    expect(found?.text).toBe(stretch);
  });

  test("only what points elsewhere is put together from its letters", () => {
    expect(lintText("赌·博", rules, "rednote")).toEqual([]);
    expect(lintText("微·信", rules, "rednote").map(({ rule }) => rule.category)).toEqual([
      "contact",
    ]);
  });
});

describe("innocent", () => {
  test.each([
    "南京东路",
    "南京東路的晚上",
    "妈妈的味道",
    "媽媽的味道",
    "又是美好的一天❤猫猫也开心",
    "今天☀猫在窗边睡着了",
    "望京-东直门这一段地铁",
    "北京/东京/南京，三座城市",
    "很轻微 信号不太好",
    "画得好快 手都酸了",
    "轻微…信不信由你",
    "云很薄🌤信步走到河边",
    "更加Q弹的小丸子",
    "又甜又加Q弹",
    "加V领的小毛衣",
    "走进❤群山",
    "稍微·信手一画",
    "自私❤我先把最后一块吃了",
    "天 空 很 蓝",
    "慢 慢 来 不 用 怕",
    "水彩 · 速写 · 日常",
    "上海—南京—苏州，三天",
    "阅读/写字/画画",
    "一❤一❤一，三颗心",
    "约翰·史密斯的画册",
    "清晨的山，只用三种颜色画完🌄先铺一层很淡的橙色",
    "豆腐 瓣酱 小葱，一锅出",
    "抖一抖·音乐响起来",
    "扣子掉了，妈妈帮我扣上",
    "价格：￥128／张，邮费另算",
    "第 3 天 / 共 30 天",
    "Q版小人和V领毛衣",
    "AI、VR、PS 都不用，纯手绘",
    "A B C 三种纸",
    "U.S. museums at 5 p.m. are quiet",
    "S-M-L-XL, all in one drawer",
    "A/B test of two papers: A is rough, B is smooth",
    "a q & a about brushes",
    "I, a person of few words, painted V x W in roman letters",
    "speed v x 2 seconds, and V x 4 in roman letters",
    "Press Ctrl + V to paste the colours",
    "a state-of-the-art, one-of-a-kind, hand-made frame",
    "well-known red-and-white check-in desk",
    "e.g. ochre, i.e. earth",
    "$1,234.50 for 2 x 3 prints, 10% off",
    "£12.99 – €14.99",
    "P.S. I love you",
    "x-ray, e-bike, t-shirt, v-neck",
    "D.I.Y. plus a cup of tea",
    "M I R A is my name, letter by letter",
    "3 x 5 cm, 4 x 6 in, 5 x 7 in",
    "NASA, UNESCO and the BBC",
    "Σ is a sum, π is 3.14, Ω is resistance",
    "рисую каждый день, тест красок. Со мной кот",
    "Вот мой кот. Ему нравится сок",
    "Ζωγραφίζω κάθε μέρα με νερό",
    "Café à la crème, naïve art, Ünal, Łódź",
    "🇺🇸🇨🇳🇬🇧 friends everywhere",
    "1️⃣ paper 2️⃣ brush 3️⃣ water",
    "東京の朝、水彩で描きました",
    "오늘도 수채화를 그려요",
    "رسمتُ اليوم نجمةً ثُمانيّة بألوان الماء",
  ])("%s", (text) => {
    for (const place of ["rednote", "lemon8"]) {
      expect(lintText(text, rules, place).map(({ rule, text }) => `${rule.id} ${text}`)).toEqual(
        [],
      );
    }
  });
});
