import { existsSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";

/**
 * The id of the library whose database this is; null where there is none yet. It only looks: nothing is made,
 * locked or migrated.
 */
export function peekLibraryId(database: string | null): string | null {
  if (database === null || !existsSync(database)) return null;
  // Not read-only: such a connection would leave the files of its write-ahead log behind.
  const db = new DatabaseSync(database, { timeout: 1000 });
  try {
    const has = db.prepare("select 1 from sqlite_master where name = 'meta'").get();
    if (has === undefined) return null;
    const row = db.prepare("select value from meta where name = 'library-id'").get();
    return typeof row?.["value"] === "string" ? row["value"] : null;
  } catch {
    // A broken database is told about, in its own words, by whoever opens it.
    return null;
  } finally {
    db.close();
  }
}
