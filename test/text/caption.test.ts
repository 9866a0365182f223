import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { hashtagsIn, tokenise } from "../../src/text/caption.ts";

function parts(caption: string): string[] {
  return tokenise(caption)
    .filter((token) => token.type !== "text")
    .map((token) => `${token.type} ${token.text}`);
}

describe("tokenise", () => {
  test.each([
    ["glued tags", "hi #a#b", ["hashtag #a", "hashtag #b"]],
    ["a tag glued to a handle", "#art@anna.b x", ["hashtag #art", "mention @anna.b"]],
    [
      "a handle behind Chinese or kana",
      "谢谢@anna.b和ねえ@joe",
      ["mention @anna.b", "mention @joe"],
    ],
    ["handles glued together", "@anna@joe x", ["mention @anna", "mention @joe"]],
    ["a full-width sign", "＃写生 好", ["hashtag ＃写生"]],
    [
      "RedNote's own form before the plain tag",
      "#水彩[话题]# #art",
      ["topic #水彩[话题]#", "hashtag #art"],
    ],
    ["tags of emoji", "#🐍🐍 #50tonarmy😜 x", ["hashtag #🐍🐍", "hashtag #50tonarmy😜"]],
    ["kana fillers", "#fypシ゚viral", ["hashtag #fypシ゚viral"]],
    ["a colon ends a tag", "#tip: mix less", ["hashtag #tip"]],
    ["marks and joiners", "#نقّاشی‌آبی x", ["hashtag #نقّاشی‌آبی"]],
    ["a flag of tag characters is not torn", "#team🏴󠁧󠁢󠁥󠁮󠁧󠁿 go", ["hashtag #team🏴󠁧󠁢󠁥󠁮󠁧󠁿"]],
    ["a keycap is no tag", "press #️⃣ now", []],
    ["a handle with a dot, without the last one", "with @salty.pan. Yum", ["mention @salty.pan"]],
    [
      "an e-mail is no mention",
      "write to me.too@mail.example.org",
      ["link me.too@mail.example.org"],
    ],
    [
      "an address with a tag inside",
      "see https://a.example/x?y=1#top, ok",
      ["link https://a.example/x?y=1#top"],
    ],
    ["an address before Chinese", "看https://a.example/x，好", ["link https://a.example/x"]],
    [
      "addresses without a scheme",
      "linktr.ee/me www.a.example shop.com",
      ["link linktr.ee/me", "link www.a.example", "link shop.com"],
    ],
    ["words that only look like one", "I love it.me too, e.g. this.is", []],
    ["a credit at the start", "#duet with @some.one lol", ["credit #duet with @some.one"]],
    ["a credit in another language", "Respuesta a @alguien hola", ["credit Respuesta a @alguien"]],
    ["a stitch in the middle", "lol #stitch with @someone", ["credit #stitch with @someone"]],
    ["reply to in a sentence is no credit", "I reply to @someone daily", ["mention @someone"]],
  ])("%s", (_, caption, expected) => {
    expect(parts(caption)).toEqual(expected);
  });

  test.each([
    ["ends where TikTok saw its end", "#artday x", ["art"], ["hashtag #art"]],
    ["the longest one that stands there", "#ArtDayOff", ["art", "artday"], ["hashtag #ArtDay"]],
    ["goes on where the pattern stops", "#a:b c", ["a:b"], ["hashtag #a:b"]],
    [
      "that TikTok left out stays whole",
      "#art #artday",
      ["art"],
      ["hashtag #art", "hashtag #artday"],
    ],
    ["no known one", "#artday", ["other", ""], ["hashtag #artday"]],
    ["is never torn", "#ne\u0301e", ["ne"], ["hashtag #ne\u0301"]],
  ])("a tag %s", (_, caption, known, expected) => {
    const tokens = tokenise(caption, known);
    expect(tokens.map(({ text }) => text).join("")).toBe(caption);
    expect(
      tokens.filter(({ type }) => type !== "text").map(({ type, text }) => `${type} ${text}`),
    ).toEqual(expected);
  });

  test("names of tags", () => {
    expect(hashtagsIn("#a #水彩[话题]#＃b c@d.example #1️⃣")).toEqual(["a", "水彩", "b", "1️⃣"]);
  });

  test("loses nothing", () => {
    const piece = fc.oneof(
      fc.constantFrom(
        "#",
        "＃",
        "@",
        "#tag",
        "#a[话题]#",
        "[话题]#",
        "@x.y",
        "https://",
        "www.a.b",
        "a@b.co",
        "#duet with ",
        "\r\n",
        "👨‍👩‍👧‍👦",
        "🇪🇸",
        "\ufe0f\u20e3",
        "\ud83d",
      ),
      fc.string({ unit: "binary", maxLength: 6 }),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        const caption = pieces.join("");
        const tokens = tokenise(caption);
        expect(tokens.map((token) => token.text).join("")).toBe(caption);
        let place = 0;
        for (const token of tokens) {
          expect(token.start).toBe(place);
          expect(caption.slice(token.start, token.end)).toBe(token.text);
          expect(token.text).not.toBe("");
          place = token.end;
        }
      }),
      { seed: 20261121, numRuns: 300 },
    );
  });
});
