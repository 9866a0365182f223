import type { DownloadError } from "./error.ts";

/** After so many files of one host in a row that ended with "slow down", the host is left in peace. */
const mostBusy = 3;
/** A server that asks for a longer pause than this is left in peace until the next run. */
export const longestRetryAfter = 120_000;

/** Remembers which hosts asked to slow down. */
export interface BusyHosts {
  /** The error that a download from this host ends with unasked; null when it may be asked. */
  resting(host: string | null): DownloadError | null;
  answered(host: string | null, error: DownloadError | null): void;
}

/** A memory for one run, empty at first. */
export function busyHosts(): BusyHosts {
  const inARow = new Map<string | null, number>();
  const resting = new Map<string | null, DownloadError>();
  return {
    resting: (host) => resting.get(host) ?? null,
    answered(host, error) {
      if (error?.class !== "busy") {
        inARow.delete(host);
        return;
      }
      const times = (inARow.get(host) ?? 0) + 1;
      inARow.set(host, times);
      if (times >= mostBusy || (error.retryAfterMs ?? 0) > longestRetryAfter) {
        resting.set(host, error);
      }
    },
  };
}
