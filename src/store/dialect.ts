import { PostgresAdapter } from "kysely";
import type { StoreTransaction } from "./open.ts";

/** True on PostgreSQL, where rows are locked one by one; SQLite holds its one write lock all the time. */
export function locksRows(transaction: StoreTransaction): boolean {
  return transaction.getExecutor().adapter instanceof PostgresAdapter;
}
