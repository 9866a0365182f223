import type { Draft, Dropped } from "../core/draft.ts";
import type { Problem } from "../core/problem.ts";
import type { StoreTransaction } from "./open.ts";
import type { DraftsTable } from "./schema.ts";

/** A draft as the library keeps it. */
export interface StoredDraft extends Draft {
  /** Folder from the library's root, with `/`. */
  folder: string;
  /** What findmehere last wrote into title.txt and body.txt. */
  written: { title: string; body: string };
  /** ISO 8601 UTC. */
  madeAt: string;
}

/** Every draft, by post then destination. */
export async function allDrafts(transaction: StoreTransaction): Promise<StoredDraft[]> {
  const rows = await transaction
    .selectFrom("drafts")
    .selectAll()
    .orderBy("post")
    .orderBy("destination")
    .execute();
  return rows.map(fromRow);
}

/** Ids of the destinations that have drafts. */
export async function draftedDestinations(transaction: StoreTransaction): Promise<Set<string>> {
  const rows = await transaction.selectFrom("drafts").select("destination").distinct().execute();
  return new Set(rows.map(({ destination }) => destination));
}

/** One draft; null when there is none. */
export async function findDraft(
  transaction: StoreTransaction,
  post: string,
  destination: string,
): Promise<StoredDraft | null> {
  const row = await transaction
    .selectFrom("drafts")
    .selectAll()
    .where("post", "=", post)
    .where("destination", "=", destination)
    .executeTakeFirst();
  return row === undefined ? null : fromRow(row);
}

/** Writes a draft, new or changed. */
export async function putDraft(transaction: StoreTransaction, draft: StoredDraft): Promise<void> {
  const row: DraftsTable = {
    post: draft.post,
    destination: draft.to,
    title: draft.title,
    body: draft.body,
    topics: JSON.stringify(draft.topics),
    dropped: JSON.stringify(draft.dropped),
    media: JSON.stringify(draft.media),
    problems: JSON.stringify(draft.problems),
    edited: Number(draft.edited),
    written_title: draft.written.title,
    written_body: draft.written.body,
    folder: draft.folder,
    made_at: draft.madeAt,
  };
  await transaction
    .insertInto("drafts")
    .values(row)
    .onConflict((conflict) => conflict.columns(["post", "destination"]).doUpdateSet(row))
    .execute();
}

function fromRow(row: DraftsTable): StoredDraft {
  return {
    type: "draft",
    post: row.post,
    to: row.destination,
    title: row.title,
    body: row.body,
    topics: JSON.parse(row.topics) as string[],
    dropped: JSON.parse(row.dropped) as Dropped[],
    media: JSON.parse(row.media) as string[],
    edited: row.edited === 1,
    problems: JSON.parse(row.problems) as Problem[],
    folder: row.folder,
    written: { title: row.written_title, body: row.written_body },
    madeAt: row.made_at,
  };
}
