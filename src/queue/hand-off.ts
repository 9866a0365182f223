import { countDays, fillDays } from "./filled.ts";
import { localMoment } from "./local.ts";
import { parseClockTime } from "./parse.ts";
import { assertRules, isQuietAt } from "./rules.ts";
import type { QueueRules } from "./rules.ts";

/** What decides whether one more pack may go to the phone now. */
export interface HandOffQuestion {
  /** Milliseconds since the epoch. */
  now: number;
  rules: QueueRules;
  /** Milliseconds since the epoch: earlier hand-offs and posts of this destination and account. */
  handedOff: readonly number[];
  /** Packs of this account that were handed off and not posted yet. */
  unposted: number;
}

/** Why a pack has to wait. */
export type HandOffWait = "quiet-hours" | "two-unposted" | "day-cap" | "week-cap" | "gap";

/** The answer; `until` is the first moment at which it may go out, null when only a person can tell. */
export type HandOffAnswer =
  | { may: true }
  | { may: false; reason: HandOffWait; until: number | null };

const minuteLength = 60_000;

/** How many packs may lie on the phone before the next one waits. */
const mostUnposted = 2;

/** Says whether one more pack may be handed off now; caps and gaps hold when catching up, too. */
export function mayHandOff(question: HandOffQuestion): HandOffAnswer {
  const { now, rules, handedOff, unposted } = question;
  assertRules(rules);
  // First, because it is the only one that waiting does not mend.
  if (unposted >= mostUnposted) return { may: false, reason: "two-unposted", until: null };
  const reason = waitAt(now, rules, handedOff);
  if (reason === null) return { may: true };
  let at = now;
  for (let wait: HandOffWait | null = reason; wait !== null;) {
    at = nextChance(wait, at, rules, handedOff);
    wait = waitAt(at, rules, handedOff);
  }
  return { may: false, reason, until: at };
}

function waitAt(at: number, rules: QueueRules, handedOff: readonly number[]): HandOffWait | null {
  if (isQuietAt(at, rules)) return "quiet-hours";
  const filled = fillDays(handedOff, rules.zone);
  const { day } = localMoment(at, rules.zone);
  if (countDays(filled, day, 1) >= rules.perDay) return "day-cap";
  if (countDays(filled, day - 6, 7) >= rules.perWeek) return "week-cap";
  return tooNear(at, rules, handedOff).length > 0 ? "gap" : null;
}

/** A later moment before which this reason stands; always later than `at`. */
function nextChance(
  wait: HandOffWait,
  at: number,
  rules: QueueRules,
  handedOff: readonly number[],
): number {
  if (wait === "quiet-hours") return endOfQuiet(at, rules);
  if (wait !== "gap") return startOfNextDay(at, rules.zone);
  return Math.max(...tooNear(at, rules, handedOff)) + rules.minGapMinutes * minuteLength;
}

function tooNear(at: number, rules: QueueRules, handedOff: readonly number[]): number[] {
  const gap = rules.minGapMinutes * minuteLength;
  return handedOff.filter((other) => Math.abs(at - other) < gap);
}

function endOfQuiet(at: number, rules: QueueRules): number {
  const zone = rules.quietZone ?? rules.zone;
  const end = parseClockTime(rules.quietHours?.to ?? "00:00", "queue.quietHours");
  const start = Math.floor(at / minuteLength) * minuteLength;
  const minutes = (end - localMoment(start, zone).minute + 1440) % 1440;
  const guess = start + minutes * minuteLength;
  if (localMoment(guess, zone).minute === end) return guess;
  // The clock changes in this night: walk, minute by minute.
  let walked = start + minuteLength;
  while (isQuietAt(walked, rules)) walked += minuteLength;
  return walked;
}

/** The first minute of the next local day, found by halving: no zone's day is longer than 26 hours. */
function startOfNextDay(at: number, zone: string): number {
  const { day } = localMoment(at, zone);
  let before = Math.floor(at / minuteLength);
  let after = before + 26 * 60;
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2);
    if (localMoment(middle * minuteLength, zone).day > day) after = middle;
    else before = middle;
  }
  return after * minuteLength;
}
