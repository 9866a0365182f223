import { join } from "node:path";
import { textFileUse } from "../../tiktok/archive-labels.ts";
import { isKnownSection } from "../../tiktok/archive-sections.ts";
import { blockBuilder, type TextBlock } from "../../tiktok/archive-text.ts";
import { blockDate, isOwnPost, isStrangersPost } from "../../tiktok/archive-text-post.ts";
import { firstBytes } from "../../edge/file-start.ts";
import { namesBelow } from "./folder.ts";
import { baseName } from "./input-file.ts";
import { decodeStart } from "./text-lines.ts";

/** How much of a file is looked at, and of how many files of a folder. */
const start = 8192;
const mostLooks = 100;

/** True when this file is an archive, by its name or its first bytes. */
export async function looksLikeArchive(path: string, name: string): Promise<boolean> {
  if (name.endsWith(".zip")) return true;
  if (name.endsWith(".json")) return !name.endsWith(".info.json");
  const bytes = await firstBytes(path, start).catch(() => Buffer.alloc(0));
  // Browsers now and then save the archive without its ending.
  if (bytes.subarray(0, 4).equals(Buffer.from("PK\u0003\u0004"))) return true;
  if (name.endsWith(".txt")) return isArchiveText(name, bytes);
  return startsLikeJson(bytes);
}

/** True when a folder holds an unpacked archive: its JSON, or files of its text form. */
export async function looksLikeFolder(path: string): Promise<boolean> {
  const names = await namesBelow(path).catch(() => []);
  if (names.some((name) => /^user_data.*\.json$/i.test(baseName(name)))) return true;
  if (names.some((name) => /\.info\.json$/i.test(name))) return false;
  const texts = names.filter((name) => /\.txt$/i.test(name));
  if (texts.filter((name) => textFileUse(baseName(name)) !== "unknown").length > 1) return true;
  for (const name of texts.slice(0, mostLooks)) {
    const bytes = await firstBytes(join(path, name), start).catch(() => Buffer.alloc(0));
    if (isArchiveText(baseName(name), bytes)) return true;
  }
  return false;
}

/** By a block that only TikTok writes; a known name needs no more than a date. */
function isArchiveText(name: string, bytes: Buffer): boolean {
  const named = textFileUse(name) !== "unknown";
  return startBlocks(decodeStart(bytes)).some(
    (block) => isOwnPost(block) || (blockDate(block) !== null && (named || isStrangersPost(block))),
  );
}

function startBlocks(text: string): TextBlock[] {
  const builder = blockBuilder();
  const lines = text.split(/\r?\n/).slice(0, 200);
  const ended = lines.map((line, index) => builder.add(line, index + 1));
  return [...ended, builder.end()].filter((block) => block !== null);
}

/** A `user_data_tiktok.json` that lost its ending: a bracket, and one of the sections' names. */
function startsLikeJson(bytes: Buffer): boolean {
  const text = bytes.toString("utf8").replace(/^\uFEFF/, "");
  if (!/^\s*\{\s*"/.test(text)) return false;
  return Array.from(text.matchAll(/"([^"]{1,40})"\s*:\s*\{/g)).some(
    ([, key]) => key !== undefined && isKnownSection(key),
  );
}
