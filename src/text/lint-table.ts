import { ExpectedError } from "../core/error.ts";
import type { Severity } from "../core/problem.ts";
import { simplifyLetters } from "./plain-letters.ts";

/** What a rule of the table is about. */
export type LintCategory =
  | "platform"
  | "contact"
  | "adlaw"
  | "medical"
  | "finance"
  | "may_be_limited"
  | "watermark"
  | "culture"
  | "date";

/** One rule of the word table. */
export interface LintRule {
  id: string;
  category: LintCategory;
  /** Flags `giu`; meant for text as `foldForLint` makes it. */
  pattern: RegExp;
  severity: Severity;
  /** Ids of the places where it counts. */
  places: readonly string[];
  why: string;
  suggestion: { en: string; zh: string };
  /** A text that the rule finds. */
  example: string;
}

const columns = [
  "id",
  "category",
  "lang",
  "pattern",
  "severity",
  "applies_to",
  "why",
  "suggestion_en",
  "suggestion_zh",
  "example",
] as const;

type Column = (typeof columns)[number];

/** One row as it is written, and its line in its file, from 1. */
interface Row {
  line: number;
  /** Whether a creator wrote it or some of it. */
  isOwn: boolean;
  cells: Partial<Record<Column, string>>;
}

const severities: Readonly<Record<string, Severity>> = {
  error: "stop",
  warn: "warn",
  info: "note",
};
const categories: ReadonlySet<string> = new Set<LintCategory>([
  ...(["platform", "contact", "adlaw", "medical"] as const),
  ...(["finance", "may_be_limited", "watermark", "culture", "date"] as const),
]);

/**
 * Reads the word table that ships and a creator's own table of that shape. Columns are found by their names. An
 * own row changes the cells it fills in the row of its id, or is a new rule; the severity `off` takes a rule away.
 * Throws ExpectedError (exit `settings`) naming the row that is wrong.
 */
export function parseLintTable(
  shipped: string,
  own: string | null = null,
  file = "wordlint.tsv",
): LintRule[] {
  const broken = (why: string): ExpectedError => brokenTable(file, why);
  const rows = new Map<string, Row>();
  for (const text of own === null ? [shipped] : [shipped, own]) {
    for (const { line, cells } of readRows(text, broken)) {
      const id = cells.id ?? "";
      const filled = Object.entries(cells).filter(([, cell]) => cell !== "");
      const before = rows.get(id)?.cells;
      const isOwn = text === own;
      rows.set(id, { line, isOwn, cells: { ...before, ...Object.fromEntries(filled) } });
    }
  }
  return [...rows.values()]
    .filter(({ cells }) => cells.severity !== "off")
    .map((row) => readRule(row, broken));
}

function readRows(
  tsv: string,
  broken: (why: string) => ExpectedError,
): Pick<Row, "line" | "cells">[] {
  const [header = "", ...lines] = tsv.replace(/^\uFEFF/, "").split(/\r\n?|\n/);
  const names = header.split("\t").map(unquoted);
  if (!names.includes("id")) {
    throw broken("Its first line does not name the column id.");
  }
  return lines.flatMap((line, index) => {
    const written = line.split("\t").map(unquoted);
    const cells = Object.fromEntries(
      columns.flatMap((column) => {
        const place = names.indexOf(column);
        return place === -1 ? [] : [[column, written[place] ?? ""]];
      }),
    ) as Row["cells"];
    return (cells.id ?? "") === "" ? [] : [{ line: index + 2, cells }];
  });
}

function readRule({ line, isOwn, cells }: Row, broken: (why: string) => ExpectedError): LintRule {
  const read = (column: Column): string => cells[column] ?? "";
  const fail = (why: string): ExpectedError => broken(`Line ${line} (${read("id")}): ${why}`);
  const severity = severities[read("severity")];
  if (severity === undefined) {
    throw fail(`the severity “${read("severity")}” is none of error, warn, info, off.`);
  }
  if (!categories.has(read("category"))) {
    throw fail(`the category “${read("category")}” is none of ${[...categories].join(", ")}.`);
  }
  for (const column of ["applies_to", "why", "suggestion_en"] as const) {
    if (read(column) === "") throw fail(`the column ${column} is empty.`);
  }
  return {
    id: read("id"),
    category: read("category") as LintCategory,
    pattern: readPattern(read("pattern"), isOwn, fail),
    severity,
    places: read("applies_to")
      .split(",")
      .map((place) => place.trim()),
    why: read("why"),
    suggestion: { en: read("suggestion_en"), zh: read("suggestion_zh") },
    example: read("example"),
  };
}

/** Full-width signs and Traditional letters are found as the plain ones that they are folded to. */
function readPattern(
  written: string,
  isOwn: boolean,
  fail: (why: string) => ExpectedError,
): RegExp {
  const source = simplifyLetters(written).replace(/[\uFF01-\uFF5E]/g, (sign) => {
    const plain = sign.normalize("NFKC");
    return /[\p{L}\p{N}]/u.test(plain) ? plain : `\\x${plain.charCodeAt(0).toString(16)}`;
  });
  let pattern: RegExp;
  try {
    pattern = new RegExp(source, "giu");
  } catch (error) {
    const why = error instanceof Error ? error.message.replace(/^.*: /, "") : "";
    throw fail(`the pattern cannot be read: ${why}.`);
  }
  // To look with all that ship would make them ready, those too that no text needs: 50 ms of every command.
  if (isOwn && pattern.test("")) throw fail("the pattern is found in an empty text.");
  return pattern;
}

function brokenTable(file: string, why: string): ExpectedError {
  return new ExpectedError({
    exit: "settings",
    code: "word-table-broken",
    what: "The table of words cannot be read.",
    why,
    fix: `Mend templates/${file} in your library, or take it away to use the one that came with findmehere.`,
  });
}

/** Spreadsheets put quotes around a cell that holds one, and write it twice inside. */
function unquoted(cell: string): string {
  const text = cell.trim();
  return /^".*"$/u.test(text) ? text.slice(1, -1).replaceAll('""', '"').trim() : text;
}
