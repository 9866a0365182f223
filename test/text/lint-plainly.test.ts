import { readFileSync } from "node:fs";

import fc from "fast-check";
import { expect, test } from "vitest";

import { lintText } from "../../src/text/lint.ts";
import { parseLintTable } from "../../src/text/lint-table.ts";
import { anyText } from "../support/any-text.ts";
import { lintPlainly } from "../support/plain-lint.ts";

const rules = parseLintTable(
  readFileSync(new URL("../../templates/wordlint.tsv", import.meta.url), "utf8"),
);

const spelledOut = rules.flatMap(({ example }) =>
  [" ", "-", "❤"].map((sign) => [...example].join(sign)),
);
const text = fc
  .array(
    fc.oneof(
      anyText,
      fc.constantFrom(...rules.map(({ example }) => example), ...spelledOut),
      fc.constantFrom(" ", "\n", "\n\n", "\n\n#art", " me ", " in ", "day", "加 v", "+ q", "0 1 2"),
    ),
    { maxLength: 6 },
  )
  .map((all) => all.join(""));

test("words are those that are found where every rule is tried, whatever the text", () => {
  let found = 0;
  fc.assert(
    fc.property(text, (written) => {
      for (const place of ["rednote", "lemon8"]) {
        const expected = lintPlainly(written, rules, place);
        found += expected.length;
        const made = lintText(written, rules, place).map(({ rule, start, end }) => ({
          ...{ rule: rule.id, start, end },
        }));
        expect(made).toEqual(
          expected.map(({ rule, start, end }) => ({ rule: rule.id, start, end })),
        );
      }
    }),
    { seed: 20261121, numRuns: 1000 },
  );
  expect(found).toBeGreaterThan(1000);
});
