import pRetry from "p-retry";
import type { Clock, Random } from "../core/clock.ts";
import { TranslateError } from "./error.ts";

/** What new tries are given. */
export interface AgainContext {
  clock: Clock;
  random: Random;
  signal: AbortSignal;
}

const retries = 4;
/** Each costs the whole patience. */
const retriesWhenSlow = 1;
const firstWait = 1000;
const longestWait = 30_000;
/** A server that wants more is left alone until the next run. */
const longestRetryAfter = 120_000;

/** Asks again where that can help: twice as long a wait each time, or what the server asked for. */
export async function askAgain<Result>(
  work: () => Promise<Result>,
  { clock, random, signal }: AgainContext,
): Promise<Result> {
  return await pRetry(work, {
    retries,
    minTimeout: 0,
    factor: 1,
    async shouldRetry({ error, attemptNumber }) {
      if (!(error instanceof TranslateError)) return false;
      if (!/^(busy|server|slow|network)$/.test(error.kind)) return false;
      if (error.kind === "slow" && attemptNumber > retriesWhenSlow) return false;
      const asked = error.retryAfterMs ?? 0;
      if (asked > longestRetryAfter) return false;
      const usual = Math.min(longestWait, firstWait * 2 ** (attemptNumber - 1));
      await clock.sleep(Math.max(asked, usual * (0.5 + random() / 2)), signal);
      return true;
    },
  });
}
