import type { Destination } from "../core/destination.ts";
import { problem } from "../core/problem.ts";
import type { Problem, ProblemCode } from "../core/problem.ts";
import { foldForLint } from "../text/fold.ts";
import { lintText } from "../text/lint.ts";
import type { LintMatch } from "../text/lint.ts";
import type { LintCategory, LintRule } from "../text/lint-table.ts";
import { cutToFit } from "../text/measure.ts";
import { stripInvisible } from "../text/normalise.ts";
import { simplifyLetters } from "../text/plain-letters.ts";

/** Words that somebody is about to paste at a destination. */
export interface LintedWords {
  title: string;
  /** Topics included. */
  body: string;
  /** Key of the post, for the problems. */
  post?: string;
}

const codes: Record<LintCategory, ProblemCode> = {
  platform: "word-platform",
  contact: "word-contact",
  adlaw: "word-ad-law",
  medical: "word-medical",
  finance: "word-finance",
  may_be_limited: "word-limited",
  watermark: "word-watermark",
  culture: "word-culture",
  date: "date-bound",
};

/** Holds the words of a draft against the word table: what may be limited there, where it stands, what to say instead. */
export function lintDraft(
  destination: Pick<Destination, "id">,
  { title, body, post }: LintedWords,
  rules: readonly LintRule[],
): Problem[] {
  const about = { to: destination.id, post };
  const look = (field: "title" | "body", text: string): Problem[] =>
    lintText(text, rules, destination.id).map((match) => found(match, field, about));
  return look("title", title).concat(look("body", body));
}

/**
 * Holds words against the table of which only a translation goes out: what is limited in one language may be
 * limited in the other, and no list knows every wording of it. Nothing of it stops a draft.
 */
export function lintSource(
  destination: Pick<Destination, "id">,
  { source, post }: { source: string; post: string },
  rules: readonly LintRule[],
): Problem[] {
  const told = new Set<string>();
  return lintText(source, rules, destination.id).flatMap(({ rule, text }) => {
    if (rule.severity === "note" || told.has(rule.id)) return [];
    told.add(rule.id);
    return problem(
      codes[rule.category],
      `“${shown(text)}”${readAs(text)} stands in the caption, and a translation of it in the draft: ${rule.why}`,
      suggestionOf(rule),
      { post, to: destination.id, severity: "warn" },
    );
  });
}

/** True for what `lintDraft` says; it is about words, and goes when the words go. */
export function isAboutWords({ where }: Pick<Problem, "where">): boolean {
  return where !== undefined;
}

function found(
  { rule, text, line, column }: LintMatch,
  field: "title" | "body",
  about: { post: string | undefined; to: string },
): Problem {
  const { why, severity, category } = rule;
  return problem(codes[category], `“${shown(text)}”${readAs(text)}: ${why}`, suggestionOf(rule), {
    post: about.post,
    to: about.to,
    severity,
    where: { field, line, column, text },
  });
}

function suggestionOf({ suggestion }: LintRule): string {
  return [suggestion.en, suggestion.zh].filter((each) => each !== "").join(" · ");
}

/** Tells what letters stand for that only look like others; nobody could see why the word was found. */
function readAs(text: string): string {
  if (asItself.test(text)) return "";
  const folded = stripInvisible(foldForLint(text).folded);
  const seen = simplifyLetters(stripInvisible(text).normalize("NFKC"));
  return folded === seen.replace(/\p{Default_Ignorable_Code_Point}/gu, "")
    ? ""
    : ` (read as “${shown(folded)}”)`;
}

/** What these letters stand for is what they look like. */
const asItself = /^[\x20-\x7e]*$/;

/** In one line, without what a terminal would obey, and not endless. */
function shown(text: string): string {
  return cutToFit(stripInvisible(text).replace(/\s+/gu, " ").trim(), 40, "graphemes");
}
