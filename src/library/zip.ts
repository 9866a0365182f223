import { createWriteStream } from "node:fs";
import { open, rename, rm } from "node:fs/promises";
import { PassThrough } from "node:stream";
import { pipeline } from "node:stream/promises";
import { ZipFile } from "yazl";
import type { FolderFile } from "./phone-folder.ts";

/**
 * Writes files into one zip, which appears whole or not at all. Names are UTF-8; past 4 GB or 65,535 files it is a
 * zip64 by itself. Videos and photos are stored as they are, since they do not get smaller.
 * @param made milliseconds; the time that text files carry
 */
export async function writeZip(
  target: string,
  files: readonly FolderFile[],
  made: number,
  signal: AbortSignal,
): Promise<void> {
  const half = `${target}.findmehere-part`;
  const zip = new ZipFile();
  const bytes = new PassThrough();
  // Of a file that cannot be read the zip tells here, not in its stream.
  zip.on("error", (error: Error) => bytes.destroy(error));
  zip.outputStream.pipe(bytes);
  for (const { path, from } of files) {
    if ("file" in from) zip.addFile(from.file, path, { compress: false, mode: 0o100644 });
    else {
      zip.addBuffer(Buffer.from(from.text), path, { mtime: new Date(made), mode: 0o100644 });
    }
  }
  zip.end();
  try {
    await pipeline(bytes, createWriteStream(half), { signal });
    const handle = await open(half, "r+");
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(half, target);
  } catch (error) {
    await rm(half, { force: true }).catch(() => undefined);
    throw error;
  }
}
