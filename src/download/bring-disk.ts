import { createHash } from "node:crypto";
import { constants } from "node:fs";
import { copyFile, link, open, realpath, stat } from "node:fs/promises";
import { basename, sep } from "node:path";
import type { DiskOrigin } from "../core/post.ts";
import { DownloadError, onDisk, stoppedError, systemCode } from "./error.ts";
import { judgeMedia } from "./media-type.ts";
import { discardPart, hashPart, type PartPlace } from "./part.ts";
import { receive } from "./receive.ts";
import type { PartWish, WholePart } from "./whole-part.ts";

/** How files of this machine are taken over. */
export interface DiskContext {
  /** The library, absolute: what lies in it already is taken from nowhere else. */
  root: string;
  /** Make hard links where the disk can. */
  link: boolean;
  signal: AbortSignal;
  /** Gives the memory of written pieces back. */
  sweep?: (() => void) | undefined;
}

/**
 * Copies or links a file of this machine to its part. It is never moved and never written to. Throws a
 * DownloadError of class `source` where the file is not there, cannot be read or is none.
 */
export async function bringDisk(
  origin: DiskOrigin,
  wish: PartWish,
  place: PartPlace,
  context: DiskContext,
): Promise<WholePart> {
  const name = basename(origin.path);
  const path = await onSource(name, () => realpath(origin.path));
  if (path.startsWith((await onDisk(() => realpath(context.root))) + sep)) {
    throw new DownloadError("source", `"${name}" lies inside this library`);
  }
  const before = await onSource(name, () => stat(path));
  if (!before.isFile()) throw new DownloadError("source", `"${name}" is not a file`);
  const { ending, mediaType } = await onSource(name, () =>
    judgeMedia(path, before.size, wish.expect, null),
  );
  await onDisk(() => discardPart(place));
  const linked = context.link && (await tryLink(path, place));
  try {
    const sha256 = linked
      ? await hashed(place, context.signal)
      : await copied(path, name, place, context);
    const after = await onSource(name, () => stat(path));
    if (after.size !== before.size || after.mtimeMs !== before.mtimeMs) {
      throw new DownloadError("source", `"${name}" changed while it was read`);
    }
    const { size: bytes } = before;
    const unlinked = context.link && !linked;
    return { bytes, sha256, ending, mediaType, resumed: false, unlinked };
  } catch (error) {
    await onDisk(() => discardPart(place));
    throw error;
  }
}

/** False where the disk makes no link: another disk, a disk without links, or a system that forbids them. */
async function tryLink(path: string, place: PartPlace): Promise<boolean> {
  try {
    await link(path, place.part);
    return true;
  } catch (error) {
    if (
      ["EXDEV", "EPERM", "ENOTSUP", "EOPNOTSUPP", "EMLINK", "EACCES", "ENOSYS"].includes(
        systemCode(error) ?? "",
      )
    )
      return false;
    return onDisk(() => Promise.reject(error));
  }
}

/** A clone where the disk can, which takes no time and no room; else every byte is read and written. */
async function copied(
  path: string,
  name: string,
  place: PartPlace,
  { signal, sweep }: DiskContext,
): Promise<string> {
  if (await tryClone(path, place)) return hashed(place, signal);
  const hash = createHash("sha256");
  await receive(piecesOf(path, name, signal), place, hash, { signal, sweep });
  return hash.digest("hex");
}

async function tryClone(path: string, place: PartPlace): Promise<boolean> {
  try {
    await copyFile(path, place.part, constants.COPYFILE_FICLONE_FORCE);
    return true;
  } catch {
    // Whatever was wrong, the copy that follows meets it too, unless it was about cloning alone.
    await onDisk(() => discardPart(place));
    return false;
  }
}

async function hashed(place: PartPlace, signal: AbortSignal): Promise<string> {
  try {
    return (await onDisk(() => hashPart(place, signal))).digest("hex");
  } catch (error) {
    throw signal.aborted ? stoppedError() : error;
  }
}

const pieceSize = 1024 * 1024;

/** Each piece has its own buffer: the writing of one goes on while the next is read. */
async function* piecesOf(
  path: string,
  name: string,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array> {
  const file = await onSource(name, () => open(path, "r"));
  try {
    for (;;) {
      if (signal.aborted) throw stoppedError();
      const buffer = Buffer.allocUnsafe(pieceSize);
      const { bytesRead } = await onSource(name, () => file.read(buffer, 0, pieceSize, null));
      if (bytesRead === 0) return;
      yield buffer.subarray(0, bytesRead);
    }
  } finally {
    await file.close();
  }
}

const sourceReasons: Record<string, string> = {
  ENOENT: "is no longer there",
  ENOTDIR: "is no longer there",
  ELOOP: "is a link that leads nowhere",
  EACCES: "may not be read",
  EPERM: "may not be read",
};

/** Runs a piece of work on the file that is taken over; its faults are not those of the library's disk. */
async function onSource<Result>(name: string, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    const code = systemCode(error);
    if (code === null) throw error;
    const reason = `"${name}" ${sourceReasons[code] ?? "could not be read"}`;
    throw new DownloadError("source", reason, { system: code });
  }
}
