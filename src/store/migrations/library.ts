import { sql } from "kysely";
import type { Kysely } from "kysely";
import type { Migration } from "kysely/migration";

/** Posts, records, files, drafts, and the first form of the queue. */
export const libraryMigrations: Record<string, Migration> = {
  "2026-11-21-first": {
    async up(db: Kysely<never>): Promise<void> {
      await db.schema
        .createTable("meta")
        .addColumn("name", "text", (column) => column.primaryKey())
        .addColumn("value", "text", (column) => column.notNull())
        .execute();
      await db.schema
        .createTable("posts")
        .addColumn("key", "text", (column) => column.primaryKey())
        .addColumn("id", "text", (column) => column.unique())
        .addColumn("date", "text", (column) => column.notNull())
        .addColumn("kind", "text", (column) => column.notNull())
        .addColumn("caption", "text")
        .addColumn("hashtags", "text", (column) => column.notNull())
        .addColumn("mentions", "text", (column) => column.notNull())
        .addColumn("duration_ms", "integer")
        .addColumn("width", "integer")
        .addColumn("height", "integer")
        .addColumn("views", "integer")
        .addColumn("likes", "integer")
        .addColumn("comments", "integer")
        .addColumn("shares", "integer")
        .addColumn("saves", "integer")
        .addColumn("pinned", "integer")
        .addColumn("visibility", "text")
        .addColumn("sound", "text")
        .addColumn("location", "text")
        .addColumn("ai_generated", "integer")
        .addColumn("url", "text")
        .addColumn("sources", "text", (column) => column.notNull())
        .addColumn("folder", "text", (column) => column.notNull().unique())
        .addColumn("problem", "text", (column) => column.notNull())
        .execute();
      await db.schema
        .createTable("records")
        .addColumn("source", "text", (column) => column.notNull())
        .addColumn("record", "text", (column) => column.notNull())
        .addColumn("post", "text")
        .addColumn("id", "text")
        .addColumn("date", "text", (column) => column.notNull())
        .addColumn("object_ids", "text", (column) => column.notNull())
        .addColumn("fields", "text", (column) => column.notNull())
        .addColumn("media", "text", (column) => column.notNull())
        .addColumn("seen_at", "text", (column) => column.notNull())
        .addPrimaryKeyConstraint("records_key", ["source", "record"])
        .execute();
      await db.schema.createIndex("records_post").on("records").column("post").execute();
      await db.schema
        .createTable("files")
        .addColumn("path", "text", (column) => column.primaryKey())
        .addColumn("post", "text", (column) => column.notNull())
        .addColumn("role", "text", (column) => column.notNull())
        .addColumn("position", "integer", (column) => column.notNull())
        .addColumn("bytes", "integer", (column) => column.notNull())
        .addColumn("sha256", "text", (column) => column.notNull())
        .addColumn("media_type", "text", (column) => column.notNull())
        .addColumn("object_id", "text")
        .addUniqueConstraint("files_place", ["post", "role", "position"])
        .execute();
      await db.schema
        .createTable("drafts")
        .addColumn("post", "text", (column) => column.notNull())
        .addColumn("destination", "text", (column) => column.notNull())
        .addColumn("title", "text", (column) => column.notNull())
        .addColumn("body", "text", (column) => column.notNull())
        .addColumn("topics", "text", (column) => column.notNull())
        .addColumn("dropped", "text", (column) => column.notNull())
        .addColumn("media", "text", (column) => column.notNull())
        .addColumn("problems", "text", (column) => column.notNull())
        .addColumn("edited", "integer", (column) => column.notNull())
        .addColumn("written_title", "text", (column) => column.notNull())
        .addColumn("written_body", "text", (column) => column.notNull())
        .addColumn("folder", "text", (column) => column.notNull())
        .addColumn("made_at", "text", (column) => column.notNull())
        .addPrimaryKeyConstraint("drafts_key", ["post", "destination"])
        .execute();
      await db.schema
        .createTable("publications")
        .addColumn("post", "text", (column) => column.notNull())
        .addColumn("destination", "text", (column) => column.notNull())
        .addColumn("account", "text", (column) => column.notNull())
        .addColumn("way", "text", (column) => column.notNull())
        .addColumn("state", "text", (column) => column.notNull())
        .addColumn("due", "text")
        .addColumn("handed_off_at", "text")
        .addColumn("url", "text")
        .addColumn("remote_id", "text")
        .addColumn("proof", "text")
        .addColumn("attempts", "integer", (column) => column.notNull())
        .addColumn("updated_at", "text", (column) => column.notNull())
        .addPrimaryKeyConstraint("publications_key", ["post", "destination"])
        .execute();
      await db.schema
        .createIndex("publications_due")
        .on("publications")
        .columns(["state", "due"])
        .execute();
      // One address can prove one publication only; rows without an address are not touched by it.
      await db.schema
        .createIndex("publications_url")
        .unique()
        .on("publications")
        .column("url")
        .execute();
      await db.schema
        .createIndex("publications_remote")
        .unique()
        .on("publications")
        .columns(["destination", "remote_id"])
        .execute();
      await db.schema
        .createTable("moves")
        .addColumn("post", "text", (column) => column.notNull())
        .addColumn("destination", "text", (column) => column.notNull())
        .addColumn("sequence", "integer", (column) => column.notNull())
        .addColumn("at", "text", (column) => column.notNull())
        .addColumn("from_state", "text", (column) => column.notNull())
        .addColumn("to_state", "text", (column) => column.notNull())
        .addColumn("by_whom", "text", (column) => column.notNull())
        .addColumn("why", "text", (column) => column.notNull())
        .addPrimaryKeyConstraint("moves_key", ["post", "destination", "sequence"])
        .execute();
      await db.schema
        .createTable("attempts")
        .addColumn("post", "text", (column) => column.notNull())
        .addColumn("destination", "text", (column) => column.notNull())
        .addColumn("sequence", "integer", (column) => column.notNull())
        .addColumn("kind", "text", (column) => column.notNull())
        .addColumn("started_at", "text", (column) => column.notNull())
        .addColumn("ended_at", "text")
        .addColumn("outcome", "text", (column) => column.notNull())
        .addPrimaryKeyConstraint("attempts_key", ["post", "destination", "sequence"])
        .execute();
      // A database rule, not a habit: an account never has two presses under way.
      await db.schema
        .createIndex("publications_one_submitting")
        .unique()
        .on("publications")
        .columns(["destination", "account"])
        .where("state" as never, "=", "submitting" as never)
        .execute();
    },
  },
  "2026-11-21-named-and-removed": {
    async up(db: Kysely<never>): Promise<void> {
      await db.schema.alterTable("records").addColumn("named", "text").execute();
      await db.schema
        .createTable("removed")
        .addColumn("key", "text", (column) => column.primaryKey())
        .addColumn("removed_at", "text", (column) => column.notNull())
        .addColumn("left_on_disk", "text")
        .execute();
    },
  },
  "2026-11-21-pages-and-joins": {
    async up(db: Kysely<never>): Promise<void> {
      await db.schema.alterTable("posts").addColumn("title", "text").execute();
      await db.schema.alterTable("posts").addColumn("sound_original", "integer").execute();
      await db.schema.alterTable("posts").addColumn("made_from", "text").execute();
      await db.schema.alterTable("posts").addColumn("paid_partnership", "integer").execute();
      await db.schema.alterTable("posts").addColumn("language", "text").execute();
      await db.schema
        .alterTable("posts")
        .addColumn("added", "integer", (column) => column.notNull().defaultTo(0))
        .execute();
      // In the order of their keys: which of the posts of older libraries came first, nobody wrote down.
      await sql`update posts set added = (select count(*) from posts as others where others.key <= posts.key)`.execute(
        db,
      );
      await db.schema.alterTable("records").addColumn("observed", "text").execute();
      await db.schema
        .alterTable("records")
        .addColumn("rough_date", "integer", (column) => column.notNull().defaultTo(0))
        .execute();
      await db.schema
        .alterTable("records")
        .addColumn("times", "text", (column) => column.notNull().defaultTo("{}"))
        .execute();
      await db.schema
        .alterTable("records")
        .addColumn("inputs", "text", (column) => column.notNull().defaultTo("[]"))
        .execute();
      await db.schema
        .createTable("aliases")
        .addColumn("alias", "text", (column) => column.primaryKey())
        .addColumn("post", "text", (column) => column.notNull())
        .execute();
      await db.schema
        .createTable("history")
        .addColumn("source", "text", (column) => column.notNull())
        .addColumn("record", "text", (column) => column.notNull())
        .addColumn("field", "text", (column) => column.notNull())
        .addColumn("observed", "text", (column) => column.notNull())
        .addColumn("value", "text", (column) => column.notNull())
        .addPrimaryKeyConstraint("history_key", ["source", "record", "field", "observed", "value"])
        .execute();
      await db.schema
        .createTable("readings")
        .addColumn("source", "text", (column) => column.notNull())
        .addColumn("observed", "text", (column) => column.notNull())
        .addColumn("private_too", "integer", (column) => column.notNull())
        .addPrimaryKeyConstraint("readings_key", ["source", "observed", "private_too"])
        .execute();
    },
  },
  "2026-11-21-with-watermark": {
    async up(db: Kysely<never>): Promise<void> {
      await db.schema.alterTable("files").addColumn("watermarked", "integer").execute();
    },
  },
  "2026-11-21-work-left-by-unions": {
    async up(db: Kysely<never>): Promise<void> {
      await db.schema.alterTable("aliases").addColumn("left_on_disk", "text").execute();
    },
  },
  "2026-11-21-x-translations": {
    async up(db: Kysely<never>): Promise<void> {
      await db.schema
        .createTable("translations")
        .addColumn("source", "text", (column) => column.notNull())
        .addColumn("to_language", "text", (column) => column.notNull())
        .addColumn("text", "text", (column) => column.notNull())
        .addColumn("by_whom", "text", (column) => column.notNull())
        .addColumn("at", "text", (column) => column.notNull())
        .addPrimaryKeyConstraint("translations_key", ["source", "to_language"])
        .execute();
    },
  },
};
