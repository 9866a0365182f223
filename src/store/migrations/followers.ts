import type { Kysely } from "kysely";
import type { Migration } from "kysely/migration";

/** How many follow the creator where, over time; and when a place's public page was last asked. */
export const followerMigrations: Record<string, Migration> = {
  "2026-11-21-zz-follower-counts": {
    async up(db: Kysely<never>): Promise<void> {
      await db.schema
        .createTable("follower_counts")
        .addColumn("place", "text", (column) => column.notNull())
        .addColumn("sequence", "integer", (column) => column.notNull())
        .addColumn("account", "text", (column) => column.notNull())
        .addColumn("observed", "text", (column) => column.notNull())
        .addColumn("source", "text", (column) => column.notNull())
        .addColumn("followers", "integer")
        .addColumn("following", "integer")
        .addColumn("posts", "integer")
        .addColumn("likes", "integer")
        .addColumn("saves", "integer")
        .addColumn("noted_at", "text", (column) => column.notNull())
        .addPrimaryKeyConstraint("follower_counts_key", ["place", "sequence"])
        .execute();
      await db.schema.alterTable("accounts").addColumn("page_asked_at", "text").execute();
    },
  },
};
