import { graphemes } from "./measure.ts";

const words = new Intl.Segmenter("zh", { granularity: "word" });
const sentenceBreaks = new Intl.Segmenter("en", { granularity: "sentence" });

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

/** The sentences of a text with the space that follows them; joined, they are the text. */
export function sentences(text: string): string[] {
  const found: string[] = [];
  let open = "";
  for (const { segment } of sentenceBreaks.segment(text)) {
    open += segment;
    if (shortening.test(open) && !singleSmallLetter.test(open) && !segment.includes("\n")) continue;
    found.push(open);
    open = "";
  }
  if (open !== "") found.push(open);
  return found;
}

/** True when a cut at this place would tear a number, a price, a time or an amount from its unit. */
export function tearsAmount(text: string, at: number): boolean {
  const before = text.slice(Math.max(0, at - 40), at);
  const after = text.slice(at, at + 40);
  if (hanNumber.test(before) && hanNumberAfter.test(after)) return true;
  if (!amountBefore.test(before)) return false;
  return amountAfter.test(after) || (/\p{N}[^\S\n]?$/u.test(before) && unitAfter.test(after));
}

/** Places between two words where a text may be cut, ascending; none is inside a character or an amount. */
export function wordEnds(text: string): number[] {
  const whole = characterEnds(text);
  const ends: number[] = [];
  for (const { index, segment } of words.segment(text)) {
    const end = index + segment.length;
    if (!whole.has(end) || tearsAmount(text, end)) continue;
    const last = graphemes(segment).at(-1) ?? "";
    const next = text.slice(end, end + 2);
    if (
      next === "" ||
      /^\s/u.test(next) ||
      spaceless.test(last) ||
      spaceless.test(next.charAt(0))
    ) {
      ends.push(end);
    }
  }
  return ends;
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
  return ends[low - 1] ?? null;
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
