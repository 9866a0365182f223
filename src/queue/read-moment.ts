import { Temporal } from "temporal-polyfill";

/** A moment that a person wrote, or why it is none. */
export type MomentRead =
  | {
      /** Milliseconds since the epoch. */
      at: number;
      /** What the person should know of it; empty when there is nothing. */
      note: string;
    }
  | { why: string };

const shape = 'A moment is written like "2026-12-03 19:30", or as ISO 8601: 2026-12-03T18:30:00Z.';

/**
 * Reads a moment: the date and time that a zone's clock shows, or ISO 8601 with `Z` or an offset. A time that the
 * clock jumps over is refused; of one that comes twice the first is taken, and said.
 */
export function readMoment(text: string, zone: string): MomentRead {
  const trimmed = text.trim().replace(/\s+/g, " ");
  const exact = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(?::\d{2})?(?:Z|[+-]\d{2}:?\d{2})$/i.test(
    trimmed,
  );
  try {
    if (exact) return { at: Temporal.Instant.from(trimmed).epochMilliseconds, note: "" };
    const found = /^(\d{4})-(\d{1,2})-(\d{1,2})[T ](\d{1,2}):(\d{2})(?::(\d{2}))?$/i.exec(trimmed);
    if (found === null) return { why: shape };
    const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = found
      .slice(1)
      .map((part) => Number(part ?? 0));
    const plain = Temporal.PlainDateTime.from(
      { year, month, day, hour, minute, second },
      { overflow: "reject" },
    );
    return onClock(plain, zone);
  } catch (error) {
    if (error instanceof RangeError) return { why: `There is no ${trimmed}. ${shape}` };
    throw error;
  }
}

function onClock(plain: Temporal.PlainDateTime, zone: string): MomentRead {
  const first = plain.toZonedDateTime(zone, { disambiguation: "earlier" });
  const second = plain.toZonedDateTime(zone, { disambiguation: "later" });
  const date = plain.toPlainDate().toString();
  const time = plain.toPlainTime().toString().slice(0, 5);
  if (!second.toPlainDateTime().equals(plain)) {
    const before = first.toPlainTime().toString().slice(0, 5);
    const after = second.toPlainTime().toString().slice(0, 5);
    const near = second.toPlainDate().equals(first.toPlainDate())
      ? `${before} or ${after}`
      : "a time of the day before or after";
    return {
      why: `In ${zone} there is no ${time} on ${date}: the clock jumps over it. Take ${near}.`,
    };
  }
  if (first.epochMilliseconds === second.epochMilliseconds) {
    return { at: first.epochMilliseconds, note: "" };
  }
  return {
    at: first.epochMilliseconds,
    note: `In ${zone} it is ${time} twice on ${date}; the first one was taken. The second one is ${date}T${time}${second.offset}.`,
  };
}

/** A moment as a table shows it and `readMoment` reads it: "2026-12-03 19:30"; seconds only where there are some. */
export function writeMoment(iso: string, zone: string): string {
  const shown = Temporal.Instant.from(iso).toZonedDateTimeISO(zone).toPlainDateTime();
  const smallestUnit = shown.second === 0 ? "minute" : "second";
  return shown.toString({ smallestUnit }).replace("T", " ");
}
