import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { checkTexts } from "../../src/compose/check.ts";
import { destinations, findDestination } from "../../src/destinations/index.ts";
import { tokenise } from "../../src/text/caption.ts";
import { graphemes, measure } from "../../src/text/measure.ts";
import { foldFancy } from "../../src/text/normalise.ts";
import { codesOf, draftOf } from "./table.ts";

describe("composeDraft", () => {
  test.each([null, "", "  \n", "\u200b\ufeff"])(
    "a post without a caption (%j) is held, nothing is invented",
    (caption) => {
      const niche = { topics: ["水彩"], name: "水彩速写" };
      for (const { id } of destinations) {
        const draft = draftOf(id, caption, { niche });
        expect(draft).toMatchObject({ title: "", body: "", topics: [], dropped: [] });
        expect(draft.problems).toMatchObject([
          { code: "needs-title", severity: "stop", post: "7300000000000000001", to: id },
        ]);
      }
    },
  );

  test.each([
    ["rednote", "Dawn at the harbour", true],
    ["rednote", "西湖写生", true],
    ["rednote", "Dawn 西湖", false],
    ["rednote", "今日はスケッチ日和", true],
    ["rednote", "Dawn #猫", true],
    ["rednote", "Visiting 上海 with my whole family", true],
    ["rednote", "#makeup", false],
    ["rednote", "البحر", true],
    ["lemon8", "Dawn at the harbour", false],
    ["lemon8", "Hoy pinté el mar", false],
    ["lemon8", "Dawn 西湖", false],
    ["lemon8", "西湖写生", true],
    ["lemon8", "البحر", true],
    ["lemon8", "2024!", false],
  ])("%s, %s: no-translation is %s", (to, caption, expected) => {
    expect(codesOf(draftOf(to, caption)).includes("no-translation")).toBe(expected);
  });

  test("is never over a limit, never breaks a character, and is the same every time", () => {
    const family = "👨‍👩‍👧‍👦";
    const piece = fc.oneof(
      fc.constantFrom(
        "Painting at dawn",
        "the",
        "and",
        "$20,000",
        "12:30",
        "20 km",
        ". ",
        ", ",
        "! ",
        "\n",
        "\r\n\r\n\r\n",
        " ",
        " ",
        " ",
        "#art",
        "#fyp",
        "#BrandX",
        "#水彩[话题]#",
        "#🐍🐍",
        "#️⃣",
        "@anna.b",
        "https://a.example/x?y=#z",
        "me@mail.example",
        "Reply to @joe",
        "今天去西湖写生",
        "，",
        "。",
        "هذا البحر",
        "\u200f",
        "¿Qué tal?",
        family,
        "🇪🇸",
        "🏴󠁧󠁢󠁥󠁮󠁧󠁿",
        "👍🏽",
        "e\u0301",
        "𝓗𝓲",
        "ＯＯＴＤ",
        "นี่คือทะเล",
        "\u2800",
        "\u0000",
      ),
      fc.string({ maxLength: 12 }),
      fc.string({ unit: "grapheme-composite", maxLength: 5 }),
    );
    const caption = fc.oneof(
      fc.array(piece, { maxLength: 30 }).map((pieces) => pieces.join("")),
      fc
        .array(piece, { minLength: 1, maxLength: 12 })
        .map((pieces) => `${pieces.join(" ")} `.repeat(25).slice(0, 4000)),
    );
    fc.assert(
      fc.property(caption, fc.constantFrom(...destinations), (text, destination) => {
        const draft = draftOf(destination.id, text);
        const { title, body, topics } = destination.limits;
        if (title.hard !== null)
          expect(measure(draft.title, title.unit)).toBeLessThanOrEqual(title.hard);
        if (title.hard === null) expect(measure(draft.title, "graphemes")).toBeLessThanOrEqual(50);
        if (body.hard !== null)
          expect(measure(draft.body, body.unit)).toBeLessThanOrEqual(body.hard);
        expect(draft.topics.length).toBeLessThanOrEqual(topics.hard);
        const stops = draft.problems.filter((problem) => problem.severity === "stop");
        expect(stops.every((problem) => problem.code === "needs-title")).toBe(true);

        // What may be seen: characters of the caption as it stands, folded or unwrapped from their tokens.
        const known = new Set([
          ...graphemes(text),
          ...graphemes(foldFancy(text)),
          ..."#… ·\n",
          ...tokenise(text).flatMap((token) => [
            ...graphemes(token.text),
            ...graphemes(token.text.slice(1)),
          ]),
          ...draft.topics.flatMap((topic) => graphemes(topic)),
        ]);
        const clean = text.toWellFormed().replace(/[\p{Cc}\p{Cf}\ufffd]/gu, "");
        const visible = new Set([...known, ...graphemes(clean), ...graphemes(foldFancy(clean))]);
        for (const made of [draft.title, draft.body]) {
          expect(graphemes(made).filter((grapheme) => !visible.has(grapheme))).toEqual([]);
        }
        if (destination.removesLinks) {
          const types = new Set(tokenise(draft.body).map((token) => token.type));
          expect([...types].filter((type) => type === "link" || type === "mention")).toEqual([]);
        }
        expect(draftOf(destination.id, text)).toEqual(draft);
      }),
      { seed: 20261121, numRuns: 400 },
    );
  });
});

describe("checkTexts", () => {
  const fine = { title: "Dawn", body: "Dawn", topics: [], photoCount: 0, hasMedia: true };
  const codes = (to: string, changes: Partial<Parameters<typeof checkTexts>[1]>): string[] =>
    checkTexts(findDestination(to), { ...fine, ...changes }).map((problem) => problem.code);

  test.each([
    ["rednote", {}, []],
    ["rednote", { title: "水".repeat(20) }, []],
    ["rednote", { title: "水".repeat(21) }, ["title-too-long"]],
    ["rednote", { title: " " }, ["needs-title"]],
    ["rednote", { body: "水".repeat(900) }, []],
    ["rednote", { body: "水".repeat(901) }, ["body-long"]],
    ["rednote", { body: "水".repeat(1001) }, ["body-too-long"]],
    ["rednote", { topics: Array.from({ length: 11 }, String) }, ["body-too-long"]],
    ["rednote", { photoCount: 18 }, []],
    ["rednote", { photoCount: 19 }, ["photos-left-out"]],
    ["rednote", { hasMedia: false }, ["no-draft-media"]],
    ["lemon8", { title: "a".repeat(50) }, []],
    ["lemon8", { title: "a".repeat(51) }, ["title-tight"]],
    // Its longest titles were counted in code points; this family has seven.
    ["lemon8", { title: "👨‍👩‍👧‍👦".repeat(7) }, []],
    ["lemon8", { title: "👨‍👩‍👧‍👦".repeat(8) }, ["title-tight"]],
    ["lemon8", { body: "a".repeat(2201) }, ["body-long"]],
    ["lemon8", { topics: Array.from({ length: 6 }, String) }, ["body-too-long"]],
    ["lemon8", { photoCount: 11 }, ["photos-left-out"]],
  ])("%s %j", (to, changes, expected) => {
    expect(codes(to, changes)).toEqual(expected);
  });

  test("says where and which post, and gives the same answer twice", () => {
    const draft = { ...fine, title: "", post: "k" };
    const [first] = checkTexts(findDestination("lemon8"), draft);
    expect(first).toMatchObject({
      post: "k",
      to: "lemon8",
      fix: expect.stringContaining("title.txt"),
    });
    expect(checkTexts(findDestination("lemon8"), draft)).toEqual([first]);
  });
});
