import { describe, expect, test } from "vitest";
import { planSlots } from "../../src/queue/plan.ts";
import { itemsOf, usualRules } from "./support.ts";

function dues(zone: string, time: string, from: string, count: number): string[] {
  const rules = {
    ...usualRules,
    perWeek: 7,
    zone,
    times: [time],
    quietHours: null,
    minGapMinutes: 60,
    jitterMinutes: 0,
  };
  const planned = planSlots({
    items: itemsOf(count),
    rules,
    from: Date.parse(from),
    taken: [],
    seed: "zones",
  });
  return planned.map(({ due }) => due);
}

describe("a time of the day keeps its zone over clock changes", () => {
  test.each([
    // The change of 2026: spring 8 March, autumn 1 November.
    [
      "America/New_York",
      "19:30",
      "2026-03-07T12:00:00Z",
      "2026-03-08T00:30:00Z",
      "2026-03-08T23:30:00Z",
    ],
    [
      "America/New_York",
      "19:30",
      "2026-10-31T12:00:00Z",
      "2026-10-31T23:30:00Z",
      "2026-11-02T00:30:00Z",
    ],
    // 29 March and 25 October.
    [
      "Europe/Madrid",
      "19:30",
      "2026-03-28T12:00:00Z",
      "2026-03-28T18:30:00Z",
      "2026-03-29T17:30:00Z",
    ],
    [
      "Europe/Madrid",
      "19:30",
      "2026-10-24T12:00:00Z",
      "2026-10-24T17:30:00Z",
      "2026-10-25T18:30:00Z",
    ],
    // Never changes.
    [
      "Asia/Shanghai",
      "19:30",
      "2026-03-28T10:00:00Z",
      "2026-03-28T11:30:00Z",
      "2026-03-29T11:30:00Z",
    ],
    // Half an hour: 4 October and 5 April.
    [
      "Australia/Lord_Howe",
      "19:30",
      "2026-10-03T00:00:00Z",
      "2026-10-03T09:00:00Z",
      "2026-10-04T08:30:00Z",
    ],
    [
      "Australia/Lord_Howe",
      "19:30",
      "2026-04-04T00:00:00Z",
      "2026-04-04T08:30:00Z",
      "2026-04-05T09:00:00Z",
    ],
    // 30 December 2011 did not exist.
    [
      "Pacific/Apia",
      "19:30",
      "2011-12-29T20:00:00Z",
      "2011-12-30T05:30:00Z",
      "2011-12-31T05:30:00Z",
    ],
  ])("%s at %s from %s", (zone, time, from, first, second) => {
    expect(dues(zone, time, from, 2)).toEqual([first, second]);
  });
});

describe("a time that a clock change touches", () => {
  test.each([
    [
      "America/New_York",
      "02:30",
      "2026-03-08T05:00:00Z",
      "2026-03-08T07:30:00Z",
      "03:30 summer time",
    ],
    [
      "America/New_York",
      "01:30",
      "2026-11-01T04:00:00Z",
      "2026-11-01T05:30:00Z",
      "the first 01:30",
    ],
    ["Europe/Madrid", "02:30", "2026-03-29T00:00:00Z", "2026-03-29T01:30:00Z", "03:30 summer time"],
    ["Europe/Madrid", "02:30", "2026-10-24T22:00:00Z", "2026-10-25T00:30:00Z", "the first 02:30"],
    ["Australia/Lord_Howe", "02:15", "2026-10-03T14:00:00Z", "2026-10-03T15:45:00Z", "02:45"],
    ["Australia/Lord_Howe", "01:45", "2026-04-04T13:00:00Z", "2026-04-04T14:45:00Z", "the first"],
  ])("%s %s from %s", (zone, time, from, due, _meaning) => {
    expect(dues(zone, time, from, 1)).toEqual([due]);
  });

  test("the day after it is at its own time again", () => {
    expect(dues("America/New_York", "02:30", "2026-03-08T05:00:00Z", 2)[1]).toBe(
      "2026-03-09T06:30:00Z",
    );
  });
});
