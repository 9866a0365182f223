import { sql } from "kysely";
import type { Kysely } from "kysely";
import type { Migration } from "kysely/migration";

/** A timer asks at every tick whether a notice waits; of those that were sent there are many. */
export const noticeMigrations: Record<string, Migration> = {
  "2026-11-21-z-notices": {
    async up(db: Kysely<never>): Promise<void> {
      await db.schema
        .createIndex("notices_waiting")
        .on("notices")
        .column("at")
        .where(sql.ref("sent_at"), "is", null)
        .execute();
    },
  },
};
