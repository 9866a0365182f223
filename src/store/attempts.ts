import type { StoreTransaction } from "./open.ts";
import type { PublicationName } from "./publications.ts";

/** How an attempt begins; `endedAt` is null while the press is under way. */
export interface AttemptStart {
  kind: "handoff" | "browser";
  startedAt: string;
  endedAt: string | null;
  outcome: string;
}

/** Writes the attempt with this number. */
export async function addAttempt(
  transaction: StoreTransaction,
  { post, to }: PublicationName,
  sequence: number,
  { kind, startedAt, endedAt, outcome }: AttemptStart,
): Promise<void> {
  await transaction
    .insertInto("attempts")
    .values({
      ...{ post, destination: to, sequence, kind, started_at: startedAt },
      ...{ ended_at: endedAt, outcome, note: null },
    })
    .execute();
}

/** Ends the attempt that is under way; nothing where none is. `endedAt` null: nobody saw its end. */
export async function endAttempt(
  transaction: StoreTransaction,
  { post, to }: PublicationName,
  { endedAt, outcome, note }: { endedAt: string | null; outcome: string; note: string | null },
): Promise<void> {
  await transaction
    .updateTable("attempts")
    .set({ ended_at: endedAt, outcome, note })
    .where("post", "=", post)
    .where("destination", "=", to)
    .where("outcome", "=", pressing)
    .execute();
}

/** The outcome of an attempt that is under way. */
export const pressing = "pressing";
