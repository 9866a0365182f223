import { foldLookAlikes } from "./look-alikes.ts";
import { graphemes } from "./measure.ts";
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
  const first = firstIntricate(text, 0);
  if (first === text.length) {
    return {
      folded: foldLookAlikes(plain(text, 0, first)),
      at: (index) => index,
      end: (index) => index + 1,
    };
  }
  const stretches: Stretch[] = [];
  let folded = "";
  let place = 0;
  let next = first;
  while (place < text.length) {
    // The last plain letter may carry a mark, so it belongs to what is looked at closely.
    const calm = Math.max(place, next < text.length ? next - 1 : next);
    if (calm > place) stretches.push({ from: folded.length, start: place, end: null });
    folded += plain(text, place, calm);
    place = calm;
    const end = intricateEnd(text, next);
    for (const grapheme of graphemes(text.slice(place, end))) {
      stretches.push({ from: folded.length, start: place, end: place + grapheme.length });
      folded += foldGrapheme(grapheme);
      place += grapheme.length;
    }
    next = firstIntricate(text, place);
  }
  const stretchAt = (index: number): Stretch | undefined =>
    index < folded.length ? stretches.findLast(({ from }) => from <= index) : undefined;
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

/** Plain letters, which are one unit each in both, or one character that was looked at closely. */
interface Stretch {
  /** Where it begins in the copy; what left nothing there begins where the next one does. */
  from: number;
  /** In the original. */
  start: number;
  /** Null for plain letters. */
  end: number | null;
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

/** Plain letters from one place to another as they are read. */
function plain(text: string, from: number, to: number): string {
  const letters = plainLetters();
  let made = "";
  let kept = from;
  for (let place = from; place < to; place += 1) {
    const unit = text.charCodeAt(place);
    const read = letters[unit] ?? unit;
    if (read === unit) continue;
    made += text.slice(kept, place) + String.fromCharCode(read);
    kept = place + 1;
  }
  return kept === from ? text.slice(from, to) : made + text.slice(kept, to);
}

const foldedGraphemes = new Map<string, string>();
const mostGraphemes = 2000;

function foldGrapheme(grapheme: string): string {
  const known = foldedGraphemes.get(grapheme);
  if (known !== undefined) return known;
  if (foldedGraphemes.size >= mostGraphemes) foldedGraphemes.clear();
  const made = foldClosely(grapheme);
  foldedGraphemes.set(grapheme, made);
  return made;
}

function foldClosely(grapheme: string): string {
  const seen = grapheme.replace(unseen, "").normalize("NFKC").replace(strokes, "");
  return boxed.test(seen) ? boxedLetter(seen.codePointAt(0) ?? 0) : simplifyLetters(seen);
}

function boxedLetter(point: number): string {
  const first = point >= 0x1f1e6 ? 0x1f1e6 : point >= 0x1f170 ? 0x1f170 : 0x1f150;
  return String.fromCharCode(0x41 + point - first);
}
