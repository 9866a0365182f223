/** How much of a string has been seen when a chunk ends inside it. */
export interface StringState {
  /** True just after a backslash. */
  escaped: boolean;
  /** Hexadecimal digits of a `\u` that are still to come. */
  hexLeft: number;
  /** True when the string holds any backslash. */
  anyEscape: boolean;
}

/** The state at the opening quote. */
export function stringStart(): StringState {
  return { escaped: false, hexLeft: 0, anyEscape: false };
}

/**
 * Goes over the bytes of a string from `at`; answers the place of the closing quote, `chunk.length` when the
 * chunk ends first, or minus the place of a byte that no string may hold, minus one.
 */
export function scanString(chunk: Uint8Array, at: number, state: StringState): number {
  let place = at;
  while (place < chunk.length) {
    const byte = chunk[place] ?? 0;
    if (state.escaped || state.hexLeft > 0) {
      if (!escapeStep(byte, state)) return -place - 1;
    } else if (byte === 0x22) return place;
    else if (byte === 0x5c) {
      state.escaped = true;
      state.anyEscape = true;
    } else if (byte < 0x20) return -place - 1;
    place += 1;
  }
  return place;
}

function escapeStep(byte: number, state: StringState): boolean {
  if (state.hexLeft > 0) {
    state.hexLeft -= 1;
    const letter = byte | 0x20;
    return (byte >= 0x30 && byte <= 0x39) || (letter >= 0x61 && letter <= 0x66);
  }
  state.escaped = false;
  if (byte === 0x75) state.hexLeft = 4;
  return '"\\/bfnrtu'.includes(String.fromCharCode(byte));
}

/** The text of a string whose bytes have been checked. */
export function stringText(bytes: Buffer, { anyEscape }: Pick<StringState, "anyEscape">): string {
  const text = bytes.toString("utf8");
  if (!anyEscape) return text;
  const value: unknown = JSON.parse(`"${text}"`);
  return String(value);
}
