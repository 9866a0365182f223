/** One appointment of the calendar. */
export interface CalendarEntry {
  /** Stays the same however often the calendar is made. */
  uid: string;
  /** Grows with each change, so that a calendar takes the newer one. */
  sequence: number;
  /** ISO 8601 UTC. */
  start: string;
  title: string;
  /** Lines of any length. */
  text: string;
}

/** A calendar by RFC 5545: CRLF, lines of at most 75 bytes, text escaped, times in UTC. `made` is ISO 8601 UTC. */
export function calendarText(entries: readonly CalendarEntry[], made: string): string {
  const lines = [
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    "PRODID:-//findmehere//queue//EN",
    "CALSCALE:GREGORIAN",
    "METHOD:PUBLISH",
    ...entries.flatMap((entry) => eventLines(entry, made)),
    "END:VCALENDAR",
  ];
  return lines.map((line) => `${foldLine(line)}\r\n`).join("");
}

function eventLines({ uid, sequence, start, title, text }: CalendarEntry, made: string): string[] {
  return [
    "BEGIN:VEVENT",
    `UID:${escapeText(uid)}`,
    `DTSTAMP:${stamp(made)}`,
    `DTSTART:${stamp(start)}`,
    "DURATION:PT15M",
    `SEQUENCE:${sequence}`,
    `SUMMARY:${escapeText(title)}`,
    `DESCRIPTION:${escapeText(text)}`,
    "TRANSP:TRANSPARENT",
    "BEGIN:VALARM",
    "ACTION:DISPLAY",
    "TRIGGER:-PT10M",
    `DESCRIPTION:${escapeText(title)}`,
    "END:VALARM",
    "END:VEVENT",
  ];
}

/** 2026-12-03T18:30:00Z as 20261203T183000Z. */
function stamp(iso: string): string {
  return `${iso.slice(0, 19).replace(/[-:]/g, "")}Z`;
}

/** Backslash, semicolon, comma and line breaks are escaped; other signs that no text may hold are left out. */
function escapeText(text: string): string {
  return text
    .replace(/\r\n?/g, "\n")
    .replace(/[\p{Cc}\p{Cs}]/gu, (sign) => (sign === "\n" || sign === "\t" ? sign : ""))
    .replace(/[\\;,]/g, (sign) => `\\${sign}`)
    .replace(/\n/g, "\\n");
}

const encoder = new TextEncoder();

/** Breaks a line after at most 75 bytes, never inside a character; what follows begins with a space. */
function foldLine(line: string): string {
  const parts: string[] = [];
  let part = "";
  let bytes = 0;
  for (const character of line) {
    const size = encoder.encode(character).length;
    // The space that begins the next line counts there.
    const room = parts.length === 0 ? 75 : 74;
    if (bytes + size > room) {
      parts.push(part);
      part = "";
      bytes = 0;
    }
    part += character;
    bytes += size;
  }
  return [...parts, part].join("\r\n ");
}
