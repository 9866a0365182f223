import { createHash, type Hash } from "node:crypto";
import { ask, type Answer, type AskContext, type OriginHeaders } from "./answer.ts";
import { DownloadError, onDisk, stoppedError } from "./error.ts";
import {
  addressHash,
  discardPart,
  findPart,
  hashPart,
  writeNote,
  type FoundPart,
  type PartPlace,
} from "./part.ts";
import { receive, type OnBytes } from "./receive.ts";
import { contentLength, contentRange, rangeValidator, statusError, strongDate } from "./status.ts";

/** One file to bring to the disk. */
interface TransferRequest {
  address: string;
  /** ISO 8601 UTC instant at which the address dies; null when it does not say. */
  expires: string | null;
  headers?: OriginHeaders;
}

/** What a transfer needs beside the address. */
interface TransferContext extends AskContext {
  /** Milliseconds since the epoch, by the calendar. */
  now(): number;
  onBytes?: OnBytes | undefined;
  sweep?: (() => void) | undefined;
}

/** A part that is whole now. */
interface Transferred {
  bytes: number;
  sha256: string;
  /** True when bytes of an earlier attempt were used. */
  resumed: boolean;
  host: string | null;
  /** False when the server announced no length, so that nothing but the file itself can tell its end. */
  measured: boolean;
}

/** Where writing goes on. */
interface Start {
  from: number;
  hash: Hash;
  total: number | null;
}

/** Brings a file to its part once, going on where an earlier attempt stopped where that is safe. */
export async function transfer(
  request: TransferRequest,
  place: PartPlace,
  context: TransferContext,
): Promise<Transferred> {
  const found = await onDisk(() => findPart(place, request.address));
  if (found !== null && found.size === found.note.total) {
    // Stopped between the last byte and the new name: nothing is left to ask for.
    const hash = await rehash(place, context.signal);
    return {
      bytes: found.size,
      sha256: hash.digest("hex"),
      resumed: true,
      host: null,
      measured: true,
    };
  }
  const validator = found === null ? null : rangeValidator(found.note);
  if (found !== null && validator !== null) {
    const headers = { range: `bytes=${found.size}-`, "if-range": validator };
    const answer = await ask(request.address, headers, context, request.headers);
    if (answer.status === 206 && continues(answer, found)) {
      const hash = await rehash(place, context.signal).catch((error: unknown) => {
        answer.close();
        throw error;
      });
      return complete(answer, place, { from: found.size, hash, total: found.note.total }, context);
    }
    if (answer.status === 200) return fresh(answer, request, place, context);
    answer.close();
    if (answer.status !== 206 && answer.status !== 416) {
      throw statusError(answer, request.expires, context.now());
    }
    // The server has another file now, or another idea of it: once more, from the beginning.
    await onDisk(() => discardPart(place));
  }
  const answer = await ask(request.address, {}, context, request.headers);
  if (answer.status === 200) return fresh(answer, request, place, context);
  answer.close();
  if (answer.status === 206 || answer.status === 416) {
    throw new DownloadError("transfer", `the answer does not fit the question (${answer.status})`, {
      host: answer.host,
      status: answer.status,
    });
  }
  throw statusError(answer, request.expires, context.now());
}

/** True when the answer goes on exactly where the part ends, in the same version of the file. */
function continues(answer: Answer, found: FoundPart): boolean {
  const range = contentRange(answer.headers);
  if (range === null || range.start !== found.size) return false;
  if (range.total !== null && range.end !== range.total - 1) return false;
  if (found.note.total !== null && range.total !== null && range.total !== found.note.total)
    return false;
  const etag = answer.headers.etag;
  return etag === undefined || found.note.etag === null || etag === found.note.etag;
}

async function fresh(
  answer: Answer,
  request: TransferRequest,
  place: PartPlace,
  context: TransferContext,
): Promise<Transferred> {
  const total = contentLength(answer.headers);
  const note = {
    address: addressHash(request.address),
    etag: answer.headers.etag ?? null,
    lastModified: strongDate(answer.headers),
    total: total === 0 ? null : total,
  };
  try {
    await onDisk(async () => {
      await discardPart(place);
      await writeNote(place, note);
    });
  } catch (error) {
    answer.close();
    throw error;
  }
  return complete(answer, place, { from: 0, hash: createHash("sha256"), total }, context);
}

async function complete(
  answer: Answer,
  place: PartPlace,
  start: Start,
  context: TransferContext,
): Promise<Transferred> {
  const { host } = answer;
  const total = start.total ?? contentRange(answer.headers)?.total ?? null;
  let bytes = start.from;
  try {
    bytes += await receive(answer.body(), place, start.hash, context);
  } finally {
    answer.close();
  }
  if (total !== null && bytes > total) {
    await onDisk(() => discardPart(place));
    throw new DownloadError("transfer", "more arrived than the server announced", { host });
  }
  if (total !== null && bytes < total) {
    throw new DownloadError("transfer", "less arrived than the server announced", { host });
  }
  return {
    bytes,
    sha256: start.hash.digest("hex"),
    resumed: start.from > 0,
    host,
    measured: total !== null,
  };
}

async function rehash(place: PartPlace, signal: AbortSignal): Promise<Hash> {
  try {
    return await onDisk(() => hashPart(place, signal));
  } catch (error) {
    throw signal.aborted ? stoppedError() : error;
  }
}
