/** What a part of a pattern is to one who looks for words that every match has. */
interface Part {
  /** One of these stands in every match of the part, in small letters; null: nothing can be said. */
  words: readonly string[] | null;
  /** The part is one sign that stands for itself. */
  sign: string | null;
  /** The part takes no room: a look to the side, an edge of a word. */
  empty: boolean;
}

interface Cursor {
  source: string;
  at: number;
}

const nothing: Part = { words: null, sign: null, empty: false };
const aside: Part = { words: null, sign: null, empty: true };
const digits = [..."0123456789"];
const mostSigns = 12;
const asItself = /^[\^$\\.*+?()[\]{}|/-]$/;

/**
 * Words one of which stands in every text that a pattern (flags `iu`) finds, in small letters; null where none
 * can be told. They may stand in other texts too. What is not understood says nothing, so that no match is lost.
 */
export function neededWords(source: string): readonly string[] | null {
  const cursor = { source, at: 0 };
  const words = alternatives(cursor);
  return cursor.at === source.length ? words : null;
}

function alternatives(cursor: Cursor): readonly string[] | null {
  const all = [sequence(cursor)];
  while (take(cursor, "|")) all.push(sequence(cursor));
  return all.includes(null) ? null : all.flatMap((words) => words ?? []);
}

function sequence(cursor: Cursor): readonly string[] | null {
  let best: readonly string[] | null = null;
  let run = "";
  const close = (): void => {
    if (run !== "") best = better(best, [run]);
    run = "";
  };
  while (cursor.at < cursor.source.length && !/[|)]/.test(cursor.source.charAt(cursor.at))) {
    const part = readPart(cursor);
    const { least, exact } = readCount(cursor);
    if (part.empty) continue;
    if (part.sign !== null && least > 0) run += part.sign;
    if (part.sign === null || !exact) close();
    if (part.sign === null && least > 0) best = better(best, part.words);
  }
  close();
  return best;
}

/** The words of which the shortest is longer, else the fewer: they stand in fewer texts. */
function better(
  one: readonly string[] | null,
  other: readonly string[] | null,
): readonly string[] | null {
  if (one === null || other === null) return one ?? other;
  const shortest = (words: readonly string[]) => Math.min(...words.map((word) => word.length));
  const longer = shortest(one) - shortest(other);
  return longer > 0 || (longer === 0 && one.length <= other.length) ? one : other;
}

function readPart(cursor: Cursor): Part {
  const sign = String.fromCodePoint(cursor.source.codePointAt(cursor.at) ?? 0);
  if (sign === "(") return readGroup(cursor);
  if (sign === "[") return readClass(cursor);
  cursor.at += sign.length;
  if (sign === "^" || sign === "$") return aside;
  if (sign === ".") return nothing;
  return sign === "\\" ? readEscape(cursor) : itself(sign);
}

function readGroup(cursor: Cursor): Part {
  const [opening = "("] = match(cursor, /\((?:\?(?:<?[=!]|<[^>]*>|[a-z-]*:))?/y) ?? [];
  const words = alternatives(cursor);
  take(cursor, ")");
  return /^\(\?<?[=!]/.test(opening) ? aside : { words, sign: null, empty: false };
}

/** A class of a few signs is one of them. */
function readClass(cursor: Cursor): Part {
  const [, inside = ""] = match(cursor, /\[((?:[^\\\]]|\\.)*)\]/y) ?? [];
  const signs = [...inside];
  if (signs.length === 0 || signs.length > mostSigns || /[\\^-]/.test(inside)) return nothing;
  const parts = signs.map((each) => itself(each).sign);
  if (parts.includes(null)) return nothing;
  return { words: parts.flatMap((each) => each ?? []), sign: null, empty: false };
}

function readEscape(cursor: Cursor): Part {
  const hex = match(cursor, /x([\da-f]{2})|u([\da-f]{4})|u\{([\da-f]+)\}/iy);
  if (hex !== null) return itself(String.fromCodePoint(parseInt(hex[1] ?? hex[2] ?? hex[3] ?? "", 16)));
  if (match(cursor, /[pP]\{[^}]*\}|k<[^>]*>|\d+|c[a-z]/iy) !== null) return nothing;
  const sign = cursor.source.charAt(cursor.at);
  cursor.at += 1;
  if (sign === "b" || sign === "B") return aside;
  if (sign === "d") return { words: digits, sign: null, empty: false };
  return asItself.test(sign) ? itself(sign) : nothing;
}

/** Other signs with capitals are left out: small and capital are not always one to one. */
function itself(sign: string): Part {
  const small = sign.toLowerCase();
  const isKnown = /^[\0-\x7f]$/.test(sign) || (small === sign && sign.toUpperCase() === sign);
  return isKnown ? { words: [small], sign: small, empty: false } : nothing;
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
