import type { StoreTransaction } from "./open.ts";
import { publicationFromRow } from "./publications.ts";
import type { StoredPublication } from "./publications.ts";

/** Whose publications are meant; `account` null: every one of this database for that destination. */
export interface AccountScope {
  to: string;
  account: string | null;
}

/** What is queued and due, the earliest first. */
export async function duePublications(
  transaction: StoreTransaction,
  scope: AccountScope,
  now: string,
): Promise<StoredPublication[]> {
  return queued(transaction, scope, "<=", now);
}

/** When something went out from then on (ISO 8601 UTC), as milliseconds since the epoch; for caps and gaps. */
export async function wentOutSince(
  transaction: StoreTransaction,
  { to, account }: AccountScope,
  since: string,
): Promise<number[]> {
  const rows = await transaction
    .selectFrom("publications")
    .select("handed_off_at")
    .where("destination", "=", to)
    .where("handed_off_at", ">=", since)
    // What came back undone has used nothing up.
    .where("state", "not in", ["draft", "held", "queued"])
    .$if(account !== null, (query) => query.where("account", "=", account ?? ""))
    .execute();
  return rows.flatMap((row) => (row.handed_off_at === null ? [] : [Date.parse(row.handed_off_at)]));
}

/** How many packs lie on the phone and are not posted yet. */
export async function countUnposted(
  transaction: StoreTransaction,
  { to, account }: AccountScope,
): Promise<number> {
  const row = await transaction
    .selectFrom("publications")
    .select(({ fn }) => fn.countAll<number>().as("count"))
    .where("destination", "=", to)
    .where("state", "=", "handed-off")
    .$if(account !== null, (query) => query.where("account", "=", account ?? ""))
    .executeTakeFirstOrThrow();
  return Number(row.count);
}

/** What is queued for later than that (ISO 8601 UTC), the earliest first. */
export async function queuedFrom(
  transaction: StoreTransaction,
  scope: AccountScope,
  from: string,
): Promise<StoredPublication[]> {
  return queued(transaction, scope, ">", from);
}

async function queued(
  transaction: StoreTransaction,
  { to, account }: AccountScope,
  side: "<=" | ">",
  time: string,
): Promise<StoredPublication[]> {
  const rows = await transaction
    .selectFrom("publications")
    .selectAll()
    .where("destination", "=", to)
    .where("state", "=", "queued")
    .where("due", side, time)
    .$if(account !== null, (query) => query.where("account", "=", account ?? ""))
    .orderBy("due")
    .orderBy("post")
    .execute();
  return rows.map(publicationFromRow);
}
