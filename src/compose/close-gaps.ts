import { unitTest } from "../text/unit-set.ts";

/** Stand where something was taken out; control characters never survive in a caption. */
export const gap = "\u0000";
/** The same for a tag. */
export const tagGap = "\u0001";
const list = String.raw`(?:[\s,&+、，·•|/]|\b(?:and|y|e|et|und)\b|和)*`;
/** `with @a, @b and @c` is one gap. */
const gaps = new RegExp(`[${gap}${tagGap}](?:${list}[${gap}${tagGap}])*`, "gu");
/** A line of which only this is left said nothing else. */
const leftover = /^[\s\u0000,;:.&+、，。；：·•|/()（）[\]]*$/u;
/** Words that point at a handle or address that was taken out would be left hanging at the end of a line or sentence. */
const pointerBefore =
  /(?:(?<![\p{L}\p{N}])(?:with|by|via|from|at|to|ft|feat|featuring|cc|ib|dc|cr|credits?|con|por|avec|mit|w\/)\.?)?[^\S\n]{0,3}[:：]?[^\S\n]{0,3}$/iu;
const isEndBehind = unitTest(/[.!?。！？…)）\]】\r\u2028\u2029]/u);
const emptyBrackets = /\(\)|（）|\[\]|【】/gu;
const solidEnd = /[\p{L}\p{N}\p{M}\p{Extended_Pictographic}\p{RI}\u200c\u200d.:@＠/]$/u;
const solidStart =
  /^(?:[\p{L}\p{N}\p{M}\p{Extended_Pictographic}\p{RI}\u200c\u200d]|[.:@＠/]+[\p{L}\p{N}])/u;
/** `#a#b` are two words, and no address may come into being; Chinese needs no space. */
export function needsSpace(before: string, after: string): boolean {
  const { length } = before;
  const isPair = (before.codePointAt(length - 2) ?? 0) > 0xffff;
  const last = before.slice(isPair ? length - 2 : -1);
  if (!solidEnd.test(last) || !solidStart.test(after)) return false;
  return !(/\p{Script=Han}/u.test(last) && /^\p{Script=Han}/u.test(after));
}

/** Closes the gaps without a double space, an empty pair of brackets or a line that only held a gap. */
export function closeGaps(text: string): string {
  const first = firstGap(text);
  if (first === -1) return withoutGaps(text);
  // Lines before the first and behind the last gap stay as they are.
  const start = text.lastIndexOf("\n", first) + 1;
  if (endsInTags(text, first)) return withoutTags(text, start, first);
  const last = Math.max(text.lastIndexOf(gap), text.lastIndexOf(tagGap));
  const end = text.indexOf("\n", last) === -1 ? text.length : text.indexOf("\n", last);
  const closed = text
    .slice(start, end)
    .replace(gaps, (run) =>
      run.includes("\n") ? run.replace(/[^\n\u0000\u0001]+/gu, "") : run.charAt(0),
    )
    .split("\n")
    .map((line) => withoutPointers(line).replaceAll(tagGap, gap))
    .filter((line) => !(line.includes(gap) && saysNothing(line)))
    .map(closeLine);
  const before = start === 0 ? [] : [text.slice(0, start - 1)];
  const behind = end === text.length ? [] : [text.slice(end + 1)];
  return withoutGaps([...before, ...closed, ...behind].join("\n"));
}

/** True where only tags stood from a place on, as behind most captions. */
function endsInTags(text: string, from: number): boolean {
  for (let at = from; at < text.length; at += 1) {
    const sign = text.charAt(at);
    if (sign !== tagGap && sign.trim() !== "") return false;
  }
  return true;
}

/** Nothing is left of the tags at the end, nor of their line where it said nothing else. */
function withoutTags(text: string, start: number, first: number): string {
  const line = text.slice(start, first);
  if (leftover.test(line)) return withoutGaps(text.slice(0, Math.max(0, start - 1)));
  const closed = line.replace(emptyBrackets, "").trim();
  return withoutGaps(closed === line ? text.slice(0, first) : text.slice(0, start) + closed);
}

function firstGap(text: string): number {
  const one = text.indexOf(gap);
  const other = text.indexOf(tagGap);
  return one === -1 || other === -1 ? Math.max(one, other) : Math.min(one, other);
}

function withoutGaps(text: string): string {
  return (text.includes("\n\n\n") ? text.replaceAll(/\n{3,}/g, "\n\n") : text).trim();
}

/** More than the longest pointer with its spaces and its colon, and the letter before it. */
const pointerRoom = 24;

function withoutPointers(line: string): string {
  let kept = "";
  let place = 0;
  for (let at = line.indexOf(gap); at !== -1; at = line.indexOf(gap, at + 1)) {
    let next = at + 1;
    while (isBlank(line.charCodeAt(next)) && !isBreak(line.charCodeAt(next))) next += 1;
    if (next < line.length && !isEndBehind(line.charCodeAt(next))) continue;
    const start = Math.max(place, at - pointerRoom);
    const found = start + line.slice(start, at).search(pointerBefore);
    if (found === at) continue;
    kept += line.slice(place, found);
    place = at;
  }
  return place === 0 ? line : kept + line.slice(place);
}

/** The signs of a leftover are many, but hardly any line begins with one. */
function saysNothing(line: string): boolean {
  return mayBeLeft(line.charCodeAt(0)) && leftover.test(line);
}

/** Takes each gap out together with the white space around it: a space stays where two words would melt. */
function closeLine(line: string): string {
  let closed = "";
  let place = 0;
  for (let at = line.indexOf(gap); at !== -1; at = line.indexOf(gap, place)) {
    let start = at;
    while (start > place && isBlank(line.charCodeAt(start - 1))) start -= 1;
    let end = at + 1;
    while (isBlankOrGap(line.charCodeAt(end))) end += 1;
    closed += line.slice(place, start);
    const isOpen =
      start === at || opensBracket(line.charCodeAt(start - 1)) || standsAlone(line, end);
    if (!isOpen || needsSpace(line.slice(Math.max(0, start - 2), start), line.slice(end)))
      closed += " ";
    place = end;
  }
  return place === 0 ? line : (closed + line.slice(place)).replace(emptyBrackets, "").trim();
}

const isBreak = unitTest(/[\r\u2028\u2029]/);
const isBlank = unitTest(/[^\S\n]/u);
const isBlankOrGap = unitTest(/[\s\u0000]/u);
const mayBeLeft = unitTest(/[\s\u0000,;:.&+、，。；：·•|/()（）[\]]/u);
const opensBracket = unitTest(/[(（[【]/u);
const isPunctuation = unitTest(/[.,!?;:。，！？；：、)）\]】]/u);
const letterOrDigit = /^[\p{L}\p{N}]/u;

/** True for a sign at a place that is the end of a word or sentence and not the start of what follows. */
function standsAlone(line: string, at: number): boolean {
  return isPunctuation(line.charCodeAt(at)) && !letterOrDigit.test(line.slice(at + 1, at + 3));
}
