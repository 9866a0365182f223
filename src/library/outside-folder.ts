import { access, constants, mkdir, realpath, stat } from "node:fs/promises";
import { basename, dirname, join, relative, isAbsolute } from "node:path";
import { ExpectedError } from "../core/error.ts";

/** Refuses a folder to fill that is a file, or that lies inside the library. Throws ExpectedError (exit `usage`). */
export async function assertOutside(
  root: string,
  target: string,
  option: "--folder" | "--zip",
): Promise<void> {
  const found = await stat(target).catch(() => null);
  if (option === "--folder" && found !== null && !found.isDirectory()) {
    throw new ExpectedError({
      exit: "usage",
      code: "not-a-folder",
      what: `${target} is a file, not a folder.`,
      fix: "Name a folder after --folder; it is made when it is not there. For one file, take --zip.",
    });
  }
  // A device, such as /dev/null, would be replaced by the zip.
  if (option === "--zip" && found !== null && !found.isFile()) {
    throw new ExpectedError({
      exit: "usage",
      code: "not-a-file",
      what: `${target} is ${found.isDirectory() ? "a folder" : "no ordinary file"}.`,
      fix: "Name a file after --zip, such as posts.zip. For a folder, take --folder.",
    });
  }
  const way = relative(await realpath(root), await realPlace(target));
  if (way !== "" && (way.startsWith("..") || isAbsolute(way))) return;
  throw new ExpectedError({
    exit: "usage",
    code: "inside-library",
    what: `${target} lies inside the library.`,
    why: "What goes to the phone is a copy beside it, in a place that is synced; the library is not to be synced.",
    fix: `Choose a place outside, such as a folder of iCloud Drive, Google Drive, Dropbox or Syncthing, after ${option}.`,
  });
}

/** Where a path really leads, of which the last parts may not be there yet. */
async function realPlace(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch (error) {
    const parent = dirname(path);
    if ((error as NodeJS.ErrnoException).code !== "ENOENT" || parent === path) return path;
    return join(await realPlace(parent), basename(path));
  }
}

/** Makes a folder with what it lies in, and sees whether files can be made there. Throws what the system says. */
export async function openForWriting(folder: string): Promise<void> {
  await makeFolder(folder);
  await access(folder, constants.W_OK);
}

/** One by one: of a read-only disk a recursive mkdir says only that the folder is not there. */
async function makeFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === "EEXIST" || (await stat(folder).catch(() => null))?.isDirectory() === true) return;
    if (code !== "ENOENT" || dirname(folder) === folder) throw error;
    await makeFolder(dirname(folder));
    await mkdir(folder);
  }
}

const words: Readonly<Record<string, { code: string; what: string; fix: string }>> = {
  ENOSPC: {
    code: "disk-full",
    what: "The disk is full",
    fix: "Make room there and type the same command again; it goes on where it stopped.",
  },
  EDQUOT: {
    code: "disk-full",
    what: "Your share of the disk is used up",
    fix: "Make room there and type the same command again; it goes on where it stopped.",
  },
  EFBIG: {
    code: "file-too-large",
    what: "The disk takes no file of that size",
    fix: "Choose a folder on another disk.",
  },
  EROFS: {
    code: "folder-not-writable",
    what: "The disk is read-only",
    fix: "Choose another folder, or make its disk writable.",
  },
  EACCES: {
    code: "folder-not-writable",
    what: "You may not write",
    fix: "Choose another folder, or make this one writable for you.",
  },
  EPERM: {
    code: "folder-not-writable",
    what: "The system forbids to write",
    fix: "Choose another folder. On a Mac, allow the Terminal to reach it in the settings under Privacy.",
  },
  ENOTDIR: {
    code: "not-a-folder",
    what: "A file is in the way",
    fix: "Choose another folder.",
  },
  ENOENT: {
    code: "folder-missing",
    what: "The place to write to is not there",
    fix: "Make its folder first, or choose another one.",
  },
};

/** Runs what writes there; a fault of that disk becomes an ExpectedError (exit `machine`), since the library is well. */
export async function writingTo<Value>(target: string, work: () => Promise<Value>): Promise<Value> {
  try {
    return await work();
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "";
    const said = words[code];
    if (said === undefined) throw error;
    throw new ExpectedError(
      {
        exit: "machine",
        code: said.code,
        what: `${said.what}: ${target}`,
        why: "The library is unharmed, and what was written there is whole.",
        fix: said.fix,
      },
      { cause: error },
    );
  }
}
