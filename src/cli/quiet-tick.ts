import { join } from "node:path";
import { locateLibraries } from "../edge/locate.ts";
import { isAnythingDue } from "../store/due.ts";

const plainFlags = new Set(["--due", "--json", "--quiet", "--verbose", "--no-color", "--yes"]);

/**
 * Answers `publish --due` when nothing is due and nobody looks at a terminal, and says true; says false when
 * the whole command has to run. Only built-in modules, since a timer asks this every few minutes.
 * @param words what was typed after `publish`
 */
export function quietTick(words: readonly string[]): boolean {
  let library: string | undefined;
  for (let index = 0; index < words.length; index += 1) {
    const word = words[index] ?? "";
    if (word === "--library") {
      index += 1;
      library = words[index];
      if (library === undefined) return false;
    } else if (word.startsWith("--library=")) library = word.slice("--library=".length);
    else if (!plainFlags.has(word)) return false;
  }
  if (!words.includes("--due") || words.includes("--verbose")) return false;
  const json = words.includes("--json");
  if (process.env["FINDMEHERE_NOW"] || (process.stdout.isTTY && !json)) return false;
  const found = locateLibraries({
    flag: library,
    environment: process.env,
    workingFolder: process.cwd(),
  });
  const [only] = found;
  if (only === undefined || found.length > 1) return false;
  if (isAnythingDue(join(only.root, "findmehere.db"), new Date().toISOString())) return false;
  if (json) process.stdout.write(`${JSON.stringify(nothingDue)}\n`);
  return true;
}

/** The summary of a `publish --due` that found nothing to do; the whole command prints the same. */
export const nothingDue = {
  type: "summary",
  command: "publish",
  schemaVersion: 1,
  due: 0,
  handedOff: 0,
  synced: 0,
  submitted: 0,
  scheduled: 0,
  refused: 0,
  unconfirmed: 0,
  failed: 0,
  waiting: 0,
  missed: 0,
  looked: 0,
  live: 0,
  problems: { stop: 0, warn: 0, note: 0 },
} as const;
