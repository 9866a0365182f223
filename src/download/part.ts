import { createHash, type Hash } from "node:crypto";
import { createReadStream } from "node:fs";
import { open, readFile, rename, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import writeFileAtomic from "write-file-atomic";
import { z } from "zod";
import { systemCode } from "./error.ts";

const partNote = z.object({
  address: z.string(),
  etag: z.string().nullable(),
  lastModified: z.string().nullable(),
  total: z.int().min(1).nullable(),
});

/** What is remembered of a file that is not whole yet. Nothing in it is signed. */
type PartNote = z.infer<typeof partNote>;

/** A file on its way: where its bytes and its note lie. */
export interface PartPlace {
  folder: string;
  part: string;
  note: string;
}

/** A part that a later run found on the disk. */
export interface FoundPart {
  size: number;
  note: PartNote;
}

/** Where the part of `<folder>/<name>` lies. */
export function partPlace(folder: string, name: string): PartPlace {
  const part = join(folder, `${name}.part`);
  return { folder, part, note: `${part}.json` };
}

/**
 * Names the stored object: a hash of the address without its signature. That is the query, and on the hosts
 * of the public page also the head of the path, a hash and the hour of death in hex (2025-10).
 */
export function addressHash(address: string): string {
  const { protocol, host, pathname } = new URL(address);
  const path = pathname.replace(/^\/[0-9a-f]{32}\/[0-9a-f]{8}(?=\/)/, "");
  return createHash("sha256").update(`${protocol}//${host}${path}`).digest("hex");
}

/** The part of this very address, or null when there is none or its note does not fit. */
export async function findPart(place: PartPlace, address: string): Promise<FoundPart | null> {
  const size = await sizeOf(place.part);
  const note = await readNote(place.note);
  if (size === 0 || note === null || note.address !== addressHash(address)) return null;
  if (note.total !== null && size > note.total) return null;
  return { size, note };
}

/** Writes the note; the part must be empty by then, so that new bytes never stand beside an old note. */
export async function writeNote(place: PartPlace, note: PartNote): Promise<void> {
  await writeFileAtomic(place.note, `${JSON.stringify(note)}\n`);
}

/** Takes the part and its note away. */
export async function discardPart(place: PartPlace): Promise<void> {
  await rm(place.note, { force: true });
  await rm(place.part, { force: true });
}

/** Hashes what lies on the disk, so that the rest can go on from there. */
export async function hashPart(place: PartPlace, signal: AbortSignal): Promise<Hash> {
  const hash = createHash("sha256");
  for await (const chunk of createReadStream(place.part, { signal })) hash.update(chunk);
  return hash;
}

/**
 * Gives the whole file its name. The note goes last: should the process die in between, the part is still
 * known to be whole, or whoever takes the file in throws the note away.
 */
export async function finishPart(place: PartPlace, file: string): Promise<void> {
  await rename(place.part, join(place.folder, file));
  await rm(place.note, { force: true });
  // A folder cannot be opened on Windows; its file system writes the rename down by itself.
  if (process.platform === "win32") return;
  const folder = await open(place.folder, "r");
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

async function sizeOf(file: string): Promise<number> {
  try {
    return (await stat(file)).size;
  } catch (error) {
    if (systemCode(error) === "ENOENT") return 0;
    throw error;
  }
}

async function readNote(file: string): Promise<PartNote | null> {
  let text: string;
  try {
    text = await readFile(file, "utf8");
  } catch (error) {
    if (systemCode(error) === "ENOENT") return null;
    throw error;
  }
  try {
    return partNote.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    // A note that is no JSON is as good as none: the file is fetched from its beginning.
    return null;
  }
}
