import type { Publication } from "../core/publication.ts";
import { writeMoment } from "./read-moment.ts";

/** Columns of the table of the queue. `item` is `KEY@DESTINATION`: a spreadsheet takes a key alone for a number and rounds it. */
export const queueColumns = [
  "item",
  "key",
  "to",
  "state",
  "due",
  "zone",
  "title",
  "url",
  "attempts",
] as const;

/** One row of that table. */
export type QueueRow = Record<(typeof queueColumns)[number], string>;

/** A publication as a row; its slot as the clock of the zone shows it. */
export function queueRow(publication: Publication, title: string, zone: string): QueueRow {
  const { post, to, state, due, url, attempts } = publication;
  return {
    item: `${post}@${to}`,
    key: post,
    to,
    state,
    due: due === null ? "" : writeMoment(due, zone),
    zone,
    title,
    url: url ?? "",
    attempts: String(attempts),
  };
}

/** In which order a spreadsheet wrote day and month. */
export type DayOrder = "month-first" | "day-first";

/**
 * What a cell of the column `due` may mean, as `readMoment` reads it. Spreadsheets turn 2026-12-03 19:30 into the
 * writing of their country: 12/3/2026 19:30 may be a day of December or of March.
 */
export function dueReadings(cell: string): Partial<Record<DayOrder | "sure", string>> {
  const text = cell.trim().replace(/\s+/g, " ");
  const found =
    /^(\d{1,4})([-/.])(\d{1,2})\2(\d{1,4})[ T,]+(\d{1,2}):(\d{2})(?::(\d{2}))?(?: ?([ap])\.? ?m\.?)?$/i.exec(
      text,
    );
  if (found === null) return { sure: text };
  const [, one = "", sign, two = "", three = "", hours = "", minute = "", second, half] = found;
  const noon = half === undefined ? 0 : half.toLowerCase() === "p" ? 12 : 0;
  const hour = half === undefined ? Number(hours) : (Number(hours) % 12) + noon;
  const time = `${twoDigits(hour)}:${minute}${second === undefined || second === "00" ? "" : `:${second}`}`;
  const write = (year: string, month: string, day: string): string =>
    `${year.length === 2 ? `20${year}` : year}-${twoDigits(Number(month))}-${twoDigits(Number(day))} ${time}`;
  if (one.length === 4) return { sure: write(one, two, three) };
  if (sign === ".") return { sure: write(three, two, one) };
  const [first, next] = [Number(one), Number(two)];
  if (first > 12 || first === next) return { sure: write(three, two, one) };
  if (next > 12) return { sure: write(three, one, two) };
  return { "month-first": write(three, one, two), "day-first": write(three, two, one) };
}

/** How this table writes days, as rows that nobody changed show it; null when they do not. */
export function dayOrderOf(
  rows: Iterable<{ cell: string; before: string | null }>,
): DayOrder | null {
  const seen = new Set<DayOrder>();
  for (const { cell, before } of rows) {
    const { "month-first": month, "day-first": day } = dueReadings(cell);
    if (before === null || month === undefined) continue;
    if (month === before) seen.add("month-first");
    else if (day === before) seen.add("day-first");
  }
  const [only = null] = seen;
  return seen.size === 1 ? only : null;
}

function twoDigits(value: number): string {
  return String(value).padStart(2, "0");
}
