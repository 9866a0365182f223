import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { groupRecords } from "../../src/merge/groups.ts";
import type { Groupable } from "../../src/merge/groups.ts";

/** A record at so many seconds after a fixed moment. */
function record(second: number, parts: Partial<Groupable> = {}): Groupable {
  const date = new Date(Date.UTC(2024, 8, 17, 14, 7, 0) + second * 1000);
  return {
    ...{ id: null, roughDate: false, objectIds: [], kind: null, inputs: ["one"] },
    date: date.toISOString().replace(".000", ""),
    ...parts,
  };
}

/** The groups as sets of indexes, in a fixed order. */
function together(records: readonly Groupable[]): string[] {
  return groupRecords(records)
    .groups.map((own) => own.join(" "))
    .sort();
}

describe("one post", () => {
  test("is every record of one id, whoever says it and whatever the clocks say", () => {
    expect(together([record(0, { id: "7" }), record(900, { id: "7" })])).toEqual(["0 1"]);
  });

  test("is what two archives name by one object, however far apart in time", () => {
    const one = record(0, { objectIds: ["a"] });
    const other = record(70, { objectIds: ["a"], inputs: ["two"] });
    expect(together([one, other])).toEqual(["0 1"]);
  });

  test("is what stands alone in its second in three archives, each with another object", () => {
    const three = ["one", "two", "three"].map((input) =>
      record(0, { objectIds: [input], inputs: [input] }),
    );
    expect(together(three)).toEqual(["0 1 2"]);
  });

  test("is an archive's record and the page's, joined by an object or the nearest second", () => {
    const archived = [record(0, { objectIds: ["a"] }), record(60, { objectIds: ["b"] })];
    const pages = [
      record(500, { id: "7", objectIds: ["a"], inputs: [] }),
      record(58, { id: "8", inputs: [] }),
    ];
    expect(together([...archived, ...pages])).toEqual(["0 2", "1 3"]);
  });
});

describe("two posts", () => {
  test("are two of one archive, also when they share an object or a second", () => {
    expect(together([record(0), record(0)])).toEqual(["0", "1"]);
    const shared = { objectIds: ["a"] };
    expect(together([record(0, shared), record(9, shared)])).toEqual(["0", "1"]);
  });

  test("are two ids, however much else they share", () => {
    const shared = { objectIds: ["a"], inputs: [] };
    expect(
      together([record(0, { id: "7", ...shared }), record(0, { id: "8", ...shared })]),
    ).toEqual(["0", "1"]);
  });

  test("are a video and a set of photos of one second", () => {
    const video = record(0, { kind: "video" });
    const photos = record(0, { id: "7", kind: "photos", inputs: [] });
    expect(together([video, photos])).toEqual(["0", "1"]);
    expect(groupRecords([video, photos]).doubtful.size).toBe(0);
  });

  test("are twins whose newer archive names both anew: nothing is guessed", () => {
    const old = [record(0, { objectIds: ["a"] }), record(0, { objectIds: ["b"] })];
    const anew = ["c", "d"].map((object) => record(0, { objectIds: [object], inputs: ["two"] }));
    expect(together([...old, ...anew])).toEqual(["0", "1", "2", "3"]);
  });
});

describe("in doubt", () => {
  test("are two that fit a third equally well, and the third", () => {
    const all = [record(0), record(4), record(2, { id: "7", inputs: [] })];
    expect(groupRecords(all).doubtful.size).toBe(3);
  });

  test("are two that nothing joins within a minute, and not beyond", () => {
    const page = (second: number) => record(second, { id: "7", inputs: [] });
    expect(groupRecords([record(0), page(60)]).doubtful.size).toBe(2);
    expect(groupRecords([record(0), page(61)]).doubtful.size).toBe(0);
    // What has its partner is in no doubt.
    const pair = [record(0), page(1), record(20, { inputs: ["one"] })];
    expect(groupRecords(pair).doubtful.size).toBe(0);
  });
});

const anyRecord: fc.Arbitrary<Groupable> = fc
  .record({
    second: fc.integer({ min: 0, max: 20 }),
    id: fc.option(fc.constantFrom("7", "8", "9"), { nil: null }),
    roughDate: fc.boolean(),
    objectIds: fc.uniqueArray(fc.constantFrom("a", "b", "c"), { maxLength: 2 }),
    kind: fc.constantFrom("video" as const, "photos" as const, null),
    inputs: fc.uniqueArray(fc.constantFrom("one", "two", "three"), { maxLength: 2 }),
  })
  .map(({ second, ...parts }) => record(second, parts));

test("whatever comes: each record once, no two ids, no two posts of one input in a post, any order", () => {
  fc.assert(
    fc.property(
      fc.array(anyRecord, { maxLength: 9 }).chain((records) =>
        fc.tuple(
          fc.constant(records),
          fc.shuffledSubarray([...records.keys()], {
            minLength: records.length,
            maxLength: records.length,
          }),
        ),
      ),
      ([records, order]) => {
        const { groups } = groupRecords(records);
        expect(groups.flat().sort((a, b) => a - b)).toEqual([...records.keys()]);
        for (const own of groups) {
          const ids = new Set(own.flatMap((index) => records[index]?.id ?? []));
          expect(ids.size).toBeLessThan(2);
          const loose = own.filter((index) => records[index]?.id === null);
          const inputs = loose.flatMap((index) => records[index]?.inputs ?? []);
          expect(new Set(inputs).size).toBe(inputs.length);
        }
        const turned = order.flatMap((index) => records[index] ?? []);
        const back = groupRecords(turned).groups.map((own) =>
          own.map((index) => order[index] ?? -1).toSorted((a, b) => a - b),
        );
        const plain = (all: readonly number[][]) => all.map((own) => own.join(" ")).toSorted();
        expect(plain(back)).toEqual(plain(groups));
      },
    ),
    { numRuns: 3000 },
  );
});
