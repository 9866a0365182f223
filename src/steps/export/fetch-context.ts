import type { Clock, Random } from "../../core/clock.ts";
import type { DownloadContext } from "../../download/download.ts";
import type { HostRule } from "../../download/hosts.ts";
import { speedLimit } from "../../download/speed-limit.ts";
import type { Store } from "../../store/open.ts";

/** What the fetching needs. */
export interface FetchContext {
  root: string;
  store: Store;
  clock: Clock;
  random: Random;
  hosts: HostRule;
  concurrency: number;
  /** The most that all downloads together take of the line; null: as much as there is. */
  bytesPerSecond: number | null;
  /** Make hard links of files of this machine, instead of copies. */
  link: boolean;
  drain: AbortSignal;
  stop: AbortSignal;
}

/** A line may be silent for so long, in milliseconds. */
const silence = 30_000;

/** What downloads are given, so many of them at once. */
export function downloadContext(context: FetchContext, concurrency: number): DownloadContext {
  const { root, link, clock, random, hosts, stop, bytesPerSecond } = context;
  const own = { root, link, clock, random, allowedHosts: hosts, signal: stop };
  if (bytesPerSecond === null) return own;
  const limit = speedLimit(bytesPerSecond, clock);
  return {
    ...own,
    onBytes: limit.take,
    // Whoever waits for its turn takes nothing off its line meanwhile; that is no silence of the server.
    timeouts: { idle: silence + limit.longestPause(concurrency) },
  };
}
