import type { JsonChoice, JsonPath, JsonSpan, JsonVisitor } from "../../edge/json/visitor.ts";

/** One request with its answer, as far as we look: no cookies, no other headers, nothing that was sent. */
export interface HarEntry {
  /** Place among the entries, from 0. */
  place: number;
  started: string | null;
  method: string;
  /** Where the address stands; it may be a `data:` address of megabytes. */
  address: JsonSpan | null;
  status: number;
  contentLength: number | null;
  contentRange: string | null;
  /** Bytes of the decoded body as the browser counted them. */
  size: number | null;
  type: string;
  base64: boolean;
  /** Where the body stands; null when it was not saved. */
  body: JsonSpan | null;
}

/** What a HAR file holds, without its texts. */
export interface HarLog {
  /** True once a `log` with a list of entries was seen. */
  found: boolean;
  entries: HarEntry[];
  /** Titles of the pages that were open, in order. */
  titles: string[];
  /** True when there are more entries than are looked at. */
  tooMany: boolean;
}

/** An hour in a browser makes some thousand; a crafted file must not fill the memory. */
const mostEntries = 300_000;
const mostTitles = 1000;

/** The parts of an entry that are read as values. */
const keptParts = new Set([
  "startedDateTime",
  "request.method",
  "response.status",
  "response.content.size",
  "response.content.mimeType",
  "response.content.encoding",
]);
const enteredParts = new Set(["request", "response", "response.headers", "response.content"]);

/** Makes the visitor that notes the entries of a HAR file while its JSON goes by. */
export function harVisitor(): { log: HarLog; visitor: JsonVisitor } {
  const log: HarLog = { found: false, entries: [], titles: [], tooMany: false };

  function choose(path: JsonPath, kind: string): JsonChoice {
    const [top, section, place] = path;
    if (path.length === 0) return kind === "object" ? "enter" : "skip";
    if (top !== "log") return "skip";
    if (path.length === 1) return kind === "object" ? "enter" : "skip";
    if (section === "pages") return choosePage(path);
    if (section !== "entries") return "skip";
    if (path.length === 2) {
      log.found ||= kind === "array";
      return kind === "array" ? "enter" : "skip";
    }
    if (path.length === 3) return kind === "object" ? begin(Number(place)) : "skip";
    return choosePart(path.slice(3).join("."), path, kind);
  }

  function choosePage(path: JsonPath): JsonChoice {
    if (path.length < 4) return "enter";
    return path.length === 4 && path[3] === "title" && log.titles.length < mostTitles
      ? "keep"
      : "skip";
  }

  function begin(place: number): JsonChoice {
    if (log.entries.length >= mostEntries) {
      log.tooMany = true;
      return "skip";
    }
    log.entries.push({
      ...{ place, started: null, method: "GET", address: null, status: 0, size: null, type: "" },
      ...{ contentLength: null, contentRange: null, base64: false, body: null },
    });
    return "enter";
  }

  function choosePart(part: string, path: JsonPath, kind: string): JsonChoice {
    if (part === "request.url" || part === "response.content.text") {
      return kind === "string" ? "locate" : "skip";
    }
    if (enteredParts.has(part)) return "enter";
    if (/^response\.headers\.\d+$/.test(part)) return kind === "object" ? "keep" : "skip";
    return keptParts.has(part) && path.length > 3 && kind !== "object" && kind !== "array"
      ? "keep"
      : "skip";
  }

  function kept(path: JsonPath, value: unknown): void {
    if (path[1] === "pages") {
      if (typeof value === "string") log.titles.push(value.slice(0, 2000));
      return;
    }
    const entry = log.entries.at(-1);
    if (entry === undefined) return;
    const part = path.slice(3).join(".");
    const text = typeof value === "string" ? value : "";
    if (part === "startedDateTime") entry.started = text;
    else if (part === "request.method") entry.method = text.toUpperCase();
    else if (part === "response.status") entry.status = Number(value);
    else if (part === "response.content.size") entry.size = countOf(value);
    else if (part === "response.content.mimeType") entry.type = text.toLowerCase();
    else if (part === "response.content.encoding") entry.base64 = /^base64$/i.test(text);
    else noteHeader(entry, value);
  }

  function located(path: JsonPath, span: JsonSpan): void {
    const entry = log.entries.at(-1);
    if (entry === undefined) return;
    if (path.at(-1) === "url") entry.address = span;
    else if (span.to > span.from) entry.body = span;
  }

  return { log, visitor: { choose, kept, located } };
}

function noteHeader(entry: HarEntry, header: unknown): void {
  const { name, value } = header as { name?: unknown; value?: unknown };
  if (typeof name !== "string" || typeof value !== "string") return;
  if (/^content-length$/i.test(name)) entry.contentLength = countOf(value);
  if (/^content-range$/i.test(name)) entry.contentRange = value;
}

function countOf(value: unknown): number | null {
  if (typeof value !== "number" && typeof value !== "string") return null;
  const count = Number(value);
  return Number.isSafeInteger(count) && count >= 0 ? count : null;
}
