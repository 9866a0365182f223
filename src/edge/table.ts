import { readFile, stat } from "node:fs/promises";
import { CsvError, parse } from "csv-parse/sync";
import { stringify } from "csv-stringify/sync";
import { ExpectedError } from "../core/error.ts";

/** One row of a table, by column. */
export type TableRow = Record<string, string>;

/** No creator has a table of this size; a film that was renamed has. */
const largest = 256 * 1024 * 1024;

/** A table as text: UTF-8 BOM, CRLF rows, cells with a line break quoted, formulas guarded. */
export function tableText(columns: readonly string[], rows: Iterable<TableRow>): string {
  const head = Object.fromEntries(columns.map((column) => [column, column]));
  return `\uFEFF${tableRows(columns, [head, ...rows])}`;
}

/**
 * A table for a program that reads every sign: no BOM, and no guard, which would stand in front of a posted text. A
 * spreadsheet is not to open it.
 */
export function exactTableText(columns: readonly string[], rows: Iterable<TableRow>): string {
  const cells = Array.from(rows, (row) => columns.map((column) => row[column] ?? ""));
  return csvText([[...columns], ...cells]);
}

/** Rows of a table without its begin, to be written piece by piece. */
export function tableRows(columns: readonly string[], rows: Iterable<TableRow>): string {
  const cells = Array.from(rows, (row) => columns.map((column) => guardCell(row[column] ?? "")));
  return csvText(cells);
}

function csvText(cells: string[][]): string {
  return stringify(cells, {
    record_delimiter: "\r\n",
    // Without this a bare line feed breaks its row when rows end with CRLF.
    quoted_match: /[\r\n]/,
  });
}

/**
 * Reads a table back, also one that a spreadsheet saved with semicolons or tabs. Column names are
 * trimmed and in lower case; a cell that is missing at the end of a row is empty. Throws ExpectedError (exit
 * `input`) for quotes that are not closed, and for a row with more than the first one has names for.
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
  const columns = head.map(columnName);
  for (const [index, cells] of rows.entries()) {
    const tooMany = cells.slice(columns.length);
    if (tooMany.some((cell) => cell.trim() !== ""))
      throw rowTooLong(index + 2, cells.length, columns);
  }
  return rows.map((cells) =>
    Object.fromEntries(columns.map((column, index) => [column, unguardCell(cells[index] ?? "")])),
  );
}

/** Whatever stands behind the last column would be lost, and the cell before it is cut short. */
function rowTooLong(row: number, cells: number, columns: readonly string[]): ExpectedError {
  return new ExpectedError({
    exit: "input",
    code: "table-broken",
    what: `Row ${row} of the table has ${cells} cells, but its first row names only ${columns.length} columns.`,
    why: "A text with a comma, a semicolon or a tab stands there without quotes, so it fell apart.",
    fix: 'Put quotes around that text ("like, this"), or put it together again in a spreadsheet. Then try once more.',
  });
}

/** Reads the table of a file. Throws ExpectedError (exit `input`) where it is no table, or not saved as UTF-8. */
export async function readTableFile(path: string): Promise<TableRow[]> {
  let bytes: Buffer;
  try {
    if ((await stat(path)).size > largest) throw tooLarge(path);
    bytes = await readFile(path);
  } catch (cause) {
    if (cause instanceof ExpectedError) throw cause;
    throw new ExpectedError(
      {
        exit: "input",
        code: "input-unreadable",
        what: `The table ${path} cannot be opened.`,
        fix: "Check its name, and that you may read it.",
      },
      { cause },
    );
  }
  return readTable(decode(path, bytes));
}

/** The column names at the begin of a table, as `readTable` gives them; empty when it is not text. */
export function tableColumns(start: Uint8Array): string[] {
  const text = new TextDecoder(encodingOf(start)).decode(start);
  const head = /^[^\r\n]*/.exec(text)?.[0] ?? "";
  return head.includes("\0") ? [] : head.split(delimiterOf(head)).map(bareCell).map(columnName);
}

/**
 * Keeps a spreadsheet from running a cell: what begins with `=`, `+`, `-`, `@`, tab or CR gets one
 * leading `'`. A cell that already has such quotes before such a sign gets one more, so
 * that taking exactly one off is always right.
 */
export function guardCell(text: string): string {
  return /^'*[=+\-@\t\r]/.test(text) ? `'${text}` : text;
}

/** Takes off exactly the one quote that `guardCell` put there. */
export function unguardCell(text: string): string {
  return /^'+[=+\-@\t\r]/.test(text) ? text.slice(1) : text;
}

function columnName(cell: string): string {
  return unguardCell(cell).trim().toLowerCase();
}

function bareCell(cell: string): string {
  return cell.trim().replace(/^"(.*)"$/, "$1");
}

/** Spreadsheets of many countries save with semicolons; the head row tells. */
function delimiterOf(text: string): string {
  const head = /^[^\r\n]*/.exec(text)?.[0] ?? "";
  const count = (sign: string) => head.split(sign).length - 1;
  return [",", ";", "\t"].reduce((best, sign) => (count(sign) > count(best) ? sign : best));
}

/** How a text file is saved: Excel's "Unicode Text" has two bytes a letter, and says so at its begin. */
export function encodingOf([one, two]: Uint8Array): "utf-8" | "utf-16le" | "utf-16be" {
  if (one === 0xff && two === 0xfe) return "utf-16le";
  return one === 0xfe && two === 0xff ? "utf-16be" : "utf-8";
}

function decode(path: string, bytes: Uint8Array): string {
  try {
    return new TextDecoder(encodingOf(bytes), { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new ExpectedError(
      {
        exit: "input",
        code: "table-encoding",
        what: `The table ${path} is not saved as UTF-8.`,
        why: "Accents, emoji and Chinese would come out wrong.",
        fix: 'Save it again: in Excel choose "CSV UTF-8", in Numbers and LibreOffice choose the encoding UTF-8.',
      },
      { cause },
    );
  }
}

function tooLarge(path: string): ExpectedError {
  return new ExpectedError({
    exit: "input",
    code: "table-too-large",
    what: `${path} is too large for a table of captions.`,
    fix: "Check that it is the file you mean.",
  });
}
