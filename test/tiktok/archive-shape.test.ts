import { describe, expect, it } from "vitest";
import { shapePath } from "../../src/tiktok/archive-shape.ts";
import { isSchemaKey } from "../../src/tiktok/schema-words.ts";
import { valueShape } from "../../src/tiktok/value-shape.ts";

describe("what a value looks like", () => {
  it.each([
    ["", "string empty"],
    [" \n", "string empty"],
    ["2024-09-17 14:07:21", "string date-like"],
    ["2024-09-17 14:07:21 UTC", "string date-like"],
    ["2024-09-17", "string date-like"],
    ["https://v16-web.tiktokcdn.com/a?sig=secret", "string url host tiktokcdn.com"],
    ["https://a.ibyteimg.com/1\nhttps://a.ibyteimg.com/2", "string 2 urls host ibyteimg.com"],
    ["https://eviltiktok.com/a", "string url host of another place"],
    ["https://", "string url host of another place"],
    ["7513039993741397256", "string 19 digits"],
    ["N/A", "string yes-no"],
    ["my words about cats: so many 🐈!", "string 32 characters"],
    [-12, "number 2 digits"],
    [1.5, "number with fraction"],
    [null, "null"],
    [true, "boolean"],
  ])("%j is %s", (value, shape) => {
    expect(valueShape(value)).toBe(shape);
  });
});

describe("keys", () => {
  it.each([
    "Date",
    "WhoCanView",
    "Recently Deleted Posts",
    "AIGeneratedContent",
    "IsFastLane",
    "IP",
  ])("of TikTok's words are known for such: %s", (key) => expect(isSchemaKey(key)).toBe(true));

  it.each(["friend_one", "Chat History with Maya:", "", "maya", "Maya Video", "v".repeat(99)])(
    "of a person's words are not: %s",
    (key) => expect(isSchemaKey(key)).toBe(false),
  );

  it.each([
    [["Post", "Posts", "VideoList", null, "Date"], "Post.Posts.VideoList[].Date", true],
    [["Post", "Posts", "VideoList", null, "Remix"], "Post.Posts.VideoList[].Remix", false],
    [["Post", "Posts", "VideoList", null, "a@b.example"], "Post.Posts.VideoList[].*", false],
    [["Post", "Story"], "Post.Story", true],
    [["Post", "Story", null], "Post.Story[]", false],
    [["Direct Messages", "Chat History", "Video"], "Direct Messages.Chat History.*", true],
    [["Your Activity", "maya"], "Your Activity.*", false],
    [["Brand New", "maya", "Date"], "Brand New.*.Date", false],
    [[], "", true],
  ])("%j are shown as %s", (parts, name, known) => {
    expect(shapePath(parts)).toEqual({ name, known });
  });
});
