import PQueue from "p-queue";
import { sweeper } from "../edge/sweep.ts";
import { busyHosts } from "./busy-hosts.ts";
import { keptConnections } from "./connections.ts";
import {
  download,
  type DownloadContext,
  type DownloadRequest,
  type DownloadResult,
} from "./download.ts";
import { DownloadError } from "./error.ts";

/** Something that wants one file; it may carry whatever its owner needs to know it again. */
export interface DownloadJob {
  request: DownloadRequest;
}

/** How a job ended. */
export type DownloadOutcome<Job extends DownloadJob> =
  | { job: Job; result: DownloadResult }
  | { job: Job; error: DownloadError };

/** How a pool works. */
export interface PoolOptions {
  concurrency: number;
  /** Its signal stops now: what is in flight ends as `stopped`, its parts stay. */
  context: DownloadContext;
  /** Starts nothing new and finishes what is in flight. */
  drain?: AbortSignal;
}

type Happening<Job extends DownloadJob> =
  | { what: "pulled"; next: IteratorResult<Job> }
  | { what: "ended"; id: number; outcome: DownloadOutcome<Job> }
  | { what: "closed" };

/**
 * Downloads many files at once and yields each outcome as it comes. A job is taken from `jobs` only when
 * a slot is free; jobs that were never taken have no outcome. A disk that fails for one file
 * fails for all, so it ends the pool; leaving the loop early stops what is in flight. A host that asks to
 * slow down, for long or again and again, is asked nothing more: the rest of its jobs end as `busy`.
 */
export async function* downloadAll<Job extends DownloadJob>(
  jobs: Iterable<Job> | AsyncIterable<Job>,
  options: PoolOptions,
): AsyncGenerator<DownloadOutcome<Job>> {
  const inside = new AbortController();
  const hard = AbortSignal.any([options.context.signal, inside.signal]);
  const closing = AbortSignal.any([hard, ...(options.drain === undefined ? [] : [options.drain])]);
  const connections = keptConnections();
  const context = {
    ...options.context,
    signal: hard,
    connections,
    hosts: busyHosts(),
    sweep: sweeper(),
  };
  const queue = new PQueue({ concurrency: options.concurrency });
  const running = new Map<number, Promise<Happening<Job>>>();
  const source = iterate(jobs);
  const closed = whenAborted(closing);
  let pulling: Promise<Happening<Job>> | null = null;
  let exhausted = false;
  let started = 0;

  try {
    for (;;) {
      const open = !exhausted && !closing.aborted;
      if (open && pulling === null && queue.pending + queue.size < options.concurrency) {
        pulling = source.next().then((next) => ({ what: "pulled", next }));
      }
      const waitFor = [...running.values()];
      if (open) waitFor.push(closed);
      if (open && pulling !== null) waitFor.push(pulling);
      if (waitFor.length === 0) return;
      const happening = await Promise.race(waitFor);
      if (happening.what === "pulled") {
        pulling = null;
        if (happening.next.done === true) exhausted = true;
        else if (!closing.aborted) {
          const id = (started += 1);
          const job = happening.next.value;
          const task = queue.add(
            async () => ({ what: "ended", id, outcome: await settle(job, context) }) as const,
          );
          // A bug in one download is thrown when its turn comes; until then it is not unhandled.
          task.catch(() => undefined);
          running.set(id, task);
        }
      } else if (happening.what === "ended") {
        running.delete(happening.id);
        const { outcome } = happening;
        if ("error" in outcome && outcome.error.class === "disk") inside.abort();
        yield outcome;
      }
    }
  } finally {
    inside.abort();
    await Promise.allSettled(running.values());
    connections.close();
    // Not awaited: a source that hangs must not keep a stopped run alive.
    pulling?.catch(() => undefined);
    source.return(undefined).catch(() => undefined);
  }
}

async function settle<Job extends DownloadJob>(
  job: Job,
  context: DownloadContext,
): Promise<DownloadOutcome<Job>> {
  try {
    return { job, result: await download(job.request, context) };
  } catch (error) {
    if (!(error instanceof DownloadError)) throw error;
    return { job, error };
  }
}

async function* iterate<Job>(jobs: Iterable<Job> | AsyncIterable<Job>): AsyncGenerator<Job> {
  yield* jobs;
}

function whenAborted(signal: AbortSignal): Promise<{ what: "closed" }> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve({ what: "closed" });
    signal.addEventListener("abort", () => resolve({ what: "closed" }), { once: true });
  });
}
