import { counted } from "../core/counted.ts";
import { problem } from "../core/problem.ts";
import type { Problem } from "../core/problem.ts";
import { removeOwnFiles } from "../library/remove-files.ts";
import type { Store } from "../store/open.ts";
import { finishRemoved, unfinishedRemovals } from "../store/removed.ts";
import { writeLibrary } from "./export/write-library.ts";

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
      const { others, stuck } = await removeOwnFiles(root, folder);
      if (stuck.length > 0) {
        isStuck = true;
        yield problem(
          "files-left",
          `${folder} could not be taken away: the system holds ${stuck.join(", ")}.`,
          "Close what has it open, and type the same command again.",
          { post: key, severity: "warn" },
        );
      }
      if (others.length > 0) {
        yield problem(
          "files-left",
          `${folder} stays: it has ${counted(others.length, "file")} that findmehere did not put there.`,
          "Nothing to do; delete the folder yourself if you do not need it.",
          { post: key },
        );
      }
    }
    if (!isStuck) await store.transaction((transaction) => finishRemoved(transaction, key));
  }
}
