import type { LintRule } from "./lint-table.ts";
import { graphemes } from "./measure.ts";

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

/** Characters that take no room or show nothing: people put them inside words so that no list finds them. */
const unseen = /[\p{Default_Ignorable_Code_Point}\u2800]/gu;

/** One kind of letter: NFKC, without zero-width characters. Character by character, so that places can be told. */
export function foldForLint(text: string): string {
  return fold(text).folded;
}

/**
 * Finds what the rules of one place speak of, in the order of the text. A match that lies inside another one of
 * the same category and not less severe is left out.
 */
export function lintText(text: string, rules: readonly LintRule[], place: string): LintMatch[] {
  const { folded, owners, starts } = fold(text);
  const found: LintMatch[] = [];
  for (const rule of rules) {
    if (!rule.places.includes(place)) continue;
    const { pattern } = rule;
    pattern.lastIndex = 0;
    for (let match = pattern.exec(folded); match !== null; match = pattern.exec(folded)) {
      if (match[0] === "") {
        pattern.lastIndex += 1;
        continue;
      }
      const first = owners[match.index] ?? 0;
      const last = owners[match.index + match[0].length - 1] ?? first;
      const start = starts[first] ?? 0;
      const end = starts[last + 1] ?? text.length;
      found.push({ rule, start, end, text: text.slice(start, end), ...lineOf(text, start) });
    }
  }
  const kept: LintMatch[] = [];
  for (const each of found.toSorted(worstThenLongest)) {
    if (!kept.some((other) => covers(other, each))) kept.push(each);
  }
  return kept.toSorted((a, b) => a.start - b.start || b.end - a.end);
}

/** The folded text, the character of the original behind each of its units, and where those begin. */
function fold(text: string): { folded: string; owners: number[]; starts: number[] } {
  const owners: number[] = [];
  const starts: number[] = [];
  let folded = "";
  let place = 0;
  for (const [index, grapheme] of graphemes(text).entries()) {
    starts.push(place);
    place += grapheme.length;
    const plain = isPlain(grapheme) ? grapheme : grapheme.replace(unseen, "").normalize("NFKC");
    folded += plain;
    for (let unit = 0; unit < plain.length; unit += 1) owners.push(index);
  }
  return { folded, owners, starts };
}

function isPlain(grapheme: string): boolean {
  return grapheme.length === 1 && grapheme.charCodeAt(0) < 128;
}

const order = { stop: 0, warn: 1, note: 2 };

function worstThenLongest(a: LintMatch, b: LintMatch): number {
  return order[a.rule.severity] - order[b.rule.severity] || b.end - b.start - (a.end - a.start);
}

function covers(other: LintMatch, each: LintMatch): boolean {
  const inside = other.start <= each.start && other.end >= each.end;
  return inside && other.rule.category === each.rule.category;
}

function lineOf(text: string, place: number): { line: number; column: number } {
  const before = text.slice(0, place);
  const start = before.lastIndexOf("\n") + 1;
  return { line: before.split("\n").length, column: graphemes(before.slice(start)).length + 1 };
}
