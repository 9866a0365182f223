import type { Kysely } from "kysely";
import type { Migration } from "kysely/migration";

/** What publishing needs beside the states: claims, looks, stopped accounts, notices. */
export const queueMigrations: Record<string, Migration> = {
  "2026-11-21-y-queue": {
    async up(db: Kysely<never>): Promise<void> {
      const texts = [
        "claimed_by",
        "claimed_until",
        "pressed_at",
        "scheduled_for",
        "next_look",
        "looked_at",
        "problem",
      ];
      for (const name of texts) {
        await db.schema.alterTable("publications").addColumn(name, "text").execute();
      }
      for (const name of ["looks", "missed"]) {
        await db.schema
          .alterTable("publications")
          .addColumn(name, "integer", (column) => column.notNull().defaultTo(0))
          .execute();
      }
      await db.schema.alterTable("attempts").addColumn("note", "text").execute();
      // What is due is asked for each account; how many went out lately, too.
      await db.schema
        .createIndex("publications_account_due")
        .on("publications")
        .columns(["destination", "account", "state", "due"])
        .execute();
      await db.schema
        .createIndex("publications_account_sent")
        .on("publications")
        .columns(["destination", "account", "handed_off_at"])
        .execute();
      await db.schema
        .createIndex("publications_sent")
        .on("publications")
        .columns(["destination", "handed_off_at"])
        .execute();
      await db.schema
        .createIndex("publications_next_look")
        .on("publications")
        .column("next_look")
        .execute();
      // Few are claimed at a time, and every run asks for them.
      await db.schema
        .createIndex("publications_claimed")
        .on("publications")
        .column("claimed_by")
        .where("claimed_by" as never, "is not", null)
        .execute();
      await db.schema
        .createTable("accounts")
        .addColumn("destination", "text", (column) => column.notNull())
        .addColumn("account", "text", (column) => column.notNull())
        .addColumn("stopped_at", "text")
        .addColumn("stopped_by", "text")
        .addPrimaryKeyConstraint("accounts_key", ["destination", "account"])
        .execute();
      await db.schema
        .createTable("notices")
        .addColumn("kind", "text", (column) => column.notNull())
        .addColumn("about", "text", (column) => column.notNull())
        .addColumn("service", "text", (column) => column.notNull())
        .addColumn("at", "text", (column) => column.notNull())
        .addColumn("sent_at", "text")
        .addColumn("tries", "integer", (column) => column.notNull())
        .addColumn("text", "text", (column) => column.notNull())
        .addPrimaryKeyConstraint("notices_key", ["kind", "about", "service"])
        .execute();
    },
  },
};
