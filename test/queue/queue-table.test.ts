import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Publication } from "../../src/core/publication.ts";
import { readTable, tableText } from "../../src/edge/table.ts";
import { dayOrderOf, dueReadings, queueColumns, queueRow } from "../../src/queue/queue-table.ts";
import { readMoment, writeMoment } from "../../src/queue/read-moment.ts";

const publication: Publication = {
  type: "publication",
  post: "7573407747327990070",
  to: "rednote",
  way: "handoff",
  state: "queued",
  due: "2026-12-03T18:30:00Z",
  attempts: 0,
  url: null,
  proof: null,
};

describe("a row of the queue", () => {
  test("names its item in a way that no spreadsheet rounds", () => {
    const row = queueRow(publication, "=1+1", "Europe/Madrid");
    expect(Object.keys(row)).toEqual([...queueColumns]);
    expect(row).toMatchObject({
      item: "7573407747327990070@rednote",
      due: "2026-12-03 19:30",
      zone: "Europe/Madrid",
    });
    const text = tableText(queueColumns, [row]);
    expect(text).toContain("'=1+1");
    expect(readTable(text)).toEqual([row]);
  });

  test("any slot in any zone comes back as it was", () => {
    const moment = fc.integer({
      min: Date.UTC(2026, 0, 1) / 60_000,
      max: Date.UTC(2029, 0, 1) / 60_000,
    });
    const zone = fc.constantFrom("Europe/Madrid", "Australia/Lord_Howe", "Antarctica/Troll", "UTC");
    fc.assert(
      fc.property(moment, zone, (minutes, place) => {
        const due = `${new Date(minutes * 60_000).toISOString().slice(0, 19)}Z`;
        const { due: cell } = queueRow({ ...publication, due }, "", place);
        expect(Object.values(dueReadings(cell))).toEqual([cell]);
        const read = readMoment(cell, place);
        expect(read).toHaveProperty("at");
        if (!("at" in read)) return;
        // Of a time that comes twice the first is read; the text is the same for both.
        expect(writeMoment(new Date(read.at).toISOString(), place)).toBe(cell);
        if (read.note === "") expect(read.at).toBe(minutes * 60_000);
      }),
      { numRuns: 500, seed: 5 },
    );
  });
});

describe("what a spreadsheet makes of a time", () => {
  test.each([
    ["2026-12-03 19:30", { sure: "2026-12-03 19:30" }],
    ["2026/12/3 19:30", { sure: "2026-12-03 19:30" }],
    ["2026/12/3 7:30 PM", { sure: "2026-12-03 19:30" }],
    ["3.12.2026 19:30", { sure: "2026-12-03 19:30" }],
    ["03.12.26 19:30:00", { sure: "2026-12-03 19:30" }],
    ["24/12/2026 9:05", { sure: "2026-12-24 09:05" }],
    ["12/24/2026 12:05 AM", { sure: "2026-12-24 00:05" }],
    ["12/24/26 12:05 p.m.", { sure: "2026-12-24 12:05" }],
    ["5/5/2026 19:30", { sure: "2026-05-05 19:30" }],
    ["12/3/2026 19:30", { "month-first": "2026-12-03 19:30", "day-first": "2026-03-12 19:30" }],
    ["next week", { sure: "next week" }],
    ["2026-12-03T18:30:00Z", { sure: "2026-12-03T18:30:00Z" }],
  ])("%s", (cell, readings) => {
    expect(dueReadings(cell)).toEqual(readings);
  });

  test("rows that nobody changed tell which is the month; if they disagree, nobody knows", () => {
    const american = { cell: "12/3/2026 19:30", before: "2026-12-03 19:30" };
    const european = { cell: "3/12/2026 19:30", before: "2026-12-03 19:30" };
    const changed = { cell: "1/2/2027 19:30", before: "2026-12-03 19:30" };
    expect(dayOrderOf([changed, american])).toBe("month-first");
    expect(dayOrderOf([european, changed])).toBe("day-first");
    expect(dayOrderOf([changed])).toBeNull();
    expect(dayOrderOf([american, european])).toBeNull();
    expect(dayOrderOf([{ cell: "1/2/2027 19:30", before: null }])).toBeNull();
  });
});
