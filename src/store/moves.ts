import type { StoreTransaction } from "./open.ts";
import type { PublicationName } from "./publications.ts";

/** One row of a publication's history: a move between states, or to another slot. */
export interface PastMove {
  /** ISO 8601 UTC. */
  at: string;
  from: string;
  to: string;
  /** A mover of the table of moves; `union` where two posts proved to be one. */
  by: string;
  why: string;
}

/** One time that something was made ready or pressed. */
export interface PastAttempt {
  kind: string;
  /** ISO 8601 UTC. */
  startedAt: string;
  endedAt: string | null;
  outcome: string;
  note: string | null;
}

/** Everything that happened to a publication, the oldest first. */
export async function historyOf(
  transaction: StoreTransaction,
  { post, to }: PublicationName,
): Promise<{ moves: PastMove[]; attempts: PastAttempt[] }> {
  const moves = await transaction
    .selectFrom("moves")
    .selectAll()
    .where("post", "=", post)
    .where("destination", "=", to)
    .orderBy("sequence")
    .execute();
  const attempts = await transaction
    .selectFrom("attempts")
    .selectAll()
    .where("post", "=", post)
    .where("destination", "=", to)
    .orderBy("sequence")
    .execute();
  return {
    moves: moves.map((row) => ({
      at: row.at,
      from: row.from_state,
      to: row.to_state,
      by: row.by_whom,
      why: row.why,
    })),
    attempts: attempts.map((row) => ({
      kind: row.kind,
      startedAt: row.started_at,
      endedAt: row.ended_at,
      outcome: row.outcome,
      note: row.note,
    })),
  };
}

/** How many moves each publication has behind it, and who made the last one, by `KEY@DESTINATION`. */
export async function lastMoves(
  transaction: StoreTransaction,
): Promise<Map<string, { count: number; by: string }>> {
  const rows = await transaction
    .selectFrom("moves")
    .select(["post", "destination", "sequence", "by_whom"])
    .orderBy("post")
    .orderBy("destination")
    .orderBy("sequence")
    .execute();
  return new Map(
    rows.map((row) => [`${row.post}@${row.destination}`, { count: row.sequence, by: row.by_whom }]),
  );
}
