import { describe, expect, test } from "vitest";
import { ExpectedError } from "../../src/core/error.ts";
import { assertCalendarAllowed, calendarIsMoved, systemClock } from "../../src/edge/clock.ts";

function refusal(work: () => unknown): ExpectedError {
  try {
    work();
  } catch (error) {
    if (error instanceof ExpectedError) return error;
  }
  throw new Error("it was accepted");
}

describe("systemClock", () => {
  test("shows the real time when nothing moves it", () => {
    const clock = systemClock({ FINDMEHERE_NOW: " " });
    expect(Math.abs(clock.calendar() - Date.now())).toBeLessThan(1000);
    expect(Math.abs(clock.wall() - Date.now())).toBeLessThan(1000);
  });

  // The tests run in New York: a time without a zone is that of the machine.
  test.each([
    ["2026-12-03T19:30:00Z", "2026-12-03T19:30:00.000Z"],
    ["2026-12-03T19:30Z", "2026-12-03T19:30:00.000Z"],
    ["2026-12-03T19:30:00.250Z", "2026-12-03T19:30:00.250Z"],
    ["2026-12-03T19:30:00+01:00", "2026-12-03T18:30:00.000Z"],
    ["2026-12-03T19:30:00+0100", "2026-12-03T18:30:00.000Z"],
    ["2026-12-03T19:30", "2026-12-04T00:30:00.000Z"],
    ["2026-12-03", "2026-12-03T00:00:00.000Z"],
  ])("%s moves the calendar and nothing else", (text, iso) => {
    const clock = systemClock({ FINDMEHERE_NOW: text });
    const moved = clock.calendar() - Date.parse(iso);
    expect(moved).toBeGreaterThanOrEqual(0);
    expect(moved).toBeLessThan(1000);
    expect(Math.abs(clock.wall() - Date.now())).toBeLessThan(1000);
  });

  test("a moved calendar flows with the wall clock", async () => {
    const clock = systemClock({ FINDMEHERE_NOW: "2030-01-01T00:00:00Z" });
    const [calendar, wall] = [clock.calendar(), clock.wall()];
    await clock.sleep(60);
    const [flowed, passed] = [clock.calendar() - calendar, clock.wall() - wall];
    expect(flowed).toBeGreaterThanOrEqual(50);
    expect(Math.abs(flowed - passed)).toBeLessThan(500);
  });

  test.each(["tomorrow", "2026-13-01", "2026-02-30T10:00:00Z", "2026-12-03T25:00Z", "1764787800"])(
    "refuses %s",
    (text) => {
      const { details } = refusal(() => systemClock({ FINDMEHERE_NOW: text }));
      expect(details.exit).toBe("settings");
      expect(details.what).toContain("FINDMEHERE_NOW");
    },
  );
});

describe("sleep", () => {
  const { sleep } = systemClock({});
  const reason = new Error("enough");

  test("rejects with the signal's reason, before and while it waits", async () => {
    await expect(sleep(60_000, AbortSignal.abort(reason))).rejects.toBe(reason);
    const stop = new AbortController();
    const slept = sleep(60_000, stop.signal);
    stop.abort(reason);
    await expect(slept).rejects.toBe(reason);
  });

  test("a wait longer than Node's timers can does not end at once", async () => {
    const stop = new AbortController();
    const slept = sleep(40 * 86_400_000, stop.signal).then(
      () => "ended",
      () => "stopped",
    );
    expect(await Promise.race([slept, sleep(50).then(() => "still waiting")])).toBe(
      "still waiting",
    );
    stop.abort(reason);
    expect(await slept).toBe("stopped");
  });
});

describe("a moved calendar", () => {
  const moved = { FINDMEHERE_NOW: "2026-12-03T19:30:00Z" };

  test("is known", () => {
    expect(calendarIsMoved(moved)).toBe(true);
    expect([{}, { FINDMEHERE_NOW: "" }].map(calendarIsMoved)).toEqual([false, false]);
  });

  test("is taken by a command that changes nothing, and by a test", () => {
    expect(() => assertCalendarAllowed(moved, false)).not.toThrow();
    expect(() => assertCalendarAllowed({ ...moved, FINDMEHERE_TEST: "1" }, true)).not.toThrow();
    expect(() => assertCalendarAllowed({}, true)).not.toThrow();
  });

  test.each([undefined, "", "0", "true"])("is refused by one that does, with %j", (value) => {
    const { details } = refusal(() =>
      assertCalendarAllowed({ ...moved, FINDMEHERE_TEST: value }, true),
    );
    expect(details.exit).toBe("usage");
    expect(details.fix).toContain("FINDMEHERE_TEST=1");
  });
});

describe("the pace of waits", () => {
  test("is a test's own only together with FINDMEHERE_TEST", async () => {
    const clock = systemClock({ FINDMEHERE_TEST: "1", FINDMEHERE_TEST_PACE: "1000" });
    const start = performance.now();
    await clock.sleep(20_000);
    expect(performance.now() - start).toBeLessThan(5000);
  });

  test.each([
    { FINDMEHERE_TEST_PACE: "1000" },
    { FINDMEHERE_TEST_PACE: "1000", FINDMEHERE_TEST: "0" },
    { FINDMEHERE_TEST_PACE: "0.5", FINDMEHERE_TEST: "1" },
    { FINDMEHERE_TEST_PACE: "fast", FINDMEHERE_TEST: "1" },
  ])("is a person's otherwise: %j is refused", (environment) => {
    expect(refusal(() => systemClock(environment)).details).toMatchObject({
      exit: "usage",
      code: "pace-changed",
    });
  });
});
