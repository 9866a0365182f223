import { ExpectedError } from "../core/error.ts";
import type { Problem } from "../core/problem.ts";
import { mayMove } from "../core/publication.ts";
import type { Mover, Proof, Publication, PublicationState } from "../core/publication.ts";
import { addAttempt } from "./attempts.ts";
import type { AttemptStart } from "./attempts.ts";
import type { StoreTransaction } from "./open.ts";
import { findPublication } from "./publications.ts";
import type { PublicationName, StoredPublication } from "./publications.ts";
import type { PublicationsTable } from "./schema.ts";

/** One move and who makes it. */
export interface PublicationMove {
  to: PublicationState;
  by: Mover;
  /** ISO 8601 UTC. */
  at: string;
  /** For people, in the history. */
  why: string;
}

/** What a move changes beside the state; what is left out stays. */
export interface MoveChanges {
  way?: Publication["way"];
  account?: string;
  due?: string | null;
  handedOffAt?: string;
  url?: string | null;
  remoteId?: string | null;
  proof?: Proof;
  pressedAt?: string;
  scheduledFor?: string | null;
  nextLook?: string | null;
  lookedAt?: string;
  looks?: number;
  problem?: Problem | null;
  missed?: number;
  /** Adds one to the attempts and writes this one. */
  attempt?: AttemptStart;
}

/**
 * Moves a publication to another state; the only way to change one. Whoever was at work on it is no longer,
 * but for the press itself. Throws ExpectedError (exit `usage`) when it does not exist or the table of moves
 * does not allow the move by this mover.
 */
export async function movePublication(
  transaction: StoreTransaction,
  name: PublicationName,
  move: PublicationMove,
  changes: MoveChanges = {},
): Promise<StoredPublication> {
  const before = await findPublication(transaction, name);
  if (before === null) throw noSuchPublication(name);
  if (!mayMove(before.state, move.to, move.by)) {
    throw new ExpectedError({
      exit: "usage",
      code: "move-not-allowed",
      what: `${name.post}@${name.to} is ${before.state}; it cannot become ${move.to} from there.`,
      fix: `Type \`findmehere queue list --all\` to see where it stands.`,
    });
  }
  const { attempt, problem, ...plain } = changes;
  const attempts = before.attempts + (attempt === undefined ? 0 : 1);
  const unclaimed = move.to === "submitting" ? {} : { claimedBy: null, claimedUntil: null };
  const set = { ...plain, ...unclaimed };
  await transaction
    .updateTable("publications")
    .set({
      state: move.to,
      updated_at: move.at,
      attempts,
      ...columnsOf(set),
      ...(problem === undefined
        ? {}
        : { problem: problem === null ? null : JSON.stringify(problem) }),
    })
    .where("post", "=", name.post)
    .where("destination", "=", name.to)
    .execute();
  await recordMove(transaction, name, before.state, move);
  if (attempt !== undefined) await addAttempt(transaction, name, attempts, attempt);
  return {
    ...before,
    ...set,
    ...(problem === undefined ? {} : { problem }),
    state: move.to,
    attempts,
  };
}

/** What keeps its state and gets another slot. */
export interface NewSlot {
  /** ISO 8601 UTC. */
  due: string;
  at: string;
  by: Mover;
  why: string;
  /** How many of its slots passed unused; left out, it stays. */
  missed?: number;
}

/** Gives a queued publication another slot and writes that into its history. */
export async function moveSlot(
  transaction: StoreTransaction,
  name: PublicationName,
  { due, at, by, why, missed }: NewSlot,
): Promise<StoredPublication> {
  const before = await findPublication(transaction, name);
  if (before === null) throw noSuchPublication(name);
  if (before.state !== "queued") {
    throw new ExpectedError({
      exit: "usage",
      code: "move-not-allowed",
      what: `${name.post}@${name.to} is ${before.state}; only what is queued has a slot to change.`,
      fix: `Type \`findmehere queue list --all\` to see where it stands.`,
    });
  }
  const set = { due, claimedBy: null, claimedUntil: null, missed: missed ?? before.missed };
  await transaction
    .updateTable("publications")
    .set({ ...columnsOf(set), updated_at: at })
    .where("post", "=", name.post)
    .where("destination", "=", name.to)
    .execute();
  await recordMove(transaction, name, "queued", { to: "queued", by, at, why });
  return { ...before, ...set };
}

/** What was known by its pasted address alone has been seen there; it stays live. */
export async function proveLive(
  transaction: StoreTransaction,
  before: StoredPublication,
  {
    at,
    why,
    url,
    remoteId,
  }: { at: string; why: string; url: string | null; remoteId: string | null },
): Promise<StoredPublication> {
  const set = { url, remoteId, proof: "read-back", lookedAt: at, nextLook: null } as const;
  await transaction
    .updateTable("publications")
    .set({ ...columnsOf(set), updated_at: at })
    .where("post", "=", before.post)
    .where("destination", "=", before.to)
    .execute();
  await recordMove(transaction, before, "live", { to: "live", by: "confirm", at, why });
  return { ...before, ...set };
}

/** Notes what stopped a publication that stays where it is; null: nothing does any more. */
export async function noteProblem(
  transaction: StoreTransaction,
  { post, to }: PublicationName,
  problem: Problem | null,
): Promise<void> {
  await transaction
    .updateTable("publications")
    .set({ problem: problem === null ? null : JSON.stringify(problem) })
    .where("post", "=", post)
    .where("destination", "=", to)
    .execute();
}

/** Notes the place's own id where none is known yet. Throws ExpectedError (exit `usage`) when there is no such publication. */
export async function noteRemoteId(
  transaction: StoreTransaction,
  name: PublicationName,
  remoteId: string | null,
): Promise<StoredPublication> {
  const before = await findPublication(transaction, name);
  if (before === null) throw noSuchPublication(name);
  if (remoteId === null || before.remoteId !== null) return before;
  await transaction
    .updateTable("publications")
    .set({ remote_id: remoteId })
    .where("post", "=", name.post)
    .where("destination", "=", name.to)
    .execute();
  return { ...before, remoteId };
}

/** The error for a name that no publication has. */
export function noSuchPublication({ post, to }: PublicationName): ExpectedError {
  return new ExpectedError({
    exit: "usage",
    code: "no-such-publication",
    what: `There is no publication ${post}@${to}.`,
    fix: "Type `findmehere queue list --all` to see what there is.",
  });
}

/** Writes one line of the history. */
async function recordMove(
  transaction: StoreTransaction,
  name: PublicationName,
  from: PublicationState,
  move: PublicationMove,
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

/** `handedOffAt` is the column `handed_off_at`, and so on. */
function columnsOf(changes: Readonly<Record<string, unknown>>): Partial<PublicationsTable> {
  return Object.fromEntries(
    Object.entries(changes)
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => [name.replaceAll(/[A-Z]/g, (at) => `_${at.toLowerCase()}`), value]),
  );
}
