import { readFileSync } from "node:fs";

import { describe, expect, test } from "vitest";

import { lintDraft } from "../../src/compose/lint-draft.ts";
import { factCodes, lintFacts } from "../../src/compose/lint-facts.ts";
import type { LintedFacts } from "../../src/compose/lint-facts.ts";
import { problemCodes, stoppingCodes } from "../../src/core/problem-codes.ts";
import { destinations, findDestination } from "../../src/destinations/index.ts";
import { parseLintTable } from "../../src/text/lint-table.ts";
import { graphemes } from "../../src/text/measure.ts";
import { table } from "./table.ts";

const rules = parseLintTable(
  readFileSync(new URL("../../templates/wordlint.tsv", import.meta.url), "utf8"),
);
const rednote = findDestination("rednote");

describe("lintDraft", () => {
  test("tells where it stands, what it is, and what to say instead in both languages", () => {
    const [first, second, ...rest] = lintDraft(
      rednote,
      { title: "My TikTok", body: "第一行\n\n我的微信", post: "7" },
      rules,
    );
    expect(first).toEqual({
      type: "problem",
      code: "word-platform",
      severity: "warn",
      message: expect.stringContaining("“TikTok”: "),
      fix: expect.stringMatching(/^Say .+ · .*\p{Script=Han}/u),
      post: "7",
      to: "rednote",
      where: { field: "title", line: 1, column: 4, text: "TikTok" },
    });
    expect(second).toMatchObject({
      code: "word-contact",
      severity: "stop",
      where: { field: "body", line: 3, column: 3, text: "微信" },
    });
    expect(rest).toEqual([]);
  });

  test("gives every category a code of its own, and each may stop", () => {
    const found = rules.map((rule) => {
      const place = { id: rule.places[0] ?? "" };
      const [problem] = lintDraft(place, { title: "", body: rule.example }, [rule]);
      return [rule.category, problem?.code] as const;
    });
    expect(Object.fromEntries(found)).toEqual({
      platform: "word-platform",
      contact: "word-contact",
      adlaw: "word-ad-law",
      medical: "word-medical",
      finance: "word-finance",
      may_be_limited: "word-limited",
      watermark: "word-watermark",
      culture: "word-culture",
    });
    expect(stoppingCodes()).toEqual(expect.arrayContaining(found.map(([, code]) => code)));
  });

  test.each([
    ["my Tik\u200bTok", "“TikTok”: "],
    ["my TikT\u043ek", "“TikT\u043ek” (read as “TikTok”): "],
    ["my ᴛɪᴋᴛᴏᴋ", "“ᴛɪᴋᴛᴏᴋ” (read as “tiktok”): "],
    ["ＴｉｋＴｏｋ", "“ＴｉｋＴｏｋ”: "],
    ["淘寶有賣", "“淘寶”: "],
    ["微❤信", "“微❤信”: "],
  ])("%s: says what other letters stand for", (body, begin) => {
    const [found] = lintDraft(rednote, { title: "", body }, rules);
    expect(found?.message.slice(0, begin.length)).toBe(begin);
  });

  test("shows in one line what a terminal can take", () => {
    const body = `https://mia.example/\u202e${"x".repeat(200)}\u001b[31m`;
    const [found] = lintDraft(rednote, { title: "", body }, rules);
    const shown = /“(.*)”/su.exec(found?.message ?? "")?.[1] ?? "";
    expect(graphemes(shown).length).toBeLessThanOrEqual(40);
    expect(shown).not.toMatch(/[\p{Cc}\p{Cf}]/u);
    expect(body).toContain(found?.where?.text);
  });

  test("the topics of our own table stop nothing", () => {
    for (const row of table.values()) {
      for (const destination of destinations) {
        const body = row.names[destination.topicColumn].map((name) => `#${name}`).join(" ");
        const found = lintDraft(destination, { title: "", body }, rules);
        expect(found.filter(({ severity }) => severity === "stop")).toEqual([]);
      }
    }
  });
});

describe("lintFacts", () => {
  const plain: LintedFacts = {
    ...{ key: "7", kind: "video", caption: null, soundOriginal: null, madeFrom: null },
    ...{ paidPartnership: null, aiGenerated: null },
  };

  test.each<[Partial<LintedFacts>, string[]]>([
    [{}, []],
    [{ soundOriginal: true, madeFrom: "own", paidPartnership: false, aiGenerated: false }, []],
    [{ soundOriginal: false }, ["licensed-sound warn"]],
    [{ soundOriginal: false, kind: "photos" }, []],
    [{ madeFrom: "duet" }, ["others-work stop"]],
    [{ madeFrom: "stitch" }, ["others-work stop"]],
    // The zip and the folders tell of neither; TikTok writes these words itself.
    [{ caption: "#duet with @ana.art so good" }, ["others-work stop"]],
    [{ caption: "look 😍 #stitch with @ana.art" }, ["others-work stop"]],
    [{ caption: "Duet with @ana.art" }, ["others-work stop"]],
    [{ caption: "#duet with @ana.art", madeFrom: "own" }, []],
    [{ caption: "We sang a duet with @ana.art #duet" }, []],
    [{ caption: "Reply to @ana.art" }, []],
    [{ paidPartnership: true }, ["paid-partnership warn"]],
    [{ aiGenerated: true }, ["ai-content warn"]],
    [
      { soundOriginal: false, madeFrom: "duet", paidPartnership: true, aiGenerated: true },
      ["licensed-sound warn", "others-work stop", "paid-partnership warn", "ai-content warn"],
    ],
  ])("%j says %j", (facts, expected) => {
    for (const destination of destinations) {
      const found = lintFacts(destination, { ...plain, ...facts });
      expect(found.map(({ code, severity }) => `${code} ${severity}`)).toEqual(expected);
      for (const each of found) {
        expect(each).toMatchObject({ post: "7", to: destination.id });
        expect(each.fix).toMatch(/\S/);
        expect(factCodes.has(each.code)).toBe(true);
        expect(problemCodes[each.code].severity).toBe(each.severity);
      }
    }
  });

  test("what is declared points to an option that the steps name", () => {
    for (const { handoff } of destinations) {
      const steps = handoff.steps.map(({ text }) => `${text.en} ${text.zh}`).join("\n");
      expect(steps).toMatch(/options: made with AI, or advertising/);
      expect(steps).toContain("广告合作");
    }
  });
});
