import type { Hash } from "node:crypto";
import { open } from "node:fs/promises";
import { onDisk } from "./error.ts";
import type { PartPlace } from "./part.ts";
import { partWriter } from "./part-writer.ts";

/** Told of every piece that came; may answer a promise to slow the download down. */
export type OnBytes = (count: number, signal: AbortSignal) => void | Promise<void>;

/** What receiving needs. */
interface ReceiveContext {
  signal: AbortSignal;
  onBytes?: OnBytes | undefined;
  /** Gives the memory of written pieces back. */
  sweep?: (() => void) | undefined;
}

/** As many bytes come between two sweeps. */
const sweepEvery = 4 * 1024 * 1024;

/**
 * Appends pieces to a part and hashes them on the way; answers how many bytes came. Holds about a megabyte at
 * most: while the disk is busy nothing more is taken from the line.
 */
export async function receive(
  pieces: AsyncIterable<Uint8Array>,
  place: PartPlace,
  hash: Hash,
  context: ReceiveContext,
): Promise<number> {
  let bytes = 0;
  let unswept = 0;
  const file = await onDisk(() => open(place.part, "a"));
  const writer = partWriter(file);
  try {
    for await (const piece of pieces) {
      await onDisk(() => writer.add(piece));
      hash.update(piece);
      bytes += piece.length;
      await context.onBytes?.(piece.length, context.signal);
      unswept += piece.length;
      if (unswept < sweepEvery) continue;
      unswept = 0;
      context.sweep?.();
    }
  } finally {
    // Also after a failure: what the next run builds on must lie on the disk.
    await onDisk(async () => {
      try {
        await writer.end();
        await file.sync();
      } finally {
        await file.close();
      }
    });
  }
  return bytes;
}
