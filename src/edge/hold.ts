import { existsSync } from "node:fs";
import { readFile, rm } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { setTimeout as wait } from "node:timers/promises";
import writeFileAtomic from "write-file-atomic";
import { z } from "zod";
import type { Clock } from "../core/clock.ts";
import type { ExpectedError } from "../core/error.ts";
import { localTime } from "../queue/local.ts";

/** Who asks for a lock. */
export interface LockHolder {
  /** The command, as the person typed it: `export`. */
  command: string;
  clock: Clock;
}

/** What is particular to the folder that is locked. */
export interface LockedFolder {
  /** Why the lock is not given; `holder` says who has it, null where that cannot be told. */
  busy(holder: string | null): ExpectedError;
  /** Why the lock cannot be taken at all. */
  failed(cause: unknown): Promise<ExpectedError>;
  /** What the new holder does before anything else; `lastDied` when the last one did not give it back. */
  prepare?(lastDied: boolean): Promise<void>;
}

const HolderRecord = z.object({
  pid: z.number().int().positive(),
  command: z.string(),
  since: z.iso.datetime(),
  host: z.string(),
});
type HolderRecord = z.infer<typeof HolderRecord>;

/**
 * Takes the only right to a folder and answers how to give it back; throws what `words` says.
 *
 * The lock is an open exclusive transaction on an empty SQLite file. The operating system takes it
 * back when the process dies, however it dies, so that it never outlives its holder. Nothing else
 * may open `.findmehere-lock` in this process: on POSIX closing any handle of it would drop the lock.
 */
export async function holdFolder(
  folder: string,
  holder: LockHolder,
  words: LockedFolder,
): Promise<() => Promise<void>> {
  const database = await takeLock(folder, words);
  // Whoever gives the lock back takes the name away; one that stands here died.
  const lastDied = existsSync(holderFile(folder));
  const release = async (): Promise<void> => {
    // The name goes while the lock is still ours, so that the next holder's is never removed.
    // A name that stays behind is harmless, and no reason to call finished work failed.
    await rm(holderFile(folder), { force: true }).catch(() => undefined);
    database.close();
  };
  try {
    await words.prepare?.(lastDied);
    await writeHolder(folder, holder.command, new Date(holder.clock.wall()));
  } catch (error) {
    await release();
    throw await words.failed(error);
  }
  return release;
}

async function takeLock(folder: string, words: LockedFolder): Promise<DatabaseSync> {
  let database: DatabaseSync | null = null;
  try {
    database = new DatabaseSync(join(folder, ".findmehere-lock"), { timeout: 0 });
    database.exec("BEGIN EXCLUSIVE");
    return database;
  } catch (error) {
    database?.close();
    if (isBusy(error)) throw words.busy(await nameOfHolder(folder));
    throw await words.failed(error);
  }
}

async function nameOfHolder(folder: string): Promise<string | null> {
  const holder = await readHolder(folder);
  return holder === null ? null : described(holder);
}

function isBusy(error: unknown): boolean {
  const busy = 5;
  // The lower byte is SQLite's primary code; the rest only says why it is busy.
  return error instanceof Error && "errcode" in error && (Number(error.errcode) & 0xff) === busy;
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
