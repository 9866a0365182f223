import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { planSlots } from "../../src/queue/plan.ts";
import { dayNumber, itemsOf, mostInDays, smallestGap, usualRules } from "./support.ts";

const from = Date.parse("2026-11-20T15:00:00Z");
const zones = ["America/New_York", "Asia/Kathmandu", "Australia/Lord_Howe", "Pacific/Apia"];

const some = fc.record({
  zone: fc.constantFrom(...zones),
  first: fc.integer({ min: 1, max: 14 }),
  second: fc.integer({ min: 1, max: 14 }),
  perDay: fc.integer({ min: 1, max: 2 }),
  gap: fc.constantFrom(0, 240, 3000),
  jitter: fc.constantFrom(0, 20),
  count: fc.integer({ min: 0, max: 40 }),
  seed: fc.string({ maxLength: 5 }),
});

describe("a post that goes to two places", () => {
  test("goes there on two days, by the rules of each, in the order of the posts", () => {
    fc.assert(
      fc.property(some, ({ zone, first, second, perDay, gap, jitter, count, seed }) => {
        const rules = {
          ...{ ...usualRules, zone, perDay, times: ["12:00", "19:30"] },
          ...{ minGapMinutes: gap, jitterMinutes: jitter },
        };
        const plan = (perWeek: number, to: string, elsewhere: readonly number[] = []) =>
          planSlots({
            items: itemsOf(count).map((item, index) => {
              const at = elsewhere[index];
              return { ...item, to, ...(at === undefined ? {} : { apartFrom: [at] }) };
            }),
            ...{ rules: { ...rules, perWeek }, from, taken: [], seed: `${seed} ${to}` },
          });
        const one = plan(first, "rednote").map(({ due }) => Date.parse(due));
        const planned = plan(second, "lemon8", one);
        const other = planned.map(({ due }) => Date.parse(due));
        expect(planned.map(({ post }) => post)).toEqual(itemsOf(count).map(({ post }) => post));
        for (const [index, at] of other.entries()) {
          const there = one[index] ?? 0;
          expect(dayNumber(at, zone)).not.toBe(dayNumber(there, zone));
          expect(Math.abs(at - there)).toBeGreaterThanOrEqual(gap * 60_000);
        }
        expect(smallestGap(other)).toBeGreaterThanOrEqual(gap);
        expect(mostInDays(other, zone, 1)).toBeLessThanOrEqual(perDay);
        expect(mostInDays(other, zone, 7)).toBeLessThanOrEqual(second);
        // The same again, and the same for the first few of them.
        expect(plan(second, "lemon8", one)).toEqual(planned);
        const few = Math.floor(count / 2);
        const less = planSlots({
          items: itemsOf(few).map((item, index) => ({
            ...item,
            to: "lemon8",
            apartFrom: [one[index] ?? 0],
          })),
          ...{ rules: { ...rules, perWeek: second }, from, taken: [], seed: `${seed} lemon8` },
        });
        expect(less).toEqual(planned.slice(0, few));
      }),
      { numRuns: 120, seed: 3 },
    );
  });

  test("costs the second place a day, not a week, where both have the same pace", () => {
    const rules = { ...usualRules, perWeek: 1 };
    const request = { rules, from, taken: [], seed: "one" };
    const one = planSlots({ ...request, items: itemsOf(20) }).map(({ due }) => Date.parse(due));
    const items = itemsOf(20).map((item, index) => ({ ...item, apartFrom: [one[index] ?? 0] }));
    const other = planSlots({ ...request, items }).map(({ due }) => Date.parse(due));
    const days = other.map(
      (at, index) => dayNumber(at, rules.zone) - dayNumber(one[index] ?? 0, rules.zone),
    );
    expect(new Set(days)).toEqual(new Set([1]));
  });
});
