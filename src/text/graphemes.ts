import { collectGraphemes, countGraphemes as countSlowly } from "unicode-segmenter/grapheme";

/**
 * Units, from and up to, that are a character on their own beside each other: Latin, Greek, Cyrillic, Hebrew and
 * Arabic letters, punctuation, currency signs, kana, Han, full-width forms. No marks, joiners, emoji, Hangul.
 */
const alone: readonly (readonly [number, number])[] = [
  [0x0a, 0x0a],
  [0x20, 0x7e],
  [0xa1, 0xa8],
  [0xaa, 0xac],
  [0xaf, 0x2ff],
  [0x370, 0x373],
  [0x376, 0x377],
  [0x386, 0x386],
  [0x388, 0x38a],
  [0x38e, 0x3a1],
  [0x3a3, 0x482],
  [0x48a, 0x52f],
  [0x5d0, 0x5ea],
  [0x620, 0x64a],
  [0x2010, 0x2027],
  [0x20a0, 0x20bf],
  [0x3000, 0x3029],
  [0x3041, 0x3096],
  [0x30a0, 0x30ff],
  [0x3400, 0x4dbf],
  [0x4e00, 0x9fff],
  [0xff01, 0xff9d],
];
const isAlone = new Uint8Array(0x1_0000);
for (const [from, to] of alone) isAlone.fill(1, from, to + 1);

/**
 * Calls for every stretch of a text: first one of characters of one unit each, then one that has to be looked
 * at closely. Both begin and end between characters.
 */
function walk(
  text: string,
  plain: (start: number, end: number) => void,
  intricate: (part: string) => void,
): void {
  const { length } = text;
  for (let place = 0; place < length;) {
    let end = place;
    while (end < length && isAlone[text.charCodeAt(end)] === 1) end += 1;
    // What follows may be a mark on the last one.
    const calm = end < length && end > place ? end - 1 : end;
    if (calm > place) plain(place, calm);
    if (calm === length) return;
    while (end < length && !isCalm(text, end)) end += 1;
    place = Math.min(end + 1, length);
    intricate(text.slice(calm, place));
  }
}

/** A letter before a letter: nothing hangs on it, nothing before it takes the next one along. */
function isCalm(text: string, at: number): boolean {
  if (isAlone[text.charCodeAt(at)] !== 1) return false;
  return at + 1 >= text.length || isAlone[text.charCodeAt(at + 1)] === 1;
}

/** What a person would call the characters of a text. */
export function graphemes(text: string): string[] {
  const found: string[] = [];
  walk(
    text,
    (start, end) => {
      for (let place = start; place < end; place += 1) found.push(text.charAt(place));
    },
    (part) => found.push(...collectGraphemes(part)),
  );
  return found;
}

/** A text with each character that a test is true for replaced; what is one unit among letters is not asked about. */
export function replaceCharacters(
  text: string,
  isWanted: (character: string) => boolean,
  by: string,
): string {
  let made = "";
  walk(
    text,
    (start, end) => (made += text.slice(start, end)),
    (part) => {
      for (const each of collectGraphemes(part)) made += isWanted(each) ? by : each;
    },
  );
  return made;
}

/** How many characters a text has. */
export function countGraphemes(text: string): number {
  let count = 0;
  walk(
    text,
    (start, end) => (count += end - start),
    (part) => (count += countSlowly(part)),
  );
  return count;
}

/** True at the end of a character and of the text, so never at its start. */
export function endsCharacter(text: string, at: number): boolean {
  if (at <= 0 || at > text.length) return false;
  if (at === text.length) return true;
  if (isAlone[text.charCodeAt(at - 1)] === 1 && isAlone[text.charCodeAt(at)] === 1) return true;
  // The nearest place before it that is surely between two characters.
  let start = at - 1;
  while (
    start > 0 &&
    !(isAlone[text.charCodeAt(start - 1)] === 1 && isAlone[text.charCodeAt(start)] === 1)
  )
    start -= 1;
  let end = start;
  for (const grapheme of graphemes(text.slice(start, at + 2))) {
    end += grapheme.length;
    if (end >= at) return end === at;
  }
  return false;
}
