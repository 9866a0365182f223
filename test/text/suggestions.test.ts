import { readFileSync } from "node:fs";

import { describe, expect, test } from "vitest";

import { foldForLint } from "../../src/text/fold.ts";
import { lintText } from "../../src/text/lint.ts";
import { parseLintTable } from "../../src/text/lint-table.ts";
import { joinSpelled } from "../../src/text/spelled-out.ts";

const rules = parseLintTable(
  readFileSync(new URL("../../templates/wordlint.tsv", import.meta.url), "utf8"),
);
const places = ["rednote", "lemon8", "tiktok"];
/** What people write in place of a word that is punished: homophones, initials, animals, plants. */
const disguises =
  /威信|薇信|徽信|徽❤|微❤|绿泡泡|小绿|扣扣|企鹅|卫星|丝信|思信|厶信|司信|某宝|桃宝|某鱼|斗音|抖y|围脖|小红薯|小黄书|小绿书|小粉书|vx|wx|v信|🐧|tb\s*店|le dollar bean|unalive|seggs|\bcorn\b|grape/iu;
/** The words of a suggestion that a person could paste: those in quotes that are not there to be taken out. */
const proposed = /(?<!删除|Remove |Drop )["“]([^"”]+)["”]/gu;

describe("a suggestion is never a disguise", () => {
  const said = rules.flatMap((rule) =>
    Object.values(rule.suggestion).map((text) => [rule.id, text, rule] as const),
  );

  test.each(said)("%s: %s", (_, text, rule) => {
    // Plain words alone: no emoji, no fancy letter, nothing unseen, no other alphabet, nothing spelled out.
    expect(text).toMatch(
      /^[A-Za-z0-9 .,;:!?'’"@#/()…-]*[A-Za-z0-9 \p{Script=Han}，。！？“”、；：（）～…/.]*$/u,
    );
    expect(foldForLint(text).folded).toBe(text.normalize("NFKC"));
    expect(joinSpelled(foldForLint(text))?.folded ?? text).not.toMatch(disguises);
    expect(text).not.toMatch(disguises);
    for (const [, words = ""] of text.matchAll(proposed)) {
      for (const place of places) {
        const found = lintText(words, rules, place).filter(
          ({ rule: other }) => other.severity !== "note" || other.id === rule.id,
        );
        expect(found.map(({ rule: other }) => other.id)).toEqual([]);
      }
    }
  });

  test("the words that are proposed are really looked at", () => {
    const all = said.flatMap(([, text]) => [...text.matchAll(proposed)].map(([, words]) => words));
    expect(all).toEqual(expect.arrayContaining(["another app", "另一个平台", "长视频"]));
    expect(all.length).toBeGreaterThan(20);
    expect("加我薇❤信".match(disguises) ?? "v信".match(disguises)).not.toBeNull();
  });
});
