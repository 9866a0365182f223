import { setImmediate } from "node:timers/promises";
import { ExpectedError } from "../core/error.ts";

/** With the short wait of each attempt these are about ten seconds. */
const attempts = 40;

/**
 * Tries again while another process holds the database. Between two attempts everything else of this
 * process gets its turn. Throws ExpectedError (exit `later`) when the other one does not let go.
 * @param work begins with what may find the database busy, and has done nothing when it throws so
 */
export async function whenFree<Result>(work: () => Result | Promise<Result>): Promise<Result> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      if (resultCode(error) !== sqlite.busy) throw error;
      if (attempt === attempts) throw stillBusy(error);
      await setImmediate();
    }
  }
}

/** What the error means for people, where the file is no database or a broken one; else the error itself. */
export function explainDamage(error: unknown, file: string): unknown {
  if (![sqlite.corrupt, sqlite.notDatabase].includes(resultCode(error))) return error;
  return new ExpectedError(
    {
      exit: "machine",
      code: "library-damaged",
      what: `The library's database is damaged: ${file}`,
      why: "Another program or a broken disk changed it. Your posts and drafts in the folders beside it are as they were.",
      fix: "Put back a copy of that file. Without one, move it away and type `findmehere export` again with your archive: media that is there is not fetched twice.",
    },
    { cause: error },
  );
}

/** True where SQLite would have to write a file and may not. */
export function isUnwritable(error: unknown): boolean {
  return [sqlite.readOnly, sqlite.cannotOpen].includes(resultCode(error));
}

/** The error for a database on a disk that cannot be written, whose last changes still lie in its log. */
export function unreadableLog(cause: unknown, file: string): ExpectedError {
  return new ExpectedError(
    {
      exit: "machine",
      code: "library-not-writable",
      what: `The library's last changes lie in ${file}-wal, and this disk does not let them be taken in.`,
      why: "The run that made them did not come to its end, and without them the answer would be out of date.",
      fix: right,
    },
    { cause },
  );
}

/** The error for a database of an earlier version on a disk that cannot be written. */
export function olderLibrary(cause: unknown, file: string): ExpectedError {
  return new ExpectedError(
    {
      exit: "machine",
      code: "library-not-writable",
      what: `An earlier findmehere wrote this library (${file}), and it has to be brought up to date once.`,
      why: "Here it may only be read.",
      fix: right,
    },
    { cause },
  );
}

const right =
  "Make the library folder writable for you, or copy the library to another disk and name it with --library.";

/** SQLite's own result codes. */
const sqlite = { busy: 5, readOnly: 8, corrupt: 11, cannotOpen: 14, notDatabase: 26 };

/** The low byte is the code, the others say more: 261 is busy with a recovery. */
function resultCode(error: unknown): number {
  return error instanceof Error && "errcode" in error ? Number(error.errcode) & 0xff : 0;
}

function stillBusy(cause: unknown): ExpectedError {
  return new ExpectedError(
    {
      exit: "later",
      code: "library-busy",
      what: "Another program is writing this library's database and does not let go.",
      why: "It may be another findmehere, or a program for databases that has it open.",
      fix: "Wait until it is done, or close it; then try again.",
    },
    { cause },
  );
}
