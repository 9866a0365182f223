import { rememberLast } from "./remember.ts";
import { unitTest } from "./unit-set.ts";
import { unitsOf } from "./units.ts";

/**
 * Letters and digits of the "fancy font" ranges: mathematical alphabets, letter-like symbols, full-width
 * forms. Signs of those ranges (！？™℃) and ℹ and ℵ mean something of their own and stay.
 */
const fancy = /(?![\u2135-\u2139])[\u{1D400}-\u{1D7FF}\u2100-\u214F\uFF01-\uFF5E]/gu;
const letterOrDigit = /[\p{L}\p{N}]/u;
/** Halves of a pair whose other half is lost. */
const loneSurrogate = /\p{Surrogate}/gu;
/** Controls and fillers. */
const filler = /[\u0000-\u0008\u000B-\u001F\u007F\u200B\u2060\u2800\u3164\uFEFF]/g;
const direction = /[\u200E\u200F\u202A-\u202E\u2066-\u2069]/g;
const rightToLeft =
  /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u;

/** What a text may hold, by one walk over its units; false is sure. */
const fancyBit = 1;
const fillerBit = 2;
const directionBit = 4;
const rightToLeftBit = 8;
const otherBreakBit = 16;
const halfBit = 32;
const knownBit = 128;
const bitsOfUnit = new Uint8Array(0x1_0000);
const firstUnits: readonly (readonly [bit: number, units: RegExp])[] = [
  [fancyBit, /\uD835|(?=[\p{L}\p{N}])[\u2100-\u214F\uFF01-\uFF5E]/u],
  [fillerBit, /[\u0000-\u0008\u000B-\u001F\u007F\u200B\u2060\u2800\u3164\uFEFF]/],
  [directionBit, /[\u200E\u200F\u202A-\u202E\u2066-\u2069]/],
  // Beyond the basic plane there are such letters, too.
  [
    rightToLeftBit,
    /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\uD802-\uD803\uD83B]/u,
  ],
  [otherBreakBit, /[\r\u2028\u2029\u0085]/],
  [halfBit, /\p{Surrogate}/u],
];

const bitsOf = rememberLast((text) => {
  let all = 0;
  const units = unitsOf(text);
  const { length } = text;
  for (let at = 0; at < length; at += 1) {
    const unit = units[at] ?? 0;
    all |= bitsOfUnit[unit] || learn(unit);
  }
  return all;
});

function learn(unit: number): number {
  const sign = String.fromCharCode(unit);
  let bits = knownBit;
  for (const [bit, units] of firstUnits) if (units.test(sign)) bits |= bit;
  bitsOfUnit[unit] = bits;
  return bits;
}

/** Folds fancy letters and digits to plain ones: NFKC of those code points and of nothing else. */
export function foldFancy(text: string): string {
  if ((bitsOf(text) & fancyBit) === 0) return text;
  return text.replace(fancy, (sign) => (letterOrDigit.test(sign) ? sign.normalize("NFKC") : sign));
}

/** True when a text has letters that run from right to left. */
export function hasRightToLeft(text: string): boolean {
  return (bitsOf(text) & rightToLeftBit) !== 0 && rightToLeft.test(text);
}

/** Takes out characters that cannot be seen. ZWJ and ZWNJ stay: emoji and Persian need them. */
export function stripInvisible(text: string): string {
  const bits = bitsOf(text);
  if ((bits & (fillerBit | directionBit | halfBit)) === 0) return text;
  const clean = stripFillers(text);
  return bits & directionBit ? clean.replace(direction, "") : clean;
}

/** Takes out fillers and control characters, but leaves the direction marks that right-to-left text needs. */
export function stripFillers(text: string): string {
  const bits = bitsOf(text);
  const whole =
    (bits & halfBit) === 0 || text.isWellFormed() ? text : text.replace(loneSurrogate, "");
  return bits & fillerBit ? whole.replace(filler, "") : whole;
}

/**
 * One kind of line break; lines that hold nothing but a dot or a blank sign, which people use to force a gap,
 * become empty; never more than one empty line in a row.
 */
export const normaliseLines = rememberLast((text: string): string => {
  // Each is looked for before anything is replaced: most texts have none of them.
  let lines =
    bitsOf(text) & otherBreakBit ? text.replaceAll(/\r\n?|[\u2028\u2029\u0085]/g, "\n") : text;
  if (hasForcedGap(lines)) {
    lines = lines.replaceAll(/^[^\S\n]*[.·\u2800\u3164][^\S\n]*$/gm, "");
  }
  if (hasBlankEnd(lines)) lines = withoutBlankEnds(lines);
  return lines.includes("\n\n\n") ? lines.replaceAll(/\n{3,}/g, "\n\n") : lines;
});

const mayForceGap = unitTest(/[.·\u2800\u3164]/u);
const isBlank = unitTest(/[^\S\n]/u);

/** True when a line begins with a sign that may be all there is on it. */
function hasForcedGap(text: string): boolean {
  for (let start = 0; ; start += 1) {
    while (isBlank(text.charCodeAt(start))) start += 1;
    if (mayForceGap(text.charCodeAt(start))) return true;
    start = text.indexOf("\n", start);
    if (start === -1) return false;
  }
}

function withoutBlankEnds(text: string): string {
  if (!text.includes("\n")) return text.trimEnd();
  return text
    .split("\n")
    .map((line) => line.trimEnd())
    .join("\n");
}

/** True when a line ends with white space. */
function hasBlankEnd(text: string): boolean {
  let end = text.indexOf("\n");
  for (; end !== -1; end = text.indexOf("\n", end + 1))
    if (end > 0 && isBlank(text.charCodeAt(end - 1))) return true;
  return text !== "" && isBlank(text.charCodeAt(text.length - 1));
}
