import { expect, test } from "vitest";
import type { Random } from "../../src/core/clock.ts";
import { seededRandom, systemRandom } from "../../src/edge/random.ts";

function draw(random: Random, count: number): number[] {
  return Array.from({ length: count }, () => random());
}

test("the same seed gives the same numbers, another seed others", () => {
  const numbers = draw(seededRandom("a"), 20);
  expect(draw(seededRandom("a"), 20)).toEqual(numbers);
  expect(draw(seededRandom("b"), 20)).not.toEqual(numbers);
  expect(new Set(numbers).size).toBe(20);
});

test("seeded numbers lie evenly between 0 and 1", () => {
  const tenths = Array.from({ length: 10 }, () => 0);
  for (const number of draw(seededRandom("even"), 10_000)) {
    expect(number).toBeGreaterThanOrEqual(0);
    expect(number).toBeLessThan(1);
    const tenth = Math.floor(number * 10);
    tenths[tenth] = (tenths[tenth] ?? 0) + 1;
  }
  expect(Math.min(...tenths)).toBeGreaterThan(850);
  expect(Math.max(...tenths)).toBeLessThan(1150);
});

test("real numbers lie between 0 and 1 and differ", () => {
  const numbers = draw(systemRandom, 20);
  expect(numbers.every((number) => number >= 0 && number < 1)).toBe(true);
  expect(new Set(numbers).size).toBeGreaterThan(1);
});
