import { parse, CsvError } from "csv-parse/sync";
import { stringify } from "csv-stringify/sync";
import writeFileAtomic from "write-file-atomic";
import { ExpectedError } from "../core/error.ts";
import { guardCell, postColumns, unguardCell, type PostRow } from "./table-cells.ts";

/** One row of a table, by column. */
export type TableRow = Record<string, string>;

/** A table as text: UTF-8 BOM, CRLF rows, cells with a line break quoted, formulas guarded. */
export function tableText(columns: readonly string[], rows: Iterable<TableRow>): string {
  const cells = Array.from(rows, (row) => columns.map((column) => guardCell(row[column] ?? "")));
  return stringify([[...columns], ...cells], {
    bom: true,
    record_delimiter: "\r\n",
    // Without this a bare line feed breaks its row when rows end with CRLF.
    quoted_match: /[\r\n]/,
  });
}

/** Writes a table that opens right in Excel, Numbers and LibreOffice. */
async function writeTable(
  file: string,
  columns: readonly string[],
  rows: Iterable<TableRow>,
): Promise<void> {
  await writeFileAtomic(file, tableText(columns, rows));
}

/**
 * Reads a table back, also one that a spreadsheet saved with semicolons or tabs. Column names are
 * trimmed and in lower case; a cell that is missing at the end of a row is empty.
 */
export function readTable(text: string): TableRow[] {
  let records: string[][];
  try {
    records = parse(text, {
      bom: true,
      delimiter: delimiterOf(text),
      relax_column_count: true,
      skip_empty_lines: true,
    });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw new ExpectedError({
      exit: "input",
      code: "table-broken",
      what: `The table cannot be read at line ${String(error["lines"] ?? 1)}.`,
      why: "A cell with quotes is not closed or not opened right.",
      fix: "Open it in a spreadsheet, save it again as CSV (UTF-8), and try once more.",
    });
  }
  const [head = [], ...rows] = records;
  const columns = head.map((name) => unguardCell(name).trim().toLowerCase());
  return rows.map((cells) =>
    Object.fromEntries(columns.map((column, index) => [column, unguardCell(cells[index] ?? "")])),
  );
}

/** Writes posts.csv. */
export async function writePostsTable(file: string, rows: Iterable<PostRow>): Promise<void> {
  const columns = Object.entries(postColumns);
  const cells = Array.from(rows, (row) =>
    Object.fromEntries(columns.map(([name, write]) => [name, write(row)])),
  );
  await writeTable(file, Object.keys(postColumns), cells);
}

/** Writes posts.jsonl: every row exactly as it is, one JSON object a line. */
export async function writePostsLines(file: string, rows: Iterable<PostRow>): Promise<void> {
  await writeFileAtomic(file, Array.from(rows, (row) => `${JSON.stringify(row)}\n`).join(""));
}

/** Spreadsheets of many countries save with semicolons; the head row tells. */
function delimiterOf(text: string): string {
  const head = /^[^\r\n]*/.exec(text)?.[0] ?? "";
  const count = (sign: string) => head.split(sign).length - 1;
  return [",", ";", "\t"].reduce((best, sign) => (count(sign) > count(best) ? sign : best));
}
