import { describe, expect, it } from "vitest";
import { textFileUse } from "../../src/tiktok/archive-labels.ts";
import { blockBuilder, type TextBlock, textField } from "../../src/tiktok/archive-text.ts";
import { isOwnPost, isStrangersPost } from "../../src/tiktok/archive-text-post.ts";

function blocksOf(text: string): TextBlock[] {
  const builder = blockBuilder();
  const ended = text.split("\n").map((line, index) => builder.add(line, index + 1));
  return [...ended, builder.end()].filter((block) => block !== null);
}

describe("a line of the text form", () => {
  it.each([
    ["Date: 2024-09-17 14:07:21", "Date", "2024-09-17 14:07:21"],
    ["Title:a: b", "Title", "a: b"],
    ["HashTag Link:: x", "HashTag Link", "x"],
    ["日期：2024-09-17", "日期", "2024-09-17"],
    ["Title:  two spaces ", "Title", " two spaces "],
    ["https://a.example/b:c", "", "https://a.example/b:c"],
    ["2024-12-01 07:15:00 UTC friend_one: hello", "", "2024-12-01 07:15:00 UTC friend_one: hello"],
    ["no colon", "", "no colon"],
    [": x", "", ": x"],
  ])("%j", (line, label, value) => {
    expect(textField(line)).toEqual({ label, value });
  });
});

describe("blocks", () => {
  it("end at a blank line, and where the first label comes again", () => {
    expect(blocksOf("Date: 1\nLink: a\nDate: 2\nLink: b\n\n\nDate: 3")).toMatchObject([
      { line: 1, fields: [{ value: "1" }, { value: "a" }] },
      { line: 3, fields: [{ value: "2" }, { value: "b" }] },
      { line: 7, fields: [{ value: "3" }] },
    ]);
  });

  it("end after thousands of lines", () => {
    expect(blocksOf("a: b\n".concat("x\n".repeat(9000))).length).toBeGreaterThan(3);
  });

  it.each([
    ["https://video-useast5.tiktokv.us/storage/v1/tos/o1?x=1", true, false],
    ["http://video-va.musical.ly/a/v09", true, false],
    ["https://p16.ibyteimg.com/tos-alisg-i-photomode-sg/a~tplv-noop.jpeg", true, false],
    ["https://p16-sign-va.tiktokcdn.com/tos-maliva-avt-0068/a.webp", false, false],
    ["https://www.tiktokv.com/share/video/7000000000000000001/", false, true],
    ["https://www.tiktok.com/@somebody/video/7000000000000000001", false, true],
    ["https://www.tiktok.com/music/7000000000000000001", false, false],
  ])("with %s are told apart", (link, own, strangers) => {
    const [block] = blocksOf(`Datum: 2024-09-17 14:07:21\nLink: ${link}`);
    expect(block && [isOwnPost(block), isStrangersPost(block)]).toEqual([own, strangers]);
  });
});

it.each([
  ["Post.txt", "posts"],
  ["Posts (1).txt", "posts"],
  ["Videos_2.TXT", "posts"],
  ["Profile Information.txt", "profile"],
  ["Volger.txt", "followers"],
  ["Volgend.txt", "following"],
  ["Watch History.txt", "other"],
  ["Kijkgeschiedenis.txt", "other"],
  ["Berichten.txt", "unknown"],
])("the file %s is for %s", (name, use) => {
  expect(textFileUse(name)).toBe(use);
});
