import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { foldForLint } from "../../src/text/fold.ts";
import { foldLookAlikes } from "../../src/text/look-alikes.ts";
import { graphemes } from "../../src/text/measure.ts";
import { plainLetters, simplifyLetters } from "../../src/text/plain-letters.ts";
import { joinSpelled } from "../../src/text/spelled-out.ts";

/** Character by character, without any short cut. */
function slowly(text: string): { folded: string; places: [number, number][] } {
  let folded = "";
  let place = 0;
  const places: [number, number][] = [];
  for (const grapheme of graphemes(text)) {
    const read = simplifyLetters(
      grapheme
        .replace(/[\p{Default_Ignorable_Code_Point}\u2800]/gu, "")
        .normalize("NFKC")
        .replace(/[\u0300-\u036F\u1AB0-\u1AFF\u1DC0-\u1DFF\u20D0-\u20F0]/g, ""),
    );
    folded += read;
    for (const _ of read.split("")) places.push([place, place + grapheme.length]);
    place += grapheme.length;
  }
  return { folded: foldLookAlikes(folded).folded, places };
}

const piece = fc.oneof(
  fc.constantFrom(
    "abc ",
    "清晨的山，",
    "媽媽",
    "ＴｉｋＴｏｋ",
    "😀",
    "👨‍👩‍👧",
    "🇪🇸",
    "e\u0301",
    "ﬁ",
    "½",
  ),
  fc.constantFrom(
    "한국",
    "\u1112\u1161\u11ab",
    "\r\n",
    "\n",
    "…",
    "\ud800",
    "\u0600",
    "ع",
    "か\u3099",
  ),
  fc.constantFrom(
    "v-x",
    "薇❤信",
    "TikT\u043ek",
    "привет",
    "Ελλάδα",
    "漢\u{e0100}",
    "1️⃣",
    "\u200b",
    "豈",
  ),
  fc.string({ unit: "binary", maxLength: 4 }),
  fc.string({ unit: "grapheme", maxLength: 4 }),
);
// Boxed letters alone are one character that the slow way leaves.
const text = fc
  .array(piece, { maxLength: 12 })
  .map((pieces) => pieces.join("").replace(/[\u{1F150}-\u{1F189}\u{1F1E6}-\u{1F1FF}]/gu, "🇪🇸"));

describe("foldForLint", () => {
  test("says the same as a look at every character, and where each unit comes from", () => {
    fc.assert(
      fc.property(text, (caption) => {
        const { folded, places } = slowly(caption);
        const fast = foldForLint(caption);
        expect(fast.folded).toBe(folded);
        expect(places.map((_, index) => [fast.at(index), fast.end(index)])).toEqual(places);
        expect(fast.at(folded.length)).toBe(caption.length);
      }),
      { seed: 20261121, numRuns: 3000 },
    );
  });

  test("folded once is folded for good", () => {
    fc.assert(
      fc.property(text, (caption) => {
        const { folded } = foldForLint(caption);
        expect(foldLookAlikes(simplifyLetters(folded)).folded).toBe(folded);
      }),
      { seed: 7, numRuns: 500 },
    );
  });

  test("letters that are taken as they are stand alone and are what NFKC makes of them", () => {
    for (const [unit, read] of plainLetters().entries()) {
      if (read === 0) continue;
      const letter = String.fromCharCode(unit);
      expect(simplifyLetters(letter.normalize("NFKC"))).toBe(String.fromCharCode(read));
      expect(letter).not.toMatch(/[\p{M}\p{Default_Ignorable_Code_Point}\p{Surrogate}\r]/u);
    }
  });

  test("Traditional letters are read as Simplified ones, once and for all", () => {
    expect(simplifyLetters("連結在主頁，掃碼加賴，後天乾杯")).toBe(
      "连结在主页，扫码加赖，后天干杯",
    );
    for (const [unit, read] of plainLetters().entries()) {
      if (unit >= 0x3400 && read !== 0) expect(plainLetters()[read]).toBe(read);
    }
  });
});

describe("joinSpelled", () => {
  test("nothing to join is nothing", () => {
    expect(joinSpelled(foldForLint("plain words, 清晨的山。"))).toBeNull();
  });

  test("takes the signs out and knows where everything was", () => {
    const caption = "加 😀 ｖ-x，t i k 微.信";
    const joined = joinSpelled(foldForLint(caption));
    expect(joined?.folded).toBe("加vx,tik微信");
    const at = joined?.folded.indexOf("信") ?? -1;
    expect(caption.slice(joined?.at(at), joined?.end(at))).toBe("信");
    expect(joined?.at(0)).toBe(0);
  });

  test("every unit of the copy is one of the folded text, in order", () => {
    fc.assert(
      fc.property(text, (caption) => {
        const plain = foldForLint(caption);
        const joined = joinSpelled(plain);
        if (joined === null) return;
        let before = -1;
        for (let index = 0; index < joined.folded.length; index += 1) {
          const [start, end] = [joined.at(index), joined.end(index)];
          expect(start).toBeGreaterThanOrEqual(before);
          expect(end).toBeGreaterThan(start);
          before = start;
          const letter = caption.slice(start, end);
          if (/^[a-zA-Z\u3400-\u9fff]$/.test(letter))
            expect(joined.folded.charAt(index)).toBe(simplifyLetters(letter));
        }
      }),
      { seed: 20261121, numRuns: 800 },
    );
  });
});
