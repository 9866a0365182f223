import { readFileSync } from "node:fs";

import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { foldForLint } from "../../src/text/fold.ts";
import { lintText } from "../../src/text/lint.ts";
import { parseLintTable } from "../../src/text/lint-table.ts";
import { characterEnds } from "../../src/text/segments.ts";

const rules = parseLintTable(
  readFileSync(new URL("../../templates/wordlint.tsv", import.meta.url), "utf8"),
);

function ids(text: string, place = "rednote"): string[] {
  return lintText(text, rules, place).map(({ rule }) => rule.id);
}

describe("lintText", () => {
  test.each([
    ["Ｔｉｋ Ｔｏｋ", "Ｔｉｋ Ｔｏｋ", 1, 1],
    ["hi 𝓣𝓲𝓴𝓣𝓸𝓴!", "𝓣𝓲𝓴𝓣𝓸𝓴", 1, 4],
    ["on T\u200bi\u200dk\u2060T\u00ado\ufeffk now", "T\u200bi\u200dk\u2060T\u00ado\ufeffk", 1, 4],
    ["👩‍👩‍👧 one\ntwo 🇪🇸 TIKTOK", "TIKTOK", 2, 7],
    ["a\r\nTikTok", "TikTok", 2, 1],
  ])(
    "%j: finds the stretch as it stands, and tells the place as people count",
    (text, stretch, line, column) => {
      const found = lintText(text, rules, "rednote").filter(({ rule }) => rule.id === "P01");
      expect(found).toMatchObject([{ text: stretch, line, column }]);
      expect(text.slice(found[0]?.start, found[0]?.end)).toBe(stretch);
    },
  );

  test.each([
    ["加\u200bV", "C20"],
    ["薇信同号", "C21"],
    ["想要丝信我", "C35"],
    ["某宝有卖", "P14"],
    ["Ｗｅ\u200cＣｈａｔ", "P07"],
    ["ｈｔｔｐｓ：／／mia.example", "C06"],
    ["得分！", "L05"],
    ["有需要的加薇", "C20"],
    ["想要的私聊我", "C23"],
    ["看我的简介", "C24"],
    ["一周瘦5斤", "M03"],
    ["能治愈癌症", "M01"],
    ["Links in bio", "C01"],
    ["Link en mi bio 👇", "C01"],
    ["enlace en la biografía", "C01"],
    ["bit.ly/mia", "C07"],
    ["t.me/mia", "C07"],
    ["find me on the other app", "C05"],
    ["find me on the gram", "C05"],
    ["030 1234 5678", "C09"],
    ["+49.30.1234.5678", "C09"],
    ["上天猫买", "P14"],
    ["想要的扣一", "C31"],
    ["add me, my signal is mia.01", "P07"],
  ])("what sends away is found, a disguise too: %j", (text, id) => {
    expect(ids(text)).toContain(id);
  });

  test.each([
    "南京东路",
    "在北京东城画画",
    "妈妈的味道",
    "我妈的手艺",
    "裸妆和裸色口红",
    "今日入手的颜料",
    "快乐翻倍",
    "随手拍下这一刻",
    "十分钟快手早餐",
    "手工编织的围脖",
    "地铁站外面的花",
    "阳光下注意防晒",
    "离开户外",
    "附带单品",
    "给衣服扣扣子",
    "参加V领大赛",
    "参加薇薇的婚礼",
    "今天猫咪生日",
    "一天猫都在睡",
    "能治愈我的只有猫",
    "奶奶祖传的手艺",
    "扣一下扣子",
    "一天天瘦下去",
    "follow me on this journey",
    "Follow me on a trip through Spain",
    "find me at the market",
    "find me on the dance floor",
    "hit me up on Sunday",
    "My signal is lost",
    "in Spain 12.07.2025 - 26.07.2025",
    "in Spain 2025.07.12-2025.07.26",
    "抖音难民来报到",
    "I scan my paintings at home",
    "We ate ramen after the walk",
    "a hot glue gun and some paper",
    "Signal lost in the mountains",
    "painted on 2024-09-17 14:07",
    "10 9 8 7 6 5 4 3 2 1 go",
    "$20,000 for a postcard",
    "清晨的山，只用三种颜色画完。新手也可以试试，慢慢来，不用怕画错。",
  ])("innocent: %s", (text) => {
    expect(ids(text)).toEqual([]);
  });

  test("only the rules of the place count", () => {
    expect(ids("微信", "rednote")).toEqual(["C21"]);
    expect(ids("微信", "lemon8")).toEqual([]);
    expect(ids("微信", "nowhere")).toEqual([]);
  });

  test("what lies inside a match of its own kind is not said again", () => {
    expect(ids("see https://mia-paints.com/shop", "lemon8")).toEqual(["C06"]);
    expect(ids("hello@mia-paints.com", "lemon8")).toEqual(["C08"]);
    expect(ids("find me on TikTok")).toEqual(["C05", "P01"]);
    expect(ids("hello@patreon.com", "lemon8")).toEqual(["C08", "P08"]);
  });

  test("every match is told, in the order of the text", () => {
    const found = lintText("TikTok, 微信, tiktok", rules, "rednote");
    expect(found.map(({ start }) => start)).toEqual([0, 8, 12]);
  });

  test("a stretch always lies between characters of the original, and folded it holds what was looked for", () => {
    const words = ["tiktok", "微信", "swipe up", "link in bio", "a@b.com", "丝信"];
    const piece = fc.oneof(
      fc.constantFrom(
        ...words,
        ...words.map((word) => [...word].join("\u200b")),
        ...words.map((word) => [...word].join("\u2060\ufe0f")),
        "ＴｉｋＴｏｋ",
        "𝕋𝕚𝕜𝕋𝕠𝕜",
        "ⓣⓘⓚⓣⓞⓚ",
        "👨‍👩‍👧",
        "🇪🇸",
        "e\u0301",
        "ﬁ",
        "½",
        "\ud800",
        "한",
        "\n",
        "\r\n",
        " ",
      ),
      fc.string({ unit: "binary", maxLength: 6 }),
      fc.string({ unit: "grapheme", maxLength: 4 }),
    );
    const text = fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join(""));
    let seen = 0;
    fc.assert(
      fc.property(text, (caption) => {
        const ends = characterEnds(caption);
        for (const match of lintText(caption, rules, "rednote")) {
          seen += 1;
          expect(match.start === 0 || ends.has(match.start)).toBe(true);
          expect(ends.has(match.end)).toBe(true);
          expect(caption.slice(match.start, match.end)).toBe(match.text);
          const lines = caption.split("\n");
          const before = lines.slice(0, match.line - 1).join("\n").length;
          expect(match.start).toBeGreaterThanOrEqual(before);
          // Around it stands what the original has around it, so that looks to the side answer the same.
          const { pattern } = match.rule;
          const upTo = foldForLint(caption.slice(0, match.start)).folded.length;
          const stretch = foldForLint(match.text).folded;
          pattern.lastIndex = upTo;
          const again = pattern.exec(foldForLint(caption).folded);
          expect(again).not.toBeNull();
          expect(again?.index).toBeLessThan(upTo + stretch.length);
          expect(stretch).toContain(again?.[0]);
        }
      }),
      { seed: 20261121, numRuns: 600 },
    );
    expect(seen).toBeGreaterThan(500);
  });
});
