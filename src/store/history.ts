import type { StoreTransaction } from "./open.ts";
import type { HistoryTable } from "./schema.ts";
import type { RecordName } from "./records.ts";

/** A word of a source that it has replaced since. */
export interface OldWord {
  source: string;
  record: string;
  field: string;
  /** ISO 8601 UTC; empty where the source could not say. */
  observed: string;
  value: unknown;
}

/** Keeps a word that a source has replaced. */
export async function putOldWord(
  transaction: StoreTransaction,
  { source, record }: RecordName,
  word: { field: string; observed: string; value: unknown },
): Promise<void> {
  const row: HistoryTable = {
    ...{ source, record, field: word.field, observed: word.observed },
    value: JSON.stringify(word.value),
  };
  await transaction
    .insertInto("history")
    .values(row)
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** Every replaced word, oldest first. */
export async function allOldWords(transaction: StoreTransaction): Promise<OldWord[]> {
  const rows = await transaction
    .selectFrom("history")
    .selectAll()
    .orderBy("observed")
    .orderBy("source")
    .orderBy("record")
    .orderBy("field")
    .orderBy("value")
    .execute();
  return rows.map((row) => ({ ...row, value: JSON.parse(row.value) as unknown }));
}
