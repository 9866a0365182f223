import type { StoreTransaction } from "./open.ts";

/** Keys of the posts that the creator removed. */
export async function removedKeys(transaction: StoreTransaction): Promise<Set<string>> {
  const rows = await transaction.selectFrom("removed").select("key").orderBy("key").execute();
  return new Set(rows.map(({ key }) => key));
}

/** Remembers that a post was removed, and the folders that have to go from the disk. */
export async function putRemoved(
  transaction: StoreTransaction,
  removed: { key: string; at: string; folders: readonly string[] },
): Promise<void> {
  await transaction
    .insertInto("removed")
    .values({
      key: removed.key,
      removed_at: removed.at,
      left_on_disk: JSON.stringify(removed.folders),
    })
    .execute();
}

/** The removed posts of which something may still lie on the disk, with its folders from the library's root. */
export async function unfinishedRemovals(
  transaction: StoreTransaction,
): Promise<{ key: string; folders: string[] }[]> {
  const rows = await transaction.selectFrom("removed").selectAll().orderBy("key").execute();
  return rows.flatMap(({ key, left_on_disk }) =>
    left_on_disk === null ? [] : [{ key, folders: JSON.parse(left_on_disk) as string[] }],
  );
}

/** Notes that nothing of a removed post lies on the disk any more. */
export async function finishRemoved(transaction: StoreTransaction, key: string): Promise<void> {
  await transaction
    .updateTable("removed")
    .set({ left_on_disk: null })
    .where("key", "=", key)
    .execute();
}

/** Forgets that a post was removed. */
export async function deleteRemoved(transaction: StoreTransaction, key: string): Promise<void> {
  await transaction.deleteFrom("removed").where("key", "=", key).execute();
}

/** Forgets what the sources said of a post; what is needed to know it again stays. */
export async function emptyRecords(transaction: StoreTransaction, key: string): Promise<void> {
  await transaction
    .updateTable("records")
    .set({ fields: "{}", media: "[]", observed: null, times: "{}" })
    .where("post", "=", key)
    .execute();
  const records = await transaction
    .selectFrom("records")
    .select(["source", "record"])
    .where("post", "=", key)
    .execute();
  for (const { source, record } of records) {
    await transaction
      .deleteFrom("history")
      .where("source", "=", source)
      .where("record", "=", record)
      .execute();
  }
}

/** Takes away the rows of a post: itself, its files, and its drafts for these destinations. */
export async function deletePost(
  transaction: StoreTransaction,
  key: string,
  destinations: readonly string[],
): Promise<void> {
  await transaction.deleteFrom("posts").where("key", "=", key).execute();
  await transaction.deleteFrom("files").where("post", "=", key).execute();
  if (destinations.length === 0) return;
  for (const table of ["drafts", "publications", "moves", "attempts"] as const) {
    await transaction
      .deleteFrom(table)
      .where("post", "=", key)
      .where("destination", "in", destinations)
      .execute();
  }
}
