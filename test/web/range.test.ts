import fc from "fast-check";
import { expect, test } from "vitest";
import { readRange } from "../../src/web/range.ts";

test.each([
  ["bytes=0-", 0, 9],
  ["bytes=0-1", 0, 1],
  ["bytes=9-", 9, 9],
  ["bytes=3-200", 3, 9],
  ["bytes=-4", 6, 9],
  ["bytes=-99", 0, 9],
])("%s of ten bytes", (header, first, last) => {
  expect(readRange(header, 10)).toEqual({ first, last });
});

test.each(["bytes=10-", "bytes=10-20", "bytes=-0", "bytes=999999999999999-"])(
  "%s lies outside",
  (header) => {
    expect(readRange(header, 10)).toBe("outside");
  },
);

test.each([
  null,
  "",
  "bytes=",
  "bytes=-",
  "bytes=5-2",
  "bytes=0-1,3-4",
  "items=0-1",
  "bytes=a-b",
  "bytes=-1-2",
  "bytes=0-1 ",
])("%s means the whole", (header) => expect(readRange(header, 10)).toBeNull());

test("nothing of an empty file can be asked for", () => {
  expect(readRange("bytes=0-", 0)).toBe("outside");
  expect(readRange("bytes=-5", 0)).toBe("outside");
});

test("whatever is asked for, what is answered lies inside", () => {
  const numbers = fc.oneof(fc.constant(""), fc.nat(20).map(String), fc.nat().map(String));
  fc.assert(
    fc.property(numbers, numbers, fc.nat(20), (from, to, size) => {
      const range = readRange(`bytes=${from}-${to}`, size);
      if (range === null || range === "outside") return;
      expect(range.first).toBeGreaterThanOrEqual(0);
      expect(range.last).toBeGreaterThanOrEqual(range.first);
      expect(range.last).toBeLessThan(size);
    }),
  );
});
