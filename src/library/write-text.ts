import { readFile } from "node:fs/promises";
import writeFileAtomic from "write-file-atomic";

/**
 * Writes a text file as a whole or not at all; one that says this already stays untouched, which saves a wait
 * for the disk and keeps backups small.
 */
export async function writeText(file: string, text: string): Promise<void> {
  const before = await readFile(file, "utf8").catch(() => null);
  if (before !== text) await writeFileAtomic(file, text);
}
