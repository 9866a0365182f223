import { readFile, stat } from "node:fs/promises";
import { extname } from "node:path";
import writeFileAtomic from "write-file-atomic";
import { ExpectedError } from "../../core/error.ts";
import { byPerson } from "../../core/translation.ts";
import type { TranslationRow } from "../../core/translation.ts";
import { cannotRead } from "../../edge/cannot-read.ts";
import { encodingOf, readTableFile } from "../../edge/table.ts";
import { writeTable } from "../../library/tables.ts";
import { poText, readPo } from "../../text/po.ts";
import { readXliff, xliffText } from "../../text/xliff.ts";

/** The columns of a table of translations. */
const columns = ["key", "to", "field", "source", "translation", "by"] as const;

/** Remarks in a file that cannot be wrong about anything: which post it is. */
export type RowNote = (row: TranslationRow) => string;

/** How a file of translations is written and read. */
interface FileForm {
  write(file: string, rows: readonly TranslationRow[], note: RowNote): Promise<void>;
  read(file: string): Promise<TranslationRow[]>;
}

/** Spreadsheets save tables under these names too: Excel's "Unicode Text" is a .txt. */
const tables = [".txt", ".tsv"];

const largest = 64 * 1024 * 1024;

const forms: Record<string, FileForm> = {
  ".csv": {
    write: (file, rows) =>
      writeTable(
        file,
        columns,
        rows.map((row) => ({ ...row })),
      ),
    read: readTableRows,
  },
  ".po": {
    write: (file, rows, note) =>
      writeFileAtomic(
        file,
        poText(
          rows.map((row) => ({
            context: [row.key, row.to, row.field].join("/"),
            source: row.source,
            translation: row.translation,
            fuzzy: row.translation !== "" && row.by !== byPerson,
            comments: [note(row)],
          })),
          poLanguage(rows),
        ),
      ),
    read: async (file) =>
      readPo(await textOfFile(file)).map(({ context, source, translation, fuzzy }) => {
        const [key = "", to = "", field = ""] = context.split("/");
        return { key, to, field, source, translation, by: fuzzy ? "" : byPerson };
      }),
  },
  ".xliff": {
    write: (file, rows, note) =>
      writeFileAtomic(
        file,
        xliffText(
          rows.map((row) => ({
            id: `${row.key}/${row.field}`,
            to: row.to,
            source: row.source,
            translation: row.translation,
            reviewed: row.by === byPerson,
            note: note(row),
          })),
        ),
      ),
    read: async (file) =>
      readXliff(await textOfFile(file)).map(({ id, to, source, translation, reviewed }) => {
        const [key = "", field = ""] = id.split("/");
        return { key, to, field, source, translation, by: reviewed ? byPerson : "" };
      }),
  },
};

/**
 * The form that the file's ending names; what is only read may be a spreadsheet's too. Throws ExpectedError
 * (exit `usage`) where the ending names no form of ours.
 */
export function fileForm(file: string, purpose: "read" | "write"): FileForm {
  const named = extname(file).toLowerCase();
  const ending = purpose === "read" && tables.includes(named) ? ".csv" : named;
  const form = forms[ending === ".xlf" ? ".xliff" : ending];
  if (form !== undefined) return form;
  throw new ExpectedError({
    exit: "usage",
    code: "which-form",
    what: `It is not clear what kind of file ${file} is to be.`,
    fix: "Let its name end in .csv (Excel, Numbers, LibreOffice), .po (Poedit) or .xliff.",
  });
}

/** As gettext names it; empty where one file holds several, for an editor would take them all for the first. */
function poLanguage(rows: readonly TranslationRow[]): string {
  const names: Record<string, string> = { "zh-Hans": "zh_CN", "zh-Hant": "zh_TW" };
  const [first = "", ...others] = new Set(rows.map(({ to }) => to));
  return others.length > 0 ? "" : (names[first] ?? first);
}

async function readTableRows(file: string): Promise<TranslationRow[]> {
  const rows = await readTableFile(file);
  const [first] = rows;
  const missing = columns.filter((name) => name !== "by" && first?.[name] === undefined);
  if (first !== undefined && missing.length > 0) {
    throw new ExpectedError({
      exit: "input",
      code: "translations-broken",
      what: `The table ${file} has no column ${missing.join(", ")}.`,
      fix: "Leave the first row as `findmehere translate export` writes it.",
    });
  }
  return rows.map((row) => ({
    key: row["key"] ?? "",
    to: row["to"] ?? "",
    field: row["field"] ?? "",
    source: row["source"] ?? "",
    translation: row["translation"] ?? "",
    by: (row["by"] ?? "").trim().toLowerCase(),
  }));
}

async function textOfFile(file: string): Promise<string> {
  let bytes: Buffer;
  try {
    const { size } = await stat(file);
    bytes = size > largest ? Buffer.alloc(0) : await readFile(file);
  } catch (cause) {
    throw cannotRead("file", file, cause);
  }
  try {
    return new TextDecoder(encodingOf(bytes), { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new ExpectedError(
      {
        exit: "input",
        code: "translations-broken",
        what: `The file ${file} is not saved as UTF-8.`,
        fix: "Save it again with the encoding UTF-8, and try once more.",
      },
      { cause },
    );
  }
}
