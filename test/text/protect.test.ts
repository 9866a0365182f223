import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  hasWords,
  joinStretches,
  mask,
  protect,
  splitTags,
  unmask,
} from "../../src/text/protect.ts";
import type { PlaceholderForm } from "../../src/core/translation.ts";
import type { ProtectedTerm, Stretch } from "../../src/text/protect.ts";

const pieces = fc.oneof(
  fc.string({ unit: "binary", maxLength: 12 }),
  fc.constantFrom("#fyp", "@salty.bun", "👩‍👩‍👧‍👦", "🇵🇪", "1️⃣", "https://x.co/a?b=1&c", "\n", " ", "⟦0⟧"),
  fc.constantFrom(
    '<x id="0"/>',
    "&amp;",
    "&#10;",
    "]]>",
    "\ud800",
    "#art[话题]#",
    "#duet with @a",
    "‎",
  ),
  fc.constantFrom("Glow Up", "painting at the ", "你好", "سلام"),
);
const captions = fc.array(pieces, { maxLength: 12 }).map((parts) => parts.join(""));

const kept = (...terms: string[]): ProtectedTerm[] =>
  terms.map((term) => ({ term, becomes: null }));

function back(translation: string, stretches: readonly Stretch[], form: PlaceholderForm) {
  const restored = unmask(translation, stretches, form);
  return "lost" in restored ? restored : joinStretches(restored.pieces);
}

describe("protection", () => {
  test("loses nothing, in either form, whatever the caption", () => {
    fc.assert(
      fc.property(captions, (caption) => {
        const { words, tags } = splitTags(caption);
        expect(words + tags).toBe(caption);
        const stretches = protect(words, kept("Glow Up", "C++", ""));
        expect(stretches.map(({ text }) => text).join("")).toBe(words);
        for (const form of ["brackets", "xml"] as const)
          expect(back(mask(stretches, form), stretches, form)).toBe(words);
      }),
      { numRuns: 2000 },
    );
  });

  test("gives every settled term back as it is settled, whatever the caption", () => {
    const terms = [
      { term: "Glow Up", becomes: "焕肤" },
      { term: "你好", becomes: "Hello <b> & ⟦1⟧" },
      ...kept("C++"),
    ];
    fc.assert(
      fc.property(captions, (caption) => {
        const stretches = protect(splitTags(caption).words, terms);
        const settled = stretches.flatMap(({ becomes }) => becomes ?? []);
        for (const form of ["brackets", "xml"] as const) {
          const masked = mask(stretches, form);
          expect(masked).not.toContain("你好");
          const text = back(masked, stretches, form);
          expect(text).toBe(joinStretches(stretches));
          let place = 0;
          for (const each of settled) {
            // A space at its edge may give way between two Chinese words.
            const found = String(text).indexOf(each.trim(), place);
            expect(found).toBeGreaterThanOrEqual(place);
            place = found + each.trim().length;
          }
        }
      }),
      { numRuns: 2000 },
    );
  });

  test("leaves no placeholder unproved: one that is missing, doubled or torn is told", () => {
    const stretches = protect("Look 👀 at @mira.paints and @joe!");
    for (const form of ["brackets", "xml"] as const) {
      const masked = mask(stretches, form);
      const one = form === "xml" ? '<x id="1"/>' : "⟦1⟧";
      expect(back(masked, stretches, form)).toBe("Look 👀 at @mira.paints and @joe!");
      expect(unmask(masked.replace(one, ""), stretches, form)).toHaveProperty("lost");
      expect(unmask(masked + one, stretches, form)).toHaveProperty("lost");
      expect(unmask(masked.replace(one, one.slice(0, -1)), stretches, form)).toHaveProperty("lost");
      expect(unmask(masked.replace(one, one.slice(1)), stretches, form)).toHaveProperty("lost");
      expect(unmask(masked.replace(one, one.replace("1", "7")), stretches, form)).toHaveProperty(
        "lost",
      );
    }
    expect(back('看<x id="0"></x>,<x id="2"/>和<x id="1" />!', stretches, "xml")).toBe(
      "看👀,@joe和@mira.paints!",
    );
  });

  test.each([
    ["New video #art #fyp 🎨", "New video #art #fyp 🎨", ""],
    ["New video #art #fyp ", "New video", " #art #fyp "],
    ["I love #painting so much", "I love #painting so much", ""],
    ["Painting at the #beach #art", "Painting at the #beach", " #art"],
    ["#a#b#c", "", "#a#b#c"],
    ["two\nlines\n\n#art", "two\nlines", "\n\n#art"],
    ["no tags", "no tags", ""],
    ["", "", ""],
  ])("splits the block of tags off %j", (caption, words, tags) => {
    expect(splitTags(caption)).toEqual({ words, tags });
  });

  test("knows when there is nothing to send", () => {
    for (const caption of ["🔥🔥🔥", "#fyp #art", "@mira.paints", "https://x.co/a", "1️⃣ 2️⃣ !!", ""])
      expect(hasWords(protect(splitTags(caption).words)), caption).toBe(false);
    expect(hasWords(protect("ok 🔥"))).toBe(true);
  });

  test("keeps terms whole, the longer one first, never inside a word", () => {
    const found = protect("Glow Up Kit by glow, glowing. C++", kept("Glow", "Glow Up Kit", "C++"));
    expect(found.filter((each) => each.kept).map(({ text }) => text)).toEqual([
      "Glow Up Kit",
      "glow",
      "C++",
    ]);
  });

  test("keeps terms in scripts without spaces, and beside them", () => {
    const terms = kept("米拉", "Glow", "ミラ");
    const found = (text: string) =>
      protect(text, terms).flatMap((each) => (each.kept ? [each.text] : []));
    expect(found("我是米拉老师，用Glow画画")).toEqual(["米拉", "Glow"]);
    expect(found("これはミラさん")).toEqual(["ミラ"]);
    expect(found("Glowing GlowGlow")).toEqual([]);
  });

  test("puts settled terms in the place of their placeholders, whatever the engine does around them", () => {
    const terms = [{ term: "Glow Kit", becomes: "焕肤套装" }, ...kept("Mira")];
    const stretches = protect("My glow kit 🎨 by Mira", terms);
    expect(stretches.flatMap(({ becomes }) => becomes ?? [])).toEqual(["焕肤套装", "Mira"]);
    for (const [translation, is] of [
      ["我的 ⟦0⟧ ⟦1⟧ 作者 ⟦2⟧", "我的焕肤套装 🎨 作者 Mira"],
      ["我的⟦0⟧是⟦2⟧的⟦1⟧", "我的焕肤套装是Mira的🎨"],
      ["⟦0⟧ 好用 ⟦1⟧⟦2⟧", "焕肤套装好用 🎨Mira"],
    ] as const)
      expect(back(translation, stretches, "brackets")).toBe(is);
    expect(back("我的 ⟦1⟧ ⟦2⟧", stretches, "brackets")).toHaveProperty("lost");
  });

  test("escapes the rest for XML", () => {
    expect(mask(protect("salt & <pepper> 🧂"), "xml")).toBe(
      'salt &amp; &lt;pepper&gt; <x id="0"/>',
    );
  });
});
