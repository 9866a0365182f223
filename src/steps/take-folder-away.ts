import { counted } from "../core/counted.ts";
import { problem } from "../core/problem.ts";
import type { Problem } from "../core/problem.ts";
import { removeOwnFiles } from "../library/remove-files.ts";

/** Takes what findmehere put into a folder off the disk, and says what stayed; true when it has to be tried again. */
export async function* takeFolderAway(
  root: string,
  folder: string,
  post: string,
): AsyncGenerator<Problem, boolean> {
  const { others, stuck } = await removeOwnFiles(root, folder);
  if (stuck.length > 0) {
    yield problem(
      "files-left",
      `${folder} could not be taken away: the system holds ${stuck.join(", ")}.`,
      "Close what has it open, and type the same command again.",
      { post, severity: "warn" },
    );
  }
  if (others.length > 0) {
    yield problem(
      "files-left",
      `${folder} stays: it has ${counted(others.length, "file")} that findmehere did not put there.`,
      "Nothing to do; delete the folder yourself if you do not need it.",
      { post },
    );
  }
  return stuck.length > 0;
}
