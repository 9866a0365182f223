import { describe, expect, test } from "vitest";
import type { Clock } from "../../src/core/clock.ts";
import { speedLimit } from "../../src/download/speed-limit.ts";

/** A clock that stands until it is moved; sleepers wake in the order of their time. */
function handClock(): Pick<Clock, "wall" | "sleep"> & { run(until: number): Promise<void> } {
  let now = 0;
  const sleepers: { at: number; wake: () => void }[] = [];
  return {
    wall: () => now,
    sleep: (milliseconds, signal) =>
      new Promise((resolve, reject) => {
        sleepers.push({ at: now + milliseconds, wake: resolve });
        signal?.addEventListener("abort", () => reject(signal.reason as Error));
      }),
    async run(until) {
      for (;;) {
        // Whoever was woken gets to its next sleep before the clock goes on.
        for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
        sleepers.sort((a, b) => a.at - b.at);
        const next = sleepers[0];
        if (next === undefined || next.at > until) break;
        sleepers.shift();
        now = next.at;
        next.wake();
      }
      now = until;
    },
  };
}

/** Takes pieces one after the other, for ever; tells what it got. */
function download(limit: ReturnType<typeof speedLimit>, piece: number): { got: number } {
  const own = { got: 0 };
  const { signal } = new AbortController();
  void (async () => {
    for (;;) {
      await limit.take(piece, signal);
      own.got += piece;
    }
  })();
  return own;
}

describe("a limit of 500K", () => {
  const speed = 500 * 1024;

  test.each([1, 4, 16])("is kept by %d downloads together, to within 2 %%", async (count) => {
    const clock = handClock();
    const limit = speedLimit(speed, clock);
    const all = Array.from({ length: count }, () => download(limit, 16_384));
    await clock.run(60_000);
    const got = all.reduce((sum, each) => sum + each.got, 0);
    expect(got / (speed * 60)).toBeGreaterThan(0.98);
    expect(got / (speed * 60)).toBeLessThan(1.02);
    const shares = all.map((each) => each.got);
    expect(Math.max(...shares) - Math.min(...shares)).toBeLessThanOrEqual(16_384);
  });

  test("saves nothing up while nobody asks, but a quarter of a second", async () => {
    const clock = handClock();
    const limit = speedLimit(speed, clock);
    await clock.run(3_600_000);
    const late = download(limit, 16_384);
    await clock.run(3_601_000);
    expect(late.got).toBeLessThanOrEqual(speed * 1.25 + 16_384);
    expect(late.got).toBeGreaterThan(speed);
  });

  test("a stop ends the waiting", async () => {
    const clock = handClock();
    const stop = new AbortController();
    const waiting = speedLimit(1024, clock).take(1_000_000, stop.signal);
    stop.abort(new Error("stopped"));
    await expect(waiting).rejects.toThrow("stopped");
  });

  test("a clock that is set back makes nobody wait for it", async () => {
    let now = 3_600_000;
    const slept: number[] = [];
    const clock = {
      wall: () => now,
      sleep: async (milliseconds: number) => void slept.push(Math.round(milliseconds)),
    };
    const limit = speedLimit(1000, clock);
    const { signal } = new AbortController();
    await limit.take(1000, signal);
    now = 0;
    await limit.take(1000, signal);
    expect(slept).toEqual([1000, 2000]);
  });

  test("tells how long a turn may take", () => {
    const clock = handClock();
    expect(speedLimit(128 * 1024, clock).longestPause(4)).toBe(4000);
  });
});
