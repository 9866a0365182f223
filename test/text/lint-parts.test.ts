import { readFileSync } from "node:fs";

import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { foldForLint } from "../../src/text/fold.ts";
import { reachesOverHash } from "../../src/text/lint-reach.ts";
import { parseLintTable } from "../../src/text/lint-table.ts";
import { lintText } from "../../src/text/lint.ts";
import { anyText } from "../support/any-text.ts";
import { lintPlainly } from "../support/plain-lint.ts";

// A text is read in two parts, which meet before its topics: that must never be seen.
const shipped = readFileSync(new URL("../../templates/wordlint.tsv", import.meta.url), "utf8");
const own = [
  ...[String.raw`\S+`, "a.b", "[^x]+", "#art", "art$", "^#art", "(?<!#)art", "(?<=#a)rt", "t(?!#)"],
  ...[String.raw`\bart\b`, String.raw`art\B`, String.raw`me\s*#`, String.raw`me\s*`, "[!-~]{2}"],
  ...[String.raw`\s+#`, String.raw`t\W+a`, String.raw`\p{Po}a`, String.raw`\x23a`, "(a)rt.*\\1rt"],
  ...[String.raw`\P{L}{2,9}`, "(?<=x\\s*)a", "c(?![^]*art)", String.raw`(?<!\p{L})a`, "v", "vx"],
];
const columns = "id\tcategory\tseverity\tapplies_to\twhy\tsuggestion_en\tpattern";
const rules = parseLintTable(
  shipped,
  [
    columns,
    ...own.map((pattern, at) => {
      const category = at % 2 === 0 ? "contact" : "adlaw";
      return `T${at}\t${category}\twarn\trednote,lemon8\tWhy.\tFix.\t${pattern}`;
    }),
  ].join("\n"),
);
const examples = rules.flatMap(({ example }) => (example === "" ? [] : [example]));
const text = fc
  .array(
    fc.oneof(
      anyText,
      fc.constantFrom(...examples, ...examples.map((example) => [...example].join(" "))),
      fc.constantFrom("art", "a", "x", " ", "\n", "\n\n", "\n\n#", "v", "❤", "#art", "me", "薇"),
      fc.constantFrom("а", "µ", "𝛼", "ἀ", "ж", "тikтok", "\u0301", "\ufe0f", "\u20e3", "\ud83d"),
    ),
    { maxLength: 5 },
  )
  .map((all) => all.join(""));
const inParts = fc.tuple(text, text).map((parts) => parts.join("\n\n#"));
const runs = { seed: 20261121, numRuns: 1000 };

describe("a text before its topics and with them", () => {
  test("is held against every rule as if it was read at once", () => {
    let found = 0;
    fc.assert(
      fc.property(inParts, (written) => {
        for (const place of ["rednote", "lemon8"]) {
          const ids = ({ rule, start, end }: ReturnType<typeof lintPlainly>[number]) =>
            `${rule.id} ${start}-${end}`;
          const expected = lintPlainly(written, rules, place).map(ids);
          found += expected.length;
          expect(lintText(written, rules, place).map(ids)).toEqual(expected);
        }
      }),
      runs,
    );
    expect(found).toBeGreaterThan(5000);
  });

  test("is folded in two parts as at once, but for letters that look like others", () => {
    let compared = 0;
    fc.assert(
      fc.property(text, text, (before, after) => {
        const [head, tail] = [foldForLint(`${before}\n\n`), foldForLint(`#${after}`)];
        if (head.isMimicked || tail.isMimicked) return;
        compared += 1;
        const whole = foldForLint(`${before}\n\n#${after}`);
        expect(tail.folded.startsWith("#")).toBe(true);
        expect(head.folded + tail.folded).toBe(whole.folded);
        const { length } = head.folded;
        for (let place = 0; place < whole.folded.length; place += 1) {
          const middle = before.length + 2;
          const places =
            place < length
              ? [head.at(place), head.end(place)]
              : [middle + tail.at(place - length), middle + tail.end(place - length)];
          expect([whole.at(place), whole.end(place)]).toEqual(places);
        }
      }),
      runs,
    );
    expect(compared).toBeGreaterThan(300);
  });
});

describe("a pattern", () => {
  test.each([
    ...["art", String.raw`\bart\b`, String.raw`a\s*b`, "[a-z]+", "[\\w.+-]{1,64}@", "(?<!a)b"],
    ...[String.raw`\p{L}\p{Script=Han}`, "抖[音Y]", String.raw`\+?\d`, String.raw`\.\^\$`, "a|b"],
    ...[String.raw`(?<name>a)(?:b)(?=c)(?!d)`, String.raw`\u{43}\u0041\x42`, "[\\]a]", "a{2,3}?"],
  ])("%s stays on its side", (pattern) => {
    expect(reachesOverHash(pattern)).toBe(false);
  });

  test.each([
    ...["#", "a#", "a.b", "[^a]", "[#a]", "[!-~]", "^a", "a$", String.raw`\S`, String.raw`\W`],
    ...[
      String.raw`\D`,
      String.raw`\x23`,
      String.raw`\u0023`,
      String.raw`\u{23}`,
      String.raw`\p{P}`,
    ],
    ...[String.raw`\p{Emoji}`, String.raw`\P{L}`, String.raw`[^\]]`, "(?<!#)a", "a(?![^b])"],
    ...[
      String.raw`(a)\1`,
      String.raw`(?<n>a)\k<n>`,
      String.raw`\#`,
      String.raw`[\S]`,
      String.raw`\cA`,
    ],
  ])("%s may reach over the sign of a topic", (pattern) => {
    expect(reachesOverHash(pattern)).toBe(true);
  });

  test("of the table mostly stays", () => {
    const table = parseLintTable(shipped);
    const reaching = table.filter(({ pattern }) => reachesOverHash(pattern.source));
    expect(reaching.map(({ id }) => id)).toEqual(expect.arrayContaining(["C06", "A13", "W07"]));
    expect(reaching.length).toBeLessThan(table.length / 10);
  });
});
