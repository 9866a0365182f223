import { describe, expect, test } from "vitest";

import { rednoteUnits } from "../../src/text/measure.ts";
import { codesOf, draftOf } from "./table.ts";

describe("a body", () => {
  test.each([
    ["tags at the end become topics", "Dawn light. #art #fyp", "Dawn light.\n\n#艺术"],
    [
      "emoji between and after tags stay",
      "Dawn 🌅 #art ✨ #yoga 🧘",
      "Dawn 🌅 ✨ 🧘\n\n#艺术 #瑜伽",
    ],
    ["a tag in a sentence stays as its word", "my #yoga mat", "my yoga mat\n\n#瑜伽"],
    ["noise in a sentence leaves it", "look #fyp here", "look here"],
    ["glued words do not melt", "see#art#yoga now", "see art yoga now\n\n#艺术 #瑜伽"],
    ["Chinese needs no space", "今天的#美甲 不错", "今天的美甲 不错\n\n#美甲"],
    ["a line of tags goes", "One\n#art #yoga\nTwo", "One\nTwo\n\n#艺术 #瑜伽"],
    [
      "three tags in a row are a list",
      "#art #yoga #ski today was fun",
      "today was fun\n\n#艺术 #瑜伽 #滑雪",
    ],
    [
      "what they are up to is not a tag",
      "see what I am up to #art",
      "see what I am up to\n\n#艺术",
    ],
    ["RedNote's own topic form", "好看 #水彩[话题]# #写生[话题]#", "好看\n\n#水彩 #写生"],
    ["line breaks stay", "One\r\nTwo\n.\n.\nThree", "One\nTwo\n\nThree"],
    [
      "handles go without a trace",
      "Lunch with @a.b, @c and @d!\nThanks @e for it (@f)",
      "Lunch!\nThanks for it",
    ],
    [
      "addresses go",
      "Prints: https://shop.example/x\nMail me at me@mail.example or ask",
      "Prints\nMail me at or ask",
    ],
    ["a credit goes", "Reply to @someone here is how", "here is how"],
    [
      "right-to-left marks stay",
      "\u200fالبحر \u2066blue\u2069\u200b!",
      "\u200fالبحر \u2066blue\u2069!",
    ],
    ["fancy letters stay as they were written", "𝓗𝓲 there", "𝓗𝓲 there"],
    ["only handles", "@a, @b", ""],
  ])("%s", (_, caption, body) => {
    expect(draftOf("rednote", caption).body).toBe(body);
  });

  test("everything that was taken out is listed with its reason", () => {
    const draft = draftOf("rednote", "#duet with @x Hi @y, see https://a.example/x #fyp #crypto");
    expect(draft.dropped.map((item) => item.what)).toEqual([
      "#fyp",
      "#crypto",
      "#duet with @x",
      "@y",
      "https://a.example/x",
    ]);
    for (const item of draft.dropped) expect(item.why.length).toBeGreaterThan(10);
  });

  test("four thousand characters are cut after a sentence and keep their topics", () => {
    const sentence = "The wash dries in about four minutes when the window is open. ";
    const caption = `${sentence.repeat(64)}#art #yoga`;
    const rednote = draftOf("rednote", caption);
    expect(rednoteUnits(rednote.body)).toBeLessThanOrEqual(1000);
    expect(rednoteUnits(rednote.body)).toBeGreaterThan(950);
    expect(rednote.body).toMatch(/open\. …\n\n#艺术 #瑜伽$/u);
    expect(codesOf(rednote)).toEqual(["body-long", "body-cut", "no-translation"]);
    expect(rednote.dropped.at(-1)?.what).toMatch(/^the last \d+ characters/);
    const lemon8 = draftOf("lemon8", caption);
    expect(lemon8.body.startsWith(sentence.repeat(64).trim())).toBe(true);
    expect(codesOf(lemon8)).toEqual(["body-long"]);
  });

  test.each([
    ["after a word", "word ".repeat(800), /word…$/u],
    ["Chinese", "水彩写生".repeat(400), /[水彩写生]…$/u],
    ["inside an endless word", "x".repeat(4000), /x…$/u],
    ["inside an endless number", "1,".repeat(2000), /1…$|,…$/u],
    ["between families", "👨‍👩‍👧‍👦".repeat(300), /^(?:👨‍👩‍👧‍👦)+…$/u],
  ])("a text without sentences is cut %s", (_, caption, expected) => {
    const { body } = draftOf("rednote", caption);
    expect(rednoteUnits(body)).toBeLessThanOrEqual(1000);
    expect(rednoteUnits(body)).toBeGreaterThan(980);
    expect(body).toMatch(expected);
  });

  test("topics that have no room are listed, never half", () => {
    const long = "y".repeat(1500);
    const draft = draftOf("rednote", `Hi there #art #${long} #${long}z`);
    expect(draft.topics).toEqual(["艺术", long]);
    expect(draft.body).toBe(`Hi there\n\n#艺术 #${long}`);
    expect(draft.dropped).toContainEqual({
      what: `#${long}z`,
      why: "there is no room for it in the text",
    });
  });
});
