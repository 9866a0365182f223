import { readdir } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import { ExpectedError } from "../../core/error.ts";

/** How many folders below the given one are looked into. */
const deepest = 3;

/** The files of a folder and its subfolders, as sorted paths from it with `/`. */
export async function filesBelow(folder: string): Promise<string[]> {
  const files = await list(folder, folder, 0);
  return files.toSorted();
}

async function list(root: string, folder: string, depth: number): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((cause: unknown) => {
    throw cannotList(folder, cause);
  });
  const files: string[] = [];
  for (const entry of entries) {
    // Hidden files are the system's own, such as the `._` twins that macOS makes.
    if (entry.name.startsWith(".")) continue;
    const path = join(folder, entry.name);
    if (!entry.isDirectory()) files.push(relative(root, path).split(sep).join("/"));
    else if (depth < deepest) files.push(...(await list(root, path, depth + 1)));
  }
  return files;
}

function cannotList(folder: string, cause: unknown): ExpectedError {
  const missing = cause instanceof Error && "code" in cause && cause.code === "ENOENT";
  return new ExpectedError(
    {
      exit: "input",
      code: missing ? "input-missing" : "input-unreadable",
      what: missing ? `There is no folder ${folder}.` : `The folder ${folder} cannot be read.`,
      fix: missing ? "Check the name." : "Check that it is a folder and that you may read it.",
    },
    { cause },
  );
}
