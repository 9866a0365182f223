import { createReadStream } from "node:fs";
import { readdir } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import { cannotOpen } from "./errors.ts";
import { type InputFile, isSystemFile, type OpenInput } from "./input-file.ts";

/** How many folders below the given one are looked into. */
const deepest = 4;
/** TikTok's text form has about a hundred files; a folder of thousands is something else. */
const mostFiles = 5000;

/** Opens an unpacked archive. Links are not followed. Throws ExpectedError (exit `input`). */
export async function openFolderInput(path: string): Promise<OpenInput> {
  const names = await namesBelow(path).catch((error: unknown) => {
    throw cannotOpen(path, error);
  });
  return { path, files: names.map((name) => folderFile(path, name)), close: () => undefined };
}

/** The names of the files of a folder, sorted, with `/`; only those that an archive could have. */
export async function namesBelow(folder: string): Promise<string[]> {
  const names: string[] = [];
  const waiting = [{ path: folder, depth: 0 }];
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
    for (const entry of await readdir(next.path, { withFileTypes: true })) {
      const path = join(next.path, entry.name);
      if (isSystemFile(entry.name)) continue;
      if (entry.isDirectory() && next.depth < deepest) {
        waiting.push({ path, depth: next.depth + 1 });
      } else if (entry.isFile() && /\.(?:json|txt)$/i.test(entry.name)) {
        names.push(relative(folder, path).split(sep).join("/"));
      }
    }
    if (names.length > mostFiles) break;
  }
  return names.toSorted();
}

/** One file of a folder; with an empty name the path itself. */
export function folderFile(input: string, name: string): InputFile {
  return { input, name, bytes: () => fileBytes(name === "" ? input : join(input, name)) };
}

async function* fileBytes(path: string): AsyncGenerator<Uint8Array> {
  try {
    yield* createReadStream(path, { highWaterMark: 256 * 1024 });
  } catch (error) {
    throw error instanceof Error && "syscall" in error ? cannotOpen(path, error) : error;
  }
}
