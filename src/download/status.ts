import type { IncomingHttpHeaders } from "node:http";
import { DownloadError } from "./error.ts";
import type { Answer } from "./answer.ts";

/** The error that an answer which is not a file stands for. `now` is milliseconds since the epoch. */
export function statusError(answer: Answer, expires: string | null, now: number): DownloadError {
  const { status, host } = answer;
  const details = { host, status, retryAfterMs: retryAfter(answer.headers, now) };
  if (status === 403 && expires !== null && Date.parse(expires) <= now) {
    return new DownloadError("expired", `the link expired on ${expires.slice(0, 10)}`, details);
  }
  if (status === 404 || status === 410) {
    return new DownloadError("gone", `the file is no longer there (${status})`, details);
  }
  if (status === 429) {
    return new DownloadError("busy", "the server asks to slow down (429)", details);
  }
  if (status >= 500 || status === 408 || status === 425) {
    return new DownloadError("server", `the server has a fault (${status})`, details);
  }
  if (status < 400) {
    return new DownloadError("not-media", `the answer holds no file (${status})`, details);
  }
  return new DownloadError("forbidden", `the server refuses the file (${status})`, details);
}

/** What Retry-After says, in milliseconds from now; null when it says nothing that can be read. */
function retryAfter(headers: IncomingHttpHeaders, now: number): number | null {
  const text = headers["retry-after"]?.trim();
  if (text === undefined || text === "") return null;
  if (/^\d+$/.test(text)) return Number(text) * 1000;
  const until = Date.parse(text);
  if (Number.isNaN(until)) return null;
  // The server's own clock wrote the date, so its own clock says what is left.
  const serverNow = Date.parse(headers.date ?? "");
  return Math.max(0, until - (Number.isNaN(serverNow) ? now : serverNow));
}

/** A Content-Range such as `bytes 200-999/1000`. */
interface ContentRange {
  start: number;
  end: number;
  /** Null when the server does not know. */
  total: number | null;
}

/** Reads a Content-Range; null when it is missing or wrong. */
export function contentRange(headers: IncomingHttpHeaders): ContentRange | null {
  const found = /^bytes (\d+)-(\d+)\/(\d+|\*)$/.exec(headers["content-range"] ?? "");
  if (found === null) return null;
  return {
    start: Number(found[1]),
    end: Number(found[2]),
    total: found[3] === "*" ? null : Number(found[3]),
  };
}

/** The Content-Length; null when the server does not say. */
export function contentLength(headers: IncomingHttpHeaders): number | null {
  const text = headers["content-length"] ?? "";
  return /^\d+$/.test(text) ? Number(text) : null;
}

/**
 * What may be sent as If-Range for this file: a strong ETag, or, where there is no ETag at all, a date
 * that is at least a second older than the answer (RFC 9110, 13.1.5). Null: it cannot be resumed.
 */
export function rangeValidator(note: {
  etag: string | null;
  lastModified: string | null;
}): string | null {
  if (note.etag !== null) return /^"[^"]*"$/.test(note.etag) ? note.etag : null;
  return note.lastModified;
}

/** The date of a file, where it is old enough to tell two versions apart. */
export function strongDate(headers: IncomingHttpHeaders): string | null {
  const modified = headers["last-modified"];
  const age = Date.parse(headers.date ?? "") - Date.parse(modified ?? "");
  return modified !== undefined && age >= 1000 ? modified : null;
}
