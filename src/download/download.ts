import { mkdir } from "node:fs/promises";
import pRetry from "p-retry";
import type { Clock, Random } from "../core/clock.ts";
import type { AskContext, DownloadTimeouts } from "./answer.ts";
import { seemsCut } from "./cut.ts";
import { DownloadError, onDisk, stoppedError } from "./error.ts";
import type { HostRule } from "./hosts.ts";
import { judgeMedia, type MediaKind } from "./media-type.ts";
import { discardPart, finishPart, partPlace } from "./part.ts";
import { transfer } from "./transfer.ts";

/** One file to fetch. */
export interface DownloadRequest {
  /** May be signed: it is never stored, printed or put into an error. */
  address: string;
  /** Absolute folder; it is made when it is missing. */
  folder: string;
  /** Base name without ending, such as `video`, `01` or `cover`. */
  name: string;
  expect: MediaKind;
  /** ISO 8601 UTC instant at which the address dies; null when it does not say. */
  expires: string | null;
}

/** What a download is given beside its request. */
export interface DownloadContext {
  allowedHosts: HostRule;
  clock: Clock;
  random: Random;
  /** Stops now; the part stays for the next run. */
  signal: AbortSignal;
  /** How often it is tried again; 4 when left out. */
  retries?: number;
  /** Told after each piece is on the disk; may answer a promise to slow the download down. */
  onBytes?: (count: number) => void | Promise<void>;
  userAgent?: string;
  timeouts?: Partial<DownloadTimeouts>;
}

/** A file that is whole. */
export interface DownloadResult {
  /** Name with the ending that its bytes ask for. */
  file: string;
  bytes: number;
  /** Hex. */
  sha256: string;
  mediaType: string;
  /** True when bytes of an earlier attempt were used. */
  resumed: boolean;
}

const usualTimeouts: DownloadTimeouts = { connect: 15_000, response: 30_000, idle: 30_000 };
const firstWait = 1000;
const longestWait = 30_000;
/** A server that asks for a longer pause than this is left in peace until the next run. */
export const longestRetryAfter = 120_000;

/** Fetches one file: never half, never of an unknown host, tried again where that can help. */
export async function download(
  request: DownloadRequest,
  context: DownloadContext,
): Promise<DownloadResult> {
  let wrongKind = 0;
  try {
    return await pRetry(() => attempt(request, context), {
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
  } catch (error) {
    if (context.signal.aborted) throw stoppedError();
    throw error;
  }
}

async function attempt(
  request: DownloadRequest,
  context: DownloadContext,
): Promise<DownloadResult> {
  if (context.signal.aborted) throw stoppedError();
  const place = partPlace(request.folder, request.name);
  const asking: AskContext = {
    allowedHosts: context.allowedHosts,
    signal: context.signal,
    userAgent: context.userAgent ?? "findmehere",
    timeouts: { ...usualTimeouts, ...context.timeouts },
  };
  const refused = context.allowedHosts.refuses(request.address);
  if (refused !== null) {
    throw new DownloadError("host-refused", refused, {
      host: URL.parse(request.address)?.host ?? null,
    });
  }
  await onDisk(() => mkdir(request.folder, { recursive: true }));
  const whole = await transfer(request, place, {
    ...asking,
    now: () => context.clock.calendar(),
    onBytes: context.onBytes,
  });
  try {
    const type = await onDisk(() =>
      judgeMedia(place.part, whole.bytes, request.expect, whole.host),
    );
    if (!whole.measured && (await onDisk(() => seemsCut(place.part, whole.bytes, type.ending)))) {
      throw new DownloadError("transfer", "the file ends too early", { host: whole.host });
    }
    const file = `${request.name}.${type.ending}`;
    await onDisk(() => finishPart(place, file));
    const { bytes, sha256, resumed } = whole;
    return { file, bytes, sha256, mediaType: type.mediaType, resumed };
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
