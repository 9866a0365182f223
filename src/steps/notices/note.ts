import type { Destination } from "../../core/destination.ts";
import type { NoticeServiceId } from "../../core/notice.ts";
import { localDay, startOfDay } from "../../queue/local.ts";
import { keepNotice } from "../../store/notices.ts";
import type { StoreTransaction } from "../../store/open.ts";
import type { StoredPublication } from "../../store/publications.ts";
import { noticeOf } from "./words.ts";
import type { ItemEvent, NoticeEvent } from "./words.ts";

/** What keeping a notice needs. */
export interface NoticeDesk {
  /** The services that the settings name; none: nothing is kept. */
  services: readonly NoticeServiceId[];
  destinations: readonly Destination[];
  /** The creator's. */
  zone: string;
}

/**
 * Keeps a notice in the transaction of the move that it tells of, so that neither is ever without the other.
 * The same event comes once, however often it is noted. Sending is for `sendNotices`, after the transaction.
 * @param at by the calendar, in milliseconds
 */
export async function noteFor(
  transaction: StoreTransaction,
  desk: NoticeDesk,
  event: NoticeEvent,
  at: number,
): Promise<void> {
  if (desk.services.length === 0) return;
  const notice = noticeOf(event, desk);
  await keepNotice(transaction, desk.services, notice, new Date(at).toISOString());
}

/**
 * The same for a publication as it stands after its move; its attempts tell one occasion from the next.
 * @param at ISO 8601 UTC, by the calendar
 */
export async function noteItem(
  transaction: StoreTransaction,
  desk: NoticeDesk,
  what: ItemEvent["what"],
  { post, to, attempts, missed }: StoredPublication,
  at: string,
  reason = "",
): Promise<void> {
  const time = what === "missed" ? missed : attempts;
  await noteFor(transaction, desk, { what, post, to, time, reason }, Date.parse(at));
}

/** Notes that nothing more is planned for this month, or at all; once a month. To be asked when something went out. */
export async function noteMonthDone(
  transaction: StoreTransaction,
  desk: NoticeDesk,
  at: number,
): Promise<void> {
  if (desk.services.length === 0) return;
  const month = localDay(at, desk.zone).slice(0, 7);
  const { next } = await transaction
    .selectFrom("publications")
    .select(({ fn }) => fn.min("due").as("next"))
    .where("state", "=", "queued")
    .executeTakeFirstOrThrow();
  if (next !== null && localDay(Date.parse(next), desk.zone).slice(0, 7) <= month) return;
  const first = new Date(startOfDay(`${month}-01`, desk.zone)).toISOString();
  const { wentOut } = await transaction
    .selectFrom("publications")
    .select(({ fn }) => fn.countAll<number | string>().as("wentOut"))
    .where("handed_off_at", ">=", first)
    .executeTakeFirstOrThrow();
  await noteFor(transaction, desk, { what: "done", month, wentOut: Number(wentOut), next }, at);
}
