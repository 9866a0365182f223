import { ExpectedError } from "../core/error.ts";

/** One message of a PO file. */
export interface PoMessage {
  context: string;
  source: string;
  translation: string;
  /** Not looked at by a person yet. */
  fuzzy: boolean;
  /** Remarks for people, one a line. */
  comments: readonly string[];
}

/** The messages as a PO file that Poedit and every gettext tool opens. */
export function poText(messages: readonly PoMessage[], language: string): string {
  const head = [
    'msgid ""',
    'msgstr ""',
    ...[
      "MIME-Version: 1.0",
      "Content-Type: text/plain; charset=UTF-8",
      "Content-Transfer-Encoding: 8bit",
      `Language: ${language}`,
    ].map((line) => `"${line}\\n"`),
  ];
  const blocks = messages.map((message) => [
    ...message.comments.map((comment) => `#. ${comment}`),
    ...(message.fuzzy ? ["#, fuzzy"] : []),
    `msgctxt ${quoted(message.context)}`,
    `msgid ${quoted(message.source)}`,
    `msgstr ${quoted(message.translation)}`,
  ]);
  return [head, ...blocks].map((lines) => `${lines.join("\n")}\n`).join("\n");
}

/** Reads a PO file, also one that an editor wrapped. Throws ExpectedError (exit `input`) with the line of a fault. */
export function readPo(text: string): PoMessage[] {
  const messages: PoMessage[] = [];
  let open = emptyEntry();
  const close = (): void => {
    const { msgctxt, msgid, msgstr } = open.fields;
    // The message without a source is the file's head.
    if (msgid !== undefined && msgid !== "") {
      const { comments, fuzzy } = open;
      messages.push({
        context: msgctxt ?? "",
        source: msgid,
        translation: msgstr ?? "",
        fuzzy,
        comments,
      });
    }
    open = emptyEntry();
  };
  const lines = text.replace(/^\uFEFF/, "").split(/\r\n|\r|\n/);
  for (const [index, raw] of lines.entries()) {
    const line = raw.trim();
    if (line === "") continue;
    if (line.startsWith("#~")) {
      // The remarks and flags before an obsolete message are its own.
      close();
      continue;
    }
    const [, keyword, rest = ""] = /^(msg[a-z_]+(?:\[\d+\])?)\s+(".*)$/s.exec(line) ?? [];
    const begins = line.startsWith("#") || keyword === "msgctxt" || keyword === "msgid";
    if (begins && open.fields.msgstr !== undefined) close();
    if (line.startsWith("#")) {
      if (line.startsWith("#,") && /\bfuzzy\b/.test(line)) open.fuzzy = true;
      if (line.startsWith("#.")) open.comments.push(line.slice(2).trim());
    } else if (keyword !== undefined) {
      if (keyword !== "msgctxt" && keyword !== "msgid" && keyword !== "msgstr")
        throw broken(index, `there is a ${keyword}, which no file of findmehere has`);
      open.last = keyword;
      open.fields[keyword] = unquoted(rest, index);
    } else if (line.startsWith('"') && open.last !== null) {
      open.fields[open.last] = (open.fields[open.last] ?? "") + unquoted(line, index);
    } else throw broken(index, "it is neither a comment nor a message");
  }
  close();
  return messages;
}

interface Entry {
  fields: { msgctxt?: string; msgid?: string; msgstr?: string };
  last: "msgctxt" | "msgid" | "msgstr" | null;
  fuzzy: boolean;
  comments: string[];
}

function emptyEntry(): Entry {
  return { fields: {}, last: null, fuzzy: false, comments: [] };
}

const escapes: Record<string, string> = {
  ...{ n: "\n", t: "\t", r: "\r", '"': '"', "\\": "\\" },
  // gettext's own tools write control characters so.
  ...{ a: "\u0007", b: "\b", f: "\f", v: "\v" },
};

/** Broken after each line feed, as editors write it, so that changes are easy to see. */
function quoted(text: string): string {
  const parts = text.split(/(?<=\n)/).map((part) => `"${escaped(part)}"`);
  if (parts.length <= 1) return parts[0] ?? '""';
  return ['""', ...parts].join("\n");
}

function escaped(text: string): string {
  return text
    .replaceAll("\\", "\\\\")
    .replaceAll('"', '\\"')
    .replaceAll("\n", "\\n")
    .replaceAll("\t", "\\t")
    .replaceAll("\r", "\\r");
}

function unquoted(text: string, index: number): string {
  const inner = /^"((?:[^"\\]|\\.)*)"$/.exec(text)?.[1];
  if (inner === undefined) throw broken(index, "a quotation mark is missing");
  return inner.replaceAll(/\\(.)/g, (_, sign: string) => {
    const meant = escapes[sign];
    if (meant === undefined) throw broken(index, `\\${sign} means nothing there`);
    return meant;
  });
}

function broken(index: number, why: string): ExpectedError {
  return new ExpectedError({
    exit: "input",
    code: "translations-broken",
    what: `The PO file cannot be read at line ${index + 1}: ${why}.`,
    fix: "Open it in Poedit, save it again, and try once more.",
  });
}
