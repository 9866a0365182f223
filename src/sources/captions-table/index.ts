import { open } from "node:fs/promises";
import type { Source } from "../../core/source.ts";

/** How much of a file is looked at; its first row is far shorter. */
const start = 4096;

/** A table in which a person wrote captions by hand. */
export const captionsTable: Source = {
  id: "captions-table",
  title: "table of captions",
  promisesFiles: false,
  takes:
    "a .csv table with the column caption and one of key, url or id (`findmehere export --missing captions.csv` makes one to fill in)",
  async recognises(input) {
    if (!/\.csv$/i.test(input)) return false;
    const bytes = await firstBytes(input).catch(() => null);
    if (bytes === null) return false;
    const { tableColumns } = await import("../../edge/table.ts");
    const columns = tableColumns(bytes);
    return (
      columns.includes("caption") && ["key", "url", "id"].some((name) => columns.includes(name))
    );
  },
  async load() {
    return (await import("./reader.ts")).captionsTableReader;
  },
};

async function firstBytes(path: string): Promise<Uint8Array> {
  const file = await open(path, "r");
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(start), 0, start, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}
