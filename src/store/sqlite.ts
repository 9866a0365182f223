import { DatabaseSync } from "node:sqlite";
import type { SQLInputValue } from "node:sqlite";
import { SqliteDialect } from "kysely";
import type { Dialect, SqliteDatabase, SqliteStatement } from "kysely";

/** How long one attempt waits for another process; it blocks everything else meanwhile, so it is short. */
const busyTimeout = 250;

/**
 * Kysely's dialect for a database file. SQLite can undo `create table` like anything else, but Kysely
 * does not count on it and would leave half a migration behind where a process dies in the middle.
 */
export function sqliteDialect(file: string): Dialect {
  const dialect = new SqliteDialect({ database: openSqlite(file) });
  return {
    createDriver: () => dialect.createDriver(),
    createQueryCompiler: () => dialect.createQueryCompiler(),
    createIntrospector: (db) => dialect.createIntrospector(db),
    createAdapter: () =>
      Object.defineProperty(dialect.createAdapter(), "supportsTransactionalDdl", { value: true }),
  };
}

/**
 * Kysely's SqliteDialect speaks to better-sqlite3; this gives it node:sqlite instead.
 * Kysely opens transactions with plain `begin`, and under two processes the later upgrade to a write
 * lock then fails with SQLITE_BUSY at once; `begin immediate` waits its turn.
 */
function openSqlite(file: string): SqliteDatabase {
  const database = new DatabaseSync(file, { timeout: busyTimeout });
  try {
    database.exec(
      "pragma journal_mode = wal; pragma synchronous = full; pragma foreign_keys = on;",
    );
  } catch (error) {
    database.close();
    throw error;
  }
  return {
    close: () => database.close(),
    prepare(sql: string): SqliteStatement {
      const statement = database.prepare(/^begin$/i.test(sql.trim()) ? "begin immediate" : sql);
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
