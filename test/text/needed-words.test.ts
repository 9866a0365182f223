import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { parseLintTable } from "../../src/text/lint-table.ts";
import { lintText } from "../../src/text/lint.ts";
import { lintPlainly } from "../support/plain-lint.ts";

// A creator's own rules may be any pattern: none may lose what it finds, nor look for ever.
const columns = "id\tcategory\tseverity\tapplies_to\twhy\tsuggestion_en\tpattern";

function rulesOf(patterns: readonly string[]) {
  const categories = ["contact", "adlaw", "medical", "finance"];
  const rows = patterns.map(
    (pattern, at) => `T${at}\t${categories[at % 4]}\twarn\trednote\tWhy.\tFix.\t${pattern}`,
  );
  return parseLintTable([columns, ...rows].join("\n"));
}

type Found = ReturnType<typeof lintPlainly>[number];
const place = ({ rule, start, end }: Found): string => `${rule.id} ${start}-${end}`;

describe("a pattern of one's own finds in a text", () => {
  test.each([
    // What may be left out before many ways.
    [String.raw`(?:^|\s)[加薇微威维位卫胃围]信`, "我 薇信 好", ["1-4"]],
    [String.raw`(?:|❤)\b100years`, "a ❤100years", ["2-11"]],
    [String.raw`(?:|❤)(?<![\p{L}\p{N}])薇信`, "a❤薇信", ["1-4"]],
    // Only the first of several stands behind the edge.
    [String.raw`\b(?:ha|ho){2}`, "so haho", ["3-7"]],
    [String.raw`(?<![\p{L}\p{N}])(?:[abcdefghijkl]){3}`, "9 abc", ["2-5"]],
    // Two halves are one sign.
    [String.raw`\ud83d\ude00?薇信`, "a薇信", ["1-3"]],
    ["薇".repeat(300), `a${"薇".repeat(300)}b`, ["1-301"]],
    // Nothing, beside an emoji.
    ["(?<=免费)(?:领取)?", "免费😀 免费领取", ["7-9"]],
  ])("%s: %s", (pattern, text, expected) => {
    const found = lintText(text, rulesOf([pattern]), "rednote");
    expect(found.map(({ start, end }) => `${start}-${end}`)).toEqual(expected);
  });

  test("what it finds alone, whatever the pattern and the text", () => {
    const atom = fc.constantFrom(
      ...["a", "b", "s", "k", "1", "#", "@", " ", "大", "家", "薇", "信", "ß", "ſ", "S", "😀", "."],
      ...[String.raw`\d`, String.raw`\s`, String.raw`\w`, String.raw`\.`, String.raw`\p{L}`],
      ...["[ab]", "[^a]", "[大家信]", "[a-z]", "[加薇微威维位卫胃围]", "[abksx12大家]", "[0-3]"],
      ...[String.raw`\u5927`, String.raw`\x61`, String.raw`\u{1f600}`],
    );
    const aside = fc.constantFrom(
      ...[String.raw`\b`, String.raw`\B`, "^", "$", "(?=a)", "(?!b)", "(?<=大)", "(?<!a)"],
      ...[String.raw`(?<![\p{L}\p{N}])`, String.raw`(?![\p{L}\p{N}_])`, String.raw`(?<!\p{L})`],
    );
    const { pattern } = fc.letrec<{ pattern: string; part: string; group: string }>((tie) => ({
      group: fc
        .array(fc.oneof({ weight: 6, arbitrary: tie("pattern") }, fc.constant("")), {
          minLength: 1,
          maxLength: 3,
        })
        .map((ways) => `(?:${ways.join("|")})`),
      part: fc.oneof(
        { maxDepth: 3 },
        {
          weight: 6,
          arbitrary: fc
            .tuple(atom, fc.constantFrom("", "", "", "", "?", "*", "+", "{2}", "{0,2}", "+?"))
            .map((both) => both.join("")),
        },
        { weight: 2, arbitrary: aside },
        {
          weight: 3,
          arbitrary: fc
            .tuple(tie("group"), fc.constantFrom("", "", "", "?", "{2}", "{0,2}"))
            .map((both) => both.join("")),
        },
      ),
      pattern: fc.array(tie("part"), { minLength: 1, maxLength: 4 }).map((parts) => parts.join("")),
    }));
    const text = fc
      .array(
        fc.constantFrom(
          ...["a", "b", "s", "k", "x", "1", "2", "#", "@", " ", "大", "家", "薇", "信", "加", "ſ"],
          ...["K", "S", "A", ".", "_", "\n", "\n\n#", "❤", "😀", "\ud83d", "薇信", " 加", "é"],
        ),
        { maxLength: 25 },
      )
      .map((all) => all.join(""));
    const isUsable = (source: string): boolean => {
      try {
        return !new RegExp(source, "iu").test("") && source.trim() === source;
      } catch {
        return false;
      }
    };
    let all = 0;
    fc.assert(
      fc.property(
        fc.array(pattern.filter(isUsable), { minLength: 4, maxLength: 8 }),
        fc.array(text, { minLength: 10, maxLength: 20 }),
        (patterns, texts) => {
          const rules = rulesOf(patterns);
          for (const each of texts) {
            const expected = lintPlainly(each, rules, "rednote").map(place);
            all += expected.length;
            const found = lintText(each, rules, "rednote").map(place);
            expect(found.toSorted()).toEqual(expected.toSorted());
          }
        },
      ),
      { seed: 20261121, numRuns: 300 },
    );
    expect(all).toBeGreaterThan(5000);
  });
});
