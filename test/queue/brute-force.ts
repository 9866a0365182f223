import { fractionOf } from "../../src/queue/fraction.ts";
import type { PlanRequest } from "../../src/queue/plan.ts";

// What a plan should be, reckoned in the plainest way from what Intl's clock shows: no Temporal, no table of
// offsets, no clever counting. Only the rules and the jitter's number are shared with what it checks.

/** Twenty zones, among them every strange kind of clock change. */
export const twentyZones = [
  "America/New_York",
  "America/Los_Angeles",
  "America/St_Johns",
  "America/Santiago",
  "America/Sao_Paulo",
  "America/Havana",
  "Europe/London",
  "Europe/Madrid",
  "Europe/Dublin",
  "Africa/Cairo",
  "Africa/Casablanca",
  "Asia/Shanghai",
  "Asia/Kathmandu",
  "Asia/Gaza",
  "Asia/Tehran",
  "Australia/Lord_Howe",
  "Australia/Adelaide",
  "Pacific/Apia",
  "Pacific/Chatham",
  "Antarctica/Troll",
] as const;

const dayLength = 86_400_000;

/** The local day and minute that a clock shows, asked of Intl each time. */
export function clockOf(zone: string): (at: number) => { day: number; minute: number } {
  const format = new Intl.DateTimeFormat("en-CA", {
    timeZone: zone,
    hourCycle: "h23",
    ...({ year: "numeric", month: "2-digit", day: "2-digit" } as const),
    ...({ hour: "2-digit", minute: "2-digit" } as const),
  });
  return (at) => {
    const [date = "", time = ""] = format.format(at).split(", ");
    const [hour = 0, minute = 0] = time.split(":").map(Number);
    return { day: Date.parse(`${date}T00:00:00Z`) / dayLength, minute: hour * 60 + minute };
  };
}

/**
 * The moment at which a clock shows a day and minute: the first of two; where the clock jumps over it, the moment
 * that so many minutes later would have been. Found by trying every offset that the zone has around that day.
 */
export function momentOf(
  clock: ReturnType<typeof clockOf>,
  day: number,
  minute: number,
): { at: number; exists: boolean } {
  const wanted = day * dayLength + minute * 60_000;
  const offsets: number[] = [];
  for (let hours = -36; hours <= 36; hours += 3) {
    const near = wanted + hours * 3_600_000;
    const shown = clock(near);
    offsets.push(shown.day * dayLength + shown.minute * 60_000 - near);
  }
  const [first] = [...new Set(offsets)]
    .map((offset) => wanted - offset)
    .filter((at) => {
      const shown = clock(at);
      return shown.day === day && shown.minute === minute;
    })
    .toSorted((one, other) => one - other);
  if (first !== undefined) return { at: first, exists: true };
  // Jumped over: by the offset that held before the jump.
  return { at: wanted - (offsets[0] ?? 0), exists: false };
}

/** The plan, day by day: each item the first slot that no rule forbids. ISO 8601 UTC to the second. */
export function bruteForcePlan(request: PlanRequest): string[] {
  const { items, rules, from, taken, seed } = request;
  const clock = clockOf(rules.zone);
  const quietClock = clockOf(rules.quietZone ?? rules.zone);
  const minutes = (text: string): number => Number(text.slice(0, 2)) * 60 + Number(text.slice(3));
  const isQuiet = (at: number): boolean => {
    if (rules.quietHours === null) return false;
    const [first, last] = [minutes(rules.quietHours.from), minutes(rules.quietHours.to)];
    const { minute } = quietClock(at);
    return first <= last ? minute >= first && minute < last : minute >= first || minute < last;
  };
  const times = [...new Set(rules.times)].toSorted().filter((time) => {
    if (rules.quietHours === null) return true;
    if (rules.quietZone !== undefined && rules.quietZone !== rules.zone) return true;
    const [first, last] = [minutes(rules.quietHours.from), minutes(rules.quietHours.to)];
    const minute = minutes(time);
    return !(first <= last ? minute >= first && minute < last : minute >= first || minute < last);
  });
  const gap = rules.minGapMinutes * 60_000;
  const used = [...taken];
  // Only what is near matters; a plan of years would be asked for all of it each day.
  const perDay = Math.min(rules.perDay, times.length);
  const perWeek = Math.min(rules.perWeek, perDay * 7);
  const days = new Map<number, number[]>();
  for (const at of used) days.set(clock(at).day, [...(days.get(clock(at).day) ?? []), at]);
  const on = (first: number, last: number): number[] => {
    const found: number[] = [];
    for (let day = first; day <= last; day += 1) found.push(...(days.get(day) ?? []));
    return found;
  };
  const hasRoom = (day: number): boolean => {
    for (let length = 1; length <= 7; length += 1) {
      const most = Math.ceil((length * perWeek) / 7);
      for (let first = day - length + 1; first <= day; first += 1) {
        if (on(first, first + length - 1).length >= most) return false;
      }
    }
    return true;
  };
  const dues: string[] = [];
  let day = clock(from).day;
  let before = [...days].filter(([other]) => other < day).flatMap(([, at]) => at).length;
  for (; dues.length < items.length; day += 1) {
    const chosen: number[] = [];
    for (let turn = 0; turn < times.length; turn += 1) {
      if (!hasRoom(day)) break;
      const time = times[(before + turn) % times.length] ?? "";
      const { at: base } = momentOf(clock, day, minutes(time));
      if (clock(base).day !== day || isQuiet(base) || base < from) continue;
      const date = new Date(day * dayLength).toISOString().slice(0, 10);
      const reach = rules.jitterMinutes;
      const shift =
        (Math.floor(fractionOf(`${seed}|${date}|${time}`) * (2 * reach + 1)) - reach) * 60_000;
      const choices = [base + shift, base - shift, base];
      if ((days.get(day) ?? []).some((other) => choices.includes(other))) continue;
      const near = on(day - Math.ceil(gap / dayLength) - 1, day + Math.ceil(gap / dayLength) + 1);
      const at = choices.find(
        (choice) =>
          choice >= from &&
          clock(choice).day === day &&
          !isQuiet(choice) &&
          near.every((other) => other !== choice && Math.abs(other - choice) >= gap),
      );
      if (at === undefined) continue;
      chosen.push(at);
      days.set(day, [...(days.get(day) ?? []), at]);
    }
    for (const at of chosen.toSorted((one, other) => one - other)) {
      const item = items[dues.length];
      const isApart = (item?.apartFrom ?? []).every(
        (other) => clock(other).day !== day && Math.abs(other - at) >= gap,
      );
      if (item !== undefined && !isApart) {
        days.set(
          day,
          (days.get(day) ?? []).filter((other) => other < at || !chosen.includes(other)),
        );
        break;
      }
      if (item !== undefined) dues.push(`${new Date(at).toISOString().slice(0, 19)}Z`);
    }
    before += (days.get(day) ?? []).length;
  }
  return dues;
}
