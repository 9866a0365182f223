import { unitTest } from "./unit-set.ts";
import { unitsOf } from "./units.ts";

/** Letters of an address; ſ and K are s and k to a pattern that takes no heed of capitals. */
const inMailbox = unitTest(/[A-Za-z0-9._%+\-ſ\u212a]/);
const inHost = unitTest(/[A-Za-z0-9.\-ſ\u212a]/);
const firstWord = /\S/u;

/**
 * Every place where something other than text can begin in a caption, ascending: tags and handles at their signs,
 * credits at the first word, addresses at the word around their `@`, `.` or `://`. Few of them hold a token, but a
 * token begins nowhere else, so that nobody needs to look at every letter.
 */
export function tokenStarts(caption: string): number[] {
  const starts: number[] = [];
  const first = caption.search(firstWord);
  if (first !== -1) starts.push(first);
  let host = { dot: -1, start: 0 };
  for (let at = nextSign(caption, 0); at !== -1; at = nextSign(caption, at + 1)) {
    switch (caption.charCodeAt(at)) {
      case colon:
        starts.push(at - 5, at - 4);
        break;
      case dot:
        host = { dot: at, start: wordStart(caption, at, inHost, host) };
        starts.push(host.start);
        break;
      case atSign:
        starts.push(wordStart(caption, at, inMailbox), at);
        break;
      default:
        starts.push(at);
    }
  }
  let isAscending = true;
  let before = -1;
  for (const start of starts) {
    isAscending &&= start > before;
    before = start;
  }
  if (isAscending) return starts;
  return [...new Set(starts)].filter((start) => start >= 0).toSorted((a, b) => a - b);
}

const colon = 0x3a;
const dot = 0x2e;
const atSign = 0x40;
/** By unit: 1 for what a tag, a handle or an address has, and most texts rarely. */
const signs = new Uint8Array(0x1_0000);
for (const sign of "#＃@＠:.") signs[sign.charCodeAt(0)] = 1;
const afterDot = unitTest(/[!#-;=?-~ſ\u212a]/);
const startsEnding = unitTest(/[A-Za-zſ\u212a]/);
const isW = unitTest(/[Ww]/);

/** The next sign of a tag, a handle or an address from a place on; -1 for none. */
function nextSign(text: string, from: number): number {
  const units = unitsOf(text);
  const { length } = text;
  for (let at = from; at < length; at += 1) {
    const unit = units[at] ?? 0;
    if (signs[unit] === 0) continue;
    if (unit === dot && !isDotOfAddress(text, at)) continue;
    if (unit === colon && !text.startsWith("://", at)) continue;
    return at;
  }
  return -1;
}

/** False is sure: an address has a full stop before the letters that it ends with, or one behind `www`. */
function isDotOfAddress(text: string, at: number): boolean {
  const next = text.charCodeAt(at + 1);
  return startsEnding(next) || (afterDot(next) && isW(text.charCodeAt(at - 1)));
}

/** @param known the start of the word around an earlier dot: of many dots in one word each is walked to once */
function wordStart(
  caption: string,
  before: number,
  letters: (unit: number) => boolean,
  known: { dot: number; start: number } = { dot: -1, start: 0 },
): number {
  let start = before;
  while (start > 0 && letters(caption.charCodeAt(start - 1))) {
    start -= 1;
    if (start === known.dot) return known.start;
  }
  return start;
}

/** True when a text may hold an address or a handle; false is sure. */
export function mayHaveContact(text: string): boolean {
  for (let at = nextSign(text, 0); at !== -1; at = nextSign(text, at + 1)) {
    if (!/[#＃]/.test(text.charAt(at))) return true;
  }
  return false;
}
