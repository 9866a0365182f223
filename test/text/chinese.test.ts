import { readFileSync } from "node:fs";
import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";

import { chineseScripts, parseChinesePairs } from "../../src/text/chinese.ts";
import type { ChineseScripts } from "../../src/text/chinese.ts";
import { spaceChinese } from "../../src/text/chinese-spacing.ts";
import { tokenise } from "../../src/text/caption.ts";

const table = readFileSync(new URL("../../templates/chinese.tsv", import.meta.url), "utf8");
const pairs = parseChinesePairs(table);
let scripts: ChineseScripts;

beforeAll(async () => {
  scripts = await chineseScripts(pairs);
});

describe("Traditional and Simplified", () => {
  test.each([
    ["视频软件短信", "影片軟體簡訊"],
    ["颜料很贵，画得很干净", "顏料很貴，畫得很乾淨"],
    ["我的账号质量很好", "我的帳號品質很好"],
    ["点赞和私信", "按讚和私訊"],
    ["头发发现皇后后面", "頭髮發現皇后後面"],
  ])("%s, %s", (hans, hant) => {
    expect(scripts.toTraditional(hans)).toBe(hant);
    expect(scripts.toSimplified(hant)).toBe(hans);
  });

  test.each([
    ["tags", "看视频 #视频", "看影片 #视频"],
    ["topics", "#视频[话题]# 视频", "#视频[话题]# 影片"],
    [
      "handles and links",
      "@shipin 视频 https://a.example/视频?x=1",
      "@shipin 影片 https://a.example/視訊?x=1",
    ],
    ["variables", "{{ 视频 }}视频{name}⟦0⟧", "{{ 视频 }}影片{name}⟦0⟧"],
    ["tags of a translator", 'a <x id="0"/> 视频', 'a <x id="0"/> 影片'],
  ])("%s stay", (kind, hans, hant) => {
    const expected = kind === "handles and links" ? /^@shipin 影片 https:\/\/a\.example\// : hant;
    expect(scripts.toTraditional(hans)).toEqual(
      typeof expected === "string" ? expected : expect.stringMatching(expected),
    );
  });

  test("a name that is Simplified already stays, also one that means something else over there", () => {
    for (const text of ["文件和程序", "水彩写生", "Dawn #art"]) {
      expect(scripts.simplifyName(text)).toBe(text);
    }
    expect(scripts.toSimplified("影片的文件")).toBe("视频的文档");
    expect(scripts.simplifyName("宏觀經濟")).toBe("宏观经济");
  });

  test.each([
    ["zh-Hans", "今天看视频学画画", null],
    ["zh-Hans", "今天看視頻學畫畫", "今天看视频学画画"],
    // Words of the other side are turned only in a text of the other side: 文件 is a file here.
    ["zh-Hans", "这个文件里的颜料和視频很贵", "这个文件里的颜料和视频很贵"],
    ["zh-Hans", "這個文件裡的顏料很貴", "这个文档里的颜料很贵"],
    ["zh-Hant", "今天看影片學畫畫", null],
    ["zh-Hant", "今天看视频学画画", "今天看影片學畫畫"],
    ["zh-Hant", "余先生說，皇后後面的鄉里很遠，學畫畫", null],
    ["zh-Hant", "今天学画畫，顏料很贵", "今天學畫畫，顏料很貴"],
    ["zh-Hant", "你好", null],
    ["zh-Hans", "Hi", null],
  ] as const)("brought into %s: %s", (to, text, expected) => {
    const convert = scripts.mending(text, to);
    expect(convert === null ? null : convert(text)).toBe(expected);
  });

  test("every pair of the table holds both ways, and none is there twice", () => {
    expect(pairs.length).toBeGreaterThan(10);
    expect(new Set(pairs.map(([hans]) => hans)).size).toBe(pairs.length);
    expect(new Set(pairs.map(([, hant]) => hant)).size).toBe(pairs.length);
    for (const [hans, hant] of pairs)
      expect(scripts.toTraditional(`这个${hans}呢`)).toBe(`這個${hant}呢`);
  });

  test("a creator's own pair wins; a table from a spreadsheet is read", async () => {
    const own = parseChinesePairs("\uFEFFzh_hans\tzh_hant\r\n视频\t視頻\tHong Kong\r\n\r\n");
    expect(own).toEqual([["视频", "視頻"]]);
    expect((await chineseScripts([...pairs, ...own])).toTraditional("视频账号")).toBe("視頻帳號");
  });

  test("a pair may hold signs that patterns know", async () => {
    const { toTraditional } = await chineseScripts([["C+(视)", "C+(視)!"]]);
    expect(toTraditional("用C+(视)频")).toBe("用C+(視)!頻");
  });
});

describe("a space between Chinese and Latin", () => {
  test.each([
    ["用iPad画画", "用 iPad 画画"],
    ["用 iPad 画画", "用 iPad 画画"],
    ["第3天，走了20km路", "第 3 天，走了 20km 路"],
    ["打9折100%棉", "打 9 折 100% 棉"],
    ["#OOTD穿搭 我的OOTD", "#OOTD穿搭 我的 OOTD"],
    ["#名称A[话题]#好a好", "#名称A[话题]#好 a 好"],
    ["看https://a.example/x?b=1吧", "看https://a.example/x?b=1吧"],
    ["问@anna.b吧", "问@anna.b吧"],
    ["写，A", "写，A"],
    ["「A」写", "「A」写"],
  ])("%s", (text, expected) => {
    expect(spaceChinese(text)).toBe(expected);
    expect(spaceChinese(expected)).toBe(expected);
  });

  test("changes nothing but spaces, and no tag, handle or link", () => {
    const piece = fc.constantFrom(
      "写",
      "生",
      "a",
      "1",
      "#写a ",
      "@a ",
      " ",
      "https://a.example/写 ",
      "，",
      "%",
      "é",
    );
    fc.assert(
      fc.property(
        fc.array(piece).map((pieces) => pieces.join("")),
        (text) => {
          const made = spaceChinese(text);
          expect(made.replaceAll(" ", "")).toBe(text.replaceAll(" ", ""));
          const protectedIn = (each: string) =>
            tokenise(each)
              .filter(({ type }) => type !== "text")
              .map((token) => token.text);
          expect(protectedIn(made)).toEqual(protectedIn(text));
          expect(spaceChinese(made)).toBe(made);
        },
      ),
      { seed: 8 },
    );
  });
});
