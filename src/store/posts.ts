import type { Post, PostFields, PostKind, SourcePost, Visibility } from "../core/post.ts";
import type { StoreTransaction } from "./open.ts";
import type { FilesTable, PostsTable, RecordsTable } from "./schema.ts";

/** What a source offers of one file, without its address. */
export interface RecordedMedia {
  role: string;
  position: number;
  objectId: string | null;
}

/** A source's record of one post as the library remembers it. */
export interface StoredRecord {
  source: string;
  record: string;
  post: string | null;
  id: string | null;
  date: string;
  objectIds: string[];
  fields: Partial<PostFields>;
  media: RecordedMedia[];
  /** Keys or ids by which a person named the post; null where nobody did. */
  named: readonly string[] | null;
  /** When a source said it last; ISO 8601 UTC. */
  seenAt: string;
}

/** A whole file of the library. */
export type StoredFile = FilesTable;

/** Every record, in a fixed order. */
export async function allRecords(transaction: StoreTransaction): Promise<StoredRecord[]> {
  const rows = await transaction
    .selectFrom("records")
    .selectAll()
    .orderBy("date")
    .orderBy("source")
    .orderBy("record")
    .execute();
  return rows.map(fromRecordRow);
}

/** Writes a record, new or seen again; the post it belongs to stays. */
export async function putRecord(
  transaction: StoreTransaction,
  record: Omit<StoredRecord, "post" | "seenAt">,
  seenAt: string,
): Promise<void> {
  const row = {
    id: record.id,
    date: record.date,
    object_ids: JSON.stringify(record.objectIds),
    fields: JSON.stringify(record.fields),
    media: JSON.stringify(record.media),
    seen_at: seenAt,
    named: record.named === null ? null : JSON.stringify(record.named),
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
  record: Pick<StoredRecord, "source" | "record">,
  post: string | null,
): Promise<void> {
  await transaction
    .updateTable("records")
    .set({ post })
    .where("source", "=", record.source)
    .where("record", "=", record.record)
    .execute();
}

/** Takes a record away for good. */
export async function deleteRecord(
  transaction: StoreTransaction,
  record: Pick<StoredRecord, "source" | "record">,
): Promise<void> {
  await transaction
    .deleteFrom("records")
    .where("source", "=", record.source)
    .where("record", "=", record.record)
    .execute();
}

/** Every post of the library by key, oldest first. */
export async function allPosts(transaction: StoreTransaction): Promise<Map<string, Post>> {
  const rows = await transaction
    .selectFrom("posts")
    .selectAll()
    .orderBy("date")
    .orderBy("key")
    .execute();
  return new Map(rows.map((row) => [row.key, fromPostRow(row)]));
}

/** Writes a post, new or changed. */
export async function putPost(transaction: StoreTransaction, post: Post): Promise<void> {
  const row = toPostRow(post);
  const { key: _key, problem: _problem, ...changes } = row;
  await transaction
    .insertInto("posts")
    .values(row)
    .onConflict((conflict) => conflict.column("key").doUpdateSet(changes))
    .execute();
}

/** Every whole file, by path. */
export async function allFiles(transaction: StoreTransaction): Promise<StoredFile[]> {
  return transaction.selectFrom("files").selectAll().orderBy("path").execute();
}

/** Writes a whole file's row; one place of a post has one file. */
export async function putFile(transaction: StoreTransaction, file: StoredFile): Promise<void> {
  await transaction
    .deleteFrom("files")
    .where("post", "=", file.post)
    .where("role", "=", file.role)
    .where("position", "=", file.position)
    .execute();
  await transaction.insertInto("files").values(file).execute();
}

/** Notes the open problem of a post, "" when there is none; it stands in posts.csv. */
export async function setPostProblem(
  transaction: StoreTransaction,
  key: string,
  code: string,
): Promise<void> {
  await transaction.updateTable("posts").set({ problem: code }).where("key", "=", key).execute();
}

/** The open problems by post key. */
export async function postProblems(transaction: StoreTransaction): Promise<Map<string, string>> {
  const rows = await transaction.selectFrom("posts").select(["key", "problem"]).execute();
  return new Map(rows.map((row) => [row.key, row.problem]));
}

/** What names a source's post within its source, whatever the signature of its links. */
export function recordName(post: SourcePost): string {
  const firstObject = post.media.find((media) => media.objectId !== null)?.objectId;
  if (post.named !== undefined) return `named ${post.named[0] ?? ""}`;
  return post.id ?? `${post.date}#${firstObject ?? post.objectIds[0] ?? ""}`;
}

function fromRecordRow(row: RecordsTable): StoredRecord {
  return {
    source: row.source,
    record: row.record,
    post: row.post,
    id: row.id,
    date: row.date,
    objectIds: JSON.parse(row.object_ids) as string[],
    fields: JSON.parse(row.fields) as Partial<PostFields>,
    media: JSON.parse(row.media) as RecordedMedia[],
    named: row.named === null ? null : (JSON.parse(row.named) as string[]),
    seenAt: row.seen_at,
  };
}

function fromPostRow(row: PostsTable): Post {
  return {
    key: row.key,
    id: row.id,
    date: row.date,
    kind: row.kind as PostKind,
    caption: row.caption,
    hashtags: JSON.parse(row.hashtags) as string[],
    mentions: JSON.parse(row.mentions) as string[],
    durationMs: row.duration_ms,
    width: row.width,
    height: row.height,
    views: row.views,
    likes: row.likes,
    comments: row.comments,
    shares: row.shares,
    saves: row.saves,
    pinned: fromTruth(row.pinned),
    visibility: row.visibility as Visibility | null,
    sound: row.sound,
    location: row.location,
    aiGenerated: fromTruth(row.ai_generated),
    url: row.url,
    title: row.title,
    soundOriginal: fromTruth(row.sound_original),
    madeFrom: row.made_from as Post["madeFrom"],
    paidPartnership: fromTruth(row.paid_partnership),
    language: row.language,
    sources: JSON.parse(row.sources) as string[],
    folder: row.folder,
  };
}

function toPostRow(post: Post): PostsTable {
  return {
    key: post.key,
    id: post.id,
    date: post.date,
    kind: post.kind,
    caption: post.caption,
    hashtags: JSON.stringify(post.hashtags),
    mentions: JSON.stringify(post.mentions),
    duration_ms: post.durationMs,
    width: post.width,
    height: post.height,
    views: post.views,
    likes: post.likes,
    comments: post.comments,
    shares: post.shares,
    saves: post.saves,
    pinned: toTruth(post.pinned),
    visibility: post.visibility,
    sound: post.sound,
    location: post.location,
    ai_generated: toTruth(post.aiGenerated),
    url: post.url,
    title: post.title,
    sound_original: toTruth(post.soundOriginal),
    made_from: post.madeFrom,
    paid_partnership: toTruth(post.paidPartnership),
    language: post.language,
    sources: JSON.stringify(post.sources),
    folder: post.folder,
    problem: "",
  };
}

function fromTruth(value: number | null): boolean | null {
  return value === null ? null : value === 1;
}

function toTruth(value: boolean | null): number | null {
  return value === null ? null : Number(value);
}
