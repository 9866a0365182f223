import { createHash } from "node:crypto";
import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { ExpectedError } from "../core/error.ts";
import { hashFile } from "./manifest.ts";

/** Name of the list of what findmehere itself wrote into a folder for the phone. */
export const folderManifestName = "findmehere-folder.json";

/** One file that such a folder is to hold. */
export interface FolderFile {
  /** From the folder, with `/`. */
  path: string;
  /** Hex, lower case. */
  sha256: string;
  bytes: number;
  /** Where its bytes are: a file of the library (absolute), or text. */
  from: { file: string } | { text: string };
}

/** One pack in such a folder. */
export interface FolderPack {
  post: string;
  to: string;
  /** Name of its folder. */
  folder: string;
}

const writtenFile = z.object({
  bytes: z.number().int().nonnegative(),
  /** What it may hold: the newest first; more than one while a run that was stopped may have written either. */
  sha256: z.array(z.string().regex(/^[0-9a-f]{64}$/)),
  /** Milliseconds, as the disk told after writing; 0 while it is not known. */
  changed: z.number(),
});

// The folder is synced, so others may write this list: a path never leads out of the folder.
const insidePath = z.string().regex(/^(?!\.)[^/\\\0]+(\/(?!\.)[^/\\\0]+)?$/);

const folderManifest = z.object({
  about: z.string(),
  version: z.literal(1),
  library: z.string(),
  packs: z.array(z.object({ post: z.string(), to: z.string(), folder: insidePath })),
  files: z.record(insidePath, writtenFile),
});

/** What findmehere wrote into a folder, as it noted it there. */
export type FolderManifest = z.infer<typeof folderManifest>;

/** What is to be done in a folder. */
export interface FolderPlan {
  write: FolderFile[];
  same: FolderFile[];
  /** Paths of ours that nothing wants any more. */
  remove: string[];
  /** Paths of ours that a person changed, or of theirs that are in the way: nothing is done to them. */
  theirs: string[];
}

/** A file made of text. */
export function textFile(path: string, text: string): FolderFile {
  const sha256 = createHash("sha256").update(text).digest("hex");
  return { path, sha256, bytes: Buffer.byteLength(text), from: { text } };
}

/** An empty list for a folder that findmehere has not written into yet. */
export function newManifest(library: string): FolderManifest {
  return {
    about: "findmehere wrote the files named here and keeps them up to date; it touches no others.",
    ...{ version: 1, library, packs: [], files: {} },
  };
}

/** Reads that list; a new one where there is none. Throws ExpectedError where it is broken or another library's. */
export async function readFolderManifest(folder: string, library: string): Promise<FolderManifest> {
  let text: string;
  try {
    text = await readFile(join(folder, folderManifestName), "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return newManifest(library);
    throw error;
  }
  const read = folderManifest.safeParse(parseJson(text));
  if (!read.success) {
    throw new ExpectedError({
      exit: "input",
      code: "folder-list-broken",
      what: `${join(folder, folderManifestName)} cannot be read.`,
      why: "It says which files of the folder are findmehere's own; without it nothing can be taken away safely.",
      fix: "Choose a new folder. Or delete that file: then what lies in the folder counts as yours.",
    });
  }
  if (read.data.library === library) return read.data;
  throw new ExpectedError({
    exit: "usage",
    code: "folder-of-another-library",
    what: `The folder ${folder} holds the posts of another library.`,
    why: "Two libraries would take each other's posts away.",
    fix: "Choose a folder of its own for this library.",
  });
}

/** Compares what a folder is to hold with what it holds. `keep`: paths of ours that stay as they are. */
export async function planFolder(
  folder: string,
  wanted: readonly FolderFile[],
  manifest: FolderManifest,
  keep: (path: string) => boolean,
): Promise<FolderPlan> {
  const plan: FolderPlan = { write: [], same: [], remove: [], theirs: [] };
  for (const file of wanted) {
    const held = await holds(join(folder, file.path), manifest.files[file.path]);
    if (held === null) plan.write.push(file);
    else if (held.sha256 === file.sha256) plan.same.push(file);
    else if (held.ours) plan.write.push(file);
    else plan.theirs.push(file.path);
  }
  const names = new Set(wanted.map(({ path }) => path));
  for (const [path, written] of Object.entries(manifest.files)) {
    if (names.has(path) || keep(path)) continue;
    const held = await holds(join(folder, path), written);
    if (held !== null) (held.ours ? plan.remove : plan.theirs).push(path);
  }
  return plan;
}

/** What a file is, and whether it is as findmehere wrote it; null when it is not there. */
async function holds(
  path: string,
  written: FolderManifest["files"][string] | undefined,
): Promise<{ sha256: string; ours: boolean } | null> {
  const found = await stat(path).catch((error: unknown) => {
    if (["ENOENT", "ENOTDIR"].includes((error as NodeJS.ErrnoException).code ?? "")) return null;
    throw error;
  });
  if (found === null) return null;
  // A folder in the place of a file is somebody's own.
  if (!found.isFile()) return { sha256: "", ours: false };
  const [newest = ""] = written?.sha256 ?? [];
  const untouched = written?.bytes === found.size && written.changed === found.mtimeMs;
  if (untouched) return { sha256: newest, ours: true };
  const sha256 = await hashFile(path);
  return { sha256, ours: written?.sha256.includes(sha256) ?? false };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
