/** Where a value stands: keys and places in lists, from the top. */
export type JsonPath = readonly (string | number)[];

/** What kind of value begins. */
export type JsonKind = "object" | "array" | "string" | "number" | "boolean" | "null";

/**
 * What a walk does with a value: look inside, build it and hand it over, pass over it, or tell where a text
 * stands, so that it can be read later without lying in memory now.
 */
export type JsonChoice = "enter" | "keep" | "skip" | "locate";

/** Where a text stands in the JSON. */
export interface JsonSpan {
  /** Byte after its opening quote, from the start of the file. */
  from: number;
  /** Byte of its closing quote. */
  to: number;
  /** True when it holds escapes, so that its bytes are not yet its text. */
  escaped: boolean;
}

/** The one who is walked for. */
export interface JsonVisitor {
  /** Asked at the begin of each value that is not inside a kept or skipped one. */
  choose(path: JsonPath, kind: JsonKind): JsonChoice;
  /** Handed each kept value once it is complete. Objects have no prototype. */
  kept(path: JsonPath, value: unknown): void;
  /** Told where each text stands that was to be located. */
  located?(path: JsonPath, span: JsonSpan): void;
  /** Told at the end of each list that was entered, how long it was. */
  listEnded?(path: JsonPath, length: number): void;
}

/** True for what holds no other value. */
export function isScalar(kind: JsonKind): boolean {
  return kind !== "object" && kind !== "array";
}
