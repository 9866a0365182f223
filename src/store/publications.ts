import type { Problem } from "../core/problem.ts";
import type { Proof, Publication, PublicationState } from "../core/publication.ts";
import type { StoreTransaction } from "./open.ts";
import type { PublicationsTable } from "./schema.ts";

/** A publication as the library keeps it. */
export interface StoredPublication extends Publication {
  /** The account it goes out under; empty while the creator has not named one. */
  account: string;
  /** When it was handed off or pressed last; ISO 8601 UTC. */
  handedOffAt: string | null;
  /** The place's own id; null while nobody knows it. */
  remoteId: string | null;
  /** Who is at work on it, and until when that counts; ISO 8601 by the machine's clock. */
  claimedBy: string | null;
  claimedUntil: string | null;
  pressedAt: string | null;
  scheduledFor: string | null;
  nextLook: string | null;
  lookedAt: string | null;
  looks: number;
  /** What stopped it last. */
  problem: Problem | null;
  missed: number;
}

/** Names one publication. */
export interface PublicationName {
  post: string;
  to: string;
}

/** The columns of a publication that nothing has happened to yet. */
export const untouchedPublication = {
  due: null,
  handed_off_at: null,
  url: null,
  remote_id: null,
  proof: null,
  attempts: 0,
  claimed_by: null,
  claimed_until: null,
  pressed_at: null,
  scheduled_for: null,
  next_look: null,
  looked_at: null,
  looks: 0,
  problem: null,
  missed: 0,
} as const;

/** Every publication: with a slot first, by slot; then by post. */
export async function allPublications(transaction: StoreTransaction): Promise<StoredPublication[]> {
  const rows = await transaction
    .selectFrom("publications")
    .selectAll()
    .orderBy("due")
    .orderBy("post")
    .orderBy("destination")
    .execute();
  const all = rows.map(publicationFromRow);
  return [...all.filter((each) => each.due !== null), ...all.filter((each) => each.due === null)];
}

/** One publication; null when there is none. */
export async function findPublication(
  transaction: StoreTransaction,
  { post, to }: PublicationName,
): Promise<StoredPublication | null> {
  const row = await transaction
    .selectFrom("publications")
    .selectAll()
    .where("post", "=", post)
    .where("destination", "=", to)
    .executeTakeFirst();
  return row === undefined ? null : publicationFromRow(row);
}

/** Makes the publication of a draft in the state `draft`, unless there is one already. */
export async function startPublication(
  transaction: StoreTransaction,
  publication: PublicationName & { account: string; way: Publication["way"] },
  at: string,
): Promise<void> {
  await transaction
    .insertInto("publications")
    .values({
      post: publication.post,
      destination: publication.to,
      account: publication.account,
      way: publication.way,
      state: "draft",
      ...untouchedPublication,
      updated_at: at,
    })
    .onConflict((conflict) => conflict.columns(["post", "destination"]).doNothing())
    .execute();
}

/** Which other publication already holds this address or id; null when it is free. */
export async function publicationWithAddress(
  transaction: StoreTransaction,
  address: { url: string; to: string; remoteId: string | null },
): Promise<PublicationName | null> {
  const row = await transaction
    .selectFrom("publications")
    .select(["post", "destination"])
    .where((where) =>
      where.or([
        where("url", "=", address.url),
        ...(address.remoteId === null
          ? []
          : [
              where.and([
                where("destination", "=", address.to),
                where("remote_id", "=", address.remoteId),
              ]),
            ]),
      ]),
    )
    .executeTakeFirst();
  return row === undefined ? null : { post: row.post, to: row.destination };
}

/** The publication as scripts see it. */
export function publicationRecord(publication: StoredPublication): Publication {
  const { type, post, to, way, state, due, attempts, url, proof } = publication;
  return { type, post, to, way, state, due, attempts, url, proof };
}

/** A publication from its row. */
export function publicationFromRow(row: PublicationsTable): StoredPublication {
  return {
    type: "publication",
    post: row.post,
    to: row.destination,
    way: row.way as Publication["way"],
    state: row.state as PublicationState,
    due: row.due,
    attempts: row.attempts,
    url: row.url,
    proof: row.proof as Proof | null,
    account: row.account,
    handedOffAt: row.handed_off_at,
    remoteId: row.remote_id,
    claimedBy: row.claimed_by,
    claimedUntil: row.claimed_until,
    pressedAt: row.pressed_at,
    scheduledFor: row.scheduled_for,
    nextLook: row.next_look,
    lookedAt: row.looked_at,
    looks: row.looks,
    problem: row.problem === null ? null : (JSON.parse(row.problem) as Problem),
    missed: row.missed,
  };
}
