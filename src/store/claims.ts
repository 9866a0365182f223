import type { PublicationState } from "../core/publication.ts";
import { endAttempt } from "./attempts.ts";
import { locksRows } from "./dialect.ts";
import { movePublication } from "./move-publication.ts";
import type { StoreTransaction } from "./open.ts";
import { publicationFromRow } from "./publications.ts";
import type { PublicationName, StoredPublication } from "./publications.ts";

/** Who claims, and what time it is. */
export interface Claimant {
  /** Names this run, as `edge/run-name` makes it. */
  by: string;
  /** Milliseconds by the machine's clock, which nothing moves on purpose. */
  wall: number;
  /** True when the run of that name is known to be dead; false when it lives or nobody can tell. */
  isGone(by: string): boolean;
}

/**
 * How long a claim counts that nobody renews, in milliseconds. It only says how soon others may take over:
 * whoever lost a claim finds out before the press, whatever the clocks say.
 */
export const claimLength = 120_000;

/** What came of a claim: the publication, or why there is none. */
export type Claimed =
  | { is: "claimed"; publication: StoredPublication }
  | { is: "gone" }
  | { is: "taken"; by: string; until: string };

/** Claims one publication that stands in one of these states, unless another run is at work on it. */
export async function claimPublication(
  transaction: StoreTransaction,
  { post, to }: PublicationName,
  states: readonly PublicationState[],
  claimant: Claimant,
): Promise<Claimed> {
  const row = await transaction
    .selectFrom("publications")
    .selectAll()
    .where("post", "=", post)
    .where("destination", "=", to)
    .where("state", "in", states)
    .$if(locksRows(transaction), (query) => query.forUpdate().skipLocked())
    .executeTakeFirst();
  // A row that another transaction has locked is being claimed right now, or moved on.
  if (row === undefined) return { is: "gone" };
  const found = publicationFromRow(row);
  if (isHeldByOther(found, claimant)) {
    return { is: "taken", by: found.claimedBy ?? "", until: found.claimedUntil ?? "" };
  }
  const claimedUntil = endOfClaim(claimant);
  await transaction
    .updateTable("publications")
    .set({ claimed_by: claimant.by, claimed_until: claimedUntil })
    .where("post", "=", post)
    .where("destination", "=", to)
    .execute();
  return { is: "claimed", publication: { ...found, claimedBy: claimant.by, claimedUntil } };
}

/** Says that the work goes on; false when the claim is lost. */
export async function renewClaim(
  transaction: StoreTransaction,
  { post, to }: PublicationName,
  claimant: Claimant,
): Promise<boolean> {
  const { numUpdatedRows } = await transaction
    .updateTable("publications")
    .set({ claimed_until: endOfClaim(claimant) })
    .where("post", "=", post)
    .where("destination", "=", to)
    .where("claimed_by", "=", claimant.by)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** Gives a publication back that was not pressed, with what stopped it. */
export async function releaseClaim(
  transaction: StoreTransaction,
  { post, to }: PublicationName,
  claimant: Claimant,
): Promise<void> {
  await transaction
    .updateTable("publications")
    .set({ claimed_by: null, claimed_until: null })
    .where("post", "=", post)
    .where("destination", "=", to)
    .where("claimed_by", "=", claimant.by)
    .where("state", "!=", "submitting")
    .execute();
}

/** The publication while this claim on it stands in this state; null when the claim is lost. */
export async function claimedPublication(
  transaction: StoreTransaction,
  { post, to }: PublicationName,
  state: PublicationState,
  { by }: Claimant,
): Promise<StoredPublication | null> {
  const row = await transaction
    .selectFrom("publications")
    .selectAll()
    .where("post", "=", post)
    .where("destination", "=", to)
    .where("state", "=", state)
    .where("claimed_by", "=", by)
    .$if(locksRows(transaction), (query) => query.forUpdate())
    .executeTakeFirst();
  return row === undefined ? null : publicationFromRow(row);
}

/** What runs that died left behind. */
export interface Recovered {
  /** Pressed, and nobody saw the answer: these are `unconfirmed` now and are never pressed again. */
  unconfirmed: StoredPublication[];
  /** Died before the press: simply due again. */
  freed: number;
}

/**
 * Ends the claims of runs that died or have not been heard of for the length of a claim. May be repeated.
 * @param at ISO 8601 UTC of the calendar, for the history
 */
export async function recoverClaims(
  transaction: StoreTransaction,
  claimant: Claimant,
  at: string,
): Promise<Recovered> {
  const rows = await transaction
    .selectFrom("publications")
    .selectAll()
    .where("claimed_by", "is not", null)
    .orderBy("destination")
    .orderBy("post")
    .$if(locksRows(transaction), (query) => query.forUpdate().skipLocked())
    .execute();
  const recovered: Recovered = { unconfirmed: [], freed: 0 };
  for (const publication of rows.map(publicationFromRow)) {
    if (publication.claimedBy === claimant.by || isHeldByOther(publication, claimant)) continue;
    if (publication.state !== "submitting") {
      await freeClaim(transaction, publication);
      recovered.freed += 1;
      continue;
    }
    const why = "the run that pressed ended before the answer came";
    await endAttempt(transaction, publication, {
      ...{ endedAt: null, outcome: "unconfirmed", note: why },
    });
    const move = { to: "unconfirmed", by: "recovery", at, why } as const;
    recovered.unconfirmed.push(
      await movePublication(transaction, publication, move, { nextLook: at, looks: 0 }),
    );
  }
  return recovered;
}

/** True while this account has a press under way; the database refuses a second one. */
export async function isPressing(
  transaction: StoreTransaction,
  to: string,
  account: string | null,
): Promise<boolean> {
  const row = await transaction
    .selectFrom("publications")
    .select("post")
    .where("destination", "=", to)
    .where("state", "=", "submitting")
    .$if(account !== null, (query) => query.where("account", "=", account ?? ""))
    .executeTakeFirst();
  return row !== undefined;
}

async function freeClaim(
  transaction: StoreTransaction,
  { post, to }: PublicationName,
): Promise<void> {
  await transaction
    .updateTable("publications")
    .set({ claimed_by: null, claimed_until: null })
    .where("post", "=", post)
    .where("destination", "=", to)
    .execute();
}

function isHeldByOther(publication: StoredPublication, { by, wall, isGone }: Claimant): boolean {
  const { claimedBy, claimedUntil } = publication;
  if (claimedBy === null || claimedBy === by || isGone(claimedBy)) return false;
  return claimedUntil !== null && Date.parse(claimedUntil) > wall;
}

function endOfClaim({ wall }: Claimant): string {
  return new Date(wall + claimLength).toISOString();
}
