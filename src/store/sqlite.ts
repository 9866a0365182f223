import { existsSync, statSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import type { SQLInputValue } from "node:sqlite";
import { pathToFileURL } from "node:url";
import { SqliteDialect } from "kysely";
import type { Dialect, SqliteDatabase, SqliteStatement } from "kysely";
import { isUnwritable, unreadableLog } from "./sqlite-errors.ts";

/** How long one attempt waits for another process; it blocks everything else meanwhile, so it is short. */
const busyTimeout = 250;

/** What a connection is opened for. */
export type SqliteUse = "write" | "read";

/**
 * Kysely's dialect for a database file. SQLite can undo `create table` like anything else, but Kysely
 * does not count on it and would leave half a migration behind where a process dies in the middle.
 */
export function sqliteDialect(file: string, use: SqliteUse = "write"): Dialect {
  const database = use === "write" ? openToWrite(file) : openToRead(file);
  const dialect = new SqliteDialect({ database: forKysely(database, use) });
  return {
    createDriver: () => dialect.createDriver(),
    createQueryCompiler: () => dialect.createQueryCompiler(),
    createIntrospector: (db) => dialect.createIntrospector(db),
    createAdapter: () =>
      Object.defineProperty(dialect.createAdapter(), "supportsTransactionalDdl", { value: true }),
  };
}

function openToWrite(file: string): DatabaseSync {
  const database = new DatabaseSync(file, { timeout: busyTimeout });
  return prepared(
    database,
    "pragma journal_mode = wal; pragma synchronous = full; pragma foreign_keys = on;",
  );
}

/**
 * Opens a database that is there, only to read it: nobody waits for anybody. It is not opened read-only where
 * it could be written, since such a connection would leave the files of the write-ahead log behind.
 */
function openToRead(file: string): DatabaseSync {
  // The first look at the tables is where a disk that cannot be written says so.
  const look = "pragma query_only = on; select count(*) from sqlite_master;";
  try {
    return prepared(new DatabaseSync(file, { timeout: busyTimeout }), look);
  } catch (error) {
    if (!isUnwritable(error)) throw error;
    if (hasLog(file)) throw unreadableLog(error, file);
    // Nobody is writing it, else there would be a log: so it can be taken for a file that never changes.
    const address = pathToFileURL(file);
    address.searchParams.set("immutable", "1");
    return prepared(new DatabaseSync(address, { readOnly: true }), look);
  }
}

function hasLog(file: string): boolean {
  const log = `${file}-wal`;
  return existsSync(log) && statSync(log).size > 0;
}

function prepared(database: DatabaseSync, statements: string): DatabaseSync {
  try {
    database.exec(statements);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

/**
 * Kysely's SqliteDialect speaks to better-sqlite3; this gives it node:sqlite instead.
 * Kysely opens transactions with plain `begin`, and under two processes the later upgrade to a write
 * lock then fails with SQLITE_BUSY at once; `begin immediate` waits its turn. Who only reads needs no lock.
 */
function forKysely(database: DatabaseSync, use: SqliteUse): SqliteDatabase {
  return {
    close: () => database.close(),
    prepare(sql: string): SqliteStatement {
      const begins = use === "write" && /^begin$/i.test(sql.trim());
      const statement = database.prepare(begins ? "begin immediate" : sql);
      const values = (parameters: readonly unknown[]) => parameters as SQLInputValue[];
      return {
        reader: statement.columns().length > 0,
        all: (parameters) => statement.all(...values(parameters)),
        run: (parameters) => statement.run(...values(parameters)),
        iterate: (parameters) =>
          statement.iterate(...values(parameters)) as IterableIterator<unknown>,
      };
    },
  };
}
