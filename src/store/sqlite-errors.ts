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

/** SQLite's own result codes. */
const sqlite = { busy: 5, corrupt: 11, notDatabase: 26 };

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
