import { expect, it } from "vitest";
import { captionHashtags, captionMentions } from "../../src/tiktok/caption-tags.ts";

it.each([
  ["hello #fyp #cat", ["fyp", "cat"]],
  ["#denidil#денидил", ["denidil", "денидил"]],
  ["#50tonarmy😜 #🐍🐍: done", ["50tonarmy😜", "🐍🐍"]],
  ["#fypシ゚ ＃日常", ["fypシ゚", "日常"]],
  ["# no tag, 1#", []],
  ["#cat #cat", ["cat"]],
])("finds the hashtags of %j", (caption, tags) => {
  expect(captionHashtags(caption)).toEqual(tags);
});

it.each([
  ["with @salty.bun.", ["salty.bun"]],
  ["mail me@example.org", []],
  ["@a_b, @a_b and ＠c1", ["a_b", "c1"]],
  ["@", []],
])("finds the mentions of %j", (caption, mentions) => {
  expect(captionMentions(caption)).toEqual(mentions);
});
