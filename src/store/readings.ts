import type { StoreTransaction } from "./open.ts";

/** A reading of a source that told every post which was there. */
export interface WholeReading {
  source: string;
  /** ISO 8601 UTC. */
  observed: string;
  /** True when private posts were among what it could see. */
  privateToo: boolean;
}

/** Remembers a reading that told every post. */
export async function putReading(
  transaction: StoreTransaction,
  { source, observed, privateToo }: WholeReading,
): Promise<void> {
  await transaction
    .insertInto("readings")
    .values({ source, observed, private_too: Number(privateToo) })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** Every whole reading, oldest first. */
export async function allReadings(transaction: StoreTransaction): Promise<WholeReading[]> {
  const rows = await transaction.selectFrom("readings").selectAll().orderBy("observed").execute();
  return rows.map(({ source, observed, private_too }) => ({
    ...{ source, observed },
    privateToo: private_too === 1,
  }));
}
