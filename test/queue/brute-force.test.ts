import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { localMoment, startOfDay } from "../../src/queue/local.ts";
import { planSlots } from "../../src/queue/plan.ts";
import type { PlanRequest } from "../../src/queue/plan.ts";
import { readMoment, writeMoment } from "../../src/queue/read-moment.ts";
import { bruteForcePlan, clockOf, momentOf, twentyZones } from "./brute-force.ts";

const minuteLength = 60_000;
const dayLength = 86_400_000;

/** Two destinations, one after the other, no post on both on one day. */
function bothPlans(request: PlanRequest, plan: (each: PlanRequest) => string[]): string[] {
  const first = plan(request);
  const items = request.items.map((item, index) => ({
    ...item,
    to: "lemon8",
    apartFrom: [Date.parse(first[index] ?? "")],
  }));
  const rules = { ...request.rules, perWeek: 7 };
  return [...first, ...plan({ ...request, items, rules, seed: `${request.seed} lemon8` })];
}

const ours = (request: PlanRequest): string[] => planSlots(request).map(({ due }) => due);

describe.each(twentyZones)("%s", (zone) => {
  const clock = clockOf(zone);

  test("every slot of a year and more for two places is where plain reckoning puts it", () => {
    for (const times of [["19:30"], ["00:30", "02:15", "12:00", "23:45"]]) {
      const request: PlanRequest = {
        items: Array.from({ length: 200 }, (_, index) => ({ post: `p${index}`, to: "rednote" })),
        rules: {
          ...{ perDay: 2, perWeek: 3, times, zone, minGapMinutes: 240, jitterMinutes: 20 },
          quietHours: times.length === 1 ? { from: "22:00", to: "08:00" } : null,
        },
        from: Date.parse("2026-01-15T11:00:00Z"),
        taken: [],
        seed: `seed ${zone}`,
      };
      expect(bothPlans(request, ours)).toEqual(bothPlans(request, bruteForcePlan));
    }
  });

  test("any rules, any start, whatever is taken", () => {
    const some = fc.record({
      perDay: fc.integer({ min: 1, max: 3 }),
      perWeek: fc.integer({ min: 1, max: 14 }),
      times: fc.uniqueArray(fc.constantFrom("00:00", "02:30", "09:00", "13:10", "19:30", "23:55"), {
        minLength: 1,
        maxLength: 4,
      }),
      quiet: fc.constantFrom(null, { from: "22:00", to: "08:00" }, { from: "01:00", to: "03:00" }),
      gap: fc.constantFrom(0, 45, 240, 2000),
      jitter: fc.constantFrom(0, 20, 75),
      days: fc.integer({ min: 0, max: 400 }),
      minutes: fc.integer({ min: 0, max: 1439 }),
      taken: fc.array(fc.integer({ min: -5 * 1440, max: 20 * 1440 }), { maxLength: 4 }),
      seed: fc.string({ maxLength: 4 }),
    });
    fc.assert(
      fc.property(some, (each) => {
        const from =
          Date.parse("2026-01-01T00:00:00Z") + each.days * dayLength + each.minutes * minuteLength;
        const request: PlanRequest = {
          items: Array.from({ length: 12 }, (_, index) => ({ post: `p${index}`, to: "rednote" })),
          rules: {
            ...{ perDay: each.perDay, perWeek: each.perWeek, zone, quietHours: each.quiet },
            ...{ minGapMinutes: each.gap, jitterMinutes: each.jitter },
            times: [...new Set([...each.times, "16:30"])],
          },
          from,
          taken: each.taken.map((minutes) => from + minutes * minuteLength),
          seed: each.seed,
        };
        expect(bothPlans(request, ours)).toEqual(bothPlans(request, bruteForcePlan));
      }),
      { numRuns: 8, seed: 7 },
    );
  });

  test("our clock shows what Intl's shows, at every hour around every change of two years", () => {
    const wrong: number[] = [];
    const first = Date.parse("2026-01-01T00:00:00Z");
    for (let at = first; at < first + 730 * dayLength; at += 3_600_000 / 2) {
      const shown = localMoment(at, zone);
      const { day, minute } = clock(at);
      if (shown.day !== day || shown.minute !== minute) wrong.push(at);
    }
    expect(wrong).toEqual([]);
  });

  test("a day begins with its first moment", () => {
    const first = Date.parse("2026-01-01T00:00:00Z") / dayLength;
    for (let day = first; day < first + 365; day += 1) {
      const date = new Date(day * dayLength).toISOString().slice(0, 10);
      const begin = startOfDay(date, zone);
      expect(clock(begin).day, date).toBe(day);
      expect(clock(begin - minuteLength).day, date).toBeLessThan(day);
    }
  });

  test("a time that a person writes is read as the clock shows it, or refused where it shows none", () => {
    const first = Date.parse("2026-01-01T00:00:00Z") / dayLength;
    for (let day = first; day < first + 365; day += 1) {
      const date = new Date(day * dayLength).toISOString().slice(0, 10);
      for (const [time, minute] of [
        ["00:15", 15],
        ["01:30", 90],
        ["02:30", 150],
        ["19:30", 1170],
      ] as const) {
        const { at, exists } = momentOf(clock, day, minute);
        const read = readMoment(`${date} ${time}`, zone);
        if (exists) expect(read, `${date} ${time}`).toMatchObject({ at });
        else expect(read, `${date} ${time}`).toHaveProperty("why");
        if (exists) expect(writeMoment(new Date(at).toISOString(), zone)).toBe(`${date} ${time}`);
      }
    }
  });
});
