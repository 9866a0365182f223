/** A record of the archive; nothing of its shape is relied on. */
export type ArchiveRecord = Readonly<Record<string, unknown>>;

/** A key as it is compared: generations differ in case, spaces and underscores. */
export function looseKey(key: string): string {
  return key.toLowerCase().replace(/[\s_]+/g, "");
}

/** The value under a key, compared loosely; undefined when the record has none of the names. */
export function looseValue(record: ArchiveRecord, ...names: string[]): unknown {
  const wanted = names.map(looseKey);
  const key = Object.keys(record).find((each) => wanted.includes(looseKey(each)));
  return key === undefined ? undefined : record[key];
}

/** True for an object that is not a list. */
export function isRecord(value: unknown): value is ArchiveRecord {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A text of the archive byte for byte; null for the ways in which it writes "nothing". */
export function archiveValue(text: unknown): string | null {
  if (typeof text !== "string") return null;
  return ["", "n/a", "none", "-"].includes(text.trim().toLowerCase()) ? null : text;
}

/** A caption byte for byte. Only "" and "N/A" mean nothing here: `None` may be what a person wrote. */
export function archiveCaption(text: unknown): string | null {
  if (typeof text !== "string") return null;
  return ["", "N/A"].includes(text.trim()) ? null : text;
}

/** A count, written as a number or as digits; null is unknown, never 0. */
export function archiveCount(value: unknown): number | null {
  const text = typeof value === "number" ? String(value) : value;
  if (typeof text !== "string" || !/^\d+$/.test(text.trim())) return null;
  const count = Number(text);
  return Number.isSafeInteger(count) ? count : null;
}

/** Yes and No; null for anything else. */
export function archiveYesNo(value: unknown): boolean | null {
  if (typeof value === "boolean") return value;
  if (typeof value !== "string") return null;
  const text = value.trim().toLowerCase();
  return text === "yes" ? true : text === "no" ? false : null;
}
