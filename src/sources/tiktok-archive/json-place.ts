/** JSON that is wrong at a known byte. */
export class JsonError extends Error {
  /** Byte from the start of the file, from 0. */
  readonly offset: number;

  constructor(message: string, offset: number, options?: ErrorOptions) {
    super(message, options);
    this.name = "JsonError";
    this.offset = offset;
  }
}

/** Counts lines while chunks go by, so that a byte can be told as line and column. */
interface LineCounter {
  add(chunk: Uint8Array): void;
  /** `byte 812, line 3, column 7` for a byte of the newest chunk; only the byte for an older one. */
  describe(offset: number): string;
}

/** Makes a counter that remembers the newest chunk only. */
export function lineCounter(): LineCounter {
  let newest: Uint8Array = new Uint8Array();
  let start = 0;
  let line = 1;
  let lineStart = 0;
  return {
    add(chunk) {
      [line, lineStart] = linesUntil(newest, newest.length, { start, line, lineStart });
      start += newest.length;
      newest = chunk;
    },
    describe(offset) {
      if (offset < start) return `byte ${offset}`;
      const [at, since] = linesUntil(newest, offset - start, { start, line, lineStart });
      return `byte ${offset}, line ${at}, column ${offset - since + 1}`;
    },
  };
}

interface LineState {
  start: number;
  line: number;
  lineStart: number;
}

function linesUntil(chunk: Uint8Array, end: number, from: LineState): [number, number] {
  let { line, lineStart } = from;
  for (let at = chunk.indexOf(10); at !== -1 && at < end; at = chunk.indexOf(10, at + 1)) {
    line += 1;
    lineStart = from.start + at + 1;
  }
  return [line, lineStart];
}
