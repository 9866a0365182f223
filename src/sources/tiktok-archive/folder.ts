import { type FileHandle, open, readdir } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import { cannotRead } from "../../edge/cannot-read.ts";
import { type InputFile, isSystemFile, type OpenInput } from "./input-file.ts";

/** As much of a file is read at once. */
const pieceSize = 256 * 1024;
/** How many folders below the given one are looked into. */
const deepest = 4;
/** TikTok's text form has about a hundred files; a folder of thousands is something else. */
const mostFiles = 5000;
/** Somebody's whole home folder must not be searched. */
const mostFolders = 1000;

/** Opens an unpacked archive. Links are not followed. Throws ExpectedError (exit `input`). */
export async function openFolderInput(path: string): Promise<OpenInput> {
  const names = await namesBelow(path).catch((error: unknown) => {
    throw cannotRead("file", path, error);
  });
  return { path, files: names.map((name) => folderFile(path, name)), close: () => undefined };
}

/** The names of the files of a folder, sorted, with `/`; only those that an archive could have. */
export async function namesBelow(folder: string): Promise<string[]> {
  const names: string[] = [];
  const waiting = [{ path: folder, depth: 0 }];
  let folders = 0;
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
    folders += 1;
    for (const entry of await readdir(next.path, { withFileTypes: true })) {
      const path = join(next.path, entry.name);
      if (isSystemFile(entry.name)) continue;
      if (entry.isDirectory() && next.depth < deepest) {
        waiting.push({ path, depth: next.depth + 1 });
      } else if (entry.isFile() && /\.(?:json|txt)$/i.test(entry.name)) {
        names.push(relative(folder, path).split(sep).join("/"));
      }
    }
    if (names.length > mostFiles || folders > mostFolders) break;
  }
  return names.toSorted();
}

/** One file of a folder; with an empty name the path itself. */
export function folderFile(input: string, name: string): InputFile {
  return { input, name, bytes: () => fileBytes(name === "" ? input : join(input, name)) };
}

/** Every piece lies in the same memory: a stream's pieces of a gigabyte would pile up unfreed. */
async function* fileBytes(path: string): AsyncGenerator<Uint8Array> {
  let file: FileHandle | null = null;
  try {
    file = await open(path, "r");
    const buffer = Buffer.allocUnsafeSlow(pieceSize);
    for (;;) {
      const { bytesRead } = await file.read(buffer, 0, pieceSize, null);
      if (bytesRead === 0) return;
      yield buffer.subarray(0, bytesRead);
    }
  } catch (error) {
    throw error instanceof Error && "syscall" in error ? cannotRead("file", path, error) : error;
  } finally {
    await file?.close();
  }
}
