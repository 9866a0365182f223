import { graphemes } from "./graphemes.ts";
import { foldLookAlikes, mayLookAlike } from "./look-alikes.ts";
import { plainLetters, simplifyLetters } from "./plain-letters.ts";

/** A copy of a text in one kind of letters, and where its units come from. */
export interface FoldedText {
  folded: string;
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
  if (isFolded(text)) return { folded: text, at: itself, end: next };
  const first = firstIntricate(text, 0);
  if (first === text.length) {
    return {
      folded: foldLookAlikes(plain(text, 0, first)),
      at: itself,
      end: next,
    };
  }
  let folded = "";
  forStretches(
    text,
    first,
    (start, end) => (folded += plain(text, start, end)),
    (start, end) => {
      for (const { made } of foldStretch(text.slice(start, end))) folded += made;
    },
  );
  const { length } = folded;
  // Asked for only where a word was found.
  let stretches: readonly Stretch[] | null = null;
  const stretchAt = (index: number): Stretch | undefined => {
    stretches ??= stretchesOf(text, first);
    return index < length ? stretches.findLast(({ from }) => from <= index) : undefined;
  };
  return {
    folded: foldLookAlikes(folded),
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

/** Calls for every stretch of a text: plain letters, then what has to be looked at closely. */
function forStretches(
  text: string,
  first: number,
  calmly: (start: number, end: number) => void,
  closely: (start: number, end: number) => void,
): void {
  let place = 0;
  let intricate = first;
  while (place < text.length) {
    // The last plain letter may carry a mark, so it belongs to what is looked at closely.
    const calm = Math.max(place, intricate < text.length ? intricate - 1 : intricate);
    if (calm > place) calmly(place, calm);
    place = calm;
    if (place === text.length) return;
    const end = intricateEnd(text, intricate);
    closely(place, end);
    place = end;
    intricate = firstIntricate(text, place);
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
      for (const { length, made } of foldStretch(text.slice(begin, end))) {
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

const same = 1;
const other = 2;
/** Whether a unit is read as itself wherever it stands; 0 while nobody asked. */
const units = new Uint8Array(0x1_0000);

/** True when the copy of a text is the text: so it is with most of them. */
function isFolded(text: string): boolean {
  for (let place = 0; place < text.length; place += 1) {
    const unit = text.charCodeAt(place);
    let kind = units[unit];
    if (kind === 0) {
      kind = plainLetters()[unit] === unit && !mayLookAlike(text.charAt(place)) ? same : other;
      units[unit] = kind;
    }
    if (kind === other) return false;
  }
  return true;
}

/** The first unit from a place on that is no plain letter; the end of the text where there is none. */
function firstIntricate(text: string, from: number): number {
  const letters = plainLetters();
  let place = from;
  while (place < text.length && letters[text.charCodeAt(place)] !== 0) place += 1;
  return place;
}

/** Behind the last of the units that are looked at closely together: single plain letters between them count too. */
function intricateEnd(text: string, from: number): number {
  const letters = plainLetters();
  const isPlain = (place: number): boolean => letters[text.charCodeAt(place)] !== 0;
  let place = from;
  while (
    place < text.length &&
    (!isPlain(place) || (place + 1 < text.length && !isPlain(place + 1)))
  )
    place += 1;
  return Math.min(place + 1, text.length);
}

const scratch = new Uint16Array(4096);

/** Plain letters from one place to another as they are read. */
function plain(text: string, from: number, to: number): string {
  const letters = plainLetters();
  let place = from;
  while (place < to && letters[text.charCodeAt(place)] === text.charCodeAt(place)) place += 1;
  if (place === to) return text.slice(from, to);
  // Letter by letter a text of full-width signs would be made of hundreds of strings.
  let made = "";
  for (let begin = from; begin < to; begin += scratch.length) {
    const count = Math.min(scratch.length, to - begin);
    for (let index = 0; index < count; index += 1)
      scratch[index] = letters[text.charCodeAt(begin + index)] ?? 0;
    made += String.fromCharCode(...scratch.subarray(0, count));
  }
  return made;
}

interface FoldedGrapheme {
  /** In the original. */
  length: number;
  made: string;
}

const foldedStretches = new Map<string, readonly FoldedGrapheme[]>();
const mostStretches = 2000;

/** Remembered, as a creator has the same few emoji again and again. */
function foldStretch(text: string): readonly FoldedGrapheme[] {
  const known = foldedStretches.get(text);
  if (known !== undefined) return known;
  if (foldedStretches.size >= mostStretches) foldedStretches.clear();
  const made = graphemes(text).map((grapheme) => ({
    length: grapheme.length,
    made: foldClosely(grapheme),
  }));
  if (text.length <= mostUnits) foldedStretches.set(text, made);
  return made;
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
