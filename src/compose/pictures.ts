import { replaceCharacters } from "../text/graphemes.ts";
import { unitTest } from "../text/unit-set.ts";

const pictures = /[\p{Extended_Pictographic}\p{RI}\u20e3]|^\p{EMod}/u;
const isPictureUnit = unitTest(pictures);
/** Most emoji are pairs of units. */
const mayBePicture = unitTest(
  /[\p{Extended_Pictographic}\p{RI}\u20e3\p{EMod}\u0000\p{Surrogate}]/u,
);
/** Signs of the emoji list that are read as writing unless they ask for their picture. */
const written = /^[©®™‼⁉]$/u;
const manySpaces = /\s\s|[^\S ]/u;
/** Stands for an emoji between two sentences; a line never holds this character. */
export const pictureBreak = "\u0001";

/** Takes emoji out; two words that only an emoji kept apart stay apart, two sentences get a break. */
export function withoutPictures(line: string): string {
  const single = (text: string): string =>
    manySpaces.test(text) ? text.replaceAll(/\s+/gu, " ") : text;
  if (!hasAny(line, mayBePicture)) return single(line).trim();
  const marked = single(replaceCharacters(line, isPicture, picture));
  let kept = "";
  let place = 0;
  for (let at = marked.indexOf(picture); at !== -1; at = marked.indexOf(picture, place)) {
    let end = at + 1;
    while (isSpaceOrPicture(marked.charCodeAt(end))) end += 1;
    const start = at > place && marked.charAt(at - 1) === " " ? at - 1 : at;
    kept += marked.slice(place, start) + inPlaceOf(marked, start, end);
    place = end;
  }
  return (kept + marked.slice(place)).trim();
}

/** Stands for an emoji while it is taken out; a line never holds this character. */
const picture = "\u0000";
const isSpaceOrPicture = unitTest(/[\s\u0000]/u);
const isBehindSentence = /[.,!?;:)。，！？；：、）]/;

/** What comes in the place of emoji between two places of a line, and of the spaces around them. */
function inPlaceOf(line: string, start: number, end: number): string {
  if (end === line.length || isBehindSentence.test(line.charAt(end))) return "";
  return startsSentence.test(codePointAt(line, end)) && endsWord.test(codePointBefore(line, start))
    ? pictureBreak
    : " ";
}

const startsSentence = /[\p{Lu}\p{Lo}¿¡]/u;
const endsWord = /[\p{L}\p{N}]/u;

function codePointAt(text: string, at: number): string {
  return String.fromCodePoint(text.codePointAt(at) ?? 0);
}

function codePointBefore(text: string, at: number): string {
  return at === 0 ? "" : ([...text.slice(Math.max(0, at - 2), at)].at(-1) ?? "");
}

function hasAny(text: string, isOne: (unit: number) => boolean): boolean {
  const { length } = text;
  for (let at = 0; at < length; at += 1) if (isOne(text.charCodeAt(at))) return true;
  return false;
}

/** Most characters of a line are one unit, and hardly any of those is a picture. */
function isPicture(grapheme: string): boolean {
  if (grapheme.length === 1 && !isPictureUnit(grapheme.charCodeAt(0))) return false;
  return pictures.test(grapheme) && !written.test(grapheme);
}
