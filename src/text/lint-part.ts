import { foldForLint } from "./fold.ts";
import type { FoldedText } from "./fold.ts";
import { candidatesAt, candidatesBetween, candidatesIn, placesOf, rulesOf } from "./lint-search.ts";
import type { Candidates, Split } from "./lint-search.ts";
import type { LintCategory, LintRule } from "./lint-table.ts";
import { hasOtherAlphabet } from "./look-alikes.ts";
import { recentTexts, remember } from "./remember.ts";
import { gapsIn, joinSpelled } from "./spelled-out.ts";
import type { Gap, SpelledText } from "./spelled-out.ts";

/** A stretch of a text that a rule speaks of; places of the original, in UTF-16 units. */
export interface LintStretch {
  /** Place in the table. */
  rank: number;
  rule: LintRule;
  start: number;
  end: number;
}

/** A text as its words are looked for. */
interface LintCopy {
  copy: FoldedText;
  /** With its spelled words joined; null where it has none. */
  spelled: SpelledText | null;
  /** Rules that may be found in the copy, one list beside the other. */
  candidates: readonly Candidates[];
  /** What may be found in the one with joined words besides. */
  across: readonly Candidates[];
  /** Where rules may be found in the copy, as `Candidates` have it. */
  begins: readonly number[] | null;
}

/** A part of a text as it was read. */
interface LintPart extends LintCopy {
  gaps: readonly Gap[];
  /** What is found in it whatever stands before or behind it. */
  found: readonly LintStretch[];
}

/** Readers of texts that remember what they read with the same rules. */
interface Readers {
  rules: readonly LintRule[];
  words(text: string): LintPart;
  /** The topics of a draft, which a creator has again and again. */
  topics(text: string): LintPart;
}

const mostTopics = 2000;
/** Longer ones hardly come again. */
const mostUnits = 100;
let readers: Readers | null = null;

function readersFor(rules: readonly LintRule[]): Readers {
  if (readers?.rules === rules) return readers;
  const recent = recentTexts<LintPart>();
  const words = (text: string): LintPart => {
    const known = recent.find(text);
    if (known !== undefined) return known;
    const part = read(text, rules);
    recent.keep(text, part);
    return part;
  };
  const short = remember((text) => read(text, rules), mostTopics);
  readers = {
    ...{ rules, words },
    topics: (text) => (text.length > mostUnits ? words(text) : short(text)),
  };
  return readers;
}

/** What may not be told there at all, so that people write it letter by letter. */
const hidden: ReadonlySet<LintCategory> = new Set<LintCategory>(["platform", "contact"]);

/**
 * Everything that the rules of all places find, in no order. A text is read in two parts that meet before the `#`
 * of its topics, and they are remembered: before it the drafts of a post for all destinations mostly have the same
 * words. Only rules that may take that sign look at both at once, and letters that look like others are told by the
 * whole text: where that matters it is read at once.
 */
export function stretchesIn(text: string, rules: readonly LintRule[]): readonly LintStretch[] {
  const line = text.lastIndexOf("\n\n#");
  if (line === -1) return inWhole(text, rules);
  const middle = line + 2;
  const { words, topics } = readersFor(rules);
  const [head, tail] = [words(text.slice(0, middle)), topics(text.slice(middle))];
  if (areOtherLetters(head, tail) || areOtherLetters(tail, head)) return inWhole(text, rules);
  return [
    ...head.found,
    ...tail.found.map((each) => ({ ...each, start: each.start + middle, end: each.end + middle })),
    ...inBoth(head, tail, middle, rules),
  ];
}

/** True where letters of a part are read as Latin ones, but would not be beside the words of the other part. */
function areOtherLetters(part: LintPart, other: LintPart): boolean {
  return part.copy.isMimicked && hasOtherAlphabet(other.copy.folded);
}

function inWhole(text: string, rules: readonly LintRule[]): readonly LintStretch[] {
  const part = readersFor(rules).words(text);
  const reaching = look(part, rules, "reaching");
  return reaching.length === 0 ? part.found : [...part.found, ...reaching];
}

/** What reaches over the place where two parts meet, or might do so. */
function inBoth(
  head: LintPart,
  tail: LintPart,
  middle: number,
  rules: readonly LintRule[],
): LintStretch[] {
  const between = candidatesBetween(head.copy.folded, tail.copy.folded, rules);
  const candidates = [...head.candidates, ...tail.candidates, between];
  const isSpelled = head.spelled !== null || tail.spelled !== null;
  const across = isSpelled
    ? [
        ...head.across,
        ...tail.across,
        candidatesBetween(
          (head.spelled ?? head.copy).folded,
          (tail.spelled ?? tail.copy).folded,
          rules,
        ),
      ]
    : [];
  if (rulesOf([...candidates, ...across], rules, "reaching").length === 0) return [];
  const { length } = head.copy.folded;
  const copy: FoldedText = {
    folded: head.copy.folded + tail.copy.folded,
    isMimicked: false,
    at: (index) => (index < length ? head.copy.at(index) : middle + tail.copy.at(index - length)),
    end: (index) =>
      index < length ? head.copy.end(index) : middle + tail.copy.end(index - length),
  };
  const moved = tail.gaps.map(({ start, end }) => ({ start: start + length, end: end + length }));
  const spelled = isSpelled ? joinSpelled(copy, [...head.gaps, ...moved]) : null;
  const begins =
    head.begins === null || tail.begins === null || between.begins === null
      ? null
      : [...head.begins, ...tail.begins.map((each, at) => (at % 2 === 0 ? each : each + length))];
  return look({ copy, spelled, candidates, across, begins }, rules, "reaching");
}

function read(text: string, rules: readonly LintRule[]): LintPart {
  const copy = foldForLint(text);
  const gaps = gapsIn(copy.folded);
  const spelled = joinSpelled(copy, gaps);
  const own = candidatesIn(copy.folded, rules);
  // A word of the joined copy that does not touch a gap stands in the text, too.
  const across = spelled === null ? [] : [candidatesAt(spelled.folded, rules, spelled.gaps)];
  const made: LintCopy = { copy, spelled, candidates: [own], across, begins: own.begins };
  return { ...made, gaps, found: look(made, rules, "within") };
}

function look(
  { copy, spelled, candidates, across, begins }: LintCopy,
  rules: readonly LintRule[],
  kind: keyof Split,
): LintStretch[] {
  const found: LintStretch[] = [];
  for (const rank of rulesOf(candidates, rules, kind)) {
    const rule = rules[rank];
    if (rule === undefined) continue;
    const here = placesOf(rank, rules, begins);
    if (here === null) search(rank, rule, copy, () => true, found);
    else searchAt(rank, rule, copy, here, found);
  }
  if (spelled === null) return found;
  for (const rank of rulesOf([...candidates, ...across], rules, kind)) {
    const rule = rules[rank];
    if (rule !== undefined && hidden.has(rule.category))
      search(rank, rule, spelled, spelled.isSpelled, found);
  }
  return found;
}

/** The same that a search through all of the text finds. */
function searchAt(
  rank: number,
  rule: LintRule,
  copy: FoldedText,
  { pattern, places }: { pattern: RegExp; places: readonly number[] },
  found: LintStretch[],
): void {
  let from = 0;
  for (const place of places) {
    if (place < from) continue;
    pattern.lastIndex = place;
    const length = pattern.exec(copy.folded)?.[0].length ?? 0;
    from = place + Math.max(1, length);
    if (length === 0) continue;
    found.push({ rank, rule, start: copy.at(place), end: copy.end(place + length - 1) });
  }
}

function search(
  rank: number,
  rule: LintRule,
  copy: FoldedText,
  counts: (start: number, end: number) => boolean,
  found: LintStretch[],
): void {
  const { pattern } = rule;
  pattern.lastIndex = 0;
  for (let match = pattern.exec(copy.folded); match !== null; match = pattern.exec(copy.folded)) {
    const { index, 0: stretch } = match;
    // From the middle of a pair a search would go back to its beginning, for ever.
    if (stretch === "") pattern.lastIndex += (copy.folded.codePointAt(index) ?? 0) > 0xffff ? 2 : 1;
    if (stretch === "" || !counts(index, index + stretch.length)) continue;
    const start = copy.at(index);
    const end = copy.end(index + stretch.length - 1);
    found.push({ rank, rule, start, end });
  }
}
