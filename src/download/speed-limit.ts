import type { Clock } from "../core/clock.ts";

/** Bytes that all downloads together may take a second. */
export interface SpeedLimit {
  /** Waits until so many bytes have had their time; rejects when the signal aborts. */
  take(count: number, signal: AbortSignal): Promise<void>;
  /** The longest that one of so many downloads may have to wait for its turn, in milliseconds. */
  longestPause(concurrency: number): number;
}

/** As much may come off a line in one piece. */
const largestPiece = 128 * 1024;

/** What timers that ring late may make up for, in milliseconds; nothing more is saved up while nobody asks. */
const mostSaved = 250;

/** One row in which every piece gets its time, in the order in which the pieces came; so none is ahead of the others. */
export function speedLimit(
  bytesPerSecond: number,
  clock: Pick<Clock, "wall" | "sleep">,
): SpeedLimit {
  let last = clock.wall();
  let free = last;
  return {
    async take(count, signal) {
      const now = clock.wall();
      // A clock that was set back must not make anybody wait for the hours that it lost.
      free -= Math.max(0, last - now);
      last = now;
      free = Math.max(free, now - mostSaved) + (count / bytesPerSecond) * 1000;
      if (free > now) await clock.sleep(free - now, signal);
    },
    longestPause: (concurrency) => ((concurrency * largestPiece) / bytesPerSecond) * 1000,
  };
}
