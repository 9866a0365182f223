import type { StoreTransaction } from "./open.ts";

/** The key by which each other name of a post is known now. */
export async function allAliases(transaction: StoreTransaction): Promise<Map<string, string>> {
  const rows = await transaction.selectFrom("aliases").selectAll().execute();
  return new Map(rows.map(({ alias, post }) => [alias, post]));
}

/** Notes that a post is known by this name too; what was known by that name goes along. */
export async function putAlias(
  transaction: StoreTransaction,
  alias: string,
  post: string,
): Promise<void> {
  await transaction.updateTable("aliases").set({ post }).where("post", "=", alias).execute();
  await transaction
    .insertInto("aliases")
    .values({ alias, post })
    .onConflict((conflict) => conflict.column("alias").doUpdateSet({ post }))
    .execute();
}

/** The key of the post that a person means by a key, an older key or an id; the word itself where there is none. */
export async function resolveKey(transaction: StoreTransaction, word: string): Promise<string> {
  const row = await transaction
    .selectFrom("aliases")
    .select("post")
    .where("alias", "=", word)
    .executeTakeFirst();
  return row?.post ?? word;
}
