import { localMoment } from "./local.ts";
import type { QueueRules } from "./rules.ts";

/** The moments already used or planned, by local day. */
export type FilledDays = Map<number, number[]>;

const dayLength = 86_400_000;

/** Sorts moments (milliseconds since the epoch) into their local days. */
export function fillDays(taken: readonly number[], zone: string): FilledDays {
  const filled: FilledDays = new Map();
  for (const at of taken) fill(filled, localMoment(at, zone).day, at);
  return filled;
}

/** Adds one moment to its local day. */
export function fill(filled: FilledDays, day: number, at: number): void {
  const before = filled.get(day);
  if (before === undefined) filled.set(day, [at]);
  else before.push(at);
}

/** Takes one moment out of its local day again. */
export function empty(filled: FilledDays, day: number, at: number): void {
  const left = (filled.get(day) ?? []).filter((other) => other !== at);
  if (left.length === 0) filled.delete(day);
  else filled.set(day, left);
}

/**
 * The most posts that one to seven consecutive days may hold. Seven days hold the weekly cap, fewer
 * days their share of it, rounded up: this alone spreads the posts evenly, because filling the
 * earliest day that these limits allow gives the even pattern (3 a week: days 0, 2, 4, 7, 9, 11 …).
 */
export function limitsOf(rules: QueueRules, timesPerDay: number): number[] {
  const perDay = Math.min(rules.perDay, timesPerDay);
  const perWeek = Math.min(rules.perWeek, perDay * 7);
  return [1, 2, 3, 4, 5, 6, 7].map((days) => Math.ceil((days * perWeek) / 7));
}

/** True when one post more on this day keeps every limit, before the day as well as after it. */
export function hasRoom(filled: FilledDays, day: number, limits: readonly number[]): boolean {
  // sums[n] counts the first n of the days from six before this one to six after it.
  const sums = [0];
  for (let near = day - 6; near <= day + 6; near += 1) {
    sums.push((sums.at(-1) ?? 0) + (filled.get(near)?.length ?? 0));
  }
  return limits.every((limit, index) => {
    const length = index + 1;
    for (let first = 7 - length; first <= 6; first += 1) {
      if ((sums[first + length] ?? 0) - (sums[first] ?? 0) >= limit) return false;
    }
    return true;
  });
}

/** True when no moment lies nearer than the gap; never twice the same moment. */
export function keepsGap(filled: FilledDays, day: number, at: number, gap: number): boolean {
  const reach = Math.ceil(gap / dayLength) + 1;
  for (let near = day - reach; near <= day + reach; near += 1) {
    const moments = filled.get(near) ?? [];
    if (moments.some((other) => other === at || Math.abs(other - at) < gap)) return false;
  }
  return true;
}

/** How many moments lie in so many days from the first one on. */
export function countDays(filled: FilledDays, first: number, days: number): number {
  let count = 0;
  for (let day = first; day < first + days; day += 1) count += filled.get(day)?.length ?? 0;
  return count;
}
