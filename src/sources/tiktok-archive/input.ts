import { createReadStream } from "node:fs";
import { open } from "node:fs/promises";
import { brokenJson, cannotOpen } from "./errors.ts";
import { zipJson } from "./zip.ts";

/** Yields the bytes of the archive's JSON, out of the zip or straight from the file. */
export async function* archiveBytes(path: string): AsyncGenerator<Uint8Array> {
  const chunks = (await isZip(path)) ? zipJson(path) : fileBytes(path);
  let first = true;
  for await (const chunk of chunks) {
    if (first && isWide(chunk)) {
      throw brokenJson(path, "It was saved in another encoding (UTF-16) by some editor.");
    }
    first = false;
    yield chunk;
  }
}

/** By the bytes where there are some, because people rename files; by the name when the file is empty. */
async function isZip(path: string): Promise<boolean> {
  const file = await open(path, "r").catch((error: unknown) => {
    throw cannotOpen(path, error);
  });
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(2), 0, 2, 0);
    return /\.json$/i.test(path) ? bytesRead === 2 && buffer.toString("latin1") === "PK" : true;
  } catch (error) {
    throw cannotOpen(path, error);
  } finally {
    await file.close();
  }
}

async function* fileBytes(path: string): AsyncGenerator<Uint8Array> {
  try {
    yield* createReadStream(path);
  } catch (error) {
    throw error instanceof Error && "syscall" in error ? cannotOpen(path, error) : error;
  }
}

/** Two bytes a character: a mark at the start, or a zero beside the first bracket. */
function isWide(chunk: Uint8Array): boolean {
  const [one, two] = chunk;
  return (one === 0xff && two === 0xfe) || (one === 0xfe && two === 0xff) || one === 0 || two === 0;
}
