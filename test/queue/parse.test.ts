import { describe, expect, test } from "vitest";
import { ExpectedError } from "../../src/core/error.ts";
import { clockText, parseClockTime, parseGap, parseQuietHours } from "../../src/queue/parse.ts";

function refusal(work: () => unknown): ExpectedError {
  try {
    work();
  } catch (error) {
    if (error instanceof ExpectedError) return error;
  }
  throw new Error("it was accepted");
}

describe("parseClockTime", () => {
  test.each([
    ["00:00", 0],
    ["8:05", 485],
    [" 19:30 ", 1170],
    ["23:59", 1439],
  ])("reads %s", (text, minutes) => {
    expect(parseClockTime(text)).toBe(minutes);
  });

  test.each(["", "24:00", "12:60", "7pm", "19", "19:3", "-1:00", "19:30:00"])(
    "refuses %j, naming the setting",
    (text) => {
      const { details } = refusal(() => parseClockTime(text, "queue.times"));
      expect(details.exit).toBe("settings");
      expect(details.what).toBe(`queue.times cannot be read: "${text}".`);
    },
  );

  test("clockText writes what it reads", () => {
    expect([0, 485, 1439].map(clockText)).toEqual(["00:00", "08:05", "23:59"]);
  });
});

describe("parseQuietHours", () => {
  test.each([
    ["22:00-08:00", { from: "22:00", to: "08:00" }],
    [" 1:00 – 6:30 ", { from: "01:00", to: "06:30" }],
    ["none", null],
    ["OFF", null],
    ["", null],
  ])("reads %j", (text, hours) => {
    expect(parseQuietHours(text)).toEqual(hours);
  });

  test.each(["22:00", "22-8", "08:00-08:00", "22:00-25:00"])("refuses %j", (text) => {
    const { details } = refusal(() => parseQuietHours(text));
    expect(details.exit).toBe("settings");
    expect(details.what).toContain("queue.quietHours");
  });
});

describe("parseGap", () => {
  test.each([
    ["4h", 240],
    ["20m", 20],
    ["90m", 90],
    ["1h30m", 90],
    [" 2H ", 120],
    ["0", 0],
    ["0m", 0],
  ])("reads %j", (text, minutes) => {
    expect(parseGap(text)).toBe(minutes);
  });

  test.each(["", "4", "h", "-4h", "1.5h", "30m1h", "4 hours"])("refuses %j", (text) => {
    const { details } = refusal(() => parseGap(text, "queue.jitter"));
    expect(details.exit).toBe("settings");
    expect(details.what).toContain("queue.jitter");
  });
});
