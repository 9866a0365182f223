import { existsSync } from "node:fs";
import { Kysely } from "kysely";
import type { Transaction } from "kysely";
import { Migrator } from "kysely/migration";
import { ExpectedError } from "../core/error.ts";
import { migrationNames, migrationProvider } from "./migrations/index.ts";
import type { Tables } from "./schema.ts";
import { explainDamage, isUnwritable, olderLibrary, whenFree } from "./sqlite-errors.ts";
import { sqliteDialect } from "./sqlite.ts";

/** An open database of a library. */
export interface Store {
  /** Runs the work in one transaction that holds the write lock from its start. */
  transaction<Result>(work: (transaction: StoreTransaction) => Promise<Result>): Promise<Result>;
  close(): Promise<void>;
}

/** What every store function takes; using the outer handle inside a transaction would wait for ever. */
export type StoreTransaction = Transaction<Tables>;

/** Opens the database, bringing it up to date. Throws ExpectedError when it cannot be used. */
export async function openStore(file: string): Promise<Store> {
  let db: Kysely<Tables> | undefined;
  try {
    db = new Kysely<Tables>({ dialect: await whenFree(() => sqliteDialect(file)) });
    await migrate(db, file);
  } catch (error) {
    await db?.destroy();
    throw explainDamage(error, file);
  }
  return opened(db);
}

/**
 * Opens the database only to read it: it waits for no writer and changes nothing, and works where nothing may
 * be written. Where there is no database yet, it answers as an empty one. A database of an earlier version
 * is brought up to date first, which needs a disk that can be written. Throws ExpectedError when it cannot be read.
 */
export async function openStoreToRead(file: string): Promise<Store> {
  if (!existsSync(file)) return openStore(":memory:");
  const db = await openedToRead(file);
  if (db !== null) return opened(db);
  try {
    await (await openStore(file)).close();
  } catch (error) {
    throw isUnwritable(error) ? olderLibrary(error, file) : error;
  }
  const again = await openedToRead(file);
  if (again === null) throw new Error("the database is still of an earlier version");
  return opened(again);
}

/** Null when it is of an earlier version. */
async function openedToRead(file: string): Promise<Kysely<Tables> | null> {
  let db: Kysely<Tables> | undefined;
  try {
    db = new Kysely<Tables>({ dialect: await whenFree(() => sqliteDialect(file, "read")) });
    if (await isUpToDate(db, file)) return db;
  } catch (error) {
    await db?.destroy();
    throw explainDamage(error, file);
  }
  await db.destroy();
  return null;
}

function opened(db: Kysely<Tables>): Store {
  return {
    transaction: (work) => transact(db, work),
    close: () => db.destroy(),
  };
}

/** Only the beginning waits for others; once the write lock is held, nothing is ever done twice. */
async function transact<Result>(
  db: Kysely<Tables>,
  work: (transaction: StoreTransaction) => Promise<Result>,
): Promise<Result> {
  const begun = await whenFree(() => db.startTransaction().execute());
  try {
    const result = await work(begun);
    await begun.commit().execute();
    return result;
  } catch (error) {
    // On a full disk SQLite takes the change back by itself, and there is nothing left to roll back; what
    // went wrong first is what counts.
    if (!begun.isCommitted)
      await begun
        .rollback()
        .execute()
        .catch(() => undefined);
    throw error;
  }
}

async function migrate(db: Kysely<Tables>, file: string): Promise<void> {
  if (await isUpToDate(db, file)) return;
  // All or nothing, and two processes that meet on a new file take turns.
  await transact(db, async (transaction) => {
    const migrator = new Migrator({ db: transaction, provider: migrationProvider });
    const { error } = await migrator.migrateToLatest();
    if (error !== undefined) throw error;
  });
}

/** False when migrations are missing. Throws ExpectedError (exit `machine`) when a newer version wrote it. */
async function isUpToDate(db: Kysely<Tables>, file: string): Promise<boolean> {
  const known = new Set(migrationNames);
  const applied = await appliedMigrations(db);
  const foreign = applied.find((name) => !known.has(name));
  if (foreign !== undefined) {
    throw new ExpectedError({
      exit: "machine",
      code: "newer-library",
      what: "A newer findmehere wrote this library.",
      why: `Its database (${file}) has the change ${foreign}, which this version does not know.`,
      fix: "Update findmehere and try again. Nothing was changed.",
    });
  }
  return applied.length === known.size;
}

async function appliedMigrations(db: Kysely<Tables>): Promise<string[]> {
  const tables = await db.introspection.getTables({ withInternalKyselyTables: true });
  if (!tables.some((table) => table.name === "kysely_migration")) return [];
  const rows = await db
    .withTables<{ kysely_migration: { name: string } }>()
    .selectFrom("kysely_migration")
    .select("name")
    .execute();
  return rows.map((row) => row.name);
}
