import { mostNoticeTries, noticeWait } from "../core/notice.ts";
import type { NoticeKind, NoticeServiceId } from "../core/notice.ts";
import type { StoreTransaction } from "./open.ts";

/** Something that the creator is to be told once. */
export interface Notice {
  kind: NoticeKind;
  /** What it is about and which time; the same never comes twice. */
  about: string;
  /** For people; the first line is its title. */
  text: string;
}

/** A notice that one service is to carry. */
export interface WaitingNotice extends Notice {
  service: NoticeServiceId;
  /** Tries begun, this one included. */
  tries: number;
}

type NoticeName = Pick<WaitingNotice, "kind" | "about" | "service">;

/**
 * Keeps a notice for each service, to be sent after this transaction; what was kept before stays as it is.
 * @param at from when on it may be sent, ISO 8601 UTC
 */
export async function keepNotice(
  transaction: StoreTransaction,
  services: readonly NoticeServiceId[],
  notice: Notice,
  at: string,
): Promise<void> {
  for (const service of services) {
    await transaction
      .insertInto("notices")
      .values({ ...notice, service, at, sent_at: null, tries: 0 })
      .onConflict((conflict) => conflict.columns(["kind", "about", "service"]).doNothing())
      .execute();
  }
}

/**
 * Takes the next notice that may be sent and counts the try before it begins, so that two runs never send the
 * same one at the same time. A run that dies while it sends leaves it for the next try, which may be its
 * second arrival: better twice than never. Null when none waits.
 */
export async function claimNotice(
  transaction: StoreTransaction,
  services: readonly NoticeServiceId[],
  now: number,
): Promise<WaitingNotice | null> {
  if (services.length === 0) return null;
  const row = await transaction
    .selectFrom("notices")
    .selectAll()
    .where("sent_at", "is", null)
    .where("at", "<=", iso(now))
    .where("tries", "<", mostNoticeTries)
    .where("service", "in", services)
    .orderBy("at")
    .orderBy("kind")
    .orderBy("about")
    .orderBy("service")
    .limit(1)
    .executeTakeFirst();
  if (row === undefined) return null;
  const tries = row.tries + 1;
  const { numUpdatedRows } = await transaction
    .updateTable("notices")
    .set({ tries, at: iso(now + noticeWait(tries)) })
    .where("kind", "=", row.kind)
    .where("about", "=", row.about)
    .where("service", "=", row.service)
    .where("tries", "=", row.tries)
    .executeTakeFirst();
  if (numUpdatedRows === 0n) return null;
  const { about, text } = row;
  const service = row.service as NoticeServiceId;
  return { kind: row.kind as NoticeKind, about, service, text, tries };
}

/** What came of a try: the service took it, it is to be tried later, or nobody needs it any more. */
export type NoticeOutcome = { sent: number } | { notBefore: number } | { over: true };

/** Writes down what came of a try. */
export async function settleNotice(
  transaction: StoreTransaction,
  { kind, about, service }: NoticeName,
  outcome: NoticeOutcome,
): Promise<void> {
  const set =
    "sent" in outcome
      ? { sent_at: iso(outcome.sent) }
      : "over" in outcome
        ? // One more than is ever tried: nobody needs it, so nobody is told that it failed.
          { tries: mostNoticeTries + 1 }
        : { at: iso(outcome.notBefore) };
  await transaction
    .updateTable("notices")
    .set(set)
    .where("kind", "=", kind)
    .where("about", "=", about)
    .where("service", "=", service)
    .execute();
}

/** Lets everything that waits wait at least until then. */
export async function postponeNotices(transaction: StoreTransaction, until: number): Promise<void> {
  await transaction
    .updateTable("notices")
    .set({ at: iso(until) })
    .where("sent_at", "is", null)
    .where("at", "<", iso(until))
    .execute();
}

/** Forgets what waits for services that are no longer set up; else a timer would wake for it for ever. */
export async function forgetNoticesBut(
  transaction: StoreTransaction,
  services: readonly NoticeServiceId[],
): Promise<void> {
  await transaction
    .deleteFrom("notices")
    .where("sent_at", "is", null)
    .where("service", "not in", services.length === 0 ? [""] : services)
    .execute();
}

function iso(at: number): string {
  return new Date(at).toISOString();
}
