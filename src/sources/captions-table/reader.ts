import { basename } from "node:path";
import { counted } from "../../core/counted.ts";
import type { SourcePost } from "../../core/post.ts";
import { problem } from "../../core/problem.ts";
import type { Problem } from "../../core/problem.ts";
import type { SourceReader } from "../../core/source.ts";
import { readTableFile } from "../../edge/table.ts";
import type { TableRow } from "../../edge/table.ts";
import { captionHashtags, captionMentions } from "../../tiktok/caption-tags.ts";
import { idOfAddress } from "../../tiktok/page-address.ts";

const source = "captions-table";

/** A caption that a person typed, and the row it stands in as a spreadsheet counts. */
interface TypedCaption {
  named: string[];
  caption: string;
  row: number;
}

/** Reads a table of captions. Nothing but the captions is taken from it. */
export const captionsTableReader: SourceReader = {
  async *read(input, { signal }) {
    const table = basename(input);
    const rows = await readTableFile(input);
    const typed = new Map<string, TypedCaption>();
    const problems: Problem[] = [];
    let open = 0;
    for (const [index, cells] of rows.entries()) {
      signal.throwIfAborted();
      const caption = cells["caption"] ?? "";
      // Not filled in is not the same as known to be empty.
      if (caption.trim() === "") {
        open += 1;
        continue;
      }
      const row = index + 2;
      const named = namesOf(cells);
      const [first] = named;
      if (first === undefined) {
        problems.push(nameless(table, row, cells["key"] ?? cells["id"] ?? ""));
        continue;
      }
      const before = typed.get(first);
      if (before !== undefined) problems.push(twice(table, first, before.row, row));
      typed.set(first, { named, caption, row });
    }
    for (const each of typed.values()) yield postOf(table, each);
    yield* problems;
    if (open > 0) yield notFilledIn(table, open, typed.size);
  },
};

/** What a row names its post by, the surest first. */
function namesOf(cells: TableRow): string[] {
  const [key = "", id = ""] = [cells["key"], cells["id"]].map((cell) => cell?.trim());
  const ofPage = idOfAddress((cells["url"] ?? "").trim()) ?? "";
  const exact = (name: string) =>
    !isRounded(name) && (ofPage === "" || !/^\d{15}0{3,5}$/.test(name));
  const names = [exact(key) ? key : "", ofPage, exact(id) ? id : ""];
  return [...new Set(names.filter((name) => name !== ""))];
}

/** Excel takes a long number for a quantity and keeps fifteen digits of it: 7.41555E+18, or zeros at the end. */
function isRounded(name: string): boolean {
  return /^\d(?:[.,]\d+)?e\+?\d+$/i.test(name);
}

function postOf(table: string, { named, caption, row }: TypedCaption): SourcePost {
  return {
    type: "post",
    source,
    id: null,
    named,
    date: "",
    observed: null,
    objectIds: [],
    fields: {
      caption,
      hashtags: captionHashtags(caption),
      mentions: captionMentions(caption),
    },
    media: [],
    place: `${table}, row ${row}`,
  };
}

function nameless(table: string, row: number, cell: string): Problem {
  if (isRounded(cell.trim())) {
    return problem(
      "bad-record",
      `Row ${row} of ${table} was left out: the spreadsheet rounded its number (${cell.trim()}).`,
      "Give the row its url, or format the column as text before you type the number.",
    );
  }
  return problem(
    "bad-record",
    `Row ${row} of ${table} was left out: it does not say which post it is for.`,
    "Fill in its key, as it stands in the first column of posts.csv, or its url.",
  );
}

function twice(table: string, name: string, before: number, row: number): Problem {
  return problem(
    "caption-twice",
    `${table} has two captions for ${name}, in rows ${before} and ${row}; the last one was taken.`,
    "Nothing to do if that is the right one; else take the wrong row out and export the table again.",
  );
}

function notFilledIn(table: string, open: number, typed: number): Problem {
  const rows = `${counted(open, "row")} of ${table} ${open === 1 ? "has" : "have"} no caption yet`;
  return problem(
    "captions-open",
    typed === 0 ? `Nothing was taken from ${table}: ${rows}.` : `${rows}.`,
    "Write into the column caption, save the table as CSV, and export it again.",
    typed === 0 ? { severity: "warn" } : {},
  );
}
