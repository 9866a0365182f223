import type { Problem } from "../core/problem.ts";
import type { Store } from "../store/open.ts";
import { finishRemoved, unfinishedRemovals } from "../store/removed.ts";
import { writeLibrary } from "./export/write-library.ts";
import { takeFolderAway } from "./take-folder-away.ts";

/**
 * Takes removed posts off the disk. The database has forgotten them before, so a run that is killed here is
 * completed by the next one. Tables and manifest go first: they must not name what is half gone.
 */
export async function* finishRemovals(root: string, store: Store): AsyncGenerator<Problem> {
  const unfinished = await store.transaction(unfinishedRemovals);
  if (unfinished.length === 0) return;
  await writeLibrary(root, store);
  for (const { key, folders } of unfinished) {
    let isStuck = false;
    for (const folder of folders) {
      if (yield* takeFolderAway(root, folder, key)) isStuck = true;
    }
    if (!isStuck) await store.transaction((transaction) => finishRemoved(transaction, key));
  }
}
