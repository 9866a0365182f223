import { existsSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { mostNoticeTries } from "../core/notice.ts";

/**
 * True when a publication of the library is due at this instant, is to be looked at, was left by a run that
 * died, or a notice waits to be sent. Only built-in modules are loaded, so that
 * a timer's tick with nothing due stays quick. A missing database, or one that cannot be read this way,
 * counts as due: the full command then looks properly and says what is wrong.
 * @param file the database
 * @param now ISO 8601 UTC
 */
export function isAnythingDue(file: string, now: string): boolean {
  if (!existsSync(file)) return true;
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(file, { readOnly: true, timeout: 1_000 });
    const row = database
      .prepare(
        `select 1 from publications where state = 'queued' and due <= ?
         union all select 1 from publications where next_look <= ?
         union all select 1 from publications where claimed_by is not null
         union all select 1 from notices where sent_at is null and at <= ? and tries < ? limit 1`,
      )
      .get(now, now, now, mostNoticeTries);
    return row !== undefined;
  } catch {
    return true;
  } finally {
    database?.close();
  }
}
