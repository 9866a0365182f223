import type { HarEntry } from "./entries.ts";
import type { HarFile } from "./file.ts";

/** The longest answer that is read as a text; TikTok's lists and pages have some hundred thousand bytes. */
const longestBody = 32 * 1024 ** 2;

/** The text of an answer; null when it was not saved, is no success, or is far too long. */
export async function bodyText(file: HarFile, entry: HarEntry): Promise<string | null> {
  if (entry.status !== 200) return null;
  // Browsers leave the text out of an answer of no bytes, and of one that they did not keep.
  if (entry.body === null) return entry.size === 0 ? "" : null;
  const text = await file.text(entry.body, longestBody);
  return text !== null && entry.base64 ? Buffer.from(text, "base64").toString("utf8") : text;
}

/** When the browser asked, as ISO 8601 UTC; null for a text that is no instant. */
export function observedAt({ started }: HarEntry): string | null {
  const text = started ?? "";
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:?\d\d)$/i.test(text))
    return null;
  const moment = new Date(text);
  return Number.isNaN(moment.getTime()) ? null : moment.toISOString();
}

/** In the order in which the browser asked; what has no time comes first. */
export function inOrder<Request extends { entry: HarEntry }>(
  requests: readonly Request[],
): Request[] {
  const time = ({ entry }: Request) => Date.parse(observedAt(entry) ?? "") || 0;
  return requests.toSorted((a, b) => time(a) - time(b) || a.entry.place - b.entry.place);
}
