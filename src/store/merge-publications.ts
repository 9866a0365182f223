import { publicationStates } from "../core/publication.ts";
import type { PublicationState } from "../core/publication.ts";
import type { PostUnion } from "./aliases.ts";
import type { StoreTransaction } from "./open.ts";
import type { AttemptsTable, MovesTable, PublicationsTable } from "./schema.ts";

/** Two publications for one destination that became one. */
export interface MergedPublication {
  /** Destination. */
  to: string;
  /** State of the one whose key stays, and of the other. */
  from: [PublicationState, PublicationState];
  state: PublicationState;
  /** Both were live: the address that was kept, and the other one. */
  twice: { kept: string; other: string } | null;
}

/** From the least to the furthest; a person's skip goes before what nobody has acted on. */
const distance: readonly PublicationState[] = [
  ...(["draft", "held", "queued", "skipped", "refused", "handed-off"] as const),
  ...(["unconfirmed", "submitting", "scheduled", "submitted", "synced", "live"] as const),
];

/** Which of two publications of one post is further; 0 where they stand alike. */
export function compareStates(left: string, right: string): number {
  const place = (state: string) => distance.indexOf(state as PublicationState);
  return place(left) - place(right);
}

/** Makes one publication of two for each destination, with both histories; answers where both had one. */
export async function mergePublications(
  transaction: StoreTransaction,
  union: PostUnion,
): Promise<MergedPublication[]> {
  const { key, alias } = union;
  const rows = await transaction
    .selectFrom("publications")
    .selectAll()
    .where("post", "in", [key, alias])
    .orderBy("destination")
    .execute();
  const merged: MergedPublication[] = [];
  for (const [to, own] of Map.groupBy(rows, ({ destination }) => destination)) {
    const mine = own.find(({ post }) => post === key);
    const other = own.find(({ post }) => post === alias);
    if (other === undefined) continue;
    await mergeHistory(transaction, union, to);
    const attempts = await latestAttempt(transaction, key, to);
    // Both go first: an address and a press under way are anyone's only once.
    await transaction
      .deleteFrom("publications")
      .where("post", "in", [key, alias])
      .where("destination", "=", to)
      .execute();
    const row = mine === undefined ? other : mergeRows(mine, other);
    const total = other.attempts + (mine?.attempts ?? 0);
    await transaction
      .insertInto("publications")
      .values({ ...row, post: key, attempts: Math.max(total, attempts) })
      .execute();
    if (mine !== undefined) merged.push(await noteUnion(transaction, union, mine, other, row));
  }
  return merged;
}

/** The row of the further one, with what only the other one knows. */
function mergeRows(mine: PublicationsTable, other: PublicationsTable): PublicationsTable {
  const [first, second] = isFurther(other, mine) ? [other, mine] : [mine, other];
  const hasAddress = first.url !== null || first.remote_id !== null;
  const { url, remote_id, proof } = hasAddress ? first : second;
  return {
    ...first,
    ...{ url, remote_id, proof: proof ?? first.proof },
    account: first.account || second.account,
    // A hand-off that took place counts for the caps, whichever it was.
    handed_off_at: latest(first.handed_off_at, second.handed_off_at),
    pressed_at: latest(first.pressed_at, second.pressed_at),
    updated_at: latest(first.updated_at, second.updated_at) ?? first.updated_at,
  };
}

/** Of two that stand alike what was looked at goes before what was pasted, then the older key's. */
function isFurther(other: PublicationsTable, mine: PublicationsTable): boolean {
  const further = compareStates(other.state, mine.state);
  if (further !== 0) return further > 0;
  return other.proof === "read-back" && mine.proof !== "read-back";
}

/** The moves and attempts of both, in the order of their times, numbered anew. */
async function mergeHistory(
  transaction: StoreTransaction,
  { key, alias }: PostUnion,
  to: string,
): Promise<void> {
  const moves = await transaction
    .selectFrom("moves")
    .selectAll()
    .where("post", "in", [key, alias])
    .where("destination", "=", to)
    .execute();
  const attempts = await transaction
    .selectFrom("attempts")
    .selectAll()
    .where("post", "in", [key, alias])
    .where("destination", "=", to)
    .execute();
  for (const table of ["moves", "attempts"] as const) {
    await transaction
      .deleteFrom(table)
      .where("post", "in", [key, alias])
      .where("destination", "=", to)
      .execute();
  }
  const inOrder = <Row extends MovesTable | AttemptsTable>(rows: Row[], at: (row: Row) => string) =>
    rows
      .toSorted(
        (a, b) =>
          compare(at(a), at(b)) ||
          Number(a.post === alias) - Number(b.post === alias) ||
          a.sequence - b.sequence,
      )
      .map((row, index) => ({ ...row, post: key, sequence: index + 1 }));
  for (const row of inOrder(moves, ({ at }) => at)) {
    await transaction.insertInto("moves").values(row).execute();
  }
  for (const row of inOrder(attempts, (attempt) => attempt.started_at)) {
    await transaction.insertInto("attempts").values(row).execute();
  }
}

/** Writes the union into the history, with the address that gave way. */
async function noteUnion(
  transaction: StoreTransaction,
  { key, alias, at }: PostUnion,
  mine: PublicationsTable,
  other: PublicationsTable,
  row: PublicationsTable,
): Promise<MergedPublication> {
  const lost = [mine.url, other.url].find((url) => url !== null && url !== row.url) ?? null;
  const twice = lost === null || row.url === null ? null : { kept: row.url, other: lost };
  const last = await transaction
    .selectFrom("moves")
    .select(({ fn }) => fn.max("sequence").as("sequence"))
    .where("post", "=", key)
    .where("destination", "=", mine.destination)
    .executeTakeFirst();
  const why = `${alias} (${other.state}) proved to be the same post`;
  await transaction
    .insertInto("moves")
    .values({
      post: key,
      destination: mine.destination,
      sequence: (last?.sequence ?? 0) + 1,
      at,
      from_state: mine.state,
      to_state: row.state,
      by_whom: "union",
      why: lost === null ? why : `${why}; it is also at ${lost}`,
    })
    .execute();
  return {
    to: mine.destination,
    from: [stateOf(mine), stateOf(other)],
    state: stateOf(row),
    twice,
  };
}

async function latestAttempt(
  transaction: StoreTransaction,
  post: string,
  to: string,
): Promise<number> {
  const row = await transaction
    .selectFrom("attempts")
    .select(({ fn }) => fn.max("sequence").as("sequence"))
    .where("post", "=", post)
    .where("destination", "=", to)
    .executeTakeFirst();
  return row?.sequence ?? 0;
}

function stateOf({ state }: PublicationsTable): PublicationState {
  return publicationStates.find((each) => each === state) ?? "draft";
}

function latest(left: string | null, right: string | null): string | null {
  if (left === null || right === null) return left ?? right;
  return left > right ? left : right;
}

function compare(left: string, right: string): number {
  return left < right ? -1 : Number(left > right);
}
