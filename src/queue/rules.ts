import { ExpectedError } from "../core/error.ts";
import { assertZone, localMoment } from "./local.ts";
import { parseClockTime } from "./parse.ts";

/** Hours of the day in which nothing is handed off; `from` after `to` wraps midnight. */
export interface QuietHours {
  /** "HH:MM", the first quiet minute. */
  from: string;
  /** "HH:MM", the first minute that is not quiet any more. */
  to: string;
}

/** When posts of one destination and account may go out. */
export interface QueueRules {
  /** Most posts in one local day. */
  perDay: number;
  /** Most posts in any seven consecutive local days. */
  perWeek: number;
  /** Local times of the day, "HH:MM". */
  times: string[];
  /** IANA zone of `times`, and of what a day is. */
  zone: string;
  quietHours: QuietHours | null;
  /**
   * IANA zone of the quiet hours where it is not `zone`: they are the creator's night, while the
   * times may be those of an audience elsewhere.
   */
  quietZone?: string;
  minGapMinutes: number;
  jitterMinutes: number;
}

/** Refuses rules by which nothing could ever be planned, naming the setting. */
export function assertRules(rules: QueueRules): void {
  assertWhole("queue.perDay", rules.perDay, 1);
  assertWhole("queue.perWeek", rules.perWeek, 1);
  assertWhole("queue.minGap", rules.minGapMinutes, 0);
  assertWhole("queue.jitter", rules.jitterMinutes, 0);
  assertZone(rules.zone, "queue.zone");
  if (rules.quietZone !== undefined) assertZone(rules.quietZone, "creator.timeZone");
}

/** The times of the day that may be used, in minutes since midnight, in order, each once. */
export function usableTimes(rules: QueueRules): number[] {
  const times = rules.times.map((time) => parseClockTime(time, "queue.times"));
  const inOrder = [...new Set(times)].sort((one, other) => one - other);
  // With another zone the same clock time is quiet in summer and not in winter: each day decides.
  const sameZone = rules.quietZone === undefined || rules.quietZone === rules.zone;
  const usable = sameZone ? inOrder.filter((time) => !isQuietMinute(time, rules)) : inOrder;
  if (usable.length === 0) throw noUsableTime(rules);
  return usable;
}

/** True when the creator wants to be left alone at this moment (milliseconds since the epoch). */
export function isQuietAt(at: number, rules: QueueRules): boolean {
  if (rules.quietHours === null) return false;
  return isQuietMinute(localMoment(at, rules.quietZone ?? rules.zone).minute, rules);
}

/** The error for rules that leave no moment at all. */
export function noUsableTime(rules: QueueRules): ExpectedError {
  const times = rules.times.length === 0 ? "empty" : rules.times.join(", ");
  const quiet = rules.quietHours;
  return new ExpectedError({
    exit: "settings",
    code: "no-usable-time",
    what: `With these settings no post can ever be planned: queue.times is ${times}.`,
    why:
      quiet === null
        ? "There is no time of the day at which a post may go out."
        : `Your quiet hours (queue.quietHours) are ${quiet.from}-${quiet.to}, and posts keep queue.minGap between them.`,
    fix: "Set queue.times to a time outside queue.quietHours: findmehere config set queue.times 19:30",
  });
}

function isQuietMinute(minute: number, rules: QueueRules): boolean {
  if (rules.quietHours === null) return false;
  const from = parseClockTime(rules.quietHours.from, "queue.quietHours");
  const to = parseClockTime(rules.quietHours.to, "queue.quietHours");
  return from <= to ? minute >= from && minute < to : minute >= from || minute < to;
}

function assertWhole(setting: string, value: number, least: number): void {
  if (Number.isInteger(value) && value >= least) return;
  throw new ExpectedError({
    exit: "settings",
    code: "bad-setting",
    what: `${setting} is ${value}.`,
    why: `It has to be a whole number, ${least} or more.`,
    fix: `Correct it in findmehere.jsonc, or type: findmehere config set ${setting} ${exampleOf(setting)}`,
  });
}

function exampleOf(setting: string): string {
  const examples: Record<string, string> = { "queue.minGap": "4h", "queue.jitter": "20m" };
  return examples[setting] ?? "1";
}
