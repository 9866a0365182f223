import { describe, expect, test } from "vitest";

import { rednoteUnits } from "../../src/text/measure.ts";
import { codesOf, draftOf } from "./table.ts";

describe("a title for RedNote", () => {
  test.each([
    [
      "a line that fits stays whole",
      "Three brushes are all you will ever need",
      "Three brushes are all you will ever need",
    ],
    ["forty letters use all the room", "a".repeat(40), "a".repeat(40)],
    [
      "a sentence",
      "Dawn at the harbour! The light was gone after ten minutes, so I kept it loose.",
      "Dawn at the harbour!",
    ],
    [
      "as many sentences as fit",
      "It rained. I painted. The paper was soaked before I reached the bridge.",
      "It rained. I painted",
    ],
    [
      "a sentence too short to say anything",
      "Wow. Nobody told me that granulation is this much fun",
      "Wow. Nobody told me that granulation…",
    ],
    [
      "a shortening ends no sentence",
      "I met Dr. Rossi at the paper mill and asked about cotton",
      "I met Dr. Rossi at the paper mill…",
    ],
    [
      "a clause",
      "Sketching the old market hall, because it closes for good this winter",
      "Sketching the old market hall",
    ],
    [
      "no clause at a price",
      "This pan set costs $20,000, 30 times what I paid for my car",
      "This pan set costs $20,000, 30 times…",
    ],
    [
      "no cut inside an amount",
      "I walked with all my painting kit for 20 km to see it",
      "I walked with all my painting kit…",
    ],
    [
      "nothing dangles",
      "My grandmother kept her brushes in the best kitchen drawer",
      "My grandmother kept her brushes…",
    ],
    ["no dot at the end", "A calm day.", "A calm day"],
    ["a question keeps its mark", "Which blue is this?", "Which blue is this?"],
    [
      "one endless word",
      "Supercalifragilistic".repeat(3),
      `${"Supercalifragilistic".repeat(2).slice(0, 38)}…`,
    ],
    ["emoji go, the words stay apart", "Morning🌅light 😍! 👨‍👩‍👧‍👦🇪🇸", "Morning light!"],
    ["trademarks stay", "Tea™ time", "Tea™ time"],
    ["fancy letters are folded", "𝓗𝓮𝓵𝓵𝓸 𝔀𝓸𝓻𝓵𝓭", "Hello world"],
    [
      "a tag in the sentence is a word",
      "My first #pottery bowl survived #fyp",
      "My first pottery bowl survived",
    ],
    ["tags glued together", "Trying gouache#art#fyp", "Trying gouache"],
    [
      "a tag that ends the sentence",
      "Painting at the #beach #watercolour",
      "Painting at the beach",
    ],
    [
      "handles, addresses and credits go",
      "#duet with @some.one Singing https://a.example/x with @anna",
      "Singing",
    ],
    ["the first line that says something", "✨✨\n\n— — —\nNew kiln day\nmore", "New kiln day"],
    [
      "Spanish",
      "Hoy pinté el puerto de mi pueblo con la luz de la mañana",
      "Hoy pinté el puerto de mi pueblo…",
    ],
    [
      "Spanish question",
      "¿Quién quiere la receta? La dejo aquí abajo para todos vosotros.",
      "¿Quién quiere la receta?",
    ],
    [
      "Chinese",
      "今天去了西湖边写生，风很大，颜料差点被吹走，不过最后还是画完了。",
      "今天去了西湖边写生，风很大",
    ],
    [
      "Chinese price",
      "这一整套进口的矿物颜料今天打折只要一千九百九十九元",
      "这一整套进口的矿物颜料今天打折只要…",
    ],
    ["Arabic", "رسمت اليوم منظر البحر بالألوان المائية", "رسمت اليوم منظر…"],
    ["invisible marks go", "\u200fميناء\u200f \u2066blue\u2069", "ميناء blue"],
  ])("%s", (_, caption, title) => {
    expect(draftOf("rednote", caption).title).toBe(title);
    expect(rednoteUnits(title)).toBeLessThanOrEqual(20);
  });

  test("uses its room: never less than half of it when words were cut", () => {
    const words = "I filled one small sketchbook page every single morning before work for a year";
    for (let start = 0; start < 20; start += 1) {
      const { title } = draftOf("rednote", words.slice(start));
      expect(rednoteUnits(title)).toBeGreaterThanOrEqual(10);
    }
  });

  test.each(["$20,000", "12:30", "3.5kg", "1 234,50 €", "10–20", "99元", "2024-09-17", "-5°C"])(
    "never shows a part of %s",
    (amount) => {
      for (let before = 1; before < 42; before += 1) {
        const { title } = draftOf(
          "rednote",
          `${"x".repeat(before)} ${amount} and more words after it`,
        );
        const end = title.slice(before).replace(/…$/u, "").trim();
        const whole = end === "" || end.startsWith(amount) || /^x*$/u.test(end);
        expect({ title, whole }).toEqual({ title, whole: true });
      }
    },
  );
});

describe("a title for Lemon8", () => {
  test("is cut at the advised fifty characters, not at RedNote's twenty", () => {
    const caption =
      "I filled one small sketchbook page every single morning before work for a year";
    expect(draftOf("lemon8", caption).title).toBe(
      "I filled one small sketchbook page every single…",
    );
    expect(draftOf("lemon8", caption.slice(0, 50)).title).toBe(caption.slice(0, 50));
  });
});

describe("a caption without words", () => {
  const niche = { topics: ["水彩"], name: "水彩速写" };

  test("gets its topics, as many as fit", () => {
    const draft = draftOf("rednote", "#ootd #makeup #HermesUnboxing #fyp", { niche });
    expect(draft.title).toBe("OOTD · 化妆 · Hermes Unboxing");
    expect(draft.body).toBe("#OOTD #化妆 #HermesUnboxing");
    expect(codesOf(draft)).toEqual(["weak-title"]);
  });

  test("gets niche and day when no topic is left, and says so", () => {
    const draft = draftOf("rednote", "#fyp 🔥", { niche });
    expect(draft).toMatchObject({
      title: "水彩速写 · 2024-09-17",
      body: "🔥\n\n#水彩",
      topics: ["水彩"],
    });
    expect(codesOf(draft)).toEqual(["weak-title"]);
    expect(draftOf("rednote", "🔥", { niche: { topics: [], name: "水".repeat(18) } }).title).toBe(
      "水".repeat(18),
    );
    expect(draftOf("rednote", "🔥", { niche: { topics: [], name: "水".repeat(30) } }).title).toBe(
      `${"水".repeat(19)}…`,
    );
  });

  test("is held when there is nothing at all to say", () => {
    expect(codesOf(draftOf("rednote", "#fyp"))).toEqual(["needs-title"]);
  });
});
