import type { ChildProcess } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";

import { parse } from "csv-parse/sync";
import { expect } from "vitest";

import {
  archivePost,
  buildArchive,
  photoLink,
  videoLink,
  writeArchiveZip,
} from "../support/archive.ts";
import type { ArchiveParts, ArchivePostParts, ArchiveRow } from "../support/archive.ts";
import { findmehere, workFolder } from "../support/cli.ts";
import type { CliRun } from "../support/cli.ts";
import { startMediaServer } from "../support/media-server.ts";
import type { Fault, MediaServer } from "../support/media-server.ts";

/** How one run differs from the usual one. */
interface RunOptions {
  environment?: Record<string, string>;
  /** Below the journey's folder; its top when left out. */
  cwd?: string;
  /** Sentences instead of JSON lines. */
  text?: boolean;
  /** Library folder below the journey's folder; null says nothing about it. */
  library?: string | null;
  started?: (child: ChildProcess) => void;
}

/** A creator's folder, and the media server that plays TikTok's. */
export interface ExportJourney {
  /** Also HOME. */
  folder: string;
  library: string;
  server: MediaServer;
  /** Runs one command on `library`; an export's totals are checked every time. */
  run(words: readonly string[], options?: RunOptions): Promise<CliRun>;
  /** Writes an archive of these rows as a zip; answers its path. */
  zip(
    name: string,
    posts: readonly ArchiveRow[],
    parts?: Omit<ArchiveParts, "posts">,
  ): Promise<string>;
  dispose(): Promise<void>;
}

/** Starts a journey in a fresh folder. */
export async function startExportJourney(): Promise<ExportJourney> {
  const server = await startMediaServer();
  const work = workFolder();
  const folder = work.path;
  return {
    folder,
    library: join(folder, "library"),
    server,
    async run(words, options = {}) {
      const { environment = {}, library = "library", text = false, started } = options;
      const all = [...words, ...(library === null ? [] : ["--library", join(folder, library)])];
      const result = await findmehere(text ? all : [...all, "--json"], {
        cwd: join(folder, options.cwd ?? ""),
        environment: {
          HOME: folder,
          FINDMEHERE_NETWORK_ALLOW_HOSTS: server.host,
          ...environment,
        },
        ...(started === undefined ? {} : { started }),
      });
      // With --quiet a run that went well says nothing at all.
      if (words[0] === "export" && !words.includes("--quiet")) expectTotals(result, text);
      return result;
    },
    async zip(name, posts, parts = {}) {
      const path = join(folder, name);
      // The usual picture lies on a real host of TikTok's, which no test may ask.
      const profile = { profilePhoto: "N/A", ...parts.profile };
      await writeArchiveZip(path, buildArchive({ ...parts, profile, posts }));
      return path;
    },
    async dispose() {
      await server.close();
      work.dispose();
    },
  };
}

/** Found is what was exported, unchanged, skipped and failed; and each post is told once. */
function expectTotals(run: CliRun, text = false): void {
  if (text) {
    const found =
      /(\d+) posts? found\. (\d+) exported, (\d+) unchanged, (\d+) skipped, (\d+) failed/.exec(
        run.out,
      );
    if (run.code === 0 || run.code === 3 || run.code === 130)
      expect(found, run.error).not.toBeNull();
    const [all = 0, ...parts] = (found ?? []).slice(1).map(Number);
    expect(parts.reduce((sum, part) => sum + part, 0)).toBe(all);
    return;
  }
  const { summary } = run;
  expect(summary.type, run.error).toBe("summary");
  expect(summary).toMatchObject({ command: "export", schemaVersion: 1 });
  if (summary["error"] !== undefined) return;
  const posts = run.lines.filter((line) => line.type === "post");
  const told = (result: string): number => posts.filter((post) => post["result"] === result).length;
  expect(summary).toMatchObject({
    found: posts.length,
    exported: told("exported"),
    unchanged: told("unchanged"),
    skipped: told("skipped"),
    failed: told("failed"),
  });
  expect(new Set(posts.map((post) => post["key"])).size).toBe(posts.length);
  const problems = run.lines.filter((line) => line.type === "problem");
  const severe = (severity: string): number =>
    problems.filter((line) => line["severity"] === severity).length;
  expect(summary["problems"]).toEqual({
    stop: severe("stop"),
    warn: severe("warn"),
    note: severe("note"),
  });
}

/** Result of every post of a run, by its date. */
export function results(run: CliRun): Record<string, unknown> {
  return Object.fromEntries(
    run.lines
      .filter((line) => line.type === "post")
      .map((line) => [String(line["date"]), line["result"]]),
  );
}

/** The problems of a run with this code. */
export function problemsOf(run: CliRun, code: string): Record<string, unknown>[] {
  return run.lines.filter((line) => line.type === "problem" && line["code"] === code);
}

/** What one post of an archive is made of. */
export interface ServedPost extends Omit<ArchivePostParts, "link" | "links"> {
  /** So many photos; a video when left out. */
  photos?: number;
  /** Of the first file. */
  faults?: readonly Fault[];
  /** Bytes of a video. */
  size?: number;
  /** Epoch in seconds at which the links die. */
  expires?: number;
  /** Where the links lead; the server itself when left out. */
  origin?: string;
  /** Puts nothing on the server. */
  unserved?: boolean;
}

/** Puts a post's files on the server and answers its row of the archive. */
export function servePost(server: MediaServer, parts: ServedPost): ArchiveRow {
  const { photos, faults, size, expires, origin = server.origin, unserved, ...row } = parts;
  const put = (address: string, bytes: Buffer, wrong: readonly Fault[] = []): void => {
    if (unserved !== true) server.put(new URL(address).pathname, bytes, wrong);
  };
  const life = expires === undefined ? {} : { expires };
  if (photos === undefined) {
    const link = videoLink({ id: videoObject(parts.date), origin, ...life });
    put(link, videoBytes(parts.date, size), faults);
    return archivePost({ ...row, link });
  }
  const links = Array.from({ length: photos }, (_, index) =>
    photoLink({ id: photoObject(parts.date, index + 1), origin, ...life }),
  );
  for (const [index, link] of links.entries()) {
    put(link, photoBytes(parts.date, index + 1), index === 0 ? faults : []);
  }
  return archivePost({ ...row, links });
}

/** Path on the server of a post's video. */
export function videoPath(date: string): string {
  return new URL(videoLink({ id: videoObject(date) })).pathname;
}

/** Path on the server of a photo, from 1. */
export function photoPath(date: string, position: number): string {
  return new URL(photoLink({ id: photoObject(date, position) })).pathname;
}

/** Bytes that are an MP4 by their head, and differ from date to date. */
export function videoBytes(date: string, size = 4000): Buffer {
  const head = Buffer.from("00000018667479706d703432000000006d70343269736f6d", "hex");
  return Buffer.concat([head, filler(date, size - head.length)]);
}

/** Bytes that are a JPEG by their head. */
export function photoBytes(date: string, position: number): Buffer {
  const head = Buffer.from("ffd8ffe000104a46494600010100000100010000", "hex");
  return Buffer.concat([head, filler(`${date} ${position}`, 900)]);
}

/** Folder of a post that no source knew the id of. */
export function folderOf(date: string): string {
  return `posts/${date.slice(0, 10)}_${keyOf(date)}`;
}

/** Key of a post that no source knew the id of: `2024-09-17 14:07:21` is `20240917T140721Z`. */
export function keyOf(date: string): string {
  return `${date.replaceAll(/[-:]/g, "").replace(" ", "T")}Z`;
}

/** Every file below a folder with `/`, sorted. */
export function filesBelow(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .toSorted();
}

/** Rows of posts.csv, read as a strict reader reads it. */
export function csvRows(library: string): Record<string, string>[] {
  return parse(readFileSync(join(library, "posts.csv")), {
    bom: true,
    columns: true,
    record_delimiter: "\r\n",
  });
}

/** Lines of posts.jsonl. */
export function jsonRows(library: string): Record<string, unknown>[] {
  return readFileSync(join(library, "posts.jsonl"), "utf8")
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}

function videoObject(date: string): string {
  return `oV${createHash("sha256").update(date).digest("base64url").replaceAll("_", "x").slice(0, 31)}A`;
}

function photoObject(date: string, position: number): string {
  return createHash("md5").update(`${date} ${position}`).digest("hex");
}

function filler(seed: string, size: number): Buffer {
  const block = createHash("sha256").update(seed).digest();
  return Buffer.alloc(size, block);
}
