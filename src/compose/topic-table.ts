import { ExpectedError } from "../core/error.ts";
import { foldFancy, stripInvisible } from "../text/normalise.ts";

/** Which names of a row a destination takes. */
export type TopicColumn = "rednote" | "lemon8";

/** What the table says of one TikTok tag. */
export interface TopicRow {
  /** Names without sign and without spaces, the best one first. */
  names: Record<TopicColumn, string[]>;
  /** `drop`: never carried over. `review`: nothing is offered, a person decides. Else a kind of content. */
  category: string;
  confidence: string;
}

/** The table by the key of the tag; see `tagKey`. */
export type TopicTable = ReadonlyMap<string, TopicRow>;

const columns = {
  tag: "tiktok_tag",
  rednote: "rednote_topic_zh",
  lemon8: "lemon8_tag",
  category: "category",
  confidence: "confidence",
} as const;

/** How a tag is looked up: plain letters, small, without sign, emoji and invisible characters. */
export function tagKey(tag: string): string {
  const known = keys.get(tag);
  if (known !== undefined) return known;
  // A creator uses the same few tags again and again.
  if (keys.size >= mostKeys) keys.clear();
  const key = plainTag(tag).toLowerCase();
  keys.set(tag, key);
  return key;
}

const keys = new Map<string, string>();
const mostKeys = 5000;

/** A tag as a name: fancy letters folded; emoji, spaces and invisible characters gone. */
export function plainTag(tag: string): string {
  return stripInvisible(foldFancy(tag))
    .replace(
      /[\p{Extended_Pictographic}\p{RI}\p{EMod}\u200d\ufe0f\u20e3\u{E0020}-\u{E007F}\s#＃]+/gu,
      "",
    )
    .normalize("NFC");
}

/**
 * Reads `templates/topics.tsv` or a creator's own table of that shape. Columns are found by their names, so a
 * spreadsheet may reorder them; of two rows for one tag the later one wins. Throws
 * ExpectedError (exit `settings`) naming the line that is wrong.
 */
export function parseTopicTable(tsv: string): TopicTable {
  const [header = "", ...rows] = tsv.replace(/^\uFEFF/, "").split(/\r\n?|\n/);
  const names = header.split("\t").map(cell);
  const missing = Object.values(columns).filter((name) => !names.includes(name));
  if (missing.length > 0) {
    throw broken(`Its first line does not name the column ${missing.join(", ")}.`);
  }
  const table = new Map<string, TopicRow>();
  for (const [index, row] of rows.entries()) {
    const cells = row.split("\t").map(cell);
    const read = (column: keyof typeof columns): string =>
      cells[names.indexOf(columns[column])] ?? "";
    const key = tagKey(read("tag"));
    if (key === "") continue;
    const topics = { rednote: list(read("rednote")), lemon8: list(read("lemon8")) };
    if (topics.rednote.length + topics.lemon8.length === 0 && read("category") === "") {
      throw broken(`Line ${index + 2} (${read("tag")}): it has neither a topic nor a category.`);
    }
    table.set(key, {
      names: topics,
      category: read("category"),
      confidence: read("confidence"),
    });
  }
  return table;
}

function broken(why: string): ExpectedError {
  return new ExpectedError({
    exit: "settings",
    code: "topic-table-broken",
    what: "The table of topics cannot be read.",
    why,
    fix: "Mend templates/topics.tsv in your library: tabs stand between its columns, as in the table that came with findmehere.",
  });
}

/** Spreadsheets put quotes around a cell when they save it. */
function cell(text: string): string {
  return text
    .trim()
    .replace(/^"(.*)"$/u, "$1")
    .trim();
}

function list(text: string): string[] {
  return text
    .split("|")
    .map((name) => name.replace(/[\s#＃]+/gu, ""))
    .filter((name) => name !== "");
}
