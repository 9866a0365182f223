import type { PublicationState } from "../core/publication.ts";
import type { StoreTransaction } from "./open.ts";
import type { PublicationsTable } from "./schema.ts";

/** Two posts of the library that are one. */
export interface PostUnion {
  /** The key that stays. */
  key: string;
  /** The key that becomes another name. */
  alias: string;
  /** ISO 8601 UTC. */
  at: string;
}

/** From the least to the furthest; a person's skip goes before what nobody has acted on. */
const distance: readonly PublicationState[] = [
  ...(["draft", "held", "queued", "skipped", "refused", "handed-off"] as const),
  ...(["unconfirmed", "submitting", "scheduled", "submitted", "synced", "live"] as const),
];

/**
 * Gives everything of one post to another: files where it has none, drafts likewise, publications merged to
 * the furthest state with both histories. The row of the post itself goes.
 */
export async function mergePosts(transaction: StoreTransaction, union: PostUnion): Promise<void> {
  await takeFiles(transaction, union);
  await takePublications(transaction, union);
  await takeDrafts(transaction, union);
  await transaction.deleteFrom("posts").where("key", "=", union.alias).execute();
}

async function takeFiles(transaction: StoreTransaction, { key, alias }: PostUnion): Promise<void> {
  const own = await transaction.selectFrom("files").selectAll().where("post", "=", key).execute();
  const others = await transaction
    .selectFrom("files")
    .selectAll()
    .where("post", "=", alias)
    .execute();
  for (const { path, role, position } of others) {
    const has = own.some((file) => file.role === role && file.position === position);
    if (has) await transaction.deleteFrom("files").where("path", "=", path).execute();
    else
      await transaction.updateTable("files").set({ post: key }).where("path", "=", path).execute();
  }
}

async function takeDrafts(transaction: StoreTransaction, { key, alias }: PostUnion): Promise<void> {
  const own = await transaction.selectFrom("drafts").selectAll().where("post", "=", key).execute();
  const others = await transaction
    .selectFrom("drafts")
    .selectAll()
    .where("post", "=", alias)
    .execute();
  for (const other of others) {
    const mine = own.find(({ destination }) => destination === other.destination);
    const loser = mine !== undefined && (mine.edited === 1 || other.edited !== 1) ? alias : key;
    await transaction
      .deleteFrom("drafts")
      .where("post", "=", loser)
      .where("destination", "=", other.destination)
      .execute();
    await transaction
      .updateTable("drafts")
      .set({ post: key })
      .where("post", "=", alias)
      .where("destination", "=", other.destination)
      .execute();
  }
}

async function takePublications(transaction: StoreTransaction, union: PostUnion): Promise<void> {
  const rowsOf = (post: string) =>
    transaction.selectFrom("publications").selectAll().where("post", "=", post).execute();
  const own = await rowsOf(union.key);
  for (const other of await rowsOf(union.alias)) {
    const mine = own.find(({ destination }) => destination === other.destination);
    await takeHistory(transaction, union, other.destination);
    await transaction
      .deleteFrom("publications")
      .where("post", "=", union.alias)
      .where("destination", "=", other.destination)
      .execute();
    if (mine !== undefined && rank(mine) >= rank(other)) continue;
    const row = { ...other, post: union.key, attempts: other.attempts + (mine?.attempts ?? 0) };
    await transaction
      .insertInto("publications")
      .values(row)
      .onConflict((conflict) => conflict.columns(["post", "destination"]).doUpdateSet(row))
      .execute();
  }
}

/** Appends the moves and attempts of the one to those of the other. */
async function takeHistory(
  transaction: StoreTransaction,
  { key, alias }: PostUnion,
  destination: string,
): Promise<void> {
  for (const table of ["moves", "attempts"] as const) {
    const last = await transaction
      .selectFrom(table)
      .select(({ fn }) => fn.max("sequence").as("sequence"))
      .where("post", "=", key)
      .where("destination", "=", destination)
      .executeTakeFirst();
    await transaction
      .updateTable(table)
      .set((expression) => ({
        post: key,
        sequence: expression("sequence", "+", last?.sequence ?? 0),
      }))
      .where("post", "=", alias)
      .where("destination", "=", destination)
      .execute();
  }
}

function rank({ state }: PublicationsTable): number {
  return distance.indexOf(state as PublicationState);
}
