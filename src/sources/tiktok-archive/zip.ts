import type { Readable } from "node:stream";
import {
  type Entry,
  getFileNameLowLevel,
  openPromise,
  validateFileName,
  type ZipFile,
} from "yauzl";
import { ExpectedError } from "../../core/error.ts";
import { brokenZip, cannotOpen, notAnArchive } from "./errors.ts";

/** No creator's archive comes near to this; it keeps a crafted zip from running for hours. */
const largest = 8 * 1024 ** 3;
/** A small zip that unpacks to something huge is no archive of TikTok: text shrinks by 10 to 100. */
const tightest = { from: 64 * 1024 ** 2, ratio: 500 };

/** Yields the bytes of the archive's JSON inside a zip. */
export async function* zipJson(path: string): AsyncGenerator<Uint8Array> {
  const zip = await openZip(path);
  try {
    const entry = chooseEntry(path, await entriesOf(path, zip));
    const stream = await openEntry(path, zip, entry);
    yield* guarded(path, stream);
  } finally {
    zip.close();
  }
}

async function openZip(path: string): Promise<ZipFile> {
  try {
    // Names stay bytes here, so that a bad name is our finding and not an error text of the library.
    return await openPromise(path, { autoClose: false, decodeStrings: false });
  } catch (error) {
    if (error instanceof Error && "syscall" in error) throw cannotOpen(path, error);
    throw brokenZip(path, "It is not a zip, or the download is not whole.", error);
  }
}

interface NamedEntry {
  name: string;
  entry: Entry;
}

async function entriesOf(path: string, zip: ZipFile): Promise<NamedEntry[]> {
  const entries: NamedEntry[] = [];
  try {
    for await (const entry of zip.eachEntry()) entries.push({ name: nameOf(entry), entry });
  } catch (error) {
    throw brokenZip(path, "Its table of contents is damaged.", error);
  }
  if (entries.some(({ name }) => validateFileName(name) !== null)) {
    throw brokenZip(
      path,
      "It holds a file name that points outside of the zip; TikTok makes no such zip.",
    );
  }
  return entries;
}

function nameOf(entry: Entry): string {
  const { generalPurposeBitFlag, fileNameRaw, extraFields } = entry;
  return getFileNameLowLevel(generalPurposeBitFlag, fileNameRaw, extraFields, false);
}

/** The newest form first; then the one nearest to the top, so that a copy in a subfolder does not win. */
function chooseEntry(path: string, entries: readonly NamedEntry[]): Entry {
  const files = entries.filter(({ name }) => !/(?:^|\/)(?:__MACOSX\/|\.)|\/$/.test(name));
  const found = files.filter(({ name }) => /(?:^|\/)user_data[^/]*\.json$/i.test(name));
  const [best] = found.toSorted(
    (one, other) => rank(one.name) - rank(other.name) || one.name.localeCompare(other.name, "en"),
  );
  if (best !== undefined) return checked(path, best.entry);
  if (files.some(({ name }) => /\.txt$/i.test(name))) {
    throw notAnArchive(
      path,
      "It holds TikTok's text form (TXT), which findmehere does not read yet.",
    );
  }
  throw notAnArchive(path, "There is no user_data_tiktok.json in the zip.");
}

function rank(name: string): number {
  const depth = name.split("/").length;
  return depth + (/user_data_tiktok[^/]*$/i.test(name) ? 0 : 1000);
}

function checked(path: string, entry: Entry): Entry {
  const { uncompressedSize, compressedSize } = entry;
  if (entry.isEncrypted()) throw brokenZip(path, "It is locked with a password.");
  const tooTight =
    uncompressedSize > tightest.from && uncompressedSize > compressedSize * tightest.ratio;
  if (uncompressedSize > largest || tooTight) {
    throw brokenZip(path, "It would unpack to far more than any archive of TikTok holds.");
  }
  return entry;
}

async function openEntry(path: string, zip: ZipFile, entry: Entry): Promise<Readable> {
  try {
    return await zip.openReadStreamPromise(entry);
  } catch (error) {
    throw brokenZip(path, "A file inside it cannot be opened.", error);
  }
}

async function* guarded(path: string, stream: Readable): AsyncGenerator<Uint8Array> {
  try {
    for await (const chunk of stream) yield chunk;
  } catch (error) {
    if (error instanceof ExpectedError) throw error;
    throw brokenZip(path, "A file inside it is damaged or cut off.", error);
  } finally {
    stream.destroy();
  }
}
