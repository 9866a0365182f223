const isBigEndian = new Uint8Array(Uint16Array.of(1).buffer)[0] === 0;
let units = new Uint16Array(4096);
let bytes = Buffer.from(units.buffer);
let held = "";

/**
 * The UTF-16 units of a text, to be walked over: to ask the text itself for each costs several times as much. They
 * stand there until the units of another text are asked for, and behind them stands what was there before.
 */
export function unitsOf(text: string): Uint16Array {
  return text === held ? units : hold(text);
}

function hold(text: string): Uint16Array {
  if (text.length > units.length) {
    units = new Uint16Array(text.length * 2);
    bytes = Buffer.from(units.buffer);
  }
  bytes.write(text, "utf16le");
  if (isBigEndian) bytes.subarray(0, text.length * 2).swap16();
  held = text;
  return units;
}
