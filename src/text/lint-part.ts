import { foldForLint } from "./fold.ts";
import type { FoldedText } from "./fold.ts";
import { candidatesAt, candidatesIn } from "./lint-search.ts";
import type { Candidates } from "./lint-search.ts";
import type { LintRule } from "./lint-table.ts";
import { mayLookAlike } from "./look-alikes.ts";
import { recentTexts } from "./remember.ts";
import type { RecentTexts } from "./remember.ts";
import { gapsIn } from "./spelled-out.ts";
import type { Gap } from "./spelled-out.ts";

/** A text as its words are looked for. */
export interface LintPart {
  copy: FoldedText;
  /** Rules that may be found in it, one list beside the other. */
  candidates: readonly Candidates[];
  /** Where its copy may have words that are written letter by letter. */
  gaps: readonly Gap[];
}

/** What was read with the same rules just now, by text. */
interface Recent {
  rules: readonly LintRule[];
  parts: RecentTexts<LintPart>;
}

let recent: Recent | null = null;

/**
 * Reads a text in two parts that meet at its last empty line, and remembers them: before it the drafts of a post
 * for all destinations mostly have the same words, behind it each its own topics. What is joined at a line break
 * is the same as read at once, but for letters that look like others, which are told by the whole text.
 */
export function readForLint(text: string, rules: readonly LintRule[]): LintPart {
  const middle = text.lastIndexOf("\n\n") + 1;
  if (middle === 0 || mayLookAlike(text)) return partOf(text, rules);
  const [head, tail] = [partOf(text.slice(0, middle), rules), partOf(text.slice(middle), rules)];
  const folded = head.copy.folded + tail.copy.folded;
  const { length } = head.copy.folded;
  return {
    copy: {
      folded,
      at: (index) => (index < length ? head.copy.at(index) : middle + tail.copy.at(index - length)),
      end: (index) =>
        index < length ? head.copy.end(index) : middle + tail.copy.end(index - length),
    },
    candidates: [...head.candidates, ...tail.candidates, candidatesAt(folded, rules, [length])],
    gaps:
      tail.gaps.length === 0
        ? head.gaps
        : [
            ...head.gaps,
            ...tail.gaps.map(({ start, end }) => ({ start: start + length, end: end + length })),
          ],
  };
}

function partOf(text: string, rules: readonly LintRule[]): LintPart {
  if (recent?.rules !== rules) recent = { rules, parts: recentTexts() };
  const known = recent.parts.find(text);
  if (known !== undefined) return known;
  const part = read(text, rules);
  recent.parts.keep(text, part);
  return part;
}

function read(text: string, rules: readonly LintRule[]): LintPart {
  const copy = foldForLint(text);
  return {
    copy,
    candidates: [candidatesIn(copy.folded, rules)],
    gaps: gapsIn(copy.folded),
  };
}
