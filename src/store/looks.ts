import type { PublicationState } from "../core/publication.ts";
import type { StoreTransaction } from "./open.ts";
import { publicationFromRow } from "./publications.ts";
import type { PublicationName, StoredPublication } from "./publications.ts";

/** Which publications are to be looked at; moments are ISO 8601 UTC. */
export type LookWish =
  /** Those whose next look is due. */
  | { due: string }
  /**
   * Those of which nobody looked since then, whatever is due, and those that are live by a pasted address alone;
   * one of them alone where it is named.
   */
  | { rested: string; only: PublicationName | null };

/** Publications in these states that are to be looked at now, the oldest first. */
export async function dueLooks(
  transaction: StoreTransaction,
  states: readonly PublicationState[],
  wish: LookWish,
): Promise<StoredPublication[]> {
  let query = transaction.selectFrom("publications").selectAll();
  if ("due" in wish) {
    query = query.where("state", "in", states).where("next_look", "<=", wish.due);
  } else {
    query = query
      .where((where) =>
        where.or([
          where("state", "in", states),
          where.and([where("state", "=", "live"), where("proof", "=", "pasted")]),
        ]),
      )
      .where((where) =>
        where.or([where("looked_at", "is", null), where("looked_at", "<=", wish.rested)]),
      );
    if (wish.only !== null) {
      query = query.where("post", "=", wish.only.post).where("destination", "=", wish.only.to);
    }
  }
  const rows = await query.orderBy("handed_off_at").orderBy("post").execute();
  return rows.map(publicationFromRow);
}

/** Notes a look that settled nothing. */
export async function noteLooked(
  transaction: StoreTransaction,
  { post, to }: PublicationName,
  look: { lookedAt: string | null; looks: number; nextLook: string | null },
): Promise<void> {
  await transaction
    .updateTable("publications")
    .set({ looked_at: look.lookedAt, looks: look.looks, next_look: look.nextLook })
    .where("post", "=", post)
    .where("destination", "=", to)
    .execute();
}
