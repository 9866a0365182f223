import { ExpectedError } from "../../core/error.ts";
import { claimPublication } from "../../store/claims.ts";
import type { Claimant } from "../../store/claims.ts";
import { movePublication } from "../../store/move-publication.ts";
import type { StoreTransaction } from "../../store/open.ts";
import type { PublicationName } from "../../store/publications.ts";

/**
 * What the creator posted before its slot is handed off first, in the same transaction: its history stays true,
 * the caps count it, and no slot comes for it any more. Changes nothing for what is not queued.
 * @param at ISO 8601 UTC
 */
export async function takeAhead(
  transaction: StoreTransaction,
  { ahead, account }: { ahead?: Claimant; account: string },
  name: PublicationName,
  at: string,
): Promise<void> {
  if (ahead === undefined) return;
  const claimed = await claimPublication(transaction, name, ["queued"], ahead);
  if (claimed.is === "gone") return;
  if (claimed.is === "taken") {
    throw new ExpectedError({
      exit: "later",
      code: "publication-busy",
      what: `Another run is at work on ${name.post}@${name.to} right now.`,
      why: "Nothing was recorded.",
      fix: "Try again in a moment.",
    });
  }
  await movePublication(
    transaction,
    name,
    { to: "handed-off", by: "publish", at, why: "it was on the phone before its slot" },
    {
      ...{ way: "handoff", account, handedOffAt: at, problem: null },
      attempt: { kind: "handoff", startedAt: at, endedAt: at, outcome: "handed-off" },
    },
  );
}
