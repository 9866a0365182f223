import type { FilledDays } from "./filled.ts";
import { empty, fill, fillDays, hasRoom, keepsGap, limitsOf } from "./filled.ts";
import { localMoment } from "./local.ts";
import { assertRules, noUsableTime, usableTimes } from "./rules.ts";
import type { QueueRules } from "./rules.ts";
import { isAllowed, slotChoices } from "./slots.ts";

/** What is to be planned for one destination and account. */
export interface PlanRequest {
  /** In the order in which they shall go out. */
  items: readonly PlannableItem[];
  rules: QueueRules;
  /** Milliseconds since the epoch; no slot lies before it. */
  from: number;
  /** Milliseconds since the epoch: what this destination and account already used or planned. */
  taken: readonly number[];
  /** The same seed gives the same plan. */
  seed: string;
}

/** A post that wants a slot. */
export interface PlannableItem {
  post: string;
  to: string;
  /**
   * Milliseconds since the epoch: when the same post goes out elsewhere. It gets a slot on another local day, and
   * not nearer than the gap; until there is one, it waits, and what is behind it waits with it.
   */
  apartFrom?: readonly number[];
}

/** An item with its slot. */
export interface PlannedItem {
  post: string;
  to: string;
  /** ISO 8601 UTC to the second. */
  due: string;
}

interface Calendar {
  request: PlanRequest;
  times: number[];
  limits: number[];
  filled: FilledDays;
  /** How many moments lie before the day that is being filled. */
  before: number;
}

/** Longer than any pattern of clock changes, so that a plan which finds nothing ends. */
const daysWithoutSlot = 800;

/**
 * Gives every item its slot. Planning the first few items of a list gives them the same slots as
 * planning the whole list. So does planning the rest later, with the first ones as `taken`, where no item
 * has to wait for a day on which it is not out elsewhere.
 */
export function planSlots(request: PlanRequest): PlannedItem[] {
  const { items, rules, from, taken } = request;
  assertRules(rules);
  const times = usableTimes(rules);
  const filled = fillDays(taken, rules.zone);
  const limits = limitsOf(rules, times.length);
  const planned: PlannedItem[] = [];
  let day = localMoment(from, rules.zone).day;
  const calendar: Calendar = { request, times, limits, filled, before: countBefore(filled, day) };
  for (let fruitless = 0; planned.length < items.length; day += 1) {
    const wanted = hasRoom(filled, day, limits);
    const moments = wanted ? fillDay(day, calendar) : [];
    for (const [index, at] of moments.entries()) {
      const item = items[planned.length];
      if (item !== undefined && !isApart(at, day, item, rules)) {
        // The rest of this day is free again, so that the next day may have it.
        for (const unused of moments.slice(index)) empty(filled, day, unused);
        break;
      }
      if (item !== undefined) planned.push({ post: item.post, to: item.to, due: secondsIso(at) });
    }
    calendar.before += filled.get(day)?.length ?? 0;
    fruitless = moments.length > 0 || !wanted ? 0 : fruitless + 1;
    if (fruitless > daysWithoutSlot) throw noUsableTime(rules);
  }
  return planned;
}

/** True where the same post goes out elsewhere on another local day, and not nearer than the gap. */
function isApart(at: number, day: number, { apartFrom = [] }: PlannableItem, rules: QueueRules) {
  return apartFrom.every(
    (other) =>
      Math.abs(at - other) >= rules.minGapMinutes * 60_000 &&
      localMoment(other, rules.zone).day !== day,
  );
}

/**
 * Fills one day as far as the limits allow, whether or not so many items are left: what an item gets
 * must not depend on those behind it. Where a day uses only some of the times, they take turns.
 */
function fillDay(day: number, calendar: Calendar): number[] {
  const { times, filled, limits, before } = calendar;
  const moments: number[] = [];
  for (let turn = 0; turn < times.length && hasRoom(filled, day, limits); turn += 1) {
    const at = momentFor(day, times[(before + turn) % times.length] ?? 0, calendar);
    if (at === null) continue;
    fill(filled, day, at);
    moments.push(at);
  }
  return moments.sort((one, other) => one - other);
}

function momentFor(day: number, time: number, { request, filled }: Calendar): number | null {
  const { rules, seed, from } = request;
  const choices = slotChoices(day, time, rules, seed);
  if ((choices.at(-1) ?? Number.NEGATIVE_INFINITY) < from) return null;
  // An earlier plan with this seed already used the slot, perhaps by another of its choices.
  const used = filled.get(day) ?? [];
  if (choices.some((choice) => used.includes(choice))) return null;
  const gap = rules.minGapMinutes * 60_000;
  const fits = (at: number): boolean =>
    at >= from && keepsGap(filled, day, at, gap) && isAllowed(at, day, rules);
  return choices.find(fits) ?? null;
}

function countBefore(filled: FilledDays, day: number): number {
  let count = 0;
  for (const [other, moments] of filled) if (other < day) count += moments.length;
  return count;
}

function secondsIso(at: number): string {
  return `${new Date(at).toISOString().slice(0, 19)}Z`;
}
