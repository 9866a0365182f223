import { createWriteStream } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { fileURLToPath } from "node:url";
import { archivePost, buildArchive } from "../support/archive.ts";
import { median, run } from "./processes.ts";
import type { Place, Program } from "./processes.ts";
import type { Figure } from "./table.ts";

/** What one child tells of its reading. */
interface Reading {
  milliseconds: number;
  count: number;
  peakKilobytes: number;
}

const goals = { ratio: 2, megabytes: 300 };
const ownPosts = 500;

/**
 * The archive of somebody who watched for years: nearly all of it is the watch history. How long the built
 * source takes for it, and how much memory, against a tokenizer that keeps nothing.
 */
export async function bigArchiveFigure(
  root: string,
  place: Place,
  size: { bytes: number; rounds: number },
): Promise<Figure> {
  const file = join(place.folder, "user_data_tiktok.json");
  await pipeline(Readable.from(pieces(size.bytes)), createWriteStream(file));
  const ours: Reading[] = [];
  const bare: Reading[] = [];
  try {
    for (let round = 0; round < size.rounds; round += 1) {
      ours.push(await read(child("read-archive.ts", root, file), place));
      bare.push(await read(child("tokenize.ts", file), place));
    }
  } finally {
    await rm(file);
  }
  if (ours.some(({ count }) => count !== ownPosts)) {
    throw new Error(`${ours[0]?.count} posts were found in the archive, not ${ownPosts}.`);
  }
  const time = (readings: Reading[]) => median(readings.map(({ milliseconds }) => milliseconds));
  const peak = (readings: Reading[]) =>
    Math.round(Math.max(...readings.map(({ peakKilobytes }) => peakKilobytes)) / 1024);
  return {
    what: `reading an archive of ${Math.round(size.bytes / 1_000_000)} MB`,
    measured: time(ours),
    against: "the bare tokenizer",
    base: time(bare),
    goal: goals.ratio,
    memory: { measured: peak(ours), base: peak(bare), goal: goals.megabytes },
  };
}

function child(name: string, ...words: string[]): Program {
  const file = fileURLToPath(new URL(`children/${name}`, import.meta.url));
  return { file: process.execPath, words: [file, ...words] };
}

async function read(program: Program, place: Place): Promise<Reading> {
  return JSON.parse((await run(program, place)).out) as Reading;
}

/** An archive, cut open in its watch history and filled up there. */
function* pieces(bytes: number): Generator<string> {
  const posts = Array.from({ length: ownPosts }, (_, index) =>
    archivePost({
      date: new Date(1_700_000_000_000 + index * 3_600_000)
        .toISOString()
        .slice(0, 19)
        .replace("T", " "),
    }),
  );
  const watched = (index: number) => ({
    Date: "2024-11-02 08:15:00",
    Link: `https://www.tiktokv.com/share/video/${7_000_000_000_000_000n + BigInt(index)}/`,
  });
  const here = "the rest of the watch history";
  const archive = buildArchive({
    generation: "middle",
    posts,
    extras: { "Your Activity": { "Watch History": { VideoList: [here] } } },
  });
  const [before = "", after = ""] = JSON.stringify(archive).split(JSON.stringify(here));
  yield before;
  for (let written = before.length + after.length, index = 0; written < bytes;) {
    const rows: string[] = [];
    for (let count = 0; count < 5000; count += 1, index += 1)
      rows.push(JSON.stringify(watched(index)));
    const block = `${rows.join(",")},`;
    written += block.length;
    yield block;
  }
  yield `${JSON.stringify(watched(0))}${after}`;
}
