import type { Post, PostKind, Visibility } from "../core/post.ts";
import type { StoreTransaction } from "./open.ts";
import type { FilesTable, PostsTable } from "./schema.ts";

/** A whole file of the library. */
export type StoredFile = FilesTable;

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

/** One post; null when there is none. */
export async function findPost(transaction: StoreTransaction, key: string): Promise<Post | null> {
  const row = await transaction
    .selectFrom("posts")
    .selectAll()
    .where("key", "=", key)
    .executeTakeFirst();
  return row === undefined ? null : fromPostRow(row);
}

/** The whole files of one post, by path. */
export async function filesOf(transaction: StoreTransaction, key: string): Promise<StoredFile[]> {
  return transaction
    .selectFrom("files")
    .selectAll()
    .where("post", "=", key)
    .orderBy("path")
    .execute();
}

/** Writes a post, new or changed. `added` is the turn of a new one; a known one keeps its own. */
export async function putPost(
  transaction: StoreTransaction,
  post: Post,
  added: number = 0,
): Promise<void> {
  const row = toPostRow(post);
  const { key: _key, problem: _problem, ...changes } = row;
  await transaction
    .insertInto("posts")
    .values({ ...row, added })
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

/** Notes the new name of a file. */
export async function moveFile(
  transaction: StoreTransaction,
  from: string,
  to: string,
): Promise<void> {
  await transaction.updateTable("files").set({ path: to }).where("path", "=", from).execute();
}

/** In which turn each post came into the library, by key. */
export async function postTurns(transaction: StoreTransaction): Promise<Map<string, number>> {
  const rows = await transaction.selectFrom("posts").select(["key", "added"]).execute();
  return new Map(rows.map(({ key, added }) => [key, added]));
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

function toPostRow(post: Post): Omit<PostsTable, "added"> {
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
