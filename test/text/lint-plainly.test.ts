import { readFileSync } from "node:fs";

import fc from "fast-check";
import { expect, test } from "vitest";

import { foldForLint } from "../../src/text/fold.ts";
import type { FoldedText } from "../../src/text/fold.ts";
import { lintText } from "../../src/text/lint.ts";
import { parseLintTable } from "../../src/text/lint-table.ts";
import type { LintRule } from "../../src/text/lint-table.ts";
import { joinSpelled } from "../../src/text/spelled-out.ts";
import { anyText } from "../support/any-text.ts";

const rules = parseLintTable(
  readFileSync(new URL("../../templates/wordlint.tsv", import.meta.url), "utf8"),
);

interface Stretch {
  rule: LintRule;
  start: number;
  end: number;
}

/** Every rule of the place is tried, on the text and on the copy with its spelled words joined. */
function plainly(text: string, place: string): Stretch[] {
  const plain = foldForLint(text);
  const spelled = joinSpelled(plain);
  const found: Stretch[] = [];
  const look = (rule: LintRule, copy: FoldedText, counts: (at: number, to: number) => boolean) => {
    for (const { index, 0: match } of copy.folded.matchAll(rule.pattern)) {
      if (match === "" || !counts(index, index + match.length)) continue;
      found.push({ rule, start: copy.at(index), end: copy.end(index + match.length - 1) });
    }
  };
  for (const rule of rules.filter(({ places }) => places.includes(place))) {
    rule.pattern.lastIndex = 0;
    look(rule, plain, () => true);
    if (spelled !== null && ["platform", "contact"].includes(rule.category))
      look(rule, spelled, spelled.isSpelled);
  }
  const order = { stop: 0, warn: 1, note: 2 };
  const kept: Stretch[] = [];
  for (const each of found.toSorted(
    (a, b) =>
      order[a.rule.severity] - order[b.rule.severity] || b.end - b.start - (a.end - a.start),
  )) {
    const isInside = kept.some(
      ({ rule, start, end }) =>
        rule.category === each.rule.category && start <= each.start && end >= each.end,
    );
    if (!isInside) kept.push(each);
  }
  return kept.toSorted((a, b) => a.start - b.start || b.end - a.end);
}

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
        const expected = plainly(written, place);
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
