import { constants } from "node:fs";
import { copyFile, link, open, readdir, rename, rm, stat } from "node:fs/promises";

/**
 * Brings a file to another name of the library, by a hard link where the disk can, else a copy. The new name
 * appears at once and whole, also over an older file; the old name stays. May be repeated.
 */
export async function bringFile(from: string, to: string): Promise<void> {
  const [source, target] = await Promise.all([stat(from), stat(to).catch(() => null)]);
  if (target !== null && target.ino === source.ino && target.dev === source.dev) return;
  const half = `${to}.bringing`;
  await rm(half, { force: true });
  try {
    await link(from, half);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? "";
    // Another disk, a disk without links, or a system that forbids them.
    if (!["EXDEV", "EPERM", "ENOTSUP", "EMLINK", "EACCES"].includes(code)) throw error;
    await copyFile(from, half, constants.COPYFILE_FICLONE);
    const copy = await open(half, "r+");
    try {
      await copy.sync();
    } finally {
      await copy.close();
    }
  }
  await rename(half, to);
}

/** Waits until the names of a folder are on the disk. */
export async function syncFolder(path: string): Promise<void> {
  // A folder cannot be opened on Windows; its file system writes names down by itself.
  if (process.platform === "win32") return;
  const folder = await open(path, "r");
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

/** Names in a folder; none when it is not there. */
export async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw error;
  }
}

/** The name under which a file is kept that gave way to one of the same name: `video.from-KEY.mp4`. */
export function nameFrom(name: string, key: string): string {
  const dot = name.indexOf(".");
  return dot === -1 ? `${name}.from-${key}` : `${name.slice(0, dot)}.from-${key}${name.slice(dot)}`;
}

/** True for a name that `nameFrom` made. */
export function isNameFrom(name: string): boolean {
  return /^(title|body|video|cover|\d{2,})\.from-[^.]+\.[a-z0-9]+$/.test(name);
}

/**
 * The name under which a person's words are kept that `prepare --force` wrote over: `title.yours-20261005T080000Z.txt`.
 * @param now ISO 8601 UTC
 */
export function yoursName(part: "title" | "body", now: string, taken: readonly string[]): string {
  const time = now.replace(/\.\d+Z$/, "Z").replaceAll(/[-:]/g, "");
  for (let turn = 1; ; turn += 1) {
    const name = `${part}.yours-${time}${turn === 1 ? "" : `-${turn}`}.txt`;
    if (!taken.includes(name)) return name;
  }
}

/** True for a name that `yoursName` made. */
export function isYours(name: string): boolean {
  return /^(title|body)\.yours-\d{8}T\d{6}Z(-\d+)?\.txt$/.test(name);
}
