import { ExpectedError } from "../core/error.ts";
import { mayMove } from "../core/publication.ts";
import type { Mover, Proof, Publication, PublicationState } from "../core/publication.ts";
import type { StoreTransaction } from "./open.ts";
import type { PublicationsTable } from "./schema.ts";

/** A publication as the library keeps it. */
export interface StoredPublication extends Publication {
  /** The account it goes out under; empty while the creator has not named one. */
  account: string;
  /** When it was handed off last; ISO 8601 UTC. */
  handedOffAt: string | null;
}

/** Names one publication. */
export interface PublicationName {
  post: string;
  to: string;
}

/** What a move changes beside the state. */
export interface MoveChanges {
  due?: string | null;
  handedOffAt?: string;
  url?: string;
  remoteId?: string | null;
  proof?: Proof;
  /** Adds one to the attempts and writes an attempt of this kind. */
  attempt?: string;
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
  const all = rows.map(fromRow);
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
  return row === undefined ? null : fromRow(row);
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

/**
 * Moves a publication to another state; the only way to change one. Throws ExpectedError (exit `usage`)
 * when it does not exist or the table of moves does not allow the move by this mover.
 */
export async function movePublication(
  transaction: StoreTransaction,
  name: PublicationName,
  move: { to: PublicationState; by: Mover; at: string; why: string },
  changes: MoveChanges = {},
): Promise<StoredPublication> {
  const before = await findPublication(transaction, name);
  if (before === null) {
    throw new ExpectedError({
      exit: "usage",
      code: "no-such-publication",
      what: `There is no publication ${name.post}@${name.to}.`,
      fix: "Type `findmehere queue list --all` to see what there is.",
    });
  }
  if (!mayMove(before.state, move.to, move.by)) {
    throw new ExpectedError({
      exit: "usage",
      code: "move-not-allowed",
      what: `${name.post}@${name.to} is ${before.state}; it cannot become ${move.to} from there.`,
      fix: `Type \`findmehere queue list --all\` to see where it stands.`,
    });
  }
  const attempts = before.attempts + (changes.attempt === undefined ? 0 : 1);
  await transaction
    .updateTable("publications")
    .set({
      state: move.to,
      updated_at: move.at,
      attempts,
      ...(changes.due === undefined ? {} : { due: changes.due }),
      ...(changes.handedOffAt === undefined ? {} : { handed_off_at: changes.handedOffAt }),
      ...(changes.url === undefined ? {} : { url: changes.url }),
      ...(changes.remoteId === undefined ? {} : { remote_id: changes.remoteId }),
      ...(changes.proof === undefined ? {} : { proof: changes.proof }),
    })
    .where("post", "=", name.post)
    .where("destination", "=", name.to)
    .execute();
  await recordMove(transaction, name, before.state, move);
  if (changes.attempt !== undefined) {
    await transaction
      .insertInto("attempts")
      .values({
        post: name.post,
        destination: name.to,
        sequence: attempts,
        kind: changes.attempt,
        started_at: move.at,
        ended_at: move.at,
        outcome: move.to,
        note: null,
      })
      .execute();
  }
  return {
    ...before,
    state: move.to,
    attempts,
    due: changes.due === undefined ? before.due : changes.due,
    handedOffAt: changes.handedOffAt ?? before.handedOffAt,
    url: changes.url ?? before.url,
    proof: changes.proof ?? before.proof,
  };
}

async function recordMove(
  transaction: StoreTransaction,
  name: PublicationName,
  from: PublicationState,
  move: { to: PublicationState; by: Mover; at: string; why: string },
): Promise<void> {
  const last = await transaction
    .selectFrom("moves")
    .select(({ fn }) => fn.max("sequence").as("sequence"))
    .where("post", "=", name.post)
    .where("destination", "=", name.to)
    .executeTakeFirst();
  await transaction
    .insertInto("moves")
    .values({
      post: name.post,
      destination: name.to,
      sequence: (last?.sequence ?? 0) + 1,
      at: move.at,
      from_state: from,
      to_state: move.to,
      by_whom: move.by,
      why: move.why,
    })
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

function fromRow(row: PublicationsTable): StoredPublication {
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
  };
}
