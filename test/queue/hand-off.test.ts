import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { mayHandOff } from "../../src/queue/hand-off.ts";
import type { HandOffAnswer } from "../../src/queue/hand-off.ts";
import type { QueueRules } from "../../src/queue/rules.ts";
import { isQuietClock, mostInDays, smallestGap, usualRules } from "./support.ts";

interface Given {
  now: string;
  handedOff?: string[];
  unposted?: number;
  rules?: Partial<QueueRules>;
}

function ask({ now, handedOff = [], unposted = 0, rules = {} }: Given): string {
  const answer: HandOffAnswer = mayHandOff({
    now: Date.parse(now),
    rules: { ...usualRules, ...rules },
    handedOff: handedOff.map((each) => Date.parse(each)),
    unposted,
  });
  if (answer.may) return "may";
  const until = answer.until === null ? "someone posts" : new Date(answer.until).toISOString();
  return `${answer.reason} until ${until}`;
}

// New York is at UTC-5 in this winter; its quiet hours are 03:00 to 13:00 UTC.
describe("mayHandOff", () => {
  test.each<[string, Given, string]>([
    ["nothing stands against it", { now: "2026-12-03T18:00:00Z" }, "may"],
    ["one lies unposted", { now: "2026-12-03T18:00:00Z", unposted: 1 }, "may"],
    [
      "two lie unposted",
      { now: "2026-12-03T18:00:00Z", unposted: 2 },
      "two-unposted until someone posts",
    ],
    [
      "two lie unposted in the night",
      { now: "2026-12-03T04:00:00Z", unposted: 3 },
      "two-unposted until someone posts",
    ],
    [
      "the quiet hours began",
      { now: "2026-12-03T03:00:00Z" },
      "quiet-hours until 2026-12-03T13:00:00.000Z",
    ],
    ["the quiet hours ended", { now: "2026-12-03T13:00:00Z" }, "may"],
    [
      "there are no quiet hours",
      { now: "2026-12-03T04:00:00Z", rules: { quietHours: null } },
      "may",
    ],
    [
      "the quiet hours are another zone's",
      { now: "2026-12-03T18:00:00Z", rules: { quietZone: "Asia/Shanghai" } },
      "quiet-hours until 2026-12-04T00:00:00.000Z",
    ],
    [
      "the day is used; the next morning is quiet until eight",
      { now: "2026-12-03T22:00:00Z", handedOff: ["2026-12-03T14:00:00Z"] },
      "day-cap until 2026-12-04T13:00:00.000Z",
    ],
    [
      "the day is used, without quiet hours",
      {
        now: "2026-12-03T22:00:00Z",
        handedOff: ["2026-12-03T14:00:00Z"],
        rules: { quietHours: null },
      },
      "day-cap until 2026-12-04T05:00:00.000Z",
    ],
    [
      "the week is used until the seventh day after its first",
      {
        now: "2026-12-06T18:00:00Z",
        handedOff: ["2026-12-01T18:00:00Z", "2026-12-03T18:00:00Z", "2026-12-05T18:00:00Z"],
      },
      "week-cap until 2026-12-08T13:00:00.000Z",
    ],
    [
      "the last one is nearer than the gap",
      {
        now: "2026-12-03T18:00:00Z",
        handedOff: ["2026-12-03T16:00:00Z"],
        rules: { perDay: 2 },
      },
      "gap until 2026-12-03T20:00:00.000Z",
    ],
    [
      "the gap ends in the night",
      {
        now: "2026-12-04T02:00:00Z",
        handedOff: ["2026-12-04T01:00:00Z"],
        rules: { perDay: 2 },
      },
      "gap until 2026-12-04T13:00:00.000Z",
    ],
    [
      "the night loses an hour",
      { now: "2026-03-08T05:00:00Z" },
      "quiet-hours until 2026-03-08T12:00:00.000Z",
    ],
    [
      "the night gains an hour",
      { now: "2026-11-01T03:00:00Z" },
      "quiet-hours until 2026-11-01T13:00:00.000Z",
    ],
    [
      "the day has 25 hours",
      {
        now: "2026-11-01T04:00:00Z",
        handedOff: ["2026-11-01T04:00:00Z"],
        rules: { quietHours: null },
      },
      "day-cap until 2026-11-02T05:00:00.000Z",
    ],
  ])("%s", (_, given, expected) => {
    expect(ask(given)).toBe(expected);
  });

  test("keeps caps, gaps and quiet hours when many wait after a long sleep", () => {
    const someRules = fc.record({
      perDay: fc.integer({ min: 1, max: 3 }),
      perWeek: fc.integer({ min: 1, max: 9 }),
      minGapMinutes: fc.constantFrom(0, 45, 240, 2000),
      zone: fc.constantFrom("America/New_York", "Europe/Madrid", "Asia/Shanghai"),
      quietHours: fc.constantFrom(null, { from: "22:00", to: "08:00" }),
    });
    const someStart = fc.integer({ min: 0, max: 365 * 24 * 60 });
    fc.assert(
      fc.property(someRules, someStart, (some, minutes) => {
        const rules: QueueRules = { ...usualRules, ...some };
        const handedOff: number[] = [];
        let now = Date.parse("2026-01-01T00:00:00Z") + minutes * 60_000;
        // Asked once more at each moment it names; in between it must say no, so a minute before too.
        for (let tick = 0; tick < 24; tick += 1) {
          const answer = mayHandOff({ now, rules, handedOff, unposted: 0 });
          if (answer.may) {
            handedOff.push(now);
            continue;
          }
          const until = answer.until ?? 0;
          expect(until).toBeGreaterThan(now);
          if (until - 60_000 > now) {
            const before = mayHandOff({ now: until - 60_000, rules, handedOff, unposted: 0 });
            expect(before.may).toBe(false);
          }
          expect(mayHandOff({ now: until, rules, handedOff, unposted: 0 }).may).toBe(true);
          now = until;
        }
        expect(handedOff.length).toBeGreaterThan(10);
        expect(mostInDays(handedOff, rules.zone, 1)).toBeLessThanOrEqual(rules.perDay);
        expect(mostInDays(handedOff, rules.zone, 7)).toBeLessThanOrEqual(rules.perWeek);
        expect(smallestGap(handedOff)).toBeGreaterThanOrEqual(rules.minGapMinutes);
        expect(handedOff.some((at) => isQuietClock(at, rules))).toBe(false);
      }),
      { numRuns: 40, seed: 20_261_120 },
    );
  });
});
