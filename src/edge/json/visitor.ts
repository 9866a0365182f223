/** Where a value stands: keys and places in lists, from the top. */
export type JsonPath = readonly (string | number)[];

/** What kind of value begins. */
export type JsonKind = "object" | "array" | "string" | "number" | "boolean" | "null";

/** What a walk does with a value: look inside, build it and hand it over, or pass over it. */
export type JsonChoice = "enter" | "keep" | "skip";

/** The one who is walked for. */
export interface JsonVisitor {
  /** Asked at the begin of each value that is not inside a kept or skipped one. */
  choose(path: JsonPath, kind: JsonKind): JsonChoice;
  /** Handed each kept value once it is complete. Objects have no prototype. */
  kept(path: JsonPath, value: unknown): void;
  /** Told at the end of each list that was entered, how long it was. */
  listEnded?(path: JsonPath, length: number): void;
}

/** True for what holds no other value. */
export function isScalar(kind: JsonKind): boolean {
  return kind !== "object" && kind !== "array";
}
