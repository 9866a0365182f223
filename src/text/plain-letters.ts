import pairs from "opencc-js/dict/TSCharacters";

/** Letters, marks and signs that keep their shape in NFKC and join nothing before or behind them. */
const ranges: readonly (readonly [first: number, last: number])[] = [
  [0x09, 0x0a],
  [0x20, 0x7e],
  [0xa1, 0xa1],
  [0xab, 0xab],
  [0xbb, 0xbb],
  [0xbf, 0xff],
  [0x0391, 0x03a1],
  [0x03a3, 0x03a9],
  [0x03b1, 0x03c9],
  [0x0400, 0x045f],
  [0x05d0, 0x05ea],
  [0x0621, 0x063a],
  [0x0641, 0x064a],
  [0x2013, 0x2014],
  [0x2018, 0x2019],
  [0x201c, 0x201d],
  [0x20ac, 0x20ac],
  [0x3001, 0x301b],
  [0x3041, 0x3096],
  [0x30a1, 0x30fa],
  [0x3400, 0x9fff],
  [0xac00, 0xd7a3],
];

let table: Uint16Array | null = null;

/**
 * For every UTF-16 unit the one that it is read as, 0 where a closer look is needed. Full-width forms are read
 * as plain ones, Traditional letters as Simplified ones (OpenCC's table, letter by letter).
 */
export function plainLetters(): Uint16Array {
  table ??= makeTable();
  return table;
}

/** Traditional letters as Simplified ones; as many units as before. */
export function simplifyLetters(text: string): string {
  const letters = plainLetters();
  return text.replace(/[\u3400-\u9fff]/g, (letter) =>
    String.fromCharCode(letters[letter.charCodeAt(0)] ?? 0),
  );
}

function makeTable(): Uint16Array {
  const made = new Uint16Array(0x10000);
  for (const [first, last] of ranges) {
    for (let unit = first; unit <= last; unit += 1) made[unit] = unit;
  }
  made[0x3000] = 0x20;
  for (let unit = 0xff01; unit <= 0xff5e; unit += 1) made[unit] = unit - 0xfee0;
  for (const pair of pairs.split("|")) {
    const [traditional = "", simplified = ""] = pair.split(" ");
    if (traditional.length === 1 && simplified.length === 1) {
      made[traditional.charCodeAt(0)] = simplified.charCodeAt(0);
    }
  }
  // A few go through a third letter.
  return made.map((letter) => made[letter] ?? letter);
}
