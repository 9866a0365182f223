import type { Migration, MigrationProvider } from "kysely/migration";
import { followerMigrations } from "./followers.ts";
import { libraryMigrations } from "./library.ts";
import { noticeMigrations } from "./notices.ts";
import { queueMigrations } from "./queue.ts";

/** Forward only: a landed migration is never edited; the name of a new one sorts behind all that landed. */
const migrations: Record<string, Migration> = {
  ...libraryMigrations,
  ...queueMigrations,
  ...noticeMigrations,
  ...followerMigrations,
};

/** The migrations in order. */
export const migrationProvider: MigrationProvider = {
  getMigrations: async () => migrations,
};

/** The name of the newest migration; a library written by a newer findmehere has one that is not in the list. */
export const migrationNames: readonly string[] = Object.keys(migrations).toSorted();
