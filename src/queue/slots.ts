import { Temporal } from "temporal-polyfill";
import { fractionOf } from "./fraction.ts";
import { localMoment, steadyOffset } from "./local.ts";
import { clockText } from "./parse.ts";
import { isQuietAt } from "./rules.ts";
import type { QueueRules } from "./rules.ts";

const minuteLength = 60_000;
const dayLength = 86_400_000;

/**
 * The moments at which the slot of a time (minutes since midnight) on a local day may lie, the one
 * we would like best first and the time without jitter last; empty when the day has no such slot:
 * the day does not exist in the zone, or the moment is quiet.
 *
 * The jitter depends on seed, day and time only. Where it cannot be kept its mirror image is tried,
 * then no jitter at all.
 */
export function slotChoices(day: number, time: number, rules: QueueRules, seed: string): number[] {
  const date = new Date(day * dayLength).toISOString().slice(0, 10);
  const base = momentOf(day, time, rules.zone);
  if (!isAllowed(base, day, rules)) return [];
  const reach = rules.jitterMinutes;
  const fraction = fractionOf(`${seed}|${date}|${clockText(time)}`);
  const jitter = (Math.floor(fraction * (2 * reach + 1)) - reach) * minuteLength;
  return [base + jitter, base - jitter, base];
}

/** The moment at which the zone's clock shows a time on a local day. */
function momentOf(day: number, time: number, zone: string): number {
  const offset = steadyOffset(day, zone);
  if (offset !== null) return day * dayLength + time * minuteLength - offset;
  const date = new Date(day * dayLength).toISOString().slice(0, 10);
  // "compatible": a time that the spring change jumps over moves forward, one that the autumn
  // change repeats is the first of the two.
  return Temporal.PlainDateTime.from(`${date}T${clockText(time)}`).toZonedDateTime(zone, {
    disambiguation: "compatible",
  }).epochMilliseconds;
}

/** False in the quiet hours, and outside the local day: there it would count for another day's cap. */
export function isAllowed(at: number, day: number, rules: QueueRules): boolean {
  return localMoment(at, rules.zone).day === day && !isQuietAt(at, rules);
}
