import { readFile } from "node:fs/promises";
import { z } from "zod";
import { parseWebJson } from "../../tiktok/web-value.ts";
import type { FolderFile } from "./walk.ts";

/** What one JSON file turned out to be; `place` tells where in the folder each part of it stands. */
export type JsonContent =
  | { made: "yt-dlp"; parts: { value: unknown; place: string }[] }
  | { made: "gallery-dl"; value: unknown }
  | { made: "other-site" }
  /** Not JSON, or not readable. */
  | { made: "broken"; why: string }
  /** JSON of something else. */
  | { made: "unknown" };

/** A dump of a profile with thousands of posts takes some tens of megabytes. */
const largest = 256 * 1024 * 1024;
/** Lists of lists, as yt-dlp nests them. */
const deepest = 4;

const text = z.string().nullish().catch(null);
const Marks = z.object({
  category: text,
  extractor: text,
  extractor_key: text,
  ie_key: text,
  _type: text,
  webpage_url: text,
  entries: z.array(z.unknown()).nullish().catch(null),
  createTime: z.unknown().optional(),
  uniqueId: text,
});

/** Reads a JSON file that one of the two tools may have written. */
export async function readJsonFile(file: FolderFile, isInfo: boolean): Promise<JsonContent> {
  if (file.bytes > largest) return { made: "broken", why: "it is larger than any of its kind" };
  const content = await readFile(file.absolute).catch(() => null);
  if (content === null) return { made: "broken", why: "it may not be opened" };
  const written = decode(content);
  const value = parseWebJson(written);
  if (value !== undefined) return judge(value, file.path, isInfo);
  const lines = jsonLines(written);
  if (lines === null) return { made: "broken", why: "it is not readable JSON" };
  const judged = lines.map((line, index) => judge(line, `${file.path}, line ${index + 1}`, isInfo));
  const parts = judged.flatMap((each) => (each.made === "yt-dlp" ? each.parts : []));
  return parts.length > 0 ? { made: "yt-dlp", parts } : (judged[0] ?? { made: "unknown" });
}

/** A dump that PowerShell redirected into a file is UTF-16. */
function decode(content: Buffer): string {
  if (content[0] === 0xff && content[1] === 0xfe) return content.toString("utf16le").slice(1);
  return content.toString("utf8");
}

/** What `yt-dlp -j` prints: one object a line; null when a line is none. */
function jsonLines(written: string): unknown[] | null {
  const lines = written.split("\n").filter((line) => line.trim() !== "");
  if (lines.length < 2 || !lines.every((line) => line.startsWith("{"))) return null;
  const values = lines.map((line) => parseWebJson(line));
  return values.includes(undefined) ? null : values;
}

function judge(value: unknown, place: string, isInfo: boolean): JsonContent {
  const marks = Marks.safeParse(value).data;
  if (marks === undefined) {
    return isInfo ? { made: "broken", why: "it holds no post" } : { made: "unknown" };
  }
  if ((marks.category ?? "") !== "" && marks.extractor == null) {
    return marks.category === "tiktok" ? { made: "gallery-dl", value } : { made: "other-site" };
  }
  const { extractor, extractor_key, ie_key, _type, webpage_url } = marks;
  const named = extractor ?? extractor_key ?? ie_key ?? null;
  if (isInfo || (named !== null && (_type != null || webpage_url != null))) {
    if (named !== null && !/tiktok/i.test(named)) return { made: "other-site" };
    return { made: "yt-dlp", parts: partsOf(value, place, deepest) };
  }
  // The keys of the tool may have been filtered out.
  return marks.createTime === undefined ? { made: "unknown" } : { made: "gallery-dl", value };
}

/** A dump of a profile holds its posts as entries; one that failed is null. */
function partsOf(
  value: unknown,
  place: string,
  depth: number,
): { value: unknown; place: string }[] {
  const entries = Marks.safeParse(value).data?.entries ?? [];
  if (depth === 0) return [];
  return [
    { value, place },
    ...entries.flatMap((entry, index) =>
      typeof entry === "object" && entry !== null
        ? partsOf(entry, `${place}, entries[${index}]`, depth - 1)
        : [],
    ),
  ];
}
