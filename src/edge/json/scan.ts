import { JsonError } from "./error.ts";
import {
  numberMayEnd,
  numberStart,
  type NumberState,
  numberStep,
  numberValue,
  wordsByFirstByte,
} from "./scalar.ts";
import { scanString, stringStart, type StringState, stringText } from "./string.ts";
import type { JsonTree } from "./tree.ts";

/** Nothing of TikTok is deeper than ten; a file of brackets only must not fill the memory. */
const deepest = 200;
/** The longest text that is kept; TikTok's longest are 35 addresses of a few hundred signs each. */
const longestText = 256 * 1024;
/** The largest record that is kept; TikTok's have a few thousand bytes. */
const largestRecord = 4 * 1024 ** 2;

type Expected = "value" | "value-or-end" | "key" | "key-or-end" | "colon" | "comma-or-end" | "end";
/** The token that a chunk may end inside of. */
type Token =
  | {
      type: "string";
      state: StringState;
      isKey: boolean;
      parts: Buffer[] | null;
      length: number;
      /** Where it begins, when only that is wanted; else null. */
      from: number | null;
    }
  | { type: "number"; state: NumberState; text: string | null }
  | { type: "word"; word: string; seen: number; value: boolean | null; wanted: boolean };

/** Checks JSON byte by byte and tells the tree of it. */
export interface JsonScanner {
  write(chunk: Buffer): void;
  /** Throws JsonError when the JSON is not whole. */
  end(): void;
}

/**
 * Reads JSON of any size. What nobody asked for is checked, but neither decoded nor built: that makes a
 * watch history of a gigabyte bearable.
 */
export function jsonScanner(tree: JsonTree): JsonScanner {
  /** True for a list, per open bracket. */
  const lists: boolean[] = [];
  /** How many brackets were open where the value began that is passed over; -1 when none is. */
  let skippedFrom = -1;
  let expected: Expected = "value";
  let token: Token | null = null;
  /** Bytes before this chunk. */
  let base = 0;
  let line = 1;
  let lineStart = 0;
  let recordStart = 0;

  const skipping = () => skippedFrom >= 0;

  function wrong(at: number, why = "It is wrong at"): never {
    const offset = base + at;
    const place = `byte ${offset}, line ${line}, column ${offset - lineStart + 1}`;
    throw new JsonError(`${why} ${place}.`, offset);
  }

  function valueBegins(at: number): void {
    if (expected !== "value" && expected !== "value-or-end") wrong(at);
  }

  function valueEnded(): void {
    expected = lists.length === 0 ? "end" : "comma-or-end";
  }

  function open(list: boolean, at: number): void {
    valueBegins(at);
    if (lists.length >= deepest) wrong(at, "It is nested too deep at");
    if (!skipping()) {
      const outside = !tree.building();
      if (!tree.open(list)) skippedFrom = lists.length;
      else if (outside) recordStart = base + at;
    }
    lists.push(list);
    expected = list ? "value-or-end" : "key-or-end";
  }

  function close(list: boolean, at: number): void {
    if (lists.at(-1) !== list) wrong(at);
    if (expected !== "comma-or-end" && expected !== (list ? "value-or-end" : "key-or-end"))
      wrong(at);
    const empty = expected !== "comma-or-end";
    lists.pop();
    if (!skipping()) tree.close(list, empty);
    else if (lists.length === skippedFrom) skippedFrom = -1;
    valueEnded();
  }

  function comma(at: number): void {
    if (expected !== "comma-or-end") wrong(at);
    const list = lists.at(-1) === true;
    if (list && !skipping()) tree.next();
    expected = list ? "value" : "key";
  }

  function stringBegins(at: number): void {
    const isKey = expected === "key" || expected === "key-or-end";
    if (!isKey) valueBegins(at);
    const choice = skipping() ? "skip" : isKey ? "keep" : tree.wants("string");
    token = {
      ...{ type: "string", state: stringStart(), isKey, length: 0 },
      parts: choice === "keep" ? [] : null,
      from: choice === "locate" ? base + at + 1 : null,
    };
  }

  /** Answers the place after what it has taken of the chunk. */
  function inString(chunk: Buffer, at: number, current: Token & { type: "string" }): number {
    const end = scanString(chunk, at, current.state);
    if (end < 0) return wrong(-end - 1);
    if (current.parts !== null) {
      current.length += end - at;
      if (current.length > longestText) wrong(at, "A text is far too long at");
      // A copy where the text goes on in the next chunk: the stream may use its memory again.
      const part = chunk.subarray(at, end);
      current.parts.push(end === chunk.length ? Buffer.from(part) : part);
    }
    if (end === chunk.length) return end;
    stringEnds(current, base + end);
    return end + 1;
  }

  function stringEnds(ended: Token & { type: "string" }, to: number): void {
    const { state, isKey, parts, from } = ended;
    token = null;
    if (from !== null) tree.located({ from, to, escaped: state.anyEscape });
    if (parts !== null) {
      const [only = Buffer.alloc(0)] = parts;
      const text = stringText(parts.length < 2 ? only : Buffer.concat(parts), state);
      if (isKey) tree.key(text);
      else tree.scalar(text);
    }
    if (isKey) expected = "colon";
    else valueEnded();
  }

  function scalarBegins(byte: number, at: number): void {
    valueBegins(at);
    const word = wordsByFirstByte.get(byte);
    if (word !== undefined) {
      const wanted = !skipping() && tree.wants(word.value === null ? "null" : "boolean") === "keep";
      token = { type: "word", ...word, seen: 1, wanted };
      return;
    }
    const state = numberStart(byte);
    if (state === null) return wrong(at);
    const wanted = !skipping() && tree.wants("number") === "keep";
    token = { type: "number", state, text: wanted ? String.fromCharCode(byte) : null };
  }

  function inNumber(chunk: Buffer, at: number, current: Token & { type: "number" }): number {
    let place = at;
    while (place < chunk.length) {
      const byte = chunk[place] ?? 0;
      const next = numberStep(current.state, byte);
      if (next === null) {
        if (!numberMayEnd(current.state)) wrong(place);
        numberEnds(current);
        return place;
      }
      current.state = next;
      if (current.text !== null) {
        current.text += String.fromCharCode(byte);
        if (current.text.length > 1000) wrong(place, "A number is far too long at");
      }
      place += 1;
    }
    return place;
  }

  function numberEnds({ text }: Token & { type: "number" }): void {
    token = null;
    if (text !== null) tree.scalar(numberValue(text));
    valueEnded();
  }

  function inWord(chunk: Buffer, at: number, current: Token & { type: "word" }): number {
    if (chunk[at] !== current.word.charCodeAt(current.seen)) wrong(at);
    current.seen += 1;
    if (current.seen === current.word.length) {
      token = null;
      if (current.wanted) tree.scalar(current.value);
      valueEnded();
    }
    return at + 1;
  }

  function inToken(chunk: Buffer, at: number, current: Token): number {
    if (current.type === "string") return inString(chunk, at, current);
    return current.type === "number" ? inNumber(chunk, at, current) : inWord(chunk, at, current);
  }

  function sign(byte: number, at: number): void {
    if (byte === 0x22) stringBegins(at);
    else if (byte === 0x3a) {
      if (expected !== "colon") wrong(at);
      expected = "value";
    } else if (byte === 0x2c) comma(at);
    else if (byte === 0x7b) open(false, at);
    else if (byte === 0x7d) close(false, at);
    else if (byte === 0x5b) open(true, at);
    else if (byte === 0x5d) close(true, at);
    else scalarBegins(byte, at);
  }

  function write(chunk: Buffer): void {
    let at = base === 0 && startsWithMark(chunk) ? 3 : 0;
    while (at < chunk.length) {
      if (token !== null) {
        at = inToken(chunk, at, token);
        continue;
      }
      const byte = chunk[at] ?? 0;
      if (byte === 0x0a) {
        line += 1;
        lineStart = base + at + 1;
      } else if (byte !== 0x20 && byte !== 0x0d && byte !== 0x09) sign(byte, at);
      at += 1;
    }
    if (tree.building() && base + at - recordStart > largestRecord) {
      wrong(at, "A record is far too large at");
    }
    base += chunk.length;
  }

  function end(): void {
    if (base === 0) throw new JsonError("The file is empty.", 0);
    if (token?.type === "number" && numberMayEnd(token.state)) numberEnds(token);
    if (token !== null || expected !== "end") {
      const place = `byte ${base}, line ${line}, column ${base - lineStart + 1}`;
      throw new JsonError(`It breaks off at ${place}: the end is missing.`, base);
    }
  }

  return { write, end };
}

/** The mark that some editors put before UTF-8. */
function startsWithMark(chunk: Buffer): boolean {
  return chunk[0] === 0xef && chunk[1] === 0xbb && chunk[2] === 0xbf;
}
