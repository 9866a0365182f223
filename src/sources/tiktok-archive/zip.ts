import type { Readable } from "node:stream";
import { crc32 } from "node:zlib";
import {
  type Entry,
  getFileNameLowLevel,
  openPromise,
  validateFileName,
  type ZipFile,
} from "yauzl";
import { ExpectedError } from "../../core/error.ts";
import { cannotRead } from "../../edge/cannot-read.ts";
import { brokenZip } from "./errors.ts";
import { isSystemFile, type OpenInput, printable } from "./input-file.ts";
import { checkEntry, checkTable, type NamedEntry } from "./zip-guard.ts";

/** Opens a zip. Nothing of it is ever unpacked to the disk. Throws ExpectedError (exit `input`). */
export async function openZipInput(path: string): Promise<OpenInput> {
  const zip = await openZip(path);
  try {
    const entries = await entriesOf(path, zip);
    const files = entries.filter(({ name }) => !name.endsWith("/") && !isSystemFile(name));
    return {
      path,
      files: files.map(({ name, entry }) => ({
        input: path,
        name,
        bytes: () => entryBytes(path, zip, { name, entry }),
      })),
      close: () => zip.close(),
    };
  } catch (error) {
    zip.close();
    throw error;
  }
}

async function openZip(path: string): Promise<ZipFile> {
  try {
    // Names stay bytes here, so that a bad name is our finding and not an error text of the library.
    return await openPromise(path, { autoClose: false, decodeStrings: false });
  } catch (error) {
    if (error instanceof Error && "syscall" in error) throw cannotRead("file", path, error);
    throw brokenZip(path, "It is not a zip, or the download is not whole.", error);
  }
}

async function entriesOf(path: string, zip: ZipFile): Promise<NamedEntry[]> {
  const entries: NamedEntry[] = [];
  try {
    for await (const entry of zip.eachEntry()) {
      const name = nameOf(entry);
      if (validateFileName(name) !== null || name.includes("\0")) {
        throw brokenZip(
          path,
          `It holds a file name that points outside of the zip, ${printable(name)}; TikTok makes no such zip.`,
        );
      }
      entries.push({ name, entry });
      checkTable(path, entries);
    }
  } catch (error) {
    if (error instanceof ExpectedError) throw error;
    throw brokenZip(path, "Its table of contents is damaged.", error);
  }
  return entries;
}

function nameOf(entry: Entry): string {
  const { generalPurposeBitFlag, fileNameRaw, extraFields } = entry;
  return getFileNameLowLevel(generalPurposeBitFlag, fileNameRaw, extraFields, false);
}

async function* entryBytes(
  path: string,
  zip: ZipFile,
  named: NamedEntry,
): AsyncGenerator<Uint8Array> {
  checkEntry(path, named);
  const title = printable(named.name);
  const stream = await openEntry(path, zip, named);
  let sum = 0;
  try {
    for await (const chunk of stream) {
      sum = crc32(chunk, sum);
      yield chunk;
    }
  } catch (error) {
    if (error instanceof ExpectedError) throw error;
    throw brokenZip(path, `The file ${title} inside it is damaged or cut off.`, error);
  } finally {
    stream.destroy();
  }
  if (sum !== named.entry.crc32) {
    throw brokenZip(path, `The file ${title} inside it is damaged: its checksum is wrong.`);
  }
}

async function openEntry(
  path: string,
  zip: ZipFile,
  { name, entry }: NamedEntry,
): Promise<Readable> {
  try {
    return await zip.openReadStreamPromise(entry);
  } catch (error) {
    throw brokenZip(path, `The file ${printable(name)} inside it cannot be opened.`, error);
  }
}
