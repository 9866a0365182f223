import { stat } from "node:fs/promises";
import { ExpectedError } from "../core/error.ts";
import { holdFolder } from "./hold.ts";
import type { LockHolder } from "./hold.ts";
import { removeLeftovers } from "./leftovers.ts";

/**
 * Takes the right to write the library and answers how to give it back; throws `library-busy` (exit
 * `later`) when another process has it.
 */
export function holdLibraryLock(folder: string, holder: LockHolder): Promise<() => Promise<void>> {
  return holdFolder(folder, holder, {
    busy: busyLibrary,
    failed: (cause) => noLock(folder, cause),
    prepare: (lastDied) => removeLeftovers(folder, lastDied, holder.clock.wall()),
  });
}

function busyLibrary(holder: string | null): ExpectedError {
  return new ExpectedError({
    exit: "later",
    code: "library-busy",
    what:
      holder === null
        ? "Another run of findmehere is writing this library."
        : `Another run of findmehere is writing this library: ${holder}.`,
    why: "Two runs that write at the same time would get in each other's way.",
    fix: "Wait until it is done and try again, or end it with Ctrl-C in its window.",
  });
}

async function noLock(folder: string, cause: unknown): Promise<ExpectedError> {
  const found = await stat(folder).catch(() => null);
  if (found === null || !found.isDirectory()) {
    return new ExpectedError(
      {
        exit: "machine",
        code: "library-missing",
        what: `The library folder cannot be found: ${folder}`,
        why: "It was moved or renamed, or the disk that it lies on is not connected.",
        fix: "Connect the disk, or name the folder with --library.",
      },
      { cause },
    );
  }
  return new ExpectedError(
    {
      exit: "machine",
      code: "library-not-writable",
      what: `findmehere cannot write into the library folder: ${folder}`,
      why: "The folder or its disk may be read-only, full, or belong to another user of this computer.",
      fix: "Make the folder writable for you, or copy the library to another disk and name it with --library.",
    },
    { cause },
  );
}
