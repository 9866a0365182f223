import { existsSync } from "node:fs";
import { readFile, rm, stat } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { setTimeout as wait } from "node:timers/promises";
import writeFileAtomic from "write-file-atomic";
import { z } from "zod";
import type { Clock } from "../core/clock.ts";
import { ExpectedError } from "../core/error.ts";
import { localTime } from "../queue/local.ts";
import { removeLeftovers } from "./leftovers.ts";

/** Who asks for the lock. */
export interface LockHolder {
  /** The command, as the person typed it: `export`. */
  command: string;
  clock: Clock;
}

const HolderRecord = z.object({
  pid: z.number().int().positive(),
  command: z.string(),
  since: z.iso.datetime(),
  host: z.string(),
});
type HolderRecord = z.infer<typeof HolderRecord>;

/**
 * Takes the right to write the library and answers how to give it back; throws `library-busy` (exit
 * `later`) when another process has it.
 *
 * The lock is an open exclusive transaction on an empty SQLite file. The operating system takes it
 * back when the process dies, however it dies, so that it never outlives its holder. Nothing else
 * may open `.findmehere-lock` in this process: on POSIX closing any handle of it would drop the lock.
 */
export async function holdLibraryLock(
  folder: string,
  holder: LockHolder,
): Promise<() => Promise<void>> {
  const database = await takeLock(folder);
  // Whoever gives the lock back takes the name away; one that stands here died.
  const lastDied = existsSync(holderFile(folder));
  const release = async (): Promise<void> => {
    // The name goes while the lock is still ours, so that the next holder's is never removed.
    // A name that stays behind is harmless, and no reason to call finished work failed.
    await rm(holderFile(folder), { force: true }).catch(() => undefined);
    database.close();
  };
  try {
    await nameHolder(folder, holder, lastDied);
  } catch (error) {
    await release();
    throw error;
  }
  return release;
}

async function takeLock(folder: string): Promise<DatabaseSync> {
  let database: DatabaseSync | null = null;
  try {
    database = new DatabaseSync(join(folder, ".findmehere-lock"), { timeout: 0 });
    database.exec("BEGIN EXCLUSIVE");
    return database;
  } catch (error) {
    database?.close();
    if (isBusy(error)) throw await busyLibrary(folder);
    throw await noLock(folder, error);
  }
}

async function nameHolder(folder: string, holder: LockHolder, lastDied: boolean): Promise<void> {
  try {
    await removeLeftovers(folder, lastDied, holder.clock.wall());
    await writeHolder(folder, holder.command, new Date(holder.clock.wall()));
  } catch (error) {
    throw await noLock(folder, error);
  }
}

function isBusy(error: unknown): boolean {
  const busy = 5;
  // The lower byte is SQLite's primary code; the rest only says why it is busy.
  return error instanceof Error && "errcode" in error && (Number(error.errcode) & 0xff) === busy;
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

/** The file that names the holder. Only information: whether there is a holder, the lock decides. */
function holderFile(folder: string): string {
  return join(folder, ".findmehere-lock.json");
}

async function writeHolder(folder: string, command: string, since: Date): Promise<void> {
  const record: HolderRecord = {
    pid: process.pid,
    command,
    since: since.toISOString(),
    host: hostname(),
  };
  await writeFileAtomic(holderFile(folder), `${JSON.stringify(record, null, 2)}\n`, {
    fsync: false,
  });
}

async function busyLibrary(folder: string): Promise<ExpectedError> {
  const holder = await readHolder(folder);
  return new ExpectedError({
    exit: "later",
    code: "library-busy",
    what:
      holder === null
        ? "Another run of findmehere is writing this library."
        : `Another run of findmehere is writing this library: ${described(holder)}.`,
    why: "Two runs that write at the same time would get in each other's way.",
    fix: "Wait until it is done and try again, or end it with Ctrl-C in its window.",
  });
}

/**
 * The holder took the lock a moment before it writes its name, and the file may still name one that
 * was killed: so a missing file and a dead process are looked at again, for a fifth of a second.
 */
async function readHolder(folder: string): Promise<HolderRecord | null> {
  for (let look = 0; look < 5; look += 1) {
    if (look > 0) await wait(40);
    const text = await readFile(holderFile(folder), "utf8").catch(() => "");
    const record = HolderRecord.safeParse(parsed(text));
    if (record.success && isAlive(record.data)) return record.data;
  }
  return null;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function isAlive(holder: HolderRecord): boolean {
  // Of another computer that shares the disk nothing can be known.
  if (holder.host !== hostname()) return true;
  try {
    process.kill(holder.pid, 0);
    return true;
  } catch (error) {
    // EPERM: it lives, and belongs to another user.
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}

function described(holder: HolderRecord): string {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const place = holder.host === hostname() ? "" : ` on ${holder.host}`;
  return `\`${holder.command}\` since ${localTime(holder.since, zone)} (process ${holder.pid}${place})`;
}
