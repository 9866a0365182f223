import type { FoldedText } from "./fold.ts";
import { unitsOf } from "./units.ts";

/** A copy in which words that were written letter by letter stand whole. */
export interface SpelledText extends FoldedText {
  /** True when signs were taken out of this stretch of the copy and it was one word before. */
  isSpelled(start: number, end: number): boolean;
  /** Where signs were taken out of the copy. */
  gaps: readonly number[];
}

/** Signs between two letters that stand alone, such as `v-x`, `薇❤信` or `t i k`; places of a folded text. */
export interface Gap {
  start: number;
  end: number;
}

const han = String.raw`\p{Script=Han}`;
const latin = String.raw`\p{Script=Latin}`;
const alone = String.raw`(?:${han}|(?<![${latin}\p{N}])${latin}(?![${latin}\p{N}]))`;
/** No sign that ends a sentence, opens a bracket or belongs to tags, handles and addresses. */
const sign = String.raw`[\p{Zs}\t.·•・⋅‧/\\|_~^*+='’\-–—\p{So}\p{Sk}\p{Sm}\p{Extended_Pictographic}]`;
const gapHere = new RegExp(String.raw`(?<=${alone})${sign}{1,4}(?=${alone})`, "uy");
const ofLists = /[\s·•・⋅‧/\\|\-–—]/u;
const lettersBefore = new RegExp(String.raw`[${han}${latin}\p{N}]+$`, "u");
const lettersAfter = new RegExp(String.raw`^[${han}${latin}\p{N}]+`, "u");
const words = new Intl.Segmenter("zh", { granularity: "word" });

const noLetter = 1;
const signKind = 2;
const latinKind = 3;
const hanKind = 4;
/** The half of a pair, which may be anything. */
const halfKind = 5;
/** What each unit is; 0 while nobody asked. */
const kinds = new Uint8Array(0x1_0000);
const anySign = new RegExp(`^${sign}$`, "u");
const hanLetter = new RegExp(`^${han}$`, "u");
const latinOrDigit = new RegExp(`^[${latin}\\p{N}]$`, "u");

function kindAt(text: string, at: number): number {
  if (at < 0 || at >= text.length) return noLetter;
  const unit = text.charCodeAt(at);
  let kind = kinds[unit] ?? 0;
  if (kind === 0) {
    kind = kindOf(text.charAt(at));
    kinds[unit] = kind;
  }
  return kind;
}

function kindOf(letter: string): number {
  if (/\p{Surrogate}/u.test(letter)) return halfKind;
  if (anySign.test(letter)) return signKind;
  if (hanLetter.test(letter)) return hanKind;
  return latinOrDigit.test(letter) ? latinKind : noLetter;
}

/** By the kinds of three units, of three bits each: 1 where the last one is a sign behind a letter that may stand alone. */
const mayBegin = Uint8Array.from({ length: 512 }, (_, window) => {
  const [before, letter, kind] = [window >> 6, (window >> 3) & 7, window & 7];
  if (kind !== signKind && kind !== halfKind) return 0;
  if (letter === latinKind) return before === latinKind ? 0 : 1;
  return letter === hanKind || letter === halfKind ? 1 : 0;
});

/** The next place where a gap may begin: behind a letter that may stand alone. -1 as hardly any text has one. */
function nextGapStart(text: string, from: number): number {
  let window = (kindAt(text, from - 2) << 3) | kindAt(text, from - 1);
  const units = unitsOf(text);
  const { length } = text;
  for (let at = from; at < length; at += 1) {
    window = ((window << 3) | (kinds[units[at] ?? 0] || kindAt(text, at))) & 511;
    if (mayBegin[window] === 0 || isInPair(text, at)) continue;
    let next = at;
    while (next < at + 8 && (kindAt(text, next) === signKind || kindAt(text, next) === halfKind))
      next += 1;
    // An astral letter is looked at closely.
    if (kindAt(text, next - 1) === halfKind || mayStandAlone(text, next, 1)) return at;
  }
  return -1;
}

function isInPair(text: string, at: number): boolean {
  return (text.codePointAt(at - 1) ?? 0) > 0xffff;
}

/** @param away from the sign: -1 before it, 1 behind it */
function mayStandAlone(text: string, at: number, away: 1 | -1): boolean {
  const kind = kindAt(text, at);
  if (kind === latinKind) return kindAt(text, at + away) !== latinKind;
  return kind === hanKind || kind === halfKind;
}

/** Every gap of a folded text, in order. None holds or touches a line break. */
export function gapsIn(folded: string): Gap[] {
  const found: Gap[] = [];
  let from = 1;
  for (;;) {
    const start = nextGapStart(folded, from);
    if (start === -1) return found;
    gapHere.lastIndex = start;
    const { length } = gapHere.exec(folded)?.[0] ?? "";
    if (length > 0) found.push({ start, end: start + length });
    from = start + Math.max(1, length);
  }
}

/**
 * Null where no two letters are kept apart by signs.
 * @param gaps those of the text, where they are known
 */
export function joinSpelled(
  { folded, isMimicked, at, end }: FoldedText,
  gaps: readonly Gap[] = gapsIn(folded),
): SpelledText | null {
  if (gaps.length === 0) return null;
  let joined = "";
  let kept = 0;
  const found = gaps.map((gap) => {
    joined += folded.slice(kept, gap.start);
    kept = gap.end;
    return { ...gap, place: joined.length };
  });
  joined += folded.slice(kept);
  const before = (index: number): number =>
    found.reduce((sum, gap) => (gap.place <= index ? sum + gap.end - gap.start : sum), index);
  return {
    folded: joined,
    isMimicked,
    gaps: found.map(({ place }) => place),
    at: (index) => at(before(index)),
    end: (index) => end(before(index)),
    isSpelled(from, to) {
      const inside = found.filter(({ place }) => place > from && place < to);
      const [first, last] = [before(from), before(to - 1) + 1];
      return inside.length > 0 && inside.every((gap) => isOneWord(folded, gap, first, last));
    },
  };
}

/**
 * Two sentences may meet at such signs by chance: 一天❤猫 is no 天猫. So the letters of one side must all be in
 * the word, or, where the signs are none of lists and ranges, both letters at them no part of another word.
 */
function isOneWord(text: string, gap: Gap, first: number, last: number): boolean {
  const before = lettersBefore.exec(text.slice(Math.max(0, gap.start - 40), gap.start))?.[0] ?? "";
  const after = lettersAfter.exec(text.slice(gap.end, gap.end + 40))?.[0] ?? "";
  if (gap.start - before.length >= first || gap.end + after.length <= last) return true;
  if (ofLists.test(text.slice(gap.start, gap.end))) return false;
  const left = [...words.segment(before)].at(-1)?.segment ?? "";
  const [right] = words.segment(after);
  return left.length === 1 && right?.segment.length === 1;
}
