import type { StoreTransaction } from "./open.ts";

/** A small fact about the library, such as its id; null when it was never written. */
export async function readMeta(
  transaction: StoreTransaction,
  name: string,
): Promise<string | null> {
  const row = await transaction
    .selectFrom("meta")
    .select("value")
    .where("name", "=", name)
    .executeTakeFirst();
  return row?.value ?? null;
}

/** Writes a small fact about the library. */
export async function writeMeta(
  transaction: StoreTransaction,
  name: string,
  value: string,
): Promise<void> {
  await transaction
    .insertInto("meta")
    .values({ name, value })
    .onConflict((conflict) => conflict.column("name").doUpdateSet({ value }))
    .execute();
}
