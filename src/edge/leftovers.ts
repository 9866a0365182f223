import { readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";

/** The names that atomic writes use on the way: `post.json.3595172007`, of which only the number differs. */
const leftover = /\.(json|jsonc|jsonl|csv|txt|html)\.\d{1,10}$/;

/** Only the holder of the lock writes here; elsewhere a run beside us may be in the middle of a write. */
const guarded = /^(posts|announcement)\//;
/** Older than any write of such a small file takes. */
const oldEnough = 5000;

/**
 * Takes away the unfinished files that a killed run left in the library's top folder, and with `deep` in the
 * folders below it. To be called by the holder of the lock, before anything is written.
 */
export async function removeLeftovers(root: string, deep: boolean, now: number): Promise<void> {
  for (const folder of ["", ...(deep ? ["posts", "announcement", "drafts"] : [])]) {
    for (const name of await namesIn(join(root, folder), folder !== "")) {
      if (!leftover.test(name)) continue;
      const path = folder === "" ? name : `${folder}/${name}`;
      const file = join(root, path);
      if (guarded.test(path) || now - (await changed(file)) > oldEnough) {
        await rm(file, { force: true });
      }
    }
  }
}

/** Names of the files of a folder that may not be there. */
async function namesIn(folder: string, recursive: boolean): Promise<string[]> {
  try {
    return await readdir(folder, { recursive });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw error;
  }
}

async function changed(file: string): Promise<number> {
  const found = await stat(file).catch(() => null);
  return found?.mtimeMs ?? Number.POSITIVE_INFINITY;
}
