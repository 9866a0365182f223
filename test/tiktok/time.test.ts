import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { archiveDate, epochDate, timeKey } from "../../src/tiktok/time.ts";

describe("archiveDate", () => {
  it("reads UTC, with and without the word", () => {
    expect(archiveDate("2024-09-17 14:07:21")).toBe("2024-09-17T14:07:21Z");
    expect(archiveDate("2024-09-17 14:07:21 UTC")).toBe("2024-09-17T14:07:21Z");
  });

  it.each(["America/New_York", "Asia/Shanghai", "UTC"])("is the same instant in %s", (zone) => {
    const before = process.env["TZ"];
    process.env["TZ"] = zone;
    try {
      // The hour that does not exist in New York, and one that comes twice.
      expect(archiveDate("2024-03-10 02:30:00")).toBe("2024-03-10T02:30:00Z");
      expect(archiveDate("2024-11-03 01:30:00")).toBe("2024-11-03T01:30:00Z");
    } finally {
      process.env["TZ"] = before;
    }
  });

  it.each([
    "",
    "N/A",
    "2024-02-30 10:00:00",
    "2024-13-01 10:00:00",
    "2024-09-17 25:00:00",
    "2024-09-17",
    "0000-01-01 00:00:00",
    "2024-09-17 14:07:21 CET",
  ])("finds no moment in %j", (text) => {
    expect(archiveDate(text)).toBeNull();
  });

  it("gives back every second of TikTok's life", () => {
    const seconds = fc.integer({ min: 1_400_000_000, max: 2_000_000_000 });
    fc.assert(
      fc.property(seconds, (second) => {
        const date = epochDate(second) ?? "";
        expect(archiveDate(date.replace("T", " ").replace("Z", ""))).toBe(date);
      }),
      { seed: 7, numRuns: 300 },
    );
  });
});

it("makes a key of a moment", () => {
  expect(timeKey("2024-09-17T14:07:21Z")).toBe("20240917T140721Z");
});

it("knows no date for numbers that are none", () => {
  expect([Number.NaN, 0, -5, 1e20].map(epochDate)).toEqual([null, null, null, null]);
  expect(epochDate(1737411995)).toBe("2025-01-20T22:26:35Z");
});
