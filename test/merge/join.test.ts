import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { joinRecords, joinTolerance } from "../../src/merge/join.ts";
import type { Joinable, JoinResult } from "../../src/merge/join.ts";

/** A record at so many seconds after a fixed moment. */
function record(second: number, parts: Partial<Joinable> = {}): Joinable {
  const date = new Date(Date.UTC(2024, 8, 17, 14, 7, 0) + second * 1000);
  return { id: null, objectIds: [], date: date.toISOString().replace(".000", ""), ...parts };
}

const none: JoinResult = { pairs: [], ambiguousLeft: [], ambiguousRight: [] };

describe("what joins", () => {
  test("two of one second", () => {
    expect(joinRecords([record(0)], [record(0)]).pairs).toEqual([{ left: 0, right: 0 }]);
  });

  test.each([-joinTolerance, -1, 1, joinTolerance])("two that lie %i seconds apart", (apart) => {
    expect(joinRecords([record(0)], [record(apart)]).pairs).toHaveLength(1);
  });

  test.each([-joinTolerance - 1, joinTolerance + 1, 3600])(
    "not two that lie %i seconds apart",
    (apart) => {
      expect(joinRecords([record(0)], [record(apart)])).toEqual(none);
    },
  );

  test("a tolerance of zero wants the very second", () => {
    expect(joinRecords([record(0)], [record(1)], 0)).toEqual(none);
    expect(joinRecords([record(1)], [record(1)], 0).pairs).toHaveLength(1);
  });

  test("the same id, however far apart in time", () => {
    const pairs = joinRecords([record(0, { id: "7" })], [record(90_000, { id: "7" })]).pairs;
    expect(pairs).toEqual([{ left: 0, right: 0 }]);
  });

  test("one shared object id of several, however far apart in time", () => {
    const left = [record(0, { objectIds: ["cover", "video"] })];
    const right = [record(90_000, { objectIds: ["other", "video"] })];
    expect(joinRecords(left, right).pairs).toEqual([{ left: 0, right: 0 }]);
  });

  test("an id beats an object id, and an object id beats the time", () => {
    const left = [record(0, { id: "7", objectIds: ["a"] }), record(100, { objectIds: ["b"] })];
    const right = [
      record(100, { objectIds: ["a"] }),
      record(50, { id: "7", objectIds: ["b"] }),
      record(100),
    ];
    // 0–1 by id, so "a" finds its left side taken and "b" its right side; the times then decide.
    const { pairs, ambiguousRight } = joinRecords(left, right);
    expect(pairs).toEqual([{ left: 0, right: 1 }]);
    expect(ambiguousRight).toEqual([0, 2]);
  });

  test("an object id beats a nearer time", () => {
    const left = [record(0, { objectIds: ["a"] })];
    const right = [record(0), record(4, { objectIds: ["a"] })];
    expect(joinRecords(left, right).pairs).toEqual([{ left: 0, right: 1 }]);
  });

  test("the nearer of two goes first, and the other takes what is left", () => {
    const left = [record(0), record(4)];
    const right = [record(3), record(1)];
    expect(joinRecords(left, right).pairs).toEqual([
      { left: 0, right: 1 },
      { left: 1, right: 0 },
    ]);
  });
});

describe("what never joins", () => {
  test("two different ids of one second", () => {
    expect(joinRecords([record(0, { id: "7" })], [record(0, { id: "8" })])).toEqual(none);
  });

  test("two different ids that share an object, such as one sound or cover", () => {
    const left = [record(0, { id: "7", objectIds: ["a"] })];
    const right = [record(0, { id: "8", objectIds: ["a"] })];
    expect(joinRecords(left, right)).toEqual(none);
  });

  test("a contradiction leaves the other partner free", () => {
    const left = [record(0, { id: "7" })];
    const right = [record(0, { id: "8" }), record(2)];
    expect(joinRecords(left, right).pairs).toEqual([{ left: 0, right: 1 }]);
  });

  test("two captions that fit one post equally well", () => {
    expect(joinRecords([record(0)], [record(-2), record(2)])).toEqual({
      pairs: [],
      ambiguousLeft: [0],
      ambiguousRight: [0, 1],
    });
  });

  test("one caption that fits two posts equally well, and nothing else is guessed for them", () => {
    expect(joinRecords([record(0), record(4)], [record(2)])).toEqual({
      pairs: [],
      ambiguousLeft: [0, 1],
      ambiguousRight: [0],
    });
  });

  test("one object id on two posts", () => {
    const shared = { objectIds: ["a"] };
    const joined = joinRecords([record(0, shared), record(900, shared)], [record(0, shared)]);
    expect(joined).toEqual({ pairs: [], ambiguousLeft: [0, 1], ambiguousRight: [0] });
  });

  test("a date that cannot be read", () => {
    const broken = record(0, { date: "soon" });
    expect(joinRecords([broken], [broken])).toEqual(none);
  });
});

const side = (prefix: string) =>
  fc
    .array(
      fc.record({
        second: fc.integer({ min: 0, max: 20 }),
        id: fc.option(fc.constantFrom("1", "2", "3", "4"), { nil: null }),
        objectIds: fc.uniqueArray(fc.constantFrom("a", "b", "c", "d"), { maxLength: 2 }),
      }),
      { maxLength: 8 },
    )
    .map((parts) =>
      parts.map(({ second, ...rest }, index) => ({
        ...record(second, rest),
        name: `${prefix}${index}`,
      })),
    );

const shuffled = (prefix: string) =>
  side(prefix).chain((records) =>
    fc.tuple(
      fc.constant(records),
      fc.shuffledSubarray(records, { minLength: records.length, maxLength: records.length }),
    ),
  );

describe("for any two sides", () => {
  test("every permutation of both gives the same pairs and the same doubts", () => {
    const named = (left: { name: string }[], right: { name: string }[], joined: JoinResult) => ({
      pairs: joined.pairs
        .map((pair) => `${left[pair.left]?.name} ${right[pair.right]?.name}`)
        .sort(),
      left: joined.ambiguousLeft.map((index) => left[index]?.name).sort(),
      right: joined.ambiguousRight.map((index) => right[index]?.name).sort(),
    });
    fc.assert(
      fc.property(shuffled("l"), shuffled("r"), ([left, left2], [right, right2]) => {
        expect(named(left2, right2, joinRecords(left2, right2))).toEqual(
          named(left, right, joinRecords(left, right)),
        );
      }),
      { numRuns: 500 },
    );
  });

  test("nothing joins twice, nothing doubtful joins, no two different ids join", () => {
    fc.assert(
      fc.property(side("l"), side("r"), (left, right) => {
        const { pairs, ambiguousLeft, ambiguousRight } = joinRecords(left, right);
        const lefts = pairs.map((pair) => pair.left);
        const rights = pairs.map((pair) => pair.right);
        expect(new Set(lefts).size).toBe(lefts.length);
        expect(new Set(rights).size).toBe(rights.length);
        expect(lefts.filter((index) => ambiguousLeft.includes(index))).toEqual([]);
        expect(rights.filter((index) => ambiguousRight.includes(index))).toEqual([]);
        for (const pair of pairs) {
          const [one, other] = [left[pair.left], right[pair.right]];
          expect([one?.id ?? other?.id, other?.id ?? one?.id]).toEqual([
            other?.id ?? one?.id,
            one?.id ?? other?.id,
          ]);
        }
      }),
      { numRuns: 500 },
    );
  });

  test("the sides may be swapped", () => {
    fc.assert(
      fc.property(side("l"), side("r"), (left, right) => {
        const swapped = joinRecords(right, left).pairs.map((pair) => `${pair.right} ${pair.left}`);
        const straight = joinRecords(left, right).pairs.map((pair) => `${pair.left} ${pair.right}`);
        expect(swapped.sort()).toEqual(straight.sort());
      }),
      { numRuns: 200 },
    );
  });
});
