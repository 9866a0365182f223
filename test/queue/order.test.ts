import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { orderPosts, postOrders } from "../../src/queue/order.ts";
import type { OrderedPost, PostOrder } from "../../src/queue/order.ts";

function post(key: string, day: number, more: Partial<OrderedPost> = {}): OrderedPost {
  const date = `2024-09-${String(day).padStart(2, "0")}T12:00:00Z`;
  return { key, date, pinned: null, likes: null, views: null, ...more };
}

const posts = [
  post("b", 2, { views: 10, likes: 900 }),
  post("a", 2, { likes: 50 }),
  post("c", 3),
  post("d", 1, { pinned: true, views: 0 }),
  post("e", 4, { pinned: false, views: 10 }),
  post("f", 3, { pinned: true }),
];

describe("orderPosts", () => {
  test.each<[PostOrder, string]>([
    ["newest", "e c f a b d"],
    ["oldest", "d a b c f e"],
    ["best", "e b a d c f"],
    ["pinned-first", "f d e c a b"],
  ])("%s", (order, keys) => {
    expect(
      orderPosts(posts, order)
        .map(({ key }) => key)
        .join(" "),
    ).toBe(keys);
  });

  test("best is by views for each day since they came out, a month at least", () => {
    const old = { date: "2022-09-04T12:00:00Z" };
    const list = [
      // 731 days: 2 a day.
      post("old", 4, { ...old, views: 1462 }),
      // 0 days count as 30: 1.9 a day.
      post("fresh", 4, { views: 57 }),
      // Counts as 30 days too, and is 2.1 a day.
      post("young", 1, { views: 63 }),
      post("unknown", 4),
      post("zero", 1, { ...old, views: 0 }),
    ];
    const keys = orderPosts(list, "best").map(({ key }) => key);
    expect(keys).toEqual(["young", "old", "fresh", "zero", "unknown"]);
  });

  test("likes stand in for views that nobody knows, at the library's own rate", () => {
    const list = [
      post("both", 4, { views: 1000, likes: 100 }),
      // As good as 1100 views, 900 views.
      post("more", 4, { likes: 110 }),
      post("less", 4, { likes: 90 }),
      post("views", 4, { views: 950 }),
    ];
    const keys = orderPosts(list, "best").map(({ key }) => key);
    expect(keys).toEqual(["more", "both", "views", "less"]);
    const without = [post("a", 4, { likes: 3 }), post("b", 4, { likes: 4 }), post("c", 4)];
    expect(orderPosts(without, "best").map(({ key }) => key)).toEqual(["b", "a", "c"]);
  });

  test("what nobody counted is behind a true 0, always", () => {
    const count = fc.option(fc.integer({ min: 0, max: 1_000_000 }), { nil: null });
    const some = fc.array(
      fc.record({ day: fc.integer({ min: 1, max: 30 }), views: count, likes: count }),
      { minLength: 1, maxLength: 12 },
    );
    fc.assert(
      fc.property(some, (list) => {
        const given = list.map(({ day, ...counts }, index) => post(`k${index}`, day, counts));
        const known = orderPosts(given, "best").map(
          ({ views, likes }) => views !== null || likes !== null,
        );
        expect(known).toEqual(known.toSorted((one, other) => Number(other) - Number(one)));
      }),
      { numRuns: 200, seed: 2 },
    );
  });

  test("does not depend on the order that it is given, and loses nothing", () => {
    const shuffled = fc.shuffledSubarray(posts, { minLength: posts.length });
    fc.assert(
      fc.property(shuffled, fc.constantFrom(...postOrders), (given, order) => {
        const before = [...given];
        expect(orderPosts(given, order)).toEqual(orderPosts(posts, order));
        expect(given).toEqual(before);
      }),
      { numRuns: 60, seed: 1 },
    );
  });
});
