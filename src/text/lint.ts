import type { FoldedText } from "./fold.ts";
import { countGraphemes } from "./graphemes.ts";
import { readForLint } from "./lint-part.ts";
import { candidatesAt, rulesOf } from "./lint-search.ts";
import type { LintCategory, LintRule } from "./lint-table.ts";
import { joinSpelled } from "./spelled-out.ts";

/** One stretch of a text that a rule of the word table speaks of. */
export interface LintMatch {
  rule: LintRule;
  /** Places in the original, in UTF-16 units; always between characters as people see them. */
  start: number;
  end: number;
  /** The stretch as it stands. */
  text: string;
  /** From 1. */
  line: number;
  /** From 1, in characters as people see them. */
  column: number;
}

function isHidden({ category }: LintRule): boolean {
  return hidden.has(category);
}

type Stretch = Pick<LintMatch, "rule" | "start" | "end">;

/** What may not be told there at all, so that people write it letter by letter. */
const hidden: ReadonlySet<LintCategory> = new Set<LintCategory>(["platform", "contact"]);

/**
 * Finds what the rules of one place speak of, in the order of the text. A match that lies inside another one of
 * the same category and not less severe is left out.
 */
export function lintText(text: string, rules: readonly LintRule[], place: string): LintMatch[] {
  const { copy: plain, candidates, gaps } = readForLint(text, rules);
  const tried = rulesOf(candidates, rules, place);
  const spelled = joinSpelled(plain, gaps);
  if (tried.length === 0 && spelled === null) return [];
  const found: Stretch[] = [];
  const look = (
    rule: LintRule,
    copy: FoldedText,
    counts: (start: number, end: number) => boolean,
  ): void => {
    const { pattern } = rule;
    pattern.lastIndex = 0;
    for (let match = pattern.exec(copy.folded); match !== null; match = pattern.exec(copy.folded)) {
      const { index, 0: stretch } = match;
      if (stretch === "") pattern.lastIndex += 1;
      if (stretch === "" || !counts(index, index + stretch.length)) continue;
      const start = copy.at(index);
      const end = copy.end(index + stretch.length - 1);
      found.push({ rule, start, end });
    }
  };
  // A word of the copy that does not touch a gap stands in the text, too.
  const across = spelled === null ? [] : candidatesAt(spelled.folded, rules, spelled.gaps);
  const all = across.length === 0 ? tried : rulesOf([...candidates, across], rules, place);
  if (spelled === null || !all.some(isHidden))
    for (const rule of tried) look(rule, plain, () => true);
  else {
    const whole = new Set(tried);
    const inSpelled = new Set(all.filter(isHidden));
    for (const rule of rules) {
      if (whole.has(rule)) look(rule, plain, () => true);
      if (inSpelled.has(rule)) look(rule, spelled, spelled.isSpelled);
    }
  }
  if (found.length === 0) return [];
  const kept: Stretch[] = [];
  for (const each of found.toSorted(worstThenLongest)) {
    if (!kept.some((other) => covers(other, each))) kept.push(each);
  }
  return kept
    .toSorted((a, b) => a.start - b.start || b.end - a.end)
    .map((each) => ({
      ...each,
      text: text.slice(each.start, each.end),
      ...lineOf(text, each.start),
    }));
}

const order = { stop: 0, warn: 1, note: 2 };

function worstThenLongest(a: Stretch, b: Stretch): number {
  return order[a.rule.severity] - order[b.rule.severity] || b.end - b.start - (a.end - a.start);
}

function covers(other: Stretch, each: Stretch): boolean {
  const inside = other.start <= each.start && other.end >= each.end;
  return inside && other.rule.category === each.rule.category;
}

function lineOf(text: string, place: number): { line: number; column: number } {
  const before = text.slice(0, place);
  const start = before.lastIndexOf("\n") + 1;
  return { line: before.split("\n").length, column: countGraphemes(before.slice(start)) + 1 };
}
