/**
 * Letters and digits of the "fancy font" ranges: mathematical alphabets, letter-like symbols, full-width
 * forms. Signs of those ranges (！？™℃) and ℹ and ℵ mean something of their own and stay.
 */
const fancy = /(?![\u2135-\u2139])[\u{1D400}-\u{1D7FF}\u2100-\u214F\uFF01-\uFF5E]/gu;
/** Of every sign of those ranges the first unit. */
const mayBeFancy = /[\uD835\u2100-\u214F\uFF01-\uFF5E]/;
const letterOrDigit = /[\p{L}\p{N}]/u;
/** Halves of a pair whose other half is lost. */
const loneSurrogate = /\p{Surrogate}/gu;
/** Controls and fillers. */
const filler = /[\u0000-\u0008\u000B-\u001F\u007F\u200B\u2060\u2800\u3164\uFEFF]/g;
const direction = /[\u200E\u200F\u202A-\u202E\u2066-\u2069]/g;
const rightToLeft =
  /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u;

/** Folds fancy letters and digits to plain ones: NFKC of those code points and of nothing else. */
export function foldFancy(text: string): string {
  if (!mayBeFancy.test(text)) return text;
  return text.replace(fancy, (sign) => (letterOrDigit.test(sign) ? sign.normalize("NFKC") : sign));
}

/** True when a text has letters that run from right to left. */
export function hasRightToLeft(text: string): boolean {
  return rightToLeft.test(text);
}

/** Takes out characters that cannot be seen. ZWJ and ZWNJ stay: emoji and Persian need them. */
export function stripInvisible(text: string): string {
  return stripFillers(text).replace(direction, "");
}

/** Takes out fillers and control characters, but leaves the direction marks that right-to-left text needs. */
export function stripFillers(text: string): string {
  const whole = text.isWellFormed() ? text : text.replace(loneSurrogate, "");
  return whole.replace(filler, "");
}

/**
 * One kind of line break; lines that hold nothing but a dot or a blank sign, which people use to force a gap,
 * become empty; never more than one empty line in a row.
 */
export function normaliseLines(text: string): string {
  // Each is looked for before anything is replaced: most texts have none of them.
  let lines = otherBreak.test(text) ? text.replaceAll(/\r\n?|[\u2028\u2029\u0085]/g, "\n") : text;
  if (forcedGap.test(lines)) {
    lines = lines.replaceAll(/^[^\S\n]*[.·\u2800\u3164][^\S\n]*$/gm, "");
  }
  if (blankEnd.test(lines)) lines = lines.replaceAll(/[^\S\n]+$/gm, "");
  return lines.includes("\n\n\n") ? lines.replaceAll(/\n{3,}/g, "\n\n") : lines;
}

const otherBreak = /[\r\u2028\u2029\u0085]/;
const forcedGap = /(?:^|\n)[^\S\n]*[.·\u2800\u3164]/;
const blankEnd = /[^\S\n](?:\n|$)/;
