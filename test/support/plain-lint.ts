import { foldForLint } from "../../src/text/fold.ts";
import type { FoldedText } from "../../src/text/fold.ts";
import type { LintRule } from "../../src/text/lint-table.ts";
import { joinSpelled } from "../../src/text/spelled-out.ts";

/** What a rule finds, in places of the text. */
export interface PlainStretch {
  rule: LintRule;
  start: number;
  end: number;
}

/** Every rule of the place is tried on the whole text, and on its copy with spelled words joined. */
export function lintPlainly(
  text: string,
  rules: readonly LintRule[],
  place: string,
): PlainStretch[] {
  const plain = foldForLint(text);
  const spelled = joinSpelled(plain);
  const found: PlainStretch[] = [];
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
  const kept: PlainStretch[] = [];
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
