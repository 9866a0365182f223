const archivePattern =
  /^\s*(\d{4})-(\d{2})-(\d{2})[ T](\d{2}):(\d{2}):(\d{2})(?:\.\d+)?\s*(?:UTC|Z)?\s*$/i;

/**
 * Reads a date of the archive, `2024-09-17 14:07:21` with or without ` UTC`, as ISO 8601 UTC; null when
 * there is no such moment. The parts are taken one by one because `new Date` would read them as local time.
 */
export function archiveDate(text: string): string | null {
  // The pattern tries every space behind a date; a text of a million spaces would take it hours.
  const found = text.length > 64 ? null : archivePattern.exec(text);
  if (found === null) return null;
  const [year, month, day, hour, minute, second] = found.slice(1).map(Number);
  const date = `${found[1]}-${found[2]}-${found[3]}T${found[4]}:${found[5]}:${found[6]}Z`;
  const moment = Date.UTC(year ?? 0, (month ?? 0) - 1, day, hour, minute, second);
  // A day or an hour that does not exist rolls over to another one; then the text is not a real date.
  return isoSecond(moment) === date ? date : null;
}

/** Turns seconds since the epoch into ISO 8601 UTC to the second; null when out of range. */
export function epochDate(seconds: number): string | null {
  return Number.isFinite(seconds) && seconds > 0 ? isoSecond(Math.floor(seconds) * 1000) : null;
}

/** Names a moment so that it can be a key and a part of a file name: `20240917T140721Z`. */
export function timeKey(date: string): string {
  return date.replace(/\.\d+/, "").replace(/[-:]/g, "");
}

function isoSecond(milliseconds: number): string | null {
  const moment = new Date(milliseconds);
  if (Number.isNaN(moment.getTime())) return null;
  return moment.toISOString().replace(/\.\d{3}Z$/, "Z");
}
