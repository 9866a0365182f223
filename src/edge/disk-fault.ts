import { ExpectedError } from "../core/error.ts";

const room = "Make room on the disk and type the same command again; it goes on where it stopped.";
const right =
  "Make the library folder writable for you, or copy the library to another disk and name it with --library.";

/** What the system says of a disk, in words. */
const systemWords: Record<string, { what: string; fix: string }> = {
  ENOSPC: { what: "The disk is full.", fix: room },
  EDQUOT: { what: "Your share of the disk is used up.", fix: room },
  EFBIG: { what: "The disk takes no file of that size.", fix: right },
  EROFS: { what: "The disk is read-only.", fix: right },
  EACCES: { what: "A file or folder may not be written.", fix: right },
  EPERM: { what: "A file or folder may not be written.", fix: right },
  EIO: {
    what: "The disk has a fault.",
    fix: "Copy the library to another disk, name it with --library, and type `findmehere verify`.",
  },
};

/** SQLite's result codes for the same. */
const databaseWords: Record<number, { what: string; fix: string }> = {
  8: { what: "The library's database may not be written.", fix: right },
  10: { what: "The disk failed under the library's database.", fix: room },
  13: { what: "The disk is full.", fix: room },
  14: { what: "The library's database cannot be opened.", fix: right },
};

/**
 * What an error means for people, where it is the disk's and not a mistake of ours; null for anything else.
 * What was whole stays whole: files are renamed into their place, and the database takes back half a change.
 */
export function explainDiskFault(error: unknown): ExpectedError | null {
  if (!(error instanceof Error)) return null;
  const code = "code" in error ? String(error.code) : "";
  const database = "errcode" in error ? Number(error.errcode) & 0xff : 0;
  const words = code === "ERR_SQLITE_ERROR" ? databaseWords[database] : systemWords[code];
  if (words === undefined) return null;
  const path = "path" in error && typeof error.path === "string" ? error.path : null;
  return new ExpectedError(
    {
      exit: "machine",
      code: words.fix === room ? "disk-full" : "library-not-writable",
      what: words.what,
      why: `${path === null ? "" : `It was about ${path}. `}What was whole in the library is still whole.`,
      fix: words.fix,
    },
    { cause: error },
  );
}
