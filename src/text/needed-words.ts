import { best, eitherOf, isRare } from "./needed-groups.ts";
import type { NeededGroup, NeededWord } from "./needed-groups.ts";

/** What every match of a part of a pattern has. */
interface Need {
  /** The rarest first; none where nothing can be said. */
  groups: readonly NeededGroup[];
  /** It begins with one of these; null: nothing can be said. */
  begins: readonly NeededWord[] | null;
  /** It is one of these texts, which stand for themselves; null: nothing can be said. */
  texts: readonly string[] | null;
}

interface Part extends Need {
  /** The part takes no room: a look to the side, an edge of a word. */
  empty: boolean;
  /** No letter and no digit stands before it, behind it, or on one side of it. */
  edge?: "before" | "behind" | "either";
}

/** Signs that follow on each other, in all the ways that they may. */
interface Run {
  texts: readonly string[];
  edge: boolean;
}

interface Cursor {
  source: string;
  at: number;
}

const nothing: Part = { groups: [], begins: null, texts: null, empty: false };
const aside: Part = { ...nothing, empty: true };
const digits = oneOf([..."0123456789"]);
/** What a look to the side says of an edge: a class of letters and digits, with whatever else, is not there. */
const edges: readonly (readonly [look: RegExp, edge: NonNullable<Part["edge"]>])[] = [
  [/\(\?<!\[(?!\^)[^\]]*\\p\{L\}[^\]]*\\p\{N\}[^\]]*\]\)/y, "before"],
  [/\(\?!\[(?!\^)[^\]]*\\p\{L\}[^\]]*\\p\{N\}[^\]]*\]\)/y, "behind"],
];
const mostSigns = 12;
/** Runs of so many ways are not followed further. */
const mostWays = 16;
const mostJoined = 64;
const asItself = /^[\^$\\.*+?()[\]{}|/-]$/;

/** Words in small letters that every text has which a pattern finds. A space in a word is any white space. */
export interface PatternNeeds {
  /** Of every group a word stands in it; none where none can be told. */
  groups: readonly NeededGroup[];
  /** What it finds begins with one of these, rare ones all; null where that cannot be told. */
  begins: readonly NeededWord[] | null;
}

/**
 * What a pattern (flags `iu`) needs. Its words may stand in other texts too; what is not understood says nothing,
 * so that no match is lost.
 */
export function patternNeeds(source: string): PatternNeeds {
  const cursor = { source, at: 0 };
  const { groups, begins } = alternatives(cursor);
  if (cursor.at < source.length) return { groups: [], begins: null };
  return {
    groups: groups.map(({ words, times }) => ({ times, words: words.map(firmEdges) })),
    begins: begins?.every(isRare) === true ? begins.map(firmEdges) : null,
  };
}

/** The edge of a word beside a sign that is no letter says that a letter stands there. */
function firmEdges({ text, edge, stop }: NeededWord): NeededWord {
  return { text, edge: edge && /^\w/.test(text), stop: stop && /\w$/.test(text) };
}

function alternatives(cursor: Cursor, edge = false): Need {
  const all = [sequence(cursor, edge)];
  while (take(cursor, "|")) all.push(sequence(cursor, edge));
  return {
    groups: eitherOf(all.map(({ groups }) => groups)),
    begins: allOf(all.map(({ begins }) => begins)),
    texts: allOf(all.map(({ texts }) => texts)),
  };
}

/** Null where nothing can be said of one of them. */
function allOf<Each>(lists: readonly (readonly Each[] | null)[]): readonly Each[] | null {
  return lists.includes(null) ? null : lists.flatMap((list) => list ?? []);
}

/** @param edge no letter stands before it */
function sequence(cursor: Cursor, edge: boolean): Need {
  const groups: NeededGroup[] = [];
  let begins: readonly NeededWord[] | null | undefined;
  let whole: readonly string[] | null = [""];
  let run: Run = { texts: [""], edge };
  const isOpen = (): boolean => run.texts.some((text) => text !== "");
  const note = (words: readonly NeededWord[] | null): void => {
    if (words !== null) groups.push({ words, times: 1 });
    begins = begins === undefined ? words : begins;
  };
  while (cursor.at < cursor.source.length && !/[|)]/.test(cursor.source.charAt(cursor.at))) {
    const part = readPart(cursor, !isOpen() && run.edge);
    const { least, exact } = readCount(cursor);
    if (part.empty) {
      // An edge says more of the words than their letters alone.
      if (part.edge !== undefined) whole = null;
      if (part.edge !== undefined && part.edge !== "behind" && !isOpen())
        run = { texts: [""], edge: true };
      else if (part.edge !== undefined && part.edge !== "before" && isOpen())
        note(openWords(run, true));
      continue;
    }
    whole = exact && whole !== null ? followed(whole, part.texts) : null;
    const longer = least > 0 ? followed(run.texts, part.texts) : null;
    if (longer !== null) {
      run = { ...run, texts: longer };
      if (exact) continue;
      note(openWords(run));
    } else if (least > 0 && isOpen()) {
      // What a part begins with follows at once on the letters before it.
      const joined = followed(run.texts, part.begins?.map(({ text }) => text) ?? null, mostJoined);
      const stops = part.begins?.every(({ stop }) => stop) ?? false;
      note(joined === null ? openWords(run) : wordsOf({ ...run, texts: joined }, stops));
    } else if (least > 0) begins = begins === undefined ? part.begins : begins;
    else note(openWords(run));
    if (least > 0 && (longer === null || least > 1))
      groups.push(...part.groups.map((group) => repeated(group, least)));
    // What follows stands behind the last one of a text that is there several times.
    const last = least > 0 ? part.texts : null;
    run = { texts: last ?? [""], edge: false };
  }
  if (isOpen()) note(openWords(run));
  return { groups: best(groups), begins: begins ?? null, texts: whole };
}

/** Only the first one of several stands at the edge before them all. */
function repeated({ words, times }: NeededGroup, least: number): NeededGroup {
  if (least === 1) return { words, times };
  return { words: words.map((word) => ({ ...word, edge: false })), times: times * least };
}

/** Every text with every end behind it; null where the ends are not known or they are too many. */
function followed(
  texts: readonly string[],
  ends: readonly string[] | null,
  most = mostWays,
): readonly string[] | null {
  if (ends === null || texts.length * ends.length > most) return null;
  return texts.flatMap((text) => ends.map((end) => text + end));
}

function wordsOf({ texts, edge }: Run, stop = false): readonly NeededWord[] {
  return texts.map((text) => ({ text, edge, stop }));
}

/** The words of a run; null where it has not begun, or not in all of its ways. */
function openWords(run: Run, stop = false): readonly NeededWord[] | null {
  return run.texts.includes("") ? null : wordsOf(run, stop);
}

function readPart(cursor: Cursor, edge: boolean): Part {
  const sign = String.fromCodePoint(cursor.source.codePointAt(cursor.at) ?? 0);
  if (sign === "(") return readGroup(cursor, edge);
  if (sign === "[") return readClass(cursor);
  cursor.at += sign.length;
  if (sign === "^" || sign === "$") return aside;
  if (sign === ".") return nothing;
  return sign === "\\" ? readEscape(cursor) : itself(sign);
}

function readGroup(cursor: Cursor, edge: boolean): Part {
  for (const [look, side] of edges)
    if (match(cursor, look) !== null) return { ...aside, edge: side };
  const [opening = "("] = match(cursor, /\((?:\?(?:<?[=!]|<[^>]*>|[a-z-]*:))?/y) ?? [];
  const looks = /^\(\?<?[=!]/.test(opening);
  const need = alternatives(cursor, edge && !looks);
  take(cursor, ")");
  return looks ? aside : { ...need, empty: false };
}

/** A class of a few signs is one of them. */
function readClass(cursor: Cursor): Part {
  const [, inside = ""] = match(cursor, /\[((?:[^\\\]]|\\.)*)\]/y) ?? [];
  const signs = [...inside.replace(/\d-\d/g, digitsBetween)];
  if (signs.length === 0 || signs.length > mostSigns || /[\\^-]/.test(signs.join("")))
    return nothing;
  const texts = allOf(signs.map((each) => itself(each).texts));
  return texts === null ? nothing : oneOf(texts);
}

/** `3-5` as `345`. */
function digitsBetween(range: string): string {
  return "0123456789".slice(Number(range.charAt(0)), Number(range.charAt(2)) + 1);
}

function oneOf(signs: readonly string[]): Part {
  const words = signs.map((text) => ({ text, edge: false, stop: false }));
  return { groups: [{ words, times: 1 }], begins: words, texts: signs, empty: false };
}

function readEscape(cursor: Cursor): Part {
  const pair = match(cursor, /u(d[89ab][\da-f]{2})\\u(d[c-f][\da-f]{2})/iy);
  if (pair !== null)
    return itself(String.fromCharCode(parseInt(pair[1] ?? "", 16), parseInt(pair[2] ?? "", 16)));
  const hex = match(cursor, /x([\da-f]{2})|u([\da-f]{4})|u\{([\da-f]+)\}/iy);
  if (hex !== null)
    return itself(String.fromCodePoint(parseInt(hex[1] ?? hex[2] ?? hex[3] ?? "", 16)));
  if (match(cursor, /[pP]\{[^}]*\}|k<[^>]*>|\d+|c[a-z]/iy) !== null) return nothing;
  const sign = cursor.source.charAt(cursor.at);
  cursor.at += 1;
  if (sign === "b") return { ...aside, edge: "either" };
  if (sign === "B") return aside;
  if (sign === "d") return digits;
  if (sign === "s") return oneOf([" "]);
  return asItself.test(sign) ? itself(sign) : nothing;
}

/** Other signs with capitals are left out: small and capital are not always one to one. */
function itself(sign: string): Part {
  const small = sign.toLowerCase();
  const isKnown = /^[\x01-\x7f]$/.test(sign) || (small === sign && sign.toUpperCase() === sign);
  return isKnown ? oneOf([small]) : nothing;
}

function readCount(cursor: Cursor): { least: number; exact: boolean } {
  const found = match(cursor, /([*+?]|\{(\d+)(?:,\d*)?\})\??/y);
  if (found === null) return { least: 1, exact: true };
  const [, written, least] = found;
  return { least: least === undefined ? (written === "+" ? 1 : 0) : Number(least), exact: false };
}

function match(cursor: Cursor, pattern: RegExp): RegExpExecArray | null {
  pattern.lastIndex = cursor.at;
  const found = pattern.exec(cursor.source);
  if (found !== null) cursor.at += found[0].length;
  return found;
}

function take(cursor: Cursor, sign: string): boolean {
  if (cursor.source.charAt(cursor.at) !== sign) return false;
  cursor.at += 1;
  return true;
}
