import { createHash } from "node:crypto";
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import type { Clock } from "../../src/core/clock.ts";
import type { DownloadContext, DownloadRequest } from "../../src/download/download.ts";
import { DownloadError } from "../../src/download/error.ts";
import { hostRule } from "../../src/download/hosts.ts";
import type { MediaServer } from "../support/media-server.ts";

/** What every test address is signed with; it must appear nowhere. */
export const signature = "x-expires=1764593352&x-signature=SECRETSIGNATURE";

/** Bytes that are an MP4 to everyone who looks at their beginning. */
export function videoBytes(size: number): Buffer {
  const head = Buffer.from("000000186674797069736f6d0000020069736f6d6d703432", "hex");
  const box = Buffer.alloc(8);
  box.writeUInt32BE(size - head.length, 0);
  box.write("mdat", 4, "latin1");
  const filler = Buffer.alloc(size - head.length - box.length, "0123456789abcdefghijk");
  return Buffer.concat([head, box, filler]);
}

/** Bytes that are a JPEG to everyone who looks at their beginning and end. */
export function pictureBytes(size = 200): Buffer {
  const head = Buffer.from("ffd8ffe000104a46494600010100000100010000", "hex");
  return Buffer.concat([head, Buffer.alloc(size - head.length - 2, 7), Buffer.from("ffd9", "hex")]);
}

/** Small pictures of the other kinds, as their first bytes tell. */
export const otherPictures: Record<string, Buffer> = {
  png: Buffer.from(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360000000000500010d0a2db40000000049454e44ae426082",
    "hex",
  ),
  webp: Buffer.concat([Buffer.from("RIFF\x2c\x00\x00\x00WEBPVP8 ", "latin1"), Buffer.alloc(40, 1)]),
  avif: Buffer.concat([Buffer.from("0000001c6674797061766966", "hex"), Buffer.alloc(60, 1)]),
  heic: Buffer.concat([Buffer.from("0000001c6674797068656963", "hex"), Buffer.alloc(60, 1)]),
  gif: Buffer.concat([Buffer.from("GIF89a", "latin1"), Buffer.alloc(60, 1)]),
};

/** A clock that does not wait and remembers how long it was asked to. */
export interface FakeClock extends Clock {
  slept: number[];
}

/** A clock that stands still at this instant. */
export function fakeClock(now = Date.parse("2026-11-20T12:00:00Z")): FakeClock {
  const slept: number[] = [];
  return {
    slept,
    calendar: () => now,
    wall: () => now,
    async sleep(milliseconds, signal) {
      slept.push(milliseconds);
      await wait(0, undefined, { signal });
    },
  };
}

/** A context that allows this server alone beside TikTok's hosts. */
export function contextFor(
  server: MediaServer,
  changes: Partial<DownloadContext> = {},
): DownloadContext & { clock: FakeClock } {
  const clock = fakeClock();
  return {
    allowedHosts: hostRule([server.host]),
    root: tmpdir(),
    random: () => 0,
    signal: new AbortController().signal,
    timeouts: { connect: 10_000, response: 10_000, idle: 10_000 },
    ...changes,
    clock,
  };
}

/** A fresh folder of this test. */
export function freshFolder(): Promise<string> {
  return mkdtemp(join(tmpdir(), "findmehere-download-"));
}

/** What a test wants of a request: another address, or whole ways. */
interface RequestChanges extends Partial<DownloadRequest> {
  address?: string;
  expires?: string | null;
}

/** A request for a signed video. */
export function videoRequest(
  server: MediaServer,
  folder: string,
  { address, expires = null, ...changes }: RequestChanges = {},
): DownloadRequest {
  const signed = address ?? server.address("/storage/v1/tos/object1/", signature);
  const origins = [{ at: "web" as const, address: signed, expires }] as const;
  return { origins, folder, name: "video", expect: "video", ...changes };
}

/** The path of `videoRequest`. */
export const videoPath = "/storage/v1/tos/object1/";

/** The error that a download ends with; anything else is a failure of the test. */
export async function failureOf(work: Promise<unknown>): Promise<DownloadError> {
  try {
    await work;
  } catch (error) {
    if (error instanceof DownloadError) return error;
    throw error;
  }
  throw new Error("the download was expected to fail");
}

/** SHA-256 in hex. */
export function sha256(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}
