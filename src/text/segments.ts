import { endsCharacter, graphemes } from "./graphemes.ts";
import { unitTest } from "./unit-set.ts";

const words = new Intl.Segmenter("zh", { granularity: "word" });
const sentenceBreaks = new Intl.Segmenter("en", { granularity: "sentence" });

/** Without one of these a text is one sentence. */
const mayEndSentence = /[\p{Sentence_Terminal}.\u2024\ufe52\uff0e\r\n\u0085\u2028\u2029]/u;

/** Shortenings whose full stop ends no sentence; also a single capital, as in `J. Smith`. */
const shortening =
  /(?<![\p{L}\p{N}])(?:dr|mr|mrs|ms|st|prof|jr|sr|sra|srta|ud|uds|no|nr|vs|vol|pt|ep|fig|art|pág|approx|ca|e\.g|i\.e|p\.ej|z\.b|\p{Lu})\.\s*$/iu;
const singleSmallLetter = /(?<![\p{L}\p{N}.])\p{Ll}\.\s*$/u;

/** Scripts that write without spaces between words. */
const spaceless =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;
const amountBefore = /[\p{N}\p{Sc}][\p{N}\p{Sc}.,:/'’٫٬%+×x–—~-]*[^\S\n]?$/u;
const amountAfter = /^[^\S\n]?[.,:/'’٫٬+×–—~-]?[\p{N}\p{Sc}%‰°]/u;
const unitAfter =
  /^(?:\p{L}|[^\S\n]?(?:km|kg|g|cm|mm|m|ml|l|mi|miles?|lbs?|oz|ft|k|am|pm|usd|eur|gbp|dollars?|bucks|euros?|dólares|pesos|pounds|cents|hundred|thousand|mil|million|millones|billion|percent|[元块万亿年月日岁个])(?!\p{L}))/iu;

/** Chinese writes numbers in words; 一 alone is also an ordinary one. */
const hanNumber = /[〇零一二三四五六七八九十百千万亿两]$/u;
const hanNumberAfter = /^[〇零一二三四五六七八九十百千万亿元块年月日岁]/u;

/** The sentences of a text with the space that follows them; joined, they are the text. Found one by one. */
export function* sentences(text: string): Generator<string, undefined> {
  if (leastSentence(text) === text.length || !mayEndSentence.test(text)) {
    if (text !== "") yield text;
    return undefined;
  }
  let open = "";
  for (const { segment } of sentenceBreaks.segment(text)) {
    open += segment;
    if (endsShort(open) && !segment.includes("\n")) continue;
    yield open;
    open = "";
  }
  if (open !== "") yield open;
  return undefined;
}

/** The units of what may end a sentence; a half of a pair may be one. */
const mayEndHere = unitTest(new RegExp(`${mayEndSentence.source}|\\p{Surrogate}`, "u"));

/** So many units at least are the first sentence of a text; all of them when it cannot have two. */
export function leastSentence(text: string): number {
  let end = 0;
  const { length } = text;
  while (end < length && !(mayEndHere(text.charCodeAt(end)) && !isInside(text, end))) end += 1;
  return end;
}

/** True for a full stop that surely ends no sentence: before a digit, and before a small letter behind spaces or none. */
function isInside(text: string, at: number): boolean {
  if (text.charCodeAt(at) !== 0x2e) return false;
  let next = at + 1;
  let unit = text.charCodeAt(next);
  if (unit >= 0x30 && unit <= 0x39) return true;
  while (unit === 0x20) unit = text.charCodeAt((next += 1));
  return unit >= 0x61 && unit <= 0x7a;
}

function endsShort(open: string): boolean {
  const end = open.trimEnd();
  if (!end.endsWith(".")) return false;
  const last = end.slice(-longestShortening);
  return shortening.test(last) && !singleSmallLetter.test(last);
}

/** The last end of a sentence that is not behind a place; null when there is none. */
export function lastSentenceEnd(text: string, most: number): number | null {
  const { length } = text;
  if (most >= length) return length === 0 ? null : length;
  if (leastSentence(text) > most) return null;
  const segments = sentenceBreaks.segment(text);
  for (let place = most; place > 0;) {
    const last = segments.containing(place - 1);
    if (last === undefined) return null;
    const end = last.index + last.segment.length;
    if (end <= most) {
      const open = text.slice(Math.max(0, last.index - longestShortening), end);
      if (last.segment.includes("\n") || !endsShort(open)) return end;
    }
    place = last.index;
  }
  return null;
}

/** More than the longest of them, with what stands before it. */
const longestShortening = 16;

/** True when a cut at this place would tear a number, a price, a time or an amount from its unit. */
export function tearsAmount(text: string, at: number): boolean {
  if (!mayEndAmount(text, at)) return false;
  const before = text.slice(Math.max(0, at - 40), at);
  const after = text.slice(at, at + 40);
  if (hanNumber.test(before) && hanNumberAfter.test(after)) return true;
  if (!amountBefore.test(before)) return false;
  return amountAfter.test(after) || (/\p{N}[^\S\n]?$/u.test(before) && unitAfter.test(after));
}

/** 1 for a unit that an amount or its sign cannot end with, 2 for one that it may, 0 while nobody asked. */
const amountEnds = new Uint8Array(0x1_0000);
const amountEnd = /[\p{N}\p{Sc}.,:/'’٫٬%+×x–—~\-\p{Surrogate}百千万亿两]/u;

/** False is sure, and what nearly every letter answers. */
function mayEndAmount(text: string, at: number): boolean {
  const last = text.charAt(at - 1);
  const sign = last !== "\n" && last.trim() === "" ? text.charAt(at - 2) : last;
  if (sign === "") return false;
  const unit = sign.charCodeAt(0);
  if (amountEnds[unit] === 0) {
    amountEnds[unit] = amountEnd.test(sign) || hanNumber.test(sign) ? 2 : 1;
  }
  return amountEnds[unit] === 2;
}

/**
 * Places between two words where a text may be cut, ascending; none is inside a character or an amount.
 * @param most none behind this one is sought
 */
export function wordEnds(text: string, most = text.length): number[] {
  const simple = spacedWordEnds(text, most);
  if (simple !== null) return simple;
  const ends: number[] = [];
  for (const word of words.segment(text)) {
    if (word.index + word.segment.length > most) break;
    if (mayCutAfter(text, word)) ends.push(word.index + word.segment.length);
  }
  return ends;
}

const isIntricate = unitTest(
  new RegExp(String.raw`${spaceless.source}|[\p{Surrogate}\ufeff]|(?![\t\n ])\s`, "u"),
);

/** The `wordEnds` where only spaces tell one word from the next, as in most texts; null where a closer look is needed. */
function spacedWordEnds(text: string, most: number): number[] | null {
  const ends: number[] = [];
  const last = Math.min(most, text.length);
  for (let at = 0; at <= last; at += 1) {
    const unit = at === text.length ? 0x0a : text.charCodeAt(at);
    if (isIntricate(unit)) return null;
    if (at === 0 || (unit !== 0x20 && unit !== 0x0a && unit !== 0x09)) continue;
    // Spaces in a row are one.
    if (unit === 0x20 && text.charCodeAt(at - 1) === 0x20) continue;
    if (endsCharacter(text, at) && !tearsAmount(text, at)) ends.push(at);
  }
  return ends;
}

/** The last of the `wordEnds` that is not behind a place, sought from there; null when there is none. */
export function lastWordEnd(text: string, most: number): number | null {
  const segments = words.segment(text);
  for (let place = most; place > 0;) {
    const word = segments.containing(place - 1);
    if (word === undefined) return null;
    const end = word.index + word.segment.length;
    if (end <= most && mayCutAfter(text, word)) return end;
    place = word.index;
  }
  return null;
}

function mayCutAfter(text: string, { index, segment }: Intl.SegmentData): boolean {
  const end = index + segment.length;
  const next = text.slice(end, end + 2);
  if (next !== "" && !/^\s/u.test(next) && !spaceless.test(next.charAt(0))) {
    const last = segment.length === 1 ? segment : (graphemes(segment).at(-1) ?? "");
    if (!spaceless.test(last)) return false;
  }
  return endsCharacter(text, end) && !tearsAmount(text, end);
}

/** The last place not behind this one that is between two characters and inside no amount; null when there is none. */
export function lastCharacterEnd(
  text: string,
  most: number,
  isGood: (place: number) => boolean = () => true,
): number | null {
  for (let place = most; place > 0; place -= 1) {
    if (endsCharacter(text, place) && isGood(place)) return place;
  }
  return null;
}

/** The last of these places at which the text, cut there, still fits; null when none does. */
export function lastFitting(
  text: string,
  ends: readonly number[],
  fits: (cut: string) => boolean,
): number | null {
  let low = 0;
  let high = ends.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (fits(text.slice(0, ends[middle]))) low = middle + 1;
    else high = middle;
  }
  return low === 0 ? null : (ends[low - 1] ?? null);
}

/**
 * The longest beginning that fits, as the place of its end, never inside a pair.
 * @param fits of a beginning and a longer one, where the longer fits, the other one does too
 * @param guess where it may end; the nearer, the fewer beginnings are tried, the answer is the same
 */
export function longestFitting(
  text: string,
  fits: (cut: string) => boolean,
  guess = text.length >> 1,
): number {
  const whole = (place: number): number => {
    const isInPair = place > 0 && (text.codePointAt(place - 1) ?? 0) > 0xffff;
    return isInPair ? place - 1 : place;
  };
  let low = 0;
  let high = text.length + 1;
  let middle = Math.min(guess, text.length);
  for (let step = 1; high - low > 1; step *= 2) {
    if (middle <= low || middle >= high) middle = (low + high) >> 1;
    if (fits(text.slice(0, whole(middle)))) {
      low = middle;
      middle += step;
    } else {
      high = middle;
      middle -= step;
    }
  }
  return whole(low);
}

/** The end of every character as people see them. */
export function characterEnds(text: string): Set<number> {
  const ends = new Set<number>();
  let place = 0;
  for (const grapheme of graphemes(text)) {
    place += grapheme.length;
    ends.add(place);
  }
  return ends;
}
