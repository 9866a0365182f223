import { expect, test } from "vitest";

import { languagesOf } from "../../src/compose/language.ts";

test("pairs that begin as most emoji do are in no script that tells a language", () => {
  const tells = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Latin}]/u;
  for (let sign = 0x1_f400; sign <= 0x1_fbff; sign += 1) {
    expect(tells.test(String.fromCodePoint(sign))).toBe(false);
  }
  expect([...languagesOf("👍🏽 🥹")]).toEqual([]);
  expect([...languagesOf("👍🏽 🈀🥹 猫")]).toEqual([]);
  expect([...languagesOf("👍🏽 🥹 猫")]).toEqual(["zh"]);
});

test("a caption whose first letter is seen says something", () => {
  for (const [from, to] of [
    [0x21, 0x7e],
    [0x3041, 0x3096],
    [0x4e00, 0x9fff],
  ] as const) {
    for (let unit = from; unit <= to; unit += 1)
      expect(String.fromCharCode(unit)).toMatch(/^[^\s\p{C}]$/u);
  }
});
