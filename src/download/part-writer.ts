import type { FileHandle } from "node:fs/promises";

/** As much may wait to be written before whoever brings the bytes has to wait too. */
const mostWaiting = 1024 * 1024;

/** Takes pieces as they come and writes them in order. */
export interface PartWriter {
  /** Waits only while too much is waiting; throws what the disk said of an earlier piece. */
  add(piece: Uint8Array): Promise<void>;
  /** Waits until everything is written. */
  end(): Promise<void>;
}

/**
 * Writes to the end of a file. A piece is written as soon as the one before it is; what comes meanwhile goes
 * in one write, so that a fast line costs few of them and a slow one keeps nothing back.
 */
export function partWriter(file: FileHandle): PartWriter {
  let waiting: Uint8Array[] = [];
  let size = 0;
  let writing: Promise<void> | null = null;
  let failure: { error: unknown } | null = null;

  async function write(): Promise<void> {
    try {
      while (waiting.length > 0) {
        const pieces = waiting;
        const bytes = size;
        waiting = [];
        size = 0;
        const { bytesWritten } = await file.writev(pieces);
        // A disk may take less than it was given; the rest goes the slow way, or says what is wrong.
        if (bytesWritten < bytes)
          await file.appendFile(Buffer.concat(pieces).subarray(bytesWritten));
      }
    } catch (error) {
      failure = { error };
    } finally {
      writing = null;
    }
  }

  async function settle(): Promise<void> {
    if (writing !== null) await writing;
    if (failure !== null) throw failure.error;
  }

  return {
    async add(piece) {
      if (failure !== null) throw failure.error;
      waiting.push(piece);
      size += piece.length;
      writing ??= write();
      if (size >= mostWaiting) await settle();
    },
    end: settle,
  };
}
