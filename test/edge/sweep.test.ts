import { expect, test } from "vitest";
import { sweeper } from "../../src/edge/sweep.ts";

test("dead buffers are given back, and whoever asked sees no collector", () => {
  const sweep = sweeper();
  sweep();
  const before = process.memoryUsage().arrayBuffers;
  let most = 0;
  for (let count = 0; count < 320; count += 1) {
    Buffer.alloc(64 * 1024, 1);
    most = Math.max(most, process.memoryUsage().arrayBuffers);
    if (count % 32 === 31) sweep();
  }
  // Twenty megabytes went by; at most two sweeps' worth of them stood at any time.
  expect(most - before).toBeLessThan(8 * 1024 * 1024);
  expect(globalThis).not.toHaveProperty("gc");
});
