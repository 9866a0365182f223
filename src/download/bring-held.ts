import { createHash } from "node:crypto";
import type { HeldOrigin } from "../core/post.ts";
import { DownloadError, onDisk, stoppedError, systemCode } from "./error.ts";
import { judgeMedia } from "./media-type.ts";
import { discardPart, type PartPlace } from "./part.ts";
import { receive } from "./receive.ts";
import type { PartWish, WholePart } from "./whole-part.ts";

/** Brings bytes that lie inside an input to their part. Throws a DownloadError like a download. */
export async function bringHeld(
  origin: HeldOrigin,
  wish: PartWish,
  place: PartPlace,
  { signal, sweep }: { signal: AbortSignal; sweep?: (() => void) | undefined },
): Promise<WholePart> {
  await onDisk(() => discardPart(place));
  const hash = createHash("sha256");
  try {
    const bytes = await receive(told(origin, signal), place, hash, { signal, sweep });
    const type = await onDisk(() => judgeMedia(place.part, bytes, wish.expect, null));
    const { ending, mediaType } = type;
    const sha256 = hash.digest("hex");
    return { bytes, sha256, ending, mediaType, resumed: false, unlinked: false };
  } catch (error) {
    // Nothing can go on from half of it: it is read from its beginning the next time.
    await onDisk(() => discardPart(place));
    throw error;
  }
}

/** A fault in reading the input is not one of the library's disk. */
async function* told(origin: HeldOrigin, signal: AbortSignal): AsyncGenerator<Uint8Array> {
  try {
    for await (const piece of origin.bytes()) {
      if (signal.aborted) throw stoppedError();
      yield piece;
    }
  } catch (error) {
    if (error instanceof DownloadError || systemCode(error) === null) throw error;
    throw new DownloadError("source", "what you gave could not be read to its end", {
      system: systemCode(error),
    });
  }
}
