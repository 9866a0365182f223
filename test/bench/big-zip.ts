import { closeSync, createReadStream, createWriteStream, ftruncateSync, openSync } from "node:fs";
import { rmSync, statSync, writeSync } from "node:fs";
import { join } from "node:path";
import { Writable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { crc32 } from "node:zlib";
import { openPromise } from "yauzl";
import { textFile } from "../../src/library/phone-folder.ts";
import { writeZip } from "../../src/library/zip.ts";
import type { Place } from "./processes.ts";
import type { Figure } from "./table.ts";

/** More bytes than a zip of the old kind can hold, or tell the place of. */
const past32Bits = 4.1 * 2 ** 30;

/**
 * A zip for the phone with a video beyond 4 GiB, against a plain copy of that video; and whether everything comes
 * out of it again. Throws when it does not.
 */
export async function bigZipFigure({ folder }: Place, quick: boolean): Promise<Figure> {
  const bytes = Math.floor(quick ? past32Bits / 100 : past32Bits);
  const video = join(folder, "video.mp4");
  const zip = join(folder, "phone.zip");
  const copy = join(folder, "copy.mp4");
  sparse(video, bytes);
  const words = "标题：behind four gigabytes";
  const measured = await timed(() =>
    writeZip(
      zip,
      [
        { path: "1_lemon8/video.mp4", sha256: "", bytes, from: { file: video } },
        textFile("1_lemon8/title.txt", words),
      ],
      Date.parse("2026-10-05T18:00:00Z"),
      new AbortController().signal,
    ),
  );
  const base = await timed(() => pipeline(createReadStream(video), createWriteStream(copy)));
  rmSync(copy);
  await readBack(zip, { bytes, crc: await sumOf(video), words });
  rmSync(video);
  const gigabytes = (statSync(zip).size / 1e9).toFixed(2);
  rmSync(zip);
  const what = `a zip of ${gigabytes} GB for the phone, read back whole`;
  return { what, against: "a plain copy", measured, base, goal: null };
}

/** A file of so many bytes that takes up almost no room, with something at both ends. */
function sparse(path: string, bytes: number): void {
  const file = openSync(path, "w");
  ftruncateSync(file, bytes);
  writeSync(file, "the beginning", 0);
  writeSync(file, "the end", bytes - "the end".length);
  closeSync(file);
}

async function readBack(
  path: string,
  { bytes, crc, words }: { bytes: number; crc: number; words: string },
): Promise<void> {
  const zip = await openPromise(path);
  const found = new Map<string, { size: number; crc: number; text: string }>();
  for await (const entry of zip.eachEntry()) {
    let sum = 0;
    let size = 0;
    let text = "";
    for await (const chunk of await zip.openReadStreamPromise(entry)) {
      const part = chunk as Buffer;
      sum = crc32(part, sum);
      size += part.length;
      if (entry.fileName.endsWith(".txt")) text += part.toString("utf8");
    }
    if (sum !== entry.crc32) throw new Error(`${entry.fileName} is broken`);
    found.set(entry.fileName, { size, crc: sum, text });
  }
  const video = found.get("1_lemon8/video.mp4");
  if (video?.size !== bytes || video.crc !== crc) throw new Error("the video is another one");
  if (found.get("1_lemon8/title.txt")?.text !== words) throw new Error("the words are others");
}

async function sumOf(path: string): Promise<number> {
  let sum = 0;
  const adding = new Writable({
    write(chunk: Buffer, _encoding, done) {
      sum = crc32(chunk, sum);
      done();
    },
  });
  await pipeline(createReadStream(path), adding);
  return sum;
}

async function timed(work: () => Promise<void>): Promise<number> {
  const begun = performance.now();
  await work();
  return performance.now() - begun;
}
