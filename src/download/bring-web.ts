import pRetry from "p-retry";
import type { Clock, Random } from "../core/clock.ts";
import type { WebOrigin } from "../core/post.ts";
import type { AskContext, DownloadTimeouts } from "./answer.ts";
import { longestRetryAfter, type BusyHosts } from "./busy-hosts.ts";
import type { Connections } from "./connections.ts";
import { seemsCut } from "./cut.ts";
import { DownloadError, onDisk, stoppedError } from "./error.ts";
import { hostOf, type HostRule } from "./hosts.ts";
import { judgeMedia } from "./media-type.ts";
import { discardPart, type PartPlace } from "./part.ts";
import type { OnBytes } from "./receive.ts";
import { transfer } from "./transfer.ts";
import type { PartWish, WholePart } from "./whole-part.ts";

/** What downloads from the web are given. */
export interface WebContext {
  allowedHosts: HostRule;
  clock: Clock;
  random: Random;
  /** Stops now; the part stays for the next run. */
  signal: AbortSignal;
  /** How often it is tried again; 4 when left out. */
  retries?: number;
  onBytes?: OnBytes;
  userAgent?: string;
  timeouts?: Partial<DownloadTimeouts>;
  connections?: Connections;
  /** Gives the memory of written pieces back. */
  sweep?: () => void;
  /** Hosts that asked to be left in peace; a memory that all downloads of a run share. */
  hosts?: BusyHosts;
}

const usualTimeouts: DownloadTimeouts = { connect: 15_000, response: 30_000, idle: 30_000 };
const firstWait = 1000;
const longestWait = 30_000;

/** Brings a file from the web to its part, never of an unknown host, tried again where that can help. */
export async function bringWeb(
  origin: WebOrigin,
  wish: PartWish,
  place: PartPlace,
  context: WebContext,
): Promise<WholePart> {
  const host = hostOf(origin.address);
  const resting = context.hosts?.resting(host) ?? null;
  if (resting !== null) throw resting;
  try {
    const whole = await tryAgain(() => attempt(origin, wish, place, context), context);
    context.hosts?.answered(host, null);
    return whole;
  } catch (error) {
    if (error instanceof DownloadError) context.hosts?.answered(host, error);
    throw error;
  }
}

async function tryAgain<Result>(work: () => Promise<Result>, context: WebContext): Promise<Result> {
  let wrongKind = 0;
  return await pRetry(work, {
    retries: context.retries ?? 4,
    minTimeout: 0,
    factor: 1,
    async shouldRetry({ error, attemptNumber }) {
      if (!(error instanceof DownloadError)) return false;
      if (error.class === "not-media") wrongKind += 1;
      if (!mayHelp(error, wrongKind)) return false;
      await context.clock.sleep(waitBefore(attemptNumber, error, context.random), context.signal);
      return true;
    },
  });
}

async function attempt(
  origin: WebOrigin,
  wish: PartWish,
  place: PartPlace,
  context: WebContext,
): Promise<WholePart> {
  if (context.signal.aborted) throw stoppedError();
  const asking: AskContext = {
    allowedHosts: context.allowedHosts,
    signal: context.signal,
    userAgent: context.userAgent ?? "findmehere",
    timeouts: { ...usualTimeouts, ...context.timeouts },
    connections: context.connections,
  };
  const whole = await transfer(origin, place, {
    ...asking,
    now: () => context.clock.calendar(),
    onBytes: context.onBytes,
    sweep: context.sweep,
  });
  const { bytes, sha256, resumed, host } = whole;
  try {
    const type = await onDisk(() => judgeMedia(place.part, bytes, wish.expect, host));
    if (!whole.measured && (await onDisk(() => seemsCut(place.part, bytes, type.ending)))) {
      throw new DownloadError("transfer", "the file ends too early", { host });
    }
    const { ending, mediaType } = type;
    return { bytes, sha256, ending, mediaType, resumed, unlinked: false };
  } catch (error) {
    if (error instanceof DownloadError && error.class === "not-media") {
      await onDisk(() => discardPart(place));
    }
    throw error;
  }
}

function mayHelp(error: DownloadError, wrongKind: number): boolean {
  if (error.class === "not-media") return wrongKind <= 1;
  if ((error.retryAfterMs ?? 0) > longestRetryAfter) return false;
  return ["busy", "server", "network", "transfer"].includes(error.class);
}

/** Twice as long each time, between half and the whole of it; never less than the server asks for. */
function waitBefore(attempt: number, error: DownloadError, random: Random): number {
  const longest = Math.min(longestWait, firstWait * 2 ** (attempt - 1));
  const jittered = Math.round(longest * (0.5 + random() / 2));
  return error.retryAfterMs === null
    ? jittered
    : error.retryAfterMs + Math.round(random() * firstWait);
}
