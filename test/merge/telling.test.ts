import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { PostFields } from "../../src/core/post.ts";
import { joinTellings } from "../../src/merge/telling.ts";
import type { Telling } from "../../src/merge/telling.ts";

const date = "2024-09-17T14:07:21Z";

function told(observed: string | null, fields: Partial<PostFields>, more = {}): Telling {
  return {
    ...{ id: "7", date, roughDate: false, observed, times: {}, objectIds: [], media: [] },
    ...{ inputs: [], fields },
    ...more,
  };
}

const old = "2025-01-01T00:00:00Z";
const later = "2026-01-01T00:00:00Z";

describe("two tellings of one source", () => {
  test("the later counts, whichever is read first; what it replaced is answered", () => {
    const [one, other] = [told(old, { views: 10, likes: 3 }), told(later, { views: 25, likes: 3 })];
    for (const { joined, replaced } of [joinTellings(one, other), joinTellings(other, one)]) {
      expect(joined).toMatchObject({ observed: later, fields: { views: 25, likes: 3 } });
      expect(replaced).toEqual([{ field: "views", observed: old, value: 10 }]);
    }
  });

  test("one that says nothing takes nothing away, and the older word keeps its own date", () => {
    const { joined } = joinTellings(told(old, { saves: 4 }), told(later, { views: 9 }));
    expect(joined.fields).toEqual({ saves: 4, views: 9 });
    expect(joined.times).toEqual({ saves: old });
    // Something from between the two knows better than the older one.
    const between = told("2025-06-01T00:00:00Z", { saves: 6, views: 8 });
    expect(joinTellings(joined, between).joined.fields).toEqual({ saves: 6, views: 9 });
  });

  test("a look without a date is older than every other", () => {
    const { joined } = joinTellings(
      told(null, { caption: "undated" }),
      told(old, { caption: "b" }),
    );
    expect(joined.fields.caption).toBe("b");
  });

  test("the tags are those of the caption that counts", () => {
    const one = told(null, { caption: "a #x", hashtags: ["x"], mentions: ["z"] });
    const other = told(null, { caption: "b #a", hashtags: ["a"], mentions: ["b"] });
    expect(joinTellings(one, other).joined.fields).toEqual(other.fields);
    expect(joinTellings(other, one).joined.fields).toEqual(other.fields);
  });

  test("an exact date goes before one that was reckoned from the id", () => {
    const rough = told(later, {}, { date: "2024-09-17T14:07:16Z", roughDate: true });
    expect(joinTellings(rough, told(old, {})).joined).toMatchObject({ date, roughDate: false });
  });
});

const anyTime = fc.constantFrom(null, old, "2025-06-01T00:00:00Z", later);
const anyTelling: fc.Arbitrary<Telling> = fc
  .tuple(
    anyTime,
    fc.record(
      {
        caption: fc.constantFrom("", "a", "b"),
        hashtags: fc.constantFrom<string[][]>([], ["a"], ["b"]),
        mentions: fc.constantFrom<string[][]>([], ["c"]),
        views: fc.integer({ min: 0, max: 3 }),
        visibility: fc.constantFrom("public" as const, "private" as const),
      },
      { requiredKeys: [] },
    ),
    fc.boolean(),
    fc.uniqueArray(fc.constantFrom("x", "y"), { maxLength: 2 }).map((ids) => ids.toSorted()),
    fc.integer({ min: 0, max: 2 }),
  )
  .map(([observed, fields, roughDate, objectIds, count]) => {
    // The tags always come with their caption.
    const { hashtags = [], mentions = [], ...others } = fields;
    const whole = others.caption === undefined ? others : { ...others, hashtags, mentions };
    const media = Array.from({ length: count }, (_, index) => {
      return { role: "photo", position: index + 1, objectId: null };
    });
    return told(observed, whole, { roughDate, objectIds, media });
  });

test("joining is the same in any order, in any brackets, and however often", () => {
  const join = (a: Telling, b: Telling) => joinTellings(a, b).joined;
  fc.assert(
    fc.property(anyTelling, anyTelling, anyTelling, (a, b, c) => {
      expect(join(a, b)).toEqual(join(b, a));
      expect(join(join(a, b), c)).toEqual(join(a, join(b, c)));
      expect(join(join(a, b), b)).toEqual(join(a, b));
    }),
    { numRuns: 3000 },
  );
});
