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
    ["best", "a e b d c f"],
    ["pinned-first", "f d e c a b"],
  ])("%s", (order, keys) => {
    expect(
      orderPosts(posts, order)
        .map(({ key }) => key)
        .join(" "),
    ).toBe(keys);
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
