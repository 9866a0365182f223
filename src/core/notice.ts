/** What a creator is told when nobody watches. */
export const noticeKinds = ["ready", "needs-you", "refused", "missed", "done"] as const;

/** One of the kinds; `test` is sent by `doctor --notify` alone and never kept. */
export type NoticeKind = (typeof noticeKinds)[number] | "test";

/** The services that carry a notice. */
export const noticeServices = ["ntfy", "webhook", "telegram"] as const;

/** One of the services. */
export type NoticeServiceId = (typeof noticeServices)[number];

/** Milliseconds to wait after the first, second, … try that came to nothing. */
const waits: readonly number[] = [5, 15, 60, 180, 480, 960].map((minutes) => minutes * 60_000);

/** How often one notice is tried with one service; a day and a half pass over it. */
export const mostNoticeTries = waits.length + 1;

/** Milliseconds until the next try, after so many that came to nothing (from 1). */
export function noticeWait(tries: number): number {
  return waits[Math.min(tries, waits.length) - 1] ?? 0;
}
