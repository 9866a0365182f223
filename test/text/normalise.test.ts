import { describe, expect, test } from "vitest";

import {
  foldFancy,
  hasRightToLeft,
  normaliseLines,
  stripFillers,
  stripInvisible,
} from "../../src/text/normalise.ts";

describe("normalise", () => {
  test("folds fancy letters and nothing else", () => {
    expect(foldFancy("𝓗𝓮𝓵𝓵𝓸 𝟙𝟚 ＯＯＴＤ ℋ")).toBe("Hello 12 OOTD H");
    const untouched = "真的！？½ ™ ℃ ﾟ ℹ️ ① ﬁ ＃ ＠ 😀";
    expect(foldFancy(untouched)).toBe(untouched);
  });

  test("takes out what nobody sees and keeps joiners", () => {
    expect(stripInvisible("a\u200bb\u2066c\u2069\ufeff\u0000\u3164")).toBe("abc");
    expect(stripInvisible("👩‍🎨 می‌خواهم")).toBe("👩‍🎨 می‌خواهم");
    expect(stripFillers("\u200fמים\u200b")).toBe("\u200fמים");
    expect(stripFillers("a\ud83d b")).toBe("a b");
    expect(hasRightToLeft("sea بحر")).toBe(true);
    expect(hasRightToLeft("sea 海")).toBe(false);
  });

  test("line breaks", () => {
    expect(normaliseLines("a\r\nb\rc\u2028d")).toBe("a\nb\nc\nd");
    expect(normaliseLines("a\n.\n\u2800\n . \nb  \nc")).toBe("a\n\nb\nc");
    expect(normaliseLines("a\n\n\n\nb")).toBe("a\n\nb");
  });
});
