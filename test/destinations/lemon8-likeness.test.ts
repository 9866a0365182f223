import { describe, expect, test } from "vitest";
import { sameBeginning, titleLikeness } from "../../src/destinations/lemon8/likeness.ts";

describe("how alike two titles are", () => {
  test.each([
    ["How I paint a fox in watercolour", "how i paint a fox, in watercolour! 🦊", "same-and-long"],
    ["Paint a fox #art", "Paint a fox", "same"],
    ["水彩画一只狐狸", "水彩画一只狐狸。", "same-and-long"],
    ["Café ﬁrst", "café first", "same"],
    ["How I paint a fox in watercolour", "How I paint a fox", "near"],
    ["How I paint a fox", "How I paint a little fox", "near"],
    ["How I paint in watercolour", "How I paint in watercolor", "near"],
    ["How I paint a fox", "How I paint a owl", "other"],
    ["Fox painting part one", "Fox painting part two", "other"],
    ["Fox painting part 1", "Fox painting part 2", "other"],
    ["Fox painting", "Fox painting 2", "other"],
    ["Fox", "How I paint a fox in watercolour", "other"],
    ["", "", "other"],
    ["🦊", "🦊", "other"],
    ["a b b c d", "a a b c d", "other"],
  ])("%j and %j: %s", (ours, theirs, expected) => {
    expect(titleLikeness(ours, theirs)).toBe(expected);
    expect(titleLikeness(theirs, ours)).toBe(expected);
  });
});

describe("whether the shown text is the beginning of ours", () => {
  const ours = "Today I painted a fox in the morning light.\n\nMore tomorrow! #fox #watercolour";

  test.each([
    ["Today I painted a fox in the morn", true],
    ["today i painted a fox in the morning light More tomorrow! #else", true],
    ["Today I painted a", false],
    ["Today I painted a dog in the morning", false],
    ["Yesterday I painted a fox in the morning", false],
    [`${ours} And something that is not ours at all`, false],
    ["", false],
  ])("%j: %s", (shown, expected) => {
    expect(sameBeginning(ours, shown)).toBe(expected);
  });
});
