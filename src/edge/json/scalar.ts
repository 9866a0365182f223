/** Which class of byte leads from which state of a number to which. */
const numberSteps = {
  minus: { digit: "int", zero: "zero" },
  zero: { dot: "dot", e: "e" },
  int: { digit: "int", zero: "int", dot: "dot", e: "e" },
  dot: { digit: "fraction", zero: "fraction" },
  fraction: { digit: "fraction", zero: "fraction", e: "e" },
  e: { digit: "exponent", zero: "exponent", sign: "sign", minus: "sign" },
  sign: { digit: "exponent", zero: "exponent" },
  exponent: { digit: "exponent", zero: "exponent" },
} as const satisfies Record<string, Partial<Record<ByteClass, string>>>;

type ByteClass = "digit" | "zero" | "dot" | "e" | "sign" | "minus";

/** Where the reading of a number stands. */
export type NumberState = keyof typeof numberSteps;

/** The state after the first byte of a number; null when no number begins so. */
export function numberStart(byte: number): NumberState | null {
  const kind = classOf(byte);
  if (kind === "minus") return "minus";
  if (kind === "zero") return "zero";
  return kind === "digit" ? "int" : null;
}

/** The state after one more byte; null when the byte does not belong to the number. */
export function numberStep(state: NumberState, byte: number): NumberState | null {
  const kind = classOf(byte);
  const steps: Partial<Record<ByteClass, NumberState>> = numberSteps[state];
  return kind === null ? null : (steps[kind] ?? null);
}

/** True when a number may end here. */
export function numberMayEnd(state: NumberState): boolean {
  return state === "zero" || state === "int" || state === "fraction" || state === "exponent";
}

/** A number as a value; one that JavaScript would round stays text, because ids are written so. */
export function numberValue(text: string): number | string {
  const value = Number(text);
  return Number.isInteger(value) && !Number.isSafeInteger(value) ? text : value;
}

/** The three words of JSON by their first byte. */
export const wordsByFirstByte: ReadonlyMap<number, { word: string; value: boolean | null }> =
  new Map([
    [0x74, { word: "true", value: true }],
    [0x66, { word: "false", value: false }],
    [0x6e, { word: "null", value: null }],
  ]);

function classOf(byte: number): ByteClass | null {
  if (byte === 0x30) return "zero";
  if (byte > 0x30 && byte <= 0x39) return "digit";
  if (byte === 0x2e) return "dot";
  if (byte === 0x65 || byte === 0x45) return "e";
  if (byte === 0x2b) return "sign";
  return byte === 0x2d ? "minus" : null;
}
