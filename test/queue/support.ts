import { Temporal } from "temporal-polyfill";
import type { QueueRules } from "../../src/queue/rules.ts";

/** The defaults of the settings for RedNote. */
export const usualRules: QueueRules = {
  perDay: 1,
  perWeek: 3,
  times: ["19:30"],
  zone: "America/New_York",
  quietHours: { from: "22:00", to: "08:00" },
  minGapMinutes: 240,
  jitterMinutes: 20,
};

/** So many items, `p0` first. */
export function itemsOf(count: number): { post: string; to: string }[] {
  return Array.from({ length: count }, (_, index) => ({ post: `p${index}`, to: "rednote" }));
}

/** What the wall clock shows; asked of Temporal, so that our own reading of it is not its own judge. */
export function wallClock(at: number, zone: string): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone);
}

/** The local date as a number of days. */
export function dayNumber(at: number, zone: string): number {
  const epoch = Temporal.PlainDate.from("1970-01-01");
  return epoch.until(wallClock(at, zone).toPlainDate(), { largestUnit: "day" }).days;
}

/** The most moments that lie in any so many consecutive local days. */
export function mostInDays(moments: readonly number[], zone: string, days: number): number {
  const numbers = moments.map((at) => dayNumber(at, zone));
  const counts = numbers.map(
    (first) => numbers.filter((day) => day >= first && day < first + days).length,
  );
  return Math.max(0, ...counts);
}

/** True when the minute of the day lies in the quiet hours. */
export function isQuietClock(at: number, rules: QueueRules): boolean {
  if (rules.quietHours === null) return false;
  const { from, to } = rules.quietHours;
  const clock = wallClock(at, rules.quietZone ?? rules.zone)
    .toPlainTime()
    .toString({ smallestUnit: "minute" });
  return from <= to ? clock >= from && clock < to : clock >= from || clock < to;
}

/** The smallest distance between any two moments, in minutes. */
export function smallestGap(moments: readonly number[]): number {
  const sorted = [...moments].sort((one, other) => one - other);
  const gaps = sorted.slice(1).map((at, index) => (at - (sorted[index] ?? 0)) / 60_000);
  return Math.min(Number.POSITIVE_INFINITY, ...gaps);
}
