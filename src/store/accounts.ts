import type { Problem } from "../core/problem.ts";
import { locksRows } from "./dialect.ts";
import type { StoreTransaction } from "./open.ts";

/** Names an account; `account` is empty for the one account of a library. */
export interface AccountName {
  to: string;
  account: string;
}

/** An account that a sign of risk stopped. */
export interface StoppedAccount extends AccountName {
  /** ISO 8601 UTC. */
  since: string;
  problem: Problem;
}

/**
 * Holds the account until the end of the transaction, so that two who count what went out lately cannot both
 * find room for one more. Answers why it is stopped; null when it runs.
 */
export async function holdAccount(
  transaction: StoreTransaction,
  { to, account }: AccountName,
): Promise<StoppedAccount | null> {
  await transaction
    .insertInto("accounts")
    .values({
      ...{ destination: to, account, stopped_at: null, stopped_by: null, page_asked_at: null },
    })
    .onConflict((conflict) => conflict.columns(["destination", "account"]).doNothing())
    .execute();
  const row = await transaction
    .selectFrom("accounts")
    .selectAll()
    .where("destination", "=", to)
    .where("account", "=", account)
    .$if(locksRows(transaction), (query) => query.forUpdate())
    .executeTakeFirstOrThrow();
  return fromRow(row);
}

/**
 * Notes that the account's public page is asked for now, unless that was less than `rest` milliseconds ago; then it
 * answers when that was, and notes nothing. A moment that lies far ahead, as after a clock was set, counts for nothing.
 * @param now milliseconds since 1970
 */
export async function claimPageLook(
  transaction: StoreTransaction,
  name: AccountName,
  { now, rest }: { now: number; rest: number },
): Promise<number | null> {
  const last = await lastPageLook(transaction, name);
  if (last !== null && Math.abs(now - last) < rest) return last;
  await transaction
    .updateTable("accounts")
    .set({ page_asked_at: new Date(now).toISOString() })
    .where("destination", "=", name.to)
    .where("account", "=", name.account)
    .execute();
  return null;
}

async function lastPageLook(
  transaction: StoreTransaction,
  name: AccountName,
): Promise<number | null> {
  await holdAccount(transaction, name);
  const row = await transaction
    .selectFrom("accounts")
    .select("page_asked_at")
    .where("destination", "=", name.to)
    .where("account", "=", name.account)
    .executeTakeFirst();
  return row?.page_asked_at ? Date.parse(row.page_asked_at) : null;
}

/** Stops an account; the first sign stays until it is cleared. */
export async function stopAccount(
  transaction: StoreTransaction,
  name: AccountName,
  sign: { at: string; problem: Problem },
): Promise<void> {
  if ((await holdAccount(transaction, name)) !== null) return;
  await transaction
    .updateTable("accounts")
    .set({ stopped_at: sign.at, stopped_by: JSON.stringify(sign.problem) })
    .where("destination", "=", name.to)
    .where("account", "=", name.account)
    .execute();
}

/** Lets an account go on; answers what had stopped it, null when nothing had. */
export async function clearAccount(
  transaction: StoreTransaction,
  name: AccountName,
): Promise<StoppedAccount | null> {
  const stopped = await holdAccount(transaction, name);
  await transaction
    .updateTable("accounts")
    .set({ stopped_at: null, stopped_by: null })
    .where("destination", "=", name.to)
    .where("account", "=", name.account)
    .execute();
  return stopped;
}

/** Why an account is stopped, without holding it; null when it runs. */
export async function stoppedAccount(
  transaction: StoreTransaction,
  { to, account }: AccountName,
): Promise<StoppedAccount | null> {
  const stopped = await stoppedAccounts(transaction);
  return stopped.find((each) => each.to === to && each.account === account) ?? null;
}

/** Every stopped account. */
export async function stoppedAccounts(transaction: StoreTransaction): Promise<StoppedAccount[]> {
  const rows = await transaction
    .selectFrom("accounts")
    .selectAll()
    .where("stopped_at", "is not", null)
    .orderBy("destination")
    .orderBy("account")
    .execute();
  return rows.flatMap((row) => fromRow(row) ?? []);
}

function fromRow(row: {
  destination: string;
  account: string;
  stopped_at: string | null;
  stopped_by: string | null;
}): StoppedAccount | null {
  if (row.stopped_at === null || row.stopped_by === null) return null;
  return {
    to: row.destination,
    account: row.account,
    since: row.stopped_at,
    problem: JSON.parse(row.stopped_by) as Problem,
  };
}
