import { open, rename } from "node:fs/promises";
import { tableRows, tableText } from "../edge/table.ts";
import type { TableRow } from "../edge/table.ts";
import { postColumns, type PostRow } from "./table-cells.ts";
import { writeText } from "./write-text.ts";

/** Writes a table that opens right in Excel, Numbers and LibreOffice. */
export async function writeTable(
  file: string,
  columns: readonly string[],
  rows: Iterable<TableRow>,
): Promise<void> {
  await writeText(file, tableText(columns, rows));
}

/** How many rows are turned into text at once. */
const piece = 2000;

/** Writes a table of any length, piece by piece; until it is whole the old one stays. */
export async function writeLongTable(
  file: string,
  columns: readonly string[],
  rows: Iterable<TableRow>,
): Promise<void> {
  // The name of an unfinished file: should this run be killed, the next one takes it away.
  const part = `${file}.0`;
  const out = await open(part, "w");
  try {
    await out.write(tableText(columns, []));
    let waiting: TableRow[] = [];
    for (const row of rows) {
      waiting.push(row);
      if (waiting.length < piece) continue;
      await out.write(tableRows(columns, waiting));
      waiting = [];
    }
    await out.write(tableRows(columns, waiting));
    await out.sync();
  } finally {
    await out.close();
  }
  await rename(part, file);
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
  await writeText(file, Array.from(rows, (row) => `${JSON.stringify(row)}\n`).join(""));
}
