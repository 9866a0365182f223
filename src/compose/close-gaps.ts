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
const pointer = new RegExp(
  String.raw`(?:(?<![\p{L}\p{N}])(?:with|by|via|from|at|to|ft|feat|featuring|cc|ib|dc|cr|credits?|con|por|avec|mit|w\/)\.?)?[^\S\n]{0,3}[:：]?[^\S\n]{0,3}${gap}(?=[^\S\n]*(?:[.!?。！？…)）\]】]|$))`,
  "gimu",
);
const emptyBrackets = /\(\)|（）|\[\]|【】/gu;
const solidEnd = /[\p{L}\p{N}\p{M}\p{Extended_Pictographic}\p{RI}\u200c\u200d.:@＠/]$/u;
const solidStart =
  /^(?:[\p{L}\p{N}\p{M}\p{Extended_Pictographic}\p{RI}\u200c\u200d]|[.:@＠/]+[\p{L}\p{N}])/u;
/** `#a#b` are two words, and no address may come into being; Chinese needs no space. */
export function needsSpace(before: string, after: string): boolean {
  const last = [...before.slice(-2)].at(-1) ?? "";
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
    .filter((line) => !(line.includes(gap) && leftover.test(line)))
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
  const first = line.indexOf(gap);
  if (first === -1) return line;
  const start = Math.max(0, first - pointerRoom);
  return line.slice(0, start) + line.slice(start).replace(pointer, gap);
}

function closeLine(line: string): string {
  const first = line.indexOf(gap);
  if (first === -1) return line;
  // Nothing is replaced before the white space before the first gap; the last letters there count for the space.
  let start = first;
  while (start > 0 && line.charAt(start - 1).trim() === "") start -= 1;
  start = Math.max(0, start - 4);
  const closed = line
    .slice(start)
    .replace(/[^\S\n]*\u0000[\s\u0000]*(?=[.,!?;:。，！？；：、)）\]】](?![\p{L}\p{N}]))/gu, gap)
    .replace(/([(（[【])[^\S\n]*\u0000[\s\u0000]*/gu, `$1${gap}`)
    .replace(/[^\S\n]+\u0000[\s\u0000]*/gu, " ")
    .replace(/\u0000[\s\u0000]*/gu, (_, place: number, whole: string) =>
      needsSpace(whole.slice(0, place), whole.slice(place).replace(/^[\s\u0000]+/u, "")) ? " " : "",
    );
  return (line.slice(0, start) + closed).replace(emptyBrackets, "").trim();
}
