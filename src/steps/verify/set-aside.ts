import { existsSync, lstatSync } from "node:fs";
import { rename, rm } from "node:fs/promises";
import { join } from "node:path";

const mark = ".damaged";

/** Gives a damaged file another name until a whole one is there; false when it is no file that can be moved. */
export async function setAside(root: string, path: string): Promise<boolean> {
  const file = join(root, path);
  if (lstatSync(file, { throwIfNoEntry: false })?.isFile() !== true) return false;
  await rename(file, file + mark);
  return true;
}

/** A damaged file is better than none: it gets its name back where no whole one came. */
export async function putBack(root: string, path: string): Promise<void> {
  const file = join(root, path);
  if (existsSync(file + mark) && !existsSync(file)) await rename(file + mark, file);
}

/** Takes the damaged file away once a whole one is there. */
export async function dropDamaged(root: string, path: string): Promise<void> {
  const file = join(root, path + mark);
  if (existsSync(file)) await rm(file);
}
