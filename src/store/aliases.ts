import type { StoreTransaction } from "./open.ts";

/** Two posts of the library that are one. */
export interface PostUnion {
  /** The key that stays. */
  key: string;
  /** The key that becomes another name. */
  alias: string;
  /** ISO 8601 UTC. */
  at: string;
}

/** What a union left to do on the disk. */
export interface LeftBehind {
  /** Folder of the post that became another name, from the library's root; null where it had none. */
  folder: string | null;
  /** Folders of its drafts. */
  draftFolders: string[];
  /** Drafts that gave way to the other one of their destination. */
  lostDrafts: LostDraft[];
}

/** The words of a draft that gave way. */
export interface LostDraft {
  /** Destination. */
  to: string;
  /** The key that the draft had. */
  post: string;
  folder: string;
  title: string;
  body: string;
  /** What findmehere itself last wrote. */
  written: { title: string; body: string };
}

/** The key by which each other name of a post is known now. */
export async function allAliases(transaction: StoreTransaction): Promise<Map<string, string>> {
  const rows = await transaction.selectFrom("aliases").select(["alias", "post"]).execute();
  return new Map(rows.map(({ alias, post }) => [alias, post]));
}

/** Notes that a post is known by this name too; what was known by that name goes along. */
export async function putAlias(
  transaction: StoreTransaction,
  alias: string,
  post: string,
  left: LeftBehind | null = null,
): Promise<void> {
  const left_on_disk = left === null ? null : JSON.stringify(left);
  await transaction.updateTable("aliases").set({ post }).where("post", "=", alias).execute();
  await transaction
    .insertInto("aliases")
    .values({ alias, post, left_on_disk })
    .onConflict((conflict) => conflict.column("alias").doUpdateSet({ post, left_on_disk }))
    .execute();
}

/** The unions of which something still has to be done on the disk. */
export async function unfinishedUnions(
  transaction: StoreTransaction,
): Promise<{ alias: string; key: string; left: LeftBehind }[]> {
  const rows = await transaction.selectFrom("aliases").selectAll().orderBy("alias").execute();
  return rows.flatMap(({ alias, post, left_on_disk }) =>
    left_on_disk === null
      ? []
      : [{ alias, key: post, left: JSON.parse(left_on_disk) as LeftBehind }],
  );
}

/** Notes that nothing of this union is left to do on the disk. */
export async function finishUnion(transaction: StoreTransaction, alias: string): Promise<void> {
  await transaction
    .updateTable("aliases")
    .set({ left_on_disk: null })
    .where("alias", "=", alias)
    .execute();
}

/**
 * The key of the post that a person means by a key, an older key or TikTok's id, also where the post was
 * removed; the word itself where there is none. Every command that takes keys asks here.
 */
export async function resolveKey(transaction: StoreTransaction, word: string): Promise<string> {
  const post = await transaction
    .selectFrom("posts")
    .select("key")
    .where("key", "=", word)
    .executeTakeFirst();
  if (post !== undefined) return word;
  const alias = await transaction
    .selectFrom("aliases")
    .select("post")
    .where("alias", "=", word)
    .executeTakeFirst();
  if (alias !== undefined) return alias.post;
  const removed = await transaction
    .selectFrom("removed")
    .select("key")
    .where("key", "=", word)
    .executeTakeFirst();
  if (removed !== undefined) return word;
  const record = await transaction
    .selectFrom("records")
    .select("post")
    .where("id", "=", word)
    .where("post", "is not", null)
    .orderBy("post")
    .executeTakeFirst();
  return record?.post ?? word;
}

/** The keys that a person means, in their order. */
export async function resolveKeys(
  transaction: StoreTransaction,
  words: Iterable<string>,
): Promise<string[]> {
  const keys: string[] = [];
  for (const word of words) keys.push(await resolveKey(transaction, word));
  return keys;
}

/** Things that name a post, with the post's key in place of whatever a person typed. */
export async function resolveItems<Item extends { post: string }>(
  transaction: StoreTransaction,
  items: readonly Item[],
): Promise<Item[]> {
  const resolved: Item[] = [];
  for (const item of items) {
    resolved.push({ ...item, post: await resolveKey(transaction, item.post) });
  }
  return resolved;
}
