/**
 * Reads a QR code that was printed in a terminal with half blocks, light modules drawn. It knows what our codes
 * are: byte mode, error correction L, versions 1 to 5 (one block), no damage to repair.
 */
export function readTerminalQr(text: string): string {
  const rows = text
    .split("\n")
    .map((line) => line.replaceAll(/\u001b\[[\d;]*m/g, ""))
    .filter((line) => /^[ ▀▄█]{20,}$/.test(line))
    .flatMap((line) => [
      [...line].map((sign) => sign === " " || sign === "▄"),
      [...line].map((sign) => sign === " " || sign === "▀"),
    ]);
  const first = rows.findIndex((row) => row.includes(true));
  const left = Math.min(...rows.flatMap((row) => (row.includes(true) ? [row.indexOf(true)] : [])));
  const size = (rows[first]?.lastIndexOf(true) ?? 0) - left + 1;
  const grid = rows.slice(first, first + size).map((row) => row.slice(left, left + size));
  const version = (size - 17) / 4;
  if (!Number.isInteger(version) || version < 1 || version > 5) throw new Error(`size ${size}`);
  return readBytes(codewords(grid, version));
}

type Grid = readonly (readonly boolean[])[];

/** The masks of the standard, by number. */
const masks: readonly ((row: number, column: number) => boolean)[] = [
  (row, column) => (row + column) % 2 === 0,
  (row) => row % 2 === 0,
  (_, column) => column % 3 === 0,
  (row, column) => (row + column) % 3 === 0,
  (row, column) => (Math.floor(row / 2) + Math.floor(column / 3)) % 2 === 0,
  (row, column) => ((row * column) % 2) + ((row * column) % 3) === 0,
  (row, column) => (((row * column) % 2) + ((row * column) % 3)) % 2 === 0,
  (row, column) => (((row + column) % 2) + ((row * column) % 3)) % 2 === 0,
];

function codewords(grid: Grid, version: number): number[] {
  const size = grid.length;
  // The format stands beside the upper left finder: two bits of level, three of mask, then its own check.
  const format = [0, 1, 2, 3, 4].map((column) => Number(grid[8]?.[column])).join("");
  const known = Number.parseInt(format, 2) ^ 0b10101;
  if (known >> 3 !== 0b01) throw new Error("not of level L");
  const mask = masks[known & 0b111];
  const bits: number[] = [];
  let up = true;
  for (let right = size - 1; right > 0; right -= 2) {
    if (right === 6) right -= 1;
    for (let step = 0; step < size; step += 1) {
      const row = up ? size - 1 - step : step;
      for (const column of [right, right - 1]) {
        if (isFunction(row, column, size, version)) continue;
        bits.push(Number(grid[row]?.[column] !== mask?.(row, column)));
      }
    }
    up = !up;
  }
  return Array.from({ length: Math.floor(bits.length / 8) }, (_, index) =>
    Number.parseInt(bits.slice(index * 8, index * 8 + 8).join(""), 2),
  );
}

/** Finders with their formats, timing lines, and the one alignment mark of versions 2 to 5. */
function isFunction(row: number, column: number, size: number, version: number): boolean {
  if (row === 6 || column === 6) return true;
  if (row < 9 && (column < 9 || column >= size - 8)) return true;
  if (row >= size - 8 && column < 9) return true;
  const mark = size - 7;
  return version > 1 && Math.abs(row - mark) <= 2 && Math.abs(column - mark) <= 2;
}

function readBytes(words: readonly number[]): string {
  const bits = words.map((word) => word.toString(2).padStart(8, "0")).join("");
  if (bits.slice(0, 4) !== "0100") throw new Error("not bytes");
  const length = Number.parseInt(bits.slice(4, 12), 2);
  const bytes = Array.from({ length }, (_, index) =>
    Number.parseInt(bits.slice(12 + index * 8, 20 + index * 8), 2),
  );
  return Buffer.from(bytes).toString("utf8");
}
