import { encode } from "uqr";

/** The rim that a reader needs around the code, in modules. */
const rim = 2;

/**
 * A QR code as lines for a terminal, two rows of it in each line. Light modules are drawn: the code is right on a
 * dark ground. With colour it brings its own ground along, and is right everywhere.
 */
export function qrLines(text: string, colour: boolean): string[] {
  const { data, size } = encode(text, { ecc: "L", border: 0 });
  const isLight = (row: number, column: number) => data[row]?.[column] !== true;
  const signs = [" ", "▄", "▀", "█"];
  const lines: string[] = [];
  for (let row = -rim; row < size + rim; row += 2) {
    let line = "";
    for (let column = -rim; column < size + rim; column += 1) {
      const upper = isLight(row, column) ? 2 : 0;
      line += signs[upper + (isLight(row + 1, column) ? 1 : 0)] ?? "";
    }
    lines.push(colour ? `\u001b[97;40m${line}\u001b[0m` : line);
  }
  return lines;
}
