import { ExpectedError } from "../../core/error.ts";
import { mayMove, publicationStates } from "../../core/publication.ts";
import type { PublicationState } from "../../core/publication.ts";
import type { TableRow } from "../../edge/table.ts";
import { dayOrderOf, dueReadings } from "../../queue/queue-table.ts";
import type { DayOrder } from "../../queue/queue-table.ts";
import { isZone } from "../../queue/local.ts";
import { readMoment, writeMoment } from "../../queue/read-moment.ts";
import type { StoredPublication } from "../../store/publications.ts";

/** One row of a table of the queue, with the publication that it names. */
export interface NamedRow {
  /** As a spreadsheet counts rows: the head is 1. */
  line: number;
  /** `KEY@DESTINATION` as it stands in the row. */
  name: string;
  publication: StoredPublication | null;
  cells: TableRow;
}

/** What a row wants. */
export type RowWish =
  | { wish: "nothing" }
  | { wish: "refused"; why: string }
  | {
      wish: "change";
      state: PublicationState;
      /** ISO 8601 UTC; null where it has no slot. */
      due: string | null;
      /** What the person should know of the slot; may be empty. */
      note: string;
    };

/** What judging the rows needs. */
export interface RowContext {
  /** Milliseconds since the epoch. */
  now: number;
  /** IANA zone of rows without one. */
  zone: string;
  order: DayOrder | null;
}

/** States that a table may give; what is on its way has its own commands. */
const editable: ReadonlySet<PublicationState> = new Set(["draft", "held", "queued", "skipped"]);

/** The name in a row; a key alone is not trusted, since spreadsheets round long numbers. */
export function rowName(cells: TableRow): string {
  const item = (cells["item"] ?? "").trim();
  return item === "" ? `${(cells["key"] ?? "").trim()}@${(cells["to"] ?? "").trim()}` : item;
}

/** Refuses a table that is none of the queue. Throws ExpectedError (exit `input`). */
export function assertQueueTable(rows: readonly TableRow[], file: string): void {
  const [first] = rows;
  const has = (column: string): boolean => first !== undefined && column in first;
  if (
    first === undefined ||
    ((has("item") || (has("key") && has("to"))) && (has("state") || has("due")))
  )
    return;
  throw new ExpectedError({
    exit: "input",
    code: "not-a-queue-table",
    what: `${file} is no table of the queue.`,
    why: "It needs the columns item (or key and to), and state or due.",
    fix: "Make one: `findmehere queue export queue.csv`.",
  });
}

/** How the rows of a table write their days. */
export function orderOfDays(rows: readonly NamedRow[], zone: string): DayOrder | null {
  return dayOrderOf(
    rows.map(({ cells, publication }) => {
      const own = zoneOf(cells, zone);
      const due = isZone(own) ? (publication?.due ?? null) : null;
      return { cell: cells["due"] ?? "", before: due === null ? null : writeMoment(due, own) };
    }),
  );
}

/** What a row wants of its publication, or why that cannot be. */
export function judgeRow({ cells, publication, name }: NamedRow, context: RowContext): RowWish {
  if (publication === null) return refused(`There is no publication ${name}.`);
  const zone = zoneOf(cells, context.zone);
  if (!isZone(zone)) return refused(`There is no time zone “${zone}”.`);
  const word = (cells["state"] ?? "").trim().toLowerCase();
  const state = publicationStates.find((each) => each === word) ?? null;
  if (word !== "" && state === null) {
    return refused(`There is no state “${word}”. There are: draft, held, queued, skipped.`);
  }
  const before = publication.state;
  const after = state ?? before;
  const cell = "due" in cells ? (cells["due"] ?? "").trim() : null;
  if (after !== before) return judgeState(publication, after, cell, { ...context, zone });
  if (cell === null || isSameSlot(cell, publication, zone)) return { wish: "nothing" };
  if (before !== "queued") {
    return refused(`It is ${before}; only what is queued has a slot to change.`);
  }
  return judgeSlot(cell, after, { ...context, zone });
}

function judgeState(
  { state: before, due }: StoredPublication,
  after: PublicationState,
  cell: string | null,
  context: RowContext,
): RowWish {
  if (!editable.has(before) && before !== "refused") {
    return refused(`It is ${before} by now, and no table changes that. Export the table anew.`);
  }
  if (!editable.has(after) || !mayMove(before, after, "person")) {
    return refused(`It is ${before}; it cannot become ${after} by a table.`);
  }
  if (after !== "queued") return { wish: "change", state: after, due: null, note: "" };
  return judgeSlot(cell ?? (due === null ? "" : writeMoment(due, context.zone)), after, context);
}

function judgeSlot(cell: string, state: PublicationState, context: RowContext): RowWish {
  if (cell === "") {
    return refused(
      "It has no time in the column due. To take it out, write draft, held or skipped.",
    );
  }
  const readings = dueReadings(cell);
  const text = readings.sure ?? (context.order === null ? undefined : readings[context.order]);
  if (text === undefined) {
    return refused(
      `“${cell}” may be ${readings["month-first"] ?? ""} or ${readings["day-first"] ?? ""}. Write the year first.`,
    );
  }
  const read = readMoment(text, context.zone);
  if ("why" in read) return refused(`The time “${cell}” cannot be. ${read.why}`);
  if (read.at < context.now) {
    return refused(
      `The time “${cell}” is over: it is ${writeMoment(isoOf(context.now), context.zone)} now.`,
    );
  }
  return { wish: "change", state, due: isoOf(read.at), note: read.note };
}

/** True where a cell says what is so already, in whatever writing. */
function isSameSlot(cell: string, { due }: StoredPublication, zone: string): boolean {
  if (due === null || cell === "") return due === null && cell === "";
  // A time that comes twice on its day is the same text for both.
  const shown = writeMoment(due, zone);
  return Object.values(dueReadings(cell)).some((reading) => {
    if (reading === shown) return true;
    const read = readMoment(reading, zone);
    return "at" in read && read.at === Date.parse(due);
  });
}

function zoneOf(cells: TableRow, usual: string): string {
  const zone = (cells["zone"] ?? "").trim();
  return zone === "" ? usual : zone;
}

function isoOf(at: number): string {
  return `${new Date(at).toISOString().slice(0, 19)}Z`;
}

function refused(why: string): RowWish {
  return { wish: "refused", why };
}
