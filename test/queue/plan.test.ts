import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { planSlots } from "../../src/queue/plan.ts";
import type { PlannedItem } from "../../src/queue/plan.ts";
import type { QueueRules } from "../../src/queue/rules.ts";
import {
  dayNumber,
  isQuietClock,
  itemsOf,
  mostInDays,
  smallestGap,
  usualRules,
  wallClock,
} from "./support.ts";

const dayLength = 86_400_000;
const start = Date.parse("2026-11-20T15:00:00Z");

const zones = ["America/New_York", "Europe/Madrid", "Asia/Shanghai", "Australia/Lord_Howe", "UTC"];
const clocks = ["00:05", "02:30", "07:00", "08:00", "12:00", "12:30", "19:30", "21:55", "23:50"];

const someRules: fc.Arbitrary<QueueRules> = fc
  .record({
    perDay: fc.integer({ min: 1, max: 4 }),
    perWeek: fc.integer({ min: 1, max: 20 }),
    times: fc.uniqueArray(fc.constantFrom(...clocks), { minLength: 1, maxLength: 4 }),
    zone: fc.constantFrom(...zones),
    quietHours: fc.constantFrom(
      null,
      { from: "22:00", to: "08:00" },
      { from: "13:00", to: "15:00" },
    ),
    minGapMinutes: fc.constantFrom(0, 20, 240, 1440, 3000),
    jitterMinutes: fc.constantFrom(0, 7, 20, 90),
  })
  .map((rules) => ({ ...rules, times: [...rules.times, "16:30"] }));

const someFrom = fc
  .integer({ min: 0, max: 730 * 24 * 60 })
  .map((minutes) => start + minutes * 60_000);

const someRequest = fc.record({
  rules: someRules,
  from: someFrom,
  seed: fc.string({ maxLength: 8 }),
  count: fc.integer({ min: 0, max: 25 }),
  // Days from the start and minutes: near enough to matter.
  taken: fc.array(fc.tuple(fc.integer({ min: -8, max: 20 }), fc.integer({ min: 0, max: 1439 })), {
    maxLength: 6,
  }),
});

type Request = typeof someRequest extends fc.Arbitrary<infer Value> ? Value : never;

function takenOf(request: Request): number[] {
  return request.taken.map(([days, minutes]) => request.from + days * dayLength + minutes * 60_000);
}

function plan(request: Request, count = request.count, taken = takenOf(request)): PlannedItem[] {
  const { rules, from, seed } = request;
  return planSlots({ items: itemsOf(count), rules, from, taken, seed });
}

function moments(planned: readonly PlannedItem[]): number[] {
  return planned.map(({ due }) => Date.parse(due));
}

function always(check: (request: Request) => void): void {
  fc.assert(fc.property(someRequest, check), { numRuns: 150, seed: 20_261_120 });
}

describe("every plan", () => {
  test("gives every item one slot, in the order of the items, later and later", () => {
    always((request) => {
      const planned = plan(request);
      expect(planned.map(({ post }) => post)).toEqual(
        itemsOf(request.count).map(({ post }) => post),
      );
      const at = moments(planned);
      expect(at.every((each, index) => index === 0 || each > (at[index - 1] ?? 0))).toBe(true);
      expect(planned.every(({ due }) => /^\d{4}-\d\d-\d\dT\d\d:\d\d:00Z$/.test(due))).toBe(true);
    });
  });

  test("keeps the caps in every window of days, with what was taken", () => {
    always((request) => {
      const { zone, perDay, perWeek } = request.rules;
      const taken = takenOf(request);
      const planned = moments(plan(request));
      for (const at of planned) {
        const day = dayNumber(at, zone);
        const days = [...taken, ...planned].map((each) => dayNumber(each, zone));
        expect(days.filter((each) => each === day).length).toBeLessThanOrEqual(perDay);
        for (let first = day - 6; first <= day; first += 1) {
          const inWeek = days.filter((each) => each >= first && each < first + 7).length;
          expect(inWeek).toBeLessThanOrEqual(perWeek);
        }
      }
    });
  });

  test("keeps the gap to every other slot, planned or taken", () => {
    always((request) => {
      const planned = moments(plan(request));
      expect(smallestGap(planned)).toBeGreaterThanOrEqual(request.rules.minGapMinutes);
      for (const taken of takenOf(request)) {
        for (const at of planned) {
          expect(at).not.toBe(taken);
          expect(Math.abs(at - taken) / 60_000).toBeGreaterThanOrEqual(request.rules.minGapMinutes);
        }
      }
    });
  });

  test("never uses the quiet hours nor what lies before its start", () => {
    always((request) => {
      for (const at of moments(plan(request))) {
        expect(isQuietClock(at, request.rules)).toBe(false);
        expect(at).toBeGreaterThanOrEqual(request.from);
      }
    });
  });

  test("stays within the jitter of one of the times", () => {
    always((request) => {
      const { zone, times, jitterMinutes } = request.rules;
      for (const at of moments(plan(request))) {
        const clock = wallClock(at, zone).toPlainTime();
        const distances = times.map((time) => Math.abs(clock.since(time).total("minute")));
        // An hour more on the day of a clock change, whose missing hour moves a time forward.
        const changed = wallClock(at, zone).hoursInDay !== 24 ? 60 : 0;
        expect(Math.min(...distances)).toBeLessThanOrEqual(jitterMinutes + changed);
      }
    });
  });

  test("is repeatable, and the first items get the same slots without those behind them", () => {
    always((request) => {
      const whole = plan(request);
      expect(plan(request)).toEqual(whole);
      const few = Math.floor(request.count / 2);
      expect(plan(request, few)).toEqual(whole.slice(0, few));
    });
  });

  test("goes on where an earlier part of it stopped", () => {
    always((request) => {
      const whole = plan(request);
      const few = Math.floor(request.count / 3);
      const first = moments(plan(request, few));
      const rest = plan(request, request.count - few, [...takenOf(request), ...first]);
      expect(rest.map(({ due }) => due)).toEqual(whole.slice(few).map(({ due }) => due));
    });
  });
});

describe("a plan by the usual settings", () => {
  const request = { items: itemsOf(100), from: start, taken: [], seed: "library" };

  test("spreads three a week evenly", () => {
    const at = moments(planSlots({ ...request, rules: usualRules }));
    const days = at.map((each) => dayNumber(each, usualRules.zone));
    const first = days[0] ?? 0;
    expect(days.slice(0, 7).map((day) => day - first)).toEqual([0, 2, 4, 7, 9, 11, 14]);
  });

  test.each([1, 2, 3, 4, 5, 6, 7])("uses the whole cap of %i a week, and no burst", (perWeek) => {
    const rules = { ...usualRules, perWeek };
    const at = moments(planSlots({ ...request, rules }));
    for (let length = 1; length <= 7; length += 1) {
      expect(mostInDays(at, rules.zone, length)).toBe(Math.ceil((length * perWeek) / 7));
    }
    const days = at.map((each) => dayNumber(each, rules.zone));
    const distances = days.slice(1).map((day, index) => day - (days[index] ?? 0));
    expect(Math.max(...distances)).toBe(Math.ceil(7 / perWeek));
    expect(Math.min(...distances)).toBe(Math.floor(7 / perWeek));
  });

  test("ends on the day that arithmetic says", () => {
    const end = (perWeek: number): string => {
      const planned = planSlots({ ...request, rules: { ...usualRules, perWeek } });
      return wallClock(Date.parse(planned.at(-1)?.due ?? ""), usualRules.zone)
        .toPlainDate()
        .toString();
    };
    // 100 at 7 a week: 99 days after 20 November. At 3 a week: 33 weeks. At 1: 99 weeks.
    expect(end(7)).toBe("2027-02-27");
    expect(end(3)).toBe("2027-07-09");
    expect(end(1)).toBe("2028-10-13");
  });

  test("differs between seeds and between days, and really spreads over the jitter", () => {
    const minutes = (seed: string): number[] =>
      moments(planSlots({ ...request, seed, rules: { ...usualRules, perWeek: 7 } })).map((at) => {
        const clock = wallClock(at, usualRules.zone);
        return clock.hour * 60 + clock.minute - (19 * 60 + 30);
      });
    const one = minutes("one");
    expect(minutes("other")).not.toEqual(one);
    expect(new Set(one).size).toBeGreaterThan(25);
    expect(Math.min(...one)).toBeLessThan(-15);
    expect(Math.max(...one)).toBeGreaterThan(15);
    expect(Math.max(...one.map(Math.abs))).toBeLessThanOrEqual(20);
  });

  test("lets several times take turns where a day uses one of them", () => {
    const rules = { ...usualRules, perWeek: 7, jitterMinutes: 0, times: ["19:30", "12:00"] };
    const hours = moments(planSlots({ ...request, rules })).map(
      (at) => wallClock(at, rules.zone).hour,
    );
    expect(hours.slice(0, 6)).toEqual([12, 19, 12, 19, 12, 19]);
  });

  test("starts today when the time is still to come, else tomorrow", () => {
    const rules = { ...usualRules, jitterMinutes: 0 };
    const firstFrom = (from: string): string | undefined =>
      planSlots({ ...request, rules, from: Date.parse(from) })[0]?.due;
    expect(firstFrom("2026-11-21T00:30:00Z")).toBe("2026-11-21T00:30:00Z");
    expect(firstFrom("2026-11-21T00:30:01Z")).toBe("2026-11-22T00:30:00Z");
  });

  test("minds the creator's quiet hours where the times are another zone's", () => {
    const rules = { ...usualRules, zone: "Asia/Shanghai", times: ["12:00", "21:00"] };
    const hers = { ...rules, perWeek: 7, quietZone: "America/New_York" };
    const at = moments(planSlots({ ...request, rules: hers }));
    expect(at.some((each) => isQuietClock(each, hers))).toBe(false);
    // Noon there is her night; 21:00 there is 8:00 of her winter morning, so never earlier than that.
    expect(new Set(at.map((each) => wallClock(each, "Asia/Shanghai").hour))).toEqual(new Set([21]));
  });
});
