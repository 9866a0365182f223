import type { PostFields, SourcePost } from "../core/post.ts";
import type { Telling, ToldMedia } from "../merge/telling.ts";
import type { StoreTransaction } from "./open.ts";
import type { RecordsTable } from "./schema.ts";

/** What a source offers of one file, without its address. */
export type RecordedMedia = ToldMedia;

/** A source's record of one post as the library remembers it. */
export interface StoredRecord extends Telling {
  source: string;
  record: string;
  post: string | null;
  /** Keys or ids by which a person named the post; null where nobody did. */
  named: readonly string[] | null;
  /** When it was read last; ISO 8601 UTC. */
  seenAt: string;
}

/** What names a record among those of every source. */
export type RecordName = Pick<StoredRecord, "source" | "record">;

/** Every record, in a fixed order. */
export async function allRecords(transaction: StoreTransaction): Promise<StoredRecord[]> {
  const rows = await transaction
    .selectFrom("records")
    .selectAll()
    .orderBy("date")
    .orderBy("source")
    .orderBy("record")
    .execute();
  return rows.map(fromRow);
}

/** Writes a record, new or changed; the post it belongs to stays. */
export async function putRecord(
  transaction: StoreTransaction,
  record: Omit<StoredRecord, "post">,
): Promise<void> {
  const row = {
    id: record.id,
    date: record.date,
    object_ids: JSON.stringify(record.objectIds),
    fields: JSON.stringify(record.fields),
    media: JSON.stringify(record.media),
    seen_at: record.seenAt,
    named: record.named === null ? null : JSON.stringify(record.named),
    observed: record.observed,
    rough_date: Number(record.roughDate),
    times: JSON.stringify(record.times),
    inputs: JSON.stringify(record.inputs),
  };
  await transaction
    .insertInto("records")
    .values({ source: record.source, record: record.record, post: null, ...row })
    .onConflict((conflict) => conflict.columns(["source", "record"]).doUpdateSet(row))
    .execute();
}

/** Says which post a record belongs to; null takes it off its post. */
export async function assignRecord(
  transaction: StoreTransaction,
  { source, record }: RecordName,
  post: string | null,
): Promise<void> {
  await transaction
    .updateTable("records")
    .set({ post })
    .where("source", "=", source)
    .where("record", "=", record)
    .execute();
}

/** Takes a record away for good. */
export async function deleteRecord(
  transaction: StoreTransaction,
  { source, record }: RecordName,
): Promise<void> {
  await transaction
    .deleteFrom("records")
    .where("source", "=", source)
    .where("record", "=", record)
    .execute();
}

/** Names a record among those of every source. */
export function nameOf({ source, record }: RecordName): string {
  return `${source}\n${record}`;
}

/** What names a source's post within its source, whatever the signature of its links. */
export function recordName(post: SourcePost): string {
  const firstObject = post.media.find((media) => media.objectId !== null)?.objectId;
  if (post.named !== undefined) return `named ${post.named[0] ?? ""}`;
  return post.id ?? `${post.date}#${firstObject ?? post.objectIds[0] ?? ""}`;
}

function fromRow(row: RecordsTable): StoredRecord {
  return {
    source: row.source,
    record: row.record,
    post: row.post,
    id: row.id,
    date: row.date,
    roughDate: row.rough_date === 1,
    observed: row.observed,
    times: JSON.parse(row.times) as Record<string, string>,
    objectIds: JSON.parse(row.object_ids) as string[],
    fields: JSON.parse(row.fields) as Partial<PostFields>,
    media: JSON.parse(row.media) as RecordedMedia[],
    inputs: JSON.parse(row.inputs) as string[],
    named: row.named === null ? null : (JSON.parse(row.named) as string[]),
    seenAt: row.seen_at,
  };
}
