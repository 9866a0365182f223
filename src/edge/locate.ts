import { existsSync, readdirSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join, resolve } from "node:path";

/** Where a library was found, and by what. */
export interface LocatedLibrary {
  root: string;
  by: "flag" | "environment" | "parent" | "home";
}

/** What the search needs of the process. */
export interface LocateInput {
  flag: string | undefined;
  environment: Readonly<Record<string, string | undefined>>;
  workingFolder: string;
}

/** Folder below the home folder in which libraries are made when nothing else is said. */
export function homeLibraries(environment: LocateInput["environment"]): string {
  return join(environment["HOME"] ?? homedir(), "FindMeHere");
}

/**
 * Finds the library: the flag, FINDMEHERE_LIBRARY, the nearest parent folder with a findmehere.jsonc, else
 * the libraries below ~/FindMeHere (all of them, for the caller to choose). Only built-in modules, for a
 * quick start. A flag or variable is taken as it is, whether a library lies there or not.
 */
export function locateLibraries(input: LocateInput): LocatedLibrary[] {
  if (input.flag !== undefined) {
    return [{ root: resolve(input.workingFolder, input.flag), by: "flag" }];
  }
  const variable = input.environment["FINDMEHERE_LIBRARY"];
  if (variable !== undefined && variable !== "") {
    return [{ root: resolve(input.workingFolder, variable), by: "environment" }];
  }
  for (let folder = resolve(input.workingFolder); ; folder = dirname(folder)) {
    if (existsSync(join(folder, "findmehere.jsonc"))) return [{ root: folder, by: "parent" }];
    if (dirname(folder) === folder) break;
  }
  const home = homeLibraries(input.environment);
  if (!existsSync(home)) return [];
  return readdirSync(home, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => join(home, entry.name))
    .filter((root) => existsSync(join(root, "findmehere.jsonc")))
    .toSorted()
    .map((root) => ({ root, by: "home" }));
}
