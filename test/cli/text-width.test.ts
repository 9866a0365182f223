import stringWidth from "string-width";
import { expect, test } from "vitest";
import { textWidth } from "../../src/cli/text-width.ts";

test("every text is as wide as the package says, whether it is asked or not", () => {
  for (let code = 0; code <= 0x2f_ff; code += 1) {
    const letter = String.fromCharCode(code);
    expect(textWidth(letter), code.toString(16)).toBe(stringWidth(letter));
  }
});

test.each([
  ["", 0],
  ["18 posts · 36 drafts", 20],
  ["→ “It’s”… – one", 15],
  ["小米 画画", 9],
  ["\u001b[33m!\u001b[39m", 1],
  ["e\u0301t\u00ADe", 3],
  ["1\uFE0F\u20E3 ©\uFE0F 👩‍🎨", 8],
])("%s", (text, columns) => {
  expect(textWidth(text)).toBe(columns);
  expect(stringWidth(text)).toBe(columns);
});

test("letters that are counted at once stay so side by side", () => {
  const plain = Array.from({ length: 0x22_00 }, (_, code) => String.fromCharCode(code)).filter(
    (letter) => /^[ -~\u00A0-\u00AC\u00AE-\u00FF\u2010-\u2027\u2192]$/.test(letter),
  );
  expect(plain.length).toBeGreaterThan(200);
  for (const one of plain) {
    const text = plain.map((other) => one + other).join("");
    expect(stringWidth(text)).toBe(text.length);
  }
});
