import { rename, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path/posix";
import { writeManifest } from "../../library/manifest.ts";
import type { Store } from "../../store/open.ts";
import { allFiles, moveFile } from "../../store/posts.ts";

/** What the name of a better form ends with until it has taken the place of the other. */
const waiting = "-clean";

/** The name under which a better form waits, without ending. */
export function waitingName(usual: string): string {
  return `${usual}${waiting}`;
}

/**
 * Gives a better form, whose row is written, the name of the file that it replaces. The rename is the moment:
 * a run that dies before it leaves both, one that dies after it leaves a whole file that the next one takes in.
 * @param clean from the library's root, as its row says
 * @param old the file that goes, from the library's root
 */
export async function takePlace(
  root: string,
  store: Store,
  clean: string,
  old: string | null,
): Promise<void> {
  const usual = `${dirname(clean)}/${basename(clean).replace(`${waiting}.`, ".")}`;
  if (usual !== clean) {
    await rename(join(root, clean), join(root, usual));
    await store.transaction((transaction) => moveFile(transaction, clean, usual));
  }
  const files = await store.transaction(allFiles);
  await writeManifest(
    root,
    files.map(({ path, sha256 }) => ({ path, sha256 })),
  );
  // Where somebody's row still names it, it is not ours to take.
  const isFree = old !== null && files.every((file) => file.path !== old);
  if (isFree) await rm(join(root, old), { force: true });
}
