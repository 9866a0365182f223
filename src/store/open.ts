import { Kysely, SqliteDialect } from "kysely";
import type { Transaction } from "kysely";
import { Migrator } from "kysely/migration";
import { ExpectedError } from "../core/error.ts";
import { migrationNames, migrationProvider } from "./migrations.ts";
import type { Tables } from "./schema.ts";
import { openSqlite } from "./sqlite.ts";

/** An open database of a library. */
export interface Store {
  /** Runs the work in one transaction that holds the write lock from its start. */
  transaction<Result>(work: (transaction: StoreTransaction) => Promise<Result>): Promise<Result>;
  close(): Promise<void>;
}

/** What every store function takes; using the outer handle inside a transaction would wait for ever. */
export type StoreTransaction = Transaction<Tables>;

/** File name of the database in a library. */
export const databaseFile = "findmehere.db";

/** Opens the database, bringing it up to date. Throws ExpectedError when a newer findmehere wrote it. */
export async function openStore(file: string): Promise<Store> {
  const db = new Kysely<Tables>({ dialect: new SqliteDialect({ database: openSqlite(file) }) });
  try {
    await migrate(db, file);
  } catch (error) {
    await db.destroy();
    throw error;
  }
  return {
    transaction: (work) => db.transaction().execute(work),
    close: () => db.destroy(),
  };
}

async function migrate(db: Kysely<Tables>, file: string): Promise<void> {
  const migrator = new Migrator({ db, provider: migrationProvider });
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
  if (applied.length === known.size) return;
  const { error } = await migrator.migrateToLatest();
  if (error !== undefined) throw error;
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
