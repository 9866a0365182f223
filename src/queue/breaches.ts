import { countDays } from "./filled.ts";
import type { FilledDays } from "./filled.ts";
import { localMoment } from "./local.ts";
import { isQuietAt } from "./rules.ts";
import type { QueueRules } from "./rules.ts";

/** A slot that a person chose, and what else there is. */
export interface ChosenSlot {
  /** Milliseconds since the epoch. */
  at: number;
  rules: QueueRules;
  /** Every slot of this destination and account, this one too. */
  filled: FilledDays;
  /** Milliseconds since the epoch: when the same post goes out elsewhere. */
  elsewhere: readonly number[];
}

/** What of the creator's own rules a slot breaks, each as a short clause; empty when it breaks none. */
export function breachesOf({ at, rules, filled, elsewhere }: ChosenSlot): string[] {
  const { day } = localMoment(at, rules.zone);
  const gap = rules.minGapMinutes * 60_000;
  const reach = Math.ceil(gap / 86_400_000) + 1;
  const near: number[] = [];
  for (let other = day - reach; other <= day + reach; other += 1) {
    near.push(...(filled.get(other) ?? []));
  }
  const weeks = [-6, -5, -4, -3, -2, -1, 0].map((shift) => countDays(filled, day + shift, 7));
  return [
    ...(isQuietAt(at, rules) ? ["it lies in your quiet hours, so it will wait for their end"] : []),
    ...(near.filter((other) => other === at).length > 1
      ? ["another post has this very minute"]
      : near.some((other) => other !== at && Math.abs(other - at) < gap)
        ? ["another post is nearer than queue.minGap"]
        : []),
    ...(countDays(filled, day, 1) > rules.perDay ? ["that day has its most posts already"] : []),
    ...(Math.max(...weeks) > rules.perWeek
      ? ["those seven days have their most posts already"]
      : []),
    ...(elsewhere.some((other) => localMoment(other, rules.zone).day === day)
      ? ["the same post goes out elsewhere on that day"]
      : []),
  ];
}
