/** A word in small letters. */
export interface NeededWord {
  text: string;
  /** No letter, digit or `_` of ASCII stands before it. */
  edge: boolean;
  /** Nor behind it. */
  stop: boolean;
}

/** What every match of a part of a pattern has; null: nothing can be said. */
interface Need {
  /** One of these stands in it. */
  words: readonly NeededWord[] | null;
  /** It begins with one of these. */
  begins: readonly NeededWord[] | null;
}

interface Part extends Need {
  /** The part is one sign that stands for itself. */
  sign: string | null;
  /** The part takes no room: a look to the side, an edge of a word. */
  empty: boolean;
  /** The part is the edge of a word. */
  edge?: true;
}

interface Cursor {
  source: string;
  at: number;
}

const nothing: Part = { words: null, begins: null, sign: null, empty: false };
const aside: Part = { ...nothing, empty: true };
const digits = oneOf([..."0123456789"]);
const atEdge: Part = { ...aside, edge: true };
const mostSigns = 12;
const asItself = /^[\^$\\.*+?()[\]{}|/-]$/;

/**
 * Words one of which stands in every text that a pattern (flags `iu`) finds, in small letters; null where none
 * can be told. They may stand in other texts too. What is not understood says nothing, so that no match is lost.
 * A space in a word is any white space.
 */
export function neededWords(source: string): readonly NeededWord[] | null {
  const cursor = { source, at: 0 };
  const { words } = alternatives(cursor);
  if (words === null || cursor.at < source.length) return null;
  // The edge of a word beside a sign that is no letter says that a letter stands there.
  return words.map(({ text, edge, stop }) => ({
    text,
    edge: edge && /^\w/.test(text),
    stop: stop && /\w$/.test(text),
  }));
}

function alternatives(cursor: Cursor, edge = false): Need {
  const all = [sequence(cursor, edge)];
  while (take(cursor, "|")) all.push(sequence(cursor, edge));
  const both = (which: keyof Need): readonly NeededWord[] | null => {
    const lists = all.map((need) => need[which]);
    return lists.includes(null) ? null : lists.flatMap((words) => words ?? []);
  };
  return { words: both("words"), begins: both("begins") };
}

/** @param edge no letter stands before it */
function sequence(cursor: Cursor, edge: boolean): Need {
  let words: readonly NeededWord[] | null = null;
  let begins: readonly NeededWord[] | null | undefined;
  let run: NeededWord = { text: "", edge, stop: false };
  const note = (found: readonly NeededWord[] | null): void => {
    words = better(words, found);
    begins = begins === undefined ? found : begins;
  };
  while (cursor.at < cursor.source.length && !/[|)]/.test(cursor.source.charAt(cursor.at))) {
    const part = readPart(cursor, run.text === "" && run.edge);
    const { least, exact } = readCount(cursor);
    if (part.empty) {
      if (part.edge === true && run.text === "") run = { text: "", edge: true, stop: false };
      else if (part.edge === true) note([{ ...run, stop: true }]);
      continue;
    }
    if (part.sign !== null && least > 0) run = { ...run, text: run.text + part.sign };
    if (part.sign !== null && exact) continue;
    const { text } = run;
    if (part.sign === null && least > 0) {
      // What a part begins with follows at once on the letters before it.
      const joined =
        part.begins?.map(({ text: begin, stop }) => ({ ...run, text: text + begin, stop })) ?? null;
      note(better(joined, text === "" ? null : [run]));
      words = better(words, part.words);
    } else note(text === "" ? null : [run]);
    // What follows stands behind the last one of a sign that is there several times.
    const last = least > 0 ? part.sign : null;
    run = { text: last ?? "", edge: false, stop: false };
  }
  if (run.text !== "") note([run]);
  return { words, begins: begins ?? null };
}

/** The words of which the shortest says more, else all of them together: they stand in fewer texts. */
function better(
  one: readonly NeededWord[] | null,
  other: readonly NeededWord[] | null,
): readonly NeededWord[] | null {
  if (one === null || other === null) return one ?? other;
  const least = (words: readonly NeededWord[]) => Math.min(...words.map(weight));
  const more = least(one) - least(other);
  const mean = (words: readonly NeededWord[]) =>
    words.reduce((sum, word) => sum + weight(word), 0) / words.length;
  return more > 0 || (more === 0 && mean(one) >= mean(other)) ? one : other;
}

/** A Han letter is rarer than a Latin one, and a space is everywhere. */
function weight({ text, edge, stop }: NeededWord): number {
  const edges = (edge ? 1 : 0) + (stop ? 0.5 : 0);
  return [...text].reduce(
    (sum, sign) => sum + (sign > "\x7f" ? 3 : sign === " " ? 0.25 : 1),
    edges,
  );
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
  const [opening = "("] = match(cursor, /\((?:\?(?:<?[=!]|<[^>]*>|[a-z-]*:))?/y) ?? [];
  const looks = /^\(\?<?[=!]/.test(opening);
  const need = alternatives(cursor, edge && !looks);
  take(cursor, ")");
  return looks ? aside : { ...need, sign: null, empty: false };
}

/** A class of a few signs is one of them. */
function readClass(cursor: Cursor): Part {
  const [, inside = ""] = match(cursor, /\[((?:[^\\\]]|\\.)*)\]/y) ?? [];
  const signs = [...inside];
  if (signs.length === 0 || signs.length > mostSigns || /[\\^-]/.test(inside)) return nothing;
  const parts = signs.map((each) => itself(each).sign);
  if (parts.includes(null)) return nothing;
  return oneOf(parts.flatMap((each) => each ?? []));
}

function oneOf(signs: readonly string[]): Part {
  const words = signs.map((text) => ({ text, edge: false, stop: false }));
  return { words, begins: words, sign: null, empty: false };
}

function readEscape(cursor: Cursor): Part {
  const hex = match(cursor, /x([\da-f]{2})|u([\da-f]{4})|u\{([\da-f]+)\}/iy);
  if (hex !== null)
    return itself(String.fromCodePoint(parseInt(hex[1] ?? hex[2] ?? hex[3] ?? "", 16)));
  if (match(cursor, /[pP]\{[^}]*\}|k<[^>]*>|\d+|c[a-z]/iy) !== null) return nothing;
  const sign = cursor.source.charAt(cursor.at);
  cursor.at += 1;
  if (sign === "b") return atEdge;
  if (sign === "B") return aside;
  if (sign === "d") return digits;
  if (sign === "s") return { ...nothing, sign: " " };
  return asItself.test(sign) ? itself(sign) : nothing;
}

/** Other signs with capitals are left out: small and capital are not always one to one. */
function itself(sign: string): Part {
  const small = sign.toLowerCase();
  const isKnown = /^[\0-\x7f]$/.test(sign) || (small === sign && sign.toUpperCase() === sign);
  return isKnown ? { ...nothing, sign: small } : nothing;
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
