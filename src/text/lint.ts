import { countGraphemes } from "./graphemes.ts";
import { stretchesIn } from "./lint-part.ts";
import type { LintStretch } from "./lint-part.ts";
import type { LintRule } from "./lint-table.ts";

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

/**
 * Finds what the rules of one place speak of, in the order of the text. A match that lies inside another one of
 * the same category and not less severe is left out.
 */
export function lintText(text: string, rules: readonly LintRule[], place: string): LintMatch[] {
  const everywhere = stretchesIn(text, rules);
  if (everywhere.length === 0) return [];
  const found = everywhere.filter(({ rule }) => rule.places.includes(place));
  if (found.length === 0) return [];
  const kept: LintStretch[] = [];
  for (const each of found.toSorted(worstThenLongest)) {
    if (!kept.some((other) => covers(other, each))) kept.push(each);
  }
  return kept
    .toSorted((a, b) => a.start - b.start || b.end - a.end)
    .map(({ rule, start, end }) => {
      const { line, column } = lineOf(text, start);
      return { rule, start, end, text: text.slice(start, end), line, column };
    });
}

const order = { stop: 0, warn: 1, note: 2 };

/** Of what is as bad and as long the first of the table. */
function worstThenLongest(a: LintStretch, b: LintStretch): number {
  return (
    order[a.rule.severity] - order[b.rule.severity] ||
    b.end - b.start - (a.end - a.start) ||
    a.rank - b.rank
  );
}

function covers(other: LintStretch, each: LintStretch): boolean {
  const inside = other.start <= each.start && other.end >= each.end;
  return inside && other.rule.category === each.rule.category;
}

function lineOf(text: string, place: number): { line: number; column: number } {
  let line = 1;
  let start = 0;
  for (let end = text.indexOf("\n"); end !== -1 && end < place; end = text.indexOf("\n", start)) {
    line += 1;
    start = end + 1;
  }
  return { line, column: countGraphemes(text.slice(start, place)) + 1 };
}
