import { graphemes } from "./graphemes.ts";
import { foldLookAlikes } from "./look-alikes.ts";
import { plainLetters, simplifyLetters } from "./plain-letters.ts";
import { unitTest } from "./unit-set.ts";
import { unitsOf } from "./units.ts";

/** A copy of a text in one kind of letters, and where its units come from. */
export interface FoldedText {
  folded: string;
  /** It had letters of other alphabets, and as no word was really of one, all were read as what they look like. */
  isMimicked: boolean;
  /** Where in the original the character behind a unit of the copy begins, and where it ends; in UTF-16 units. */
  at(index: number): number;
  end(index: number): number;
}

/** Characters that take no room or show nothing: people put them inside words so that no list finds them. */
const unseen = /[\p{Default_Ignorable_Code_Point}\u2800]/gu;
/** Strokes and rings over or through a letter that makes no letter of its own with them; the ring of a keycap. */
const strokes = /[\u0300-\u036F\u1AB0-\u1AFF\u1DC0-\u1DFF\u20D0-\u20F0]/g;
/** White letters on black, and letters that would be half a flag; NFKC leaves them. */
const boxed = /^[\u{1F150}-\u{1F169}\u{1F170}-\u{1F189}\u{1F1E6}-\u{1F1FF}]$/u;

/**
 * A copy to look for words in: NFKC, Traditional letters simplified, without what cannot be seen, letters that
 * only look Latin as Latin ones. Character by character, so that places can be told.
 */
export function foldForLint(text: string): FoldedText {
  const first = firstChanged(text, 0);
  if (first === text.length) {
    const { folded, isMimicked } = foldLookAlikes(text);
    return { folded, isMimicked, at: itself, end: next };
  }
  let folded = "";
  forStretches(
    text,
    first,
    (start, end, changed) => (folded += plain(text, start, end, changed)),
    (start, end) => (folded += foldStretch(text.slice(start, end)).made),
  );
  const { length } = folded;
  // Asked for only where a word was found.
  let stretches: readonly Stretch[] | null = null;
  const stretchAt = (index: number): Stretch | undefined => {
    stretches ??= stretchesOf(text, first);
    return index < length ? stretches.findLast(({ from }) => from <= index) : undefined;
  };
  return {
    ...foldLookAlikes(folded),
    at(index) {
      const found = stretchAt(index);
      if (found === undefined) return text.length;
      return found.end === null ? found.start + index - found.from : found.start;
    },
    end(index) {
      const found = stretchAt(index);
      if (found === undefined) return text.length;
      return found.end ?? found.start + index - found.from + 1;
    },
  };
}

/**
 * Calls for every stretch of a text: plain letters, with the first that is not read as itself, then what has to be
 * looked at closely.
 * @param first the first unit that is not read as itself
 */
function forStretches(
  text: string,
  first: number,
  calmly: (start: number, end: number, changed: number) => void,
  closely: (start: number, end: number) => void,
): void {
  let place = 0;
  let changed = first;
  while (place < text.length) {
    const intricate = firstIntricate(text, changed);
    // The last plain letter may carry a mark: then it belongs to what is looked at closely.
    const carries = intricate < text.length && !beginsAlone(text, intricate);
    const calm = Math.max(place, carries ? intricate - 1 : intricate);
    if (calm > place) calmly(place, calm, Math.min(changed, calm));
    place = calm;
    if (place === text.length) return;
    const end = intricateEnd(text, intricate);
    closely(place, end);
    place = end;
    changed = firstChanged(text, place);
  }
}

function stretchesOf(text: string, first: number): Stretch[] {
  const found: Stretch[] = [];
  let from = 0;
  forStretches(
    text,
    first,
    (start, end) => {
      found.push({ from, start, end: null });
      from += end - start;
    },
    (begin, end) => {
      let start = begin;
      for (const { length, made } of foldStretch(text.slice(begin, end)).graphemes) {
        found.push({ from, start, end: start + length });
        from += made.length;
        start += length;
      }
    },
  );
  return found;
}

/** Plain letters, which are one unit each in both, or one character that was looked at closely. */
interface Stretch {
  /** Where it begins in the copy; what left nothing there begins where the next one does. */
  from: number;
  /** In the original. */
  start: number;
  /** Null for plain letters. */
  end: number | null;
}

function itself(index: number): number {
  return index;
}

function next(index: number): number {
  return index + 1;
}

/** The first unit from a place on that is not read as itself; the end of the text where there is none. */
function firstChanged(text: string, from: number): number {
  const letters = plainLetters();
  const units = unitsOf(text);
  const { length } = text;
  for (let place = from; place < length; place += 1) {
    const unit = units[place] ?? 0;
    if (letters[unit] !== unit) return place;
  }
  return length;
}

/** The first unit from a place on that is no plain letter; the end of the text where there is none. */
function firstIntricate(text: string, from: number): number {
  const letters = plainLetters();
  const units = unitsOf(text);
  const { length } = text;
  let place = from;
  while (place < length && letters[units[place] ?? 0] !== 0) place += 1;
  return place;
}

/** Behind the last of the units that are looked at closely together: single plain letters between them count too. */
function intricateEnd(text: string, from: number): number {
  const letters = plainLetters();
  const isPlain = (place: number): boolean => letters[text.charCodeAt(place)] !== 0;
  let place = from;
  while (place < text.length) {
    if (isPlain(place)) {
      if (place > from && endsAlone(text, place)) return place;
      if (place + 1 === text.length || isPlain(place + 1)) return place + 1;
    }
    place += 1;
  }
  return place;
}

const isSign = unitTest(/[\p{P}\p{S}]/u);
const isSignOrMark = unitTest(/[\p{P}\p{S}\p{M}\u200d]/u);

/** True for signs and emoji, which make no character with a plain letter before them. */
function beginsAlone(text: string, at: number): boolean {
  const unit = text.charCodeAt(at);
  // The tones of skin are the only emoji that do.
  if (unit === 0xd83c) return !isSkinTone(text.charCodeAt(at + 1));
  return unit === 0xd83d || unit === 0xd83e || isSign(unit);
}

/** True where what ends makes no character with a plain letter behind it, as signs, marks and emoji do not. */
function endsAlone(text: string, at: number): boolean {
  const unit = text.charCodeAt(at - 1);
  if (unit < 0xdc00 || unit > 0xdfff) return isSignOrMark(unit);
  const before = text.charCodeAt(at - 2);
  return before >= 0xd83c && before <= 0xd83e;
}

function isSkinTone(low: number): boolean {
  return low >= 0xdffb && low <= 0xdfff;
}

const mostArguments = 1024;

/** Plain letters from one place to another as they are read; those before `changed` as themselves. */
function plain(text: string, from: number, to: number, changed: number): string {
  if (changed === to) return text.slice(from, to);
  const letters = plainLetters();
  // Letter by letter a text of full-width signs would be made of hundreds of strings.
  let made = text.slice(from, changed);
  for (let begin = changed; begin < to; begin += mostArguments) {
    const end = Math.min(to, begin + mostArguments);
    const units: number[] = [];
    for (let place = begin; place < end; place += 1)
      units.push(letters[text.charCodeAt(place)] ?? 0);
    made += String.fromCharCode(...units);
  }
  return made;
}

interface FoldedGrapheme {
  /** In the original. */
  length: number;
  made: string;
}

interface FoldedStretch {
  graphemes: readonly FoldedGrapheme[];
  /** What they left, joined. */
  made: string;
}

/** Remembered, as a creator has the same few emoji again and again. */
const foldedStretches = new Map<string, FoldedStretch>();
const mostStretches = 2000;

function foldStretch(text: string): FoldedStretch {
  const known = foldedStretches.get(text);
  if (known !== undefined) return known;
  if (foldedStretches.size >= mostStretches) foldedStretches.clear();
  const folded = graphemes(text).map((grapheme) => ({
    length: grapheme.length,
    made: foldClosely(grapheme),
  }));
  const stretch = { graphemes: folded, made: folded.map(({ made }) => made).join("") };
  if (text.length <= mostUnits) foldedStretches.set(text, stretch);
  return stretch;
}

/** A longer stretch hardly comes again. */
const mostUnits = 40;

function foldClosely(grapheme: string): string {
  const seen = grapheme.replace(unseen, "").normalize("NFKC").replace(strokes, "");
  return boxed.test(seen) ? boxedLetter(seen.codePointAt(0) ?? 0) : simplifyLetters(seen);
}

function boxedLetter(point: number): string {
  const first = point >= 0x1f1e6 ? 0x1f1e6 : point >= 0x1f170 ? 0x1f170 : 0x1f150;
  return String.fromCharCode(0x41 + point - first);
}
