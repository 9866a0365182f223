import { describe, expect, it } from "vitest";
import { startReading } from "../../src/sources/tiktok-profile/page-reading.ts";
import type { PageReading, ReadingStart } from "../../src/sources/tiktok-profile/page-reading.ts";
import type { ListPage } from "../../src/tiktok/web-list.ts";

const owner = { handle: "mira.paints", secUid: "MS4wLjABAAAAmade-up" };

function reading(start: Partial<ReadingStart> = {}): PageReading {
  return startReading({
    ...{ owner, posts: null, wanted: { since: null, limit: null } },
    ...{ observed: "2026-11-20T09:00:00Z", headers: undefined },
    ...start,
  });
}

/** An item of day `day` of 2026-10, counted backwards from `1`. */
function item(number: number, other: object = {}): object {
  const createTime = Date.UTC(2026, 9, 31) / 1000 - number * 86_400;
  const author = { uniqueId: owner.handle, secUid: owner.secUid };
  return { id: String(7_400_000_000_000_000_000n - BigInt(number)), createTime, author, ...other };
}

function page(from: number, to: number, hasMore: boolean | null = true): ListPage {
  const items = Array.from({ length: to - from + 1 }, (_, index) => item(from + index));
  return { items, hasMore, cursor: null, statusCode: 0, trouble: null };
}

function failed(): ListPage {
  const trouble = { kind: "empty" as const, message: "TikTok answered with nothing." };
  return { items: [], hasMore: null, cursor: null, statusCode: null, trouble };
}

describe("when a page is read", () => {
  it("goes on while there is more, and ends when the list says so", () => {
    const read = reading({ posts: 60 });
    expect(read.verdict()).toBe("on");
    read.add(page(1, 35), true);
    expect(read.verdict()).toBe("on");
    read.add(page(36, 60, false), true);
    expect(read.verdict()).toBe("ended");
    expect(read.posts()).toHaveLength(60);
  });

  it("takes overlapping pages once, and tells the newest first", () => {
    const read = reading();
    read.add(page(30, 64), true);
    read.add(page(1, 35), true);
    const dates = read.posts().map(({ date }) => date);
    expect(dates).toHaveLength(64);
    expect(dates).toEqual(dates.toSorted().toReversed());
  });

  it("ends after the same answer three times, and not before", () => {
    const read = reading();
    for (let time = 0; time < 3; time += 1) {
      read.add(page(1, 35), true);
      expect(read.verdict()).toBe("on");
    }
    read.add(page(1, 35), true);
    expect(read.verdict()).toBe("repeating");
  });

  it("does not take a page that was loaded anew for one that repeats itself", () => {
    const read = reading();
    for (const from of [1, 36, 71]) read.add(page(from, from + 34), true);
    read.restart();
    for (const from of [1, 36, 71]) {
      read.add(page(from, from + 34), true);
      expect(read.verdict()).toBe("on");
    }
    read.add(page(106, 110, false), true);
    expect(read.verdict()).toBe("ended");
    expect(read.count).toBe(110);
  });

  it("tries again after a failure, and ends after five in a row", () => {
    const read = reading();
    for (let time = 0; time < 4; time += 1) {
      read.add(failed(), true);
      expect(read.verdict()).toBe("again");
    }
    read.add(page(1, 35), true);
    expect(read.verdict()).toBe("on");
    for (let time = 0; time < 5; time += 1) read.add(failed(), true);
    expect(read.verdict()).toBe("failing");
    expect(read.count).toBe(35);
  });

  it("ends when the end of the page stays silent", () => {
    const read = reading();
    read.add(page(1, 35), true);
    for (let time = 0; time < 5; time += 1) read.silent();
    expect(read.verdict()).toBe("failing");
  });

  it("ends when all that the profile counts are there and nothing new comes", () => {
    const read = reading({ posts: 35 });
    read.add(page(1, 35), true);
    expect(read.verdict()).toBe("on");
    read.silent();
    expect(read.verdict()).toBe("counted");
  });

  it("ends when enough is there; pinned posts say nothing of that", () => {
    const pinned = { ...page(80, 81), items: [item(80, { isPinnedItem: true })] };
    const limited = reading({ wanted: { since: null, limit: 3 } });
    limited.add(pinned, true);
    limited.add(page(1, 2), true);
    expect(limited.verdict()).toBe("on");
    limited.add(page(3, 3), true);
    expect(limited.verdict()).toBe("enough");

    const since = reading({ wanted: { since: "2026-10-20", limit: null } });
    since.add(pinned, true);
    since.add(page(1, 11), true);
    expect(since.verdict()).toBe("on");
    since.add(page(12, 12), true);
    expect(since.verdict()).toBe("enough");
  });

  it("takes posts of a list in another order, but not its end", () => {
    const read = reading();
    read.add(page(1, 5, false), false);
    expect([read.verdict(), read.count]).toEqual(["on", 5]);
  });

  it("drops posts of others and counts what cannot be read", () => {
    const read = reading();
    const others = item(3, { author: { uniqueId: "somebody.else", secUid: "MS4wLjABAAAAother" } });
    const items = [item(1, { author: undefined }), item(2), others, others, { id: "x" }, null];
    read.add({ ...page(1, 1, false), items }, true);
    expect([read.count, read.strangers, read.broken]).toEqual([2, 1, 2]);
    expect(read.posts().map(({ fields }) => fields.url)).toEqual([
      expect.stringContaining("/@mira.paints/"),
      expect.stringContaining("/@mira.paints/"),
    ]);
  });
});
