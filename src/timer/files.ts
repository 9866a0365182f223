import { mkdir, readFile, rm } from "node:fs/promises";
import { dirname } from "node:path";
import writeFileAtomic from "write-file-atomic";
import { ExpectedError } from "../core/error.ts";

/** Files by their absolute path: what is to stand in each; null is no file. */
export type WantedFiles = ReadonlyMap<string, string | null>;

/** What stands in these files now. */
export async function readFiles(paths: Iterable<string>): Promise<Map<string, string | null>> {
  const found = new Map<string, string | null>();
  for (const path of paths) found.set(path, await readFile(path, "utf8").catch(() => null));
  return found;
}

/**
 * Writes and removes files, then does the rest; if any of it fails, every file is again what it was, `undone`
 * is called, and the failure is thrown.
 */
export async function swapFiles(
  wanted: WantedFiles,
  rest: () => Promise<void>,
  undone: () => Promise<void>,
): Promise<void> {
  const before = await readFiles(wanted.keys());
  try {
    await putFiles(wanted);
    await rest();
  } catch (error) {
    await putFiles(before).catch(() => {});
    await undone().catch(() => {});
    throw explained(error);
  }
}

async function putFiles(wanted: WantedFiles): Promise<void> {
  for (const [path, text] of wanted) {
    if (text === null) await rm(path, { force: true });
    else {
      await mkdir(dirname(path), { recursive: true });
      await writeFileAtomic(path, text);
    }
  }
}

function explained(error: unknown): unknown {
  if (!(error instanceof Error) || !("code" in error) || error instanceof ExpectedError)
    return error;
  const path = "path" in error && typeof error.path === "string" ? error.path : "";
  const words: Record<string, string> = {
    EROFS: "Its disk is read-only.",
    EACCES: "You may not write there.",
    EPERM: "You may not write there.",
    ENOSPC: "The disk is full.",
    EDQUOT: "Your share of the disk is used up.",
    ENOTDIR: "A file lies where a folder has to be.",
    EEXIST: "A file lies where a folder has to be.",
  };
  const why = words[String(error.code)];
  if (why === undefined) return error;
  return new ExpectedError(
    {
      exit: "machine",
      code: "schedule-not-written",
      what: `The schedule cannot be written${path === "" ? "" : `: ${path}`}`,
      why: `${why} Nothing was changed.`,
      fix: "Make that folder writable for you and try again, or choose another timer, such as `findmehere schedule install --with cron`.",
    },
    { cause: error },
  );
}
