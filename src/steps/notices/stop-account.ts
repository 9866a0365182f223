import type { Problem } from "../../core/problem.ts";
import { holdAccount, stopAccount } from "../../store/accounts.ts";
import type { AccountName } from "../../store/accounts.ts";
import type { StoreTransaction } from "../../store/open.ts";
import { noteFor } from "./note.ts";
import type { NoticeDesk } from "./note.ts";

/** Stops an account, and has the creator told; the first sign stays, and is told once. */
export async function stopAndTell(
  transaction: StoreTransaction,
  desk: NoticeDesk,
  name: AccountName,
  sign: { at: string; problem: Problem },
): Promise<void> {
  if ((await holdAccount(transaction, name)) !== null) return;
  await stopAccount(transaction, name, sign);
  const { at, problem } = sign;
  const event = { what: "breaker", ...name, since: at, reason: problem.message } as const;
  await noteFor(transaction, desk, event, Date.parse(at));
}
