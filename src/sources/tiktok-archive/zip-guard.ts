import type { Entry } from "yauzl";
import { brokenZip } from "./errors.ts";
import { printable } from "./input-file.ts";

/** An entry and its name, read and found harmless. */
export interface NamedEntry {
  name: string;
  entry: Entry;
}

/** No creator's archive comes near to this; it keeps a crafted zip from running for hours. */
const largest = 8 * 1024 ** 3;
/** A small zip that unpacks to something huge is no archive of TikTok: text shrinks by 10 to 100. */
const tightest = { from: 64 * 1024 ** 2, ratio: 500 };
/** TikTok's text form has about a hundred files. */
const mostEntries = 20_000;

/** Refuses, as its table of contents is read, a zip with links or with far too many files. */
export function checkTable(path: string, entries: readonly NamedEntry[]): void {
  const newest = entries.at(-1);
  if (newest !== undefined && isLink(newest.entry)) {
    throw brokenZip(
      path,
      `It holds a link to another file, ${printable(newest.name)}; TikTok makes no such zip.`,
    );
  }
  if (entries.length > mostEntries) {
    throw brokenZip(path, `It holds more than ${mostEntries} files; TikTok makes no such zip.`);
  }
}

/** Refuses an entry that is locked or would unpack to far too much, before a byte of it is read. */
export function checkEntry(path: string, { name, entry }: NamedEntry): void {
  const { uncompressedSize, compressedSize } = entry;
  if (entry.isEncrypted()) {
    throw brokenZip(path, `The file ${printable(name)} inside it is locked with a password.`);
  }
  const tooTight =
    uncompressedSize > tightest.from && uncompressedSize > compressedSize * tightest.ratio;
  if (uncompressedSize > largest || tooTight) {
    throw brokenZip(
      path,
      `The file ${printable(name)} inside it would unpack to far more than any archive of TikTok holds.`,
    );
  }
}

/** The upper half of the attributes is the mode that Unix knows; its first digit is the kind of file. */
function isLink(entry: Entry): boolean {
  return ((entry.externalFileAttributes >>> 16) & 0xf000) === 0xa000;
}
