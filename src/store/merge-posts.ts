import type { LeftBehind, PostUnion } from "./aliases.ts";
import { mergeDrafts } from "./merge-drafts.ts";
import { mergePublications } from "./merge-publications.ts";
import type { MergedPublication } from "./merge-publications.ts";
import type { StoreTransaction } from "./open.ts";

/** What came of a union. */
export interface MergedPosts {
  /** One for each destination for which both had one. */
  publications: MergedPublication[];
  /** What is left to do on the disk. */
  left: LeftBehind;
}

/**
 * Gives everything of one post to another: files where it has none or only one with TikTok's mark, drafts likewise, publications merged to
 * the furthest state with both histories. The row of the post itself goes; of a post that was removed
 * before there is none, and what is remembered of it goes along all the same.
 */
export async function mergePosts(
  transaction: StoreTransaction,
  union: PostUnion,
): Promise<MergedPosts> {
  const { alias } = union;
  const gone = await transaction
    .selectFrom("posts")
    .select("folder")
    .where("key", "=", alias)
    .executeTakeFirst();
  await mergeProblem(transaction, union);
  await takeFiles(transaction, union);
  // Which draft stays depends on what went out.
  const drafts = await mergeDrafts(transaction, union);
  const publications = await mergePublications(transaction, union);
  await transaction.deleteFrom("posts").where("key", "=", alias).execute();
  const folder = gone?.folder ?? null;
  // What a removed post left was taken off the disk because somebody wished it.
  return { publications, left: { folder, ...drafts, ...(gone ? {} : { lostDrafts: [] }) } };
}

async function takeFiles(transaction: StoreTransaction, { key, alias }: PostUnion): Promise<void> {
  const own = await transaction.selectFrom("files").selectAll().where("post", "=", key).execute();
  const others = await transaction
    .selectFrom("files")
    .selectAll()
    .where("post", "=", alias)
    .execute();
  const forget = (path: string) =>
    transaction.deleteFrom("files").where("path", "=", path).execute();
  for (const { path, role, position, watermarked } of others) {
    const has = own.find((file) => file.role === role && file.position === position);
    const isCleaner = has?.watermarked === 1 && watermarked !== 1;
    if (has !== undefined) await forget(isCleaner ? has.path : path);
    if (has !== undefined && !isCleaner) continue;
    await transaction.updateTable("files").set({ post: key }).where("path", "=", path).execute();
  }
}

/** Each problem says what one of the two lacked; what either of them had is there now. */
async function mergeProblem(
  transaction: StoreTransaction,
  { key, alias }: PostUnion,
): Promise<void> {
  const rows = await transaction
    .selectFrom("posts")
    .select(["problem", "caption"])
    .where("key", "in", [key, alias])
    .execute();
  if (rows.length < 2) return;
  const problems = new Set(rows.map(({ problem }) => problem));
  const [only = ""] = problems;
  const mute = rows.every(({ caption }) => caption === null) ? "no-caption" : "";
  const problem = problems.size === 1 && only !== "ambiguous-join" ? only : mute;
  await transaction.updateTable("posts").set({ problem }).where("key", "=", key).execute();
}
