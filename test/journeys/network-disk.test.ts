import { spawn } from "node:child_process";
import type { SpawnOptions } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { afterEach, beforeEach, describe, expect, it } from "vitest";

import {
  filesBelow,
  folderOf,
  keyOf,
  problemsOf,
  results,
  servePost,
  startExportJourney,
  videoBytes,
  videoPath,
} from "./export-journey.ts";
import type { ExportJourney } from "./export-journey.ts";

const dates = [1, 2, 3, 4].map((day) => `2024-01-0${day} 10:00:00`);
const [first = "", second = "", third = ""] = dates;
const megabyte = 1_000_000;
const bin = fileURLToPath(new URL("../../bin/findmehere.js", import.meta.url));
const outlive = new URL("../crash/children/outlive-size-limit.ts", import.meta.url).href;

let journey: ExportJourney;

beforeEach(async () => {
  journey = await startExportJourney();
});

afterEach(() => journey.dispose());

function archiveOf(size: (date: string) => number): Promise<string> {
  const rows = dates.map((date) =>
    servePost(journey.server, { date, size: size(date), title: "A" }),
  );
  return journey.zip("archive.zip", rows);
}

function own(): string[] {
  return ["--library", journey.library];
}

/** How a command ended that `journey.run` cannot start. */
interface Ended {
  code: number | null;
  said: string;
}

/** Runs a command in a process that may write no file longer than so many blocks of 512 bytes. */
function limited(blocks: number, words: readonly string[]): Promise<Ended> {
  const command = [process.execPath, `--import=${outlive}`, bin, ...words];
  return start("sh", ["-c", `ulimit -f ${blocks}; exec "$0" "$@"`, ...command], {});
}

/** Runs a command as somebody who may only read the library. */
async function asReader(words: readonly string[]): Promise<Ended> {
  chmodSync(journey.folder, 0o755);
  // Nobody: the system's user who owns nothing. Without the rights to become it, the folders are closed.
  if (process.getuid?.() === 0) {
    return start(process.execPath, [bin, ...words], { uid: 65534, gid: 65534 });
  }
  const folders = foldersOf(journey.library);
  for (const folder of folders) chmodSync(folder, 0o555);
  try {
    return await start(process.execPath, [bin, ...words], {});
  } finally {
    for (const folder of folders) chmodSync(folder, 0o755);
  }
}

function start(file: string, words: readonly string[], options: SpawnOptions): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(file, words, {
      ...options,
      cwd: journey.folder,
      env: {
        ...process.env,
        HOME: journey.folder,
        NO_COLOR: "1",
        FINDMEHERE_NETWORK_ALLOW_HOSTS: journey.server.host,
      },
      stdio: ["ignore", "pipe", "pipe"],
    });
    let said = "";
    child.stdout?.on("data", (chunk: Buffer) => (said += chunk.toString("utf8")));
    child.stderr?.on("data", (chunk: Buffer) => (said += chunk.toString("utf8")));
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, said }));
  });
}

function foldersOf(library: string): string[] {
  return existsSync(library) ? [library, join(library, "posts")].filter(existsSync) : [];
}

function whole(date: string, size: number): boolean {
  const file = join(journey.library, folderOf(date), "video.mp4");
  return existsSync(file) && readFileSync(file).equals(videoBytes(date, size));
}

describe("a disk that takes no more", () => {
  it("fails the one file that is too large for it; the rest goes on and the next run completes it", async () => {
    const sizeOf = (date: string) => (date === second ? 2 * megabyte : 4000);
    const archive = await archiveOf(sizeOf);
    const run = await limited(2048, ["export", archive, "--concurrency", "1", ...own()]);
    expect(run.said).toContain(
      `! ${keyOf(second)}: The video could not be fetched: the disk takes no file of that size.`,
    );
    expect(run.said).toContain("4 posts found. 3 exported, 0 unchanged, 0 skipped, 1 failed.");
    expect(run.code).toBe(3);
    expect(dates.map((date) => whole(date, sizeOf(date)))).toEqual([true, false, true, true]);

    const before = journey.server.requests.length;
    const again = await journey.run(["export", archive]);
    expect(again.code, again.error).toBe(0);
    expect(dates.map((date) => whole(date, sizeOf(date)))).toEqual([true, true, true, true]);
    const asked = journey.server.requests.slice(before);
    expect(asked.map(({ path }) => path)).toEqual([videoPath(second)]);
    expect(asked[0]?.range).toMatch(/^bytes=\d+-$/);
  });

  it.each([100, 200, 300, 400])(
    "under the database (%i blocks) ends with 69 and says so; what was whole is not asked for again",
    async (blocks) => {
      const archive = await archiveOf(() => 4000);
      const run = await limited(blocks, ["export", archive, "--concurrency", "1", ...own()]);
      expect(run.code, run.said).toBe(69);
      expect(run.said).toMatch(/The disk (failed under the library's database|is full|takes no)/);
      expect(run.said).toContain("What was whole in the library is still whole.");
      expect(run.said).not.toContain("mistake of its own");
      const there = dates.filter((date) => whole(date, 4000));

      const before = journey.server.requests.length;
      const again = await journey.run(["export", archive]);
      expect(again.code, again.error).toBe(0);
      expect(again.summary).toMatchObject({ found: 4, failed: 0 });
      const asked = journey.server.requests.slice(before).map(({ path }) => path);
      expect(asked.toSorted()).toEqual(
        dates
          .filter((date) => !there.includes(date))
          .map(videoPath)
          .toSorted(),
      );
      expect(dates.every((date) => whole(date, 4000))).toBe(true);
      expect((await journey.run(["verify"])).code).toBe(0);
      expect(filesBelow(journey.library).filter((file) => /\.part|\.\d+$/.test(file))).toEqual([]);
    },
  );
});

describe("a library that may only be read", () => {
  it("is refused with 69 and a sentence, and nothing is asked of the network", async () => {
    const archive = await archiveOf(() => 4000);
    expect((await journey.run(["export", archive])).code).toBe(0);
    const before = filesBelow(journey.library);
    const asked = journey.server.requests.length;
    const run = await asReader(["export", archive, ...own()]);
    expect(run.code, run.said).toBe(69);
    expect(run.said).toMatch(
      /may not be written|cannot write into the library folder|cannot be opened/,
    );
    expect(run.said).toContain("Make the library folder writable for you");
    expect(run.said).not.toContain("mistake of its own");
    expect(filesBelow(journey.library)).toEqual(before);
    expect(journey.server.requests).toHaveLength(asked);
    const again = await journey.run(["export", archive]);
    expect(again.summary).toMatchObject({ found: 4, unchanged: 4 });
  });

  it("is not made where nothing may be made", async () => {
    const archive = await archiveOf(() => 4000);
    mkdirSync(join(journey.folder, "closed"), { mode: 0o555 });
    const run = await asReader([
      "export",
      archive,
      "--library",
      join(journey.folder, "closed", "x"),
    ]);
    expect(run.code, run.said).toBe(69);
    expect(existsSync(join(journey.folder, "closed", "x"))).toBe(false);
    expect(journey.server.requests).toEqual([]);
  });
});

describe("a name that the disk refuses", () => {
  it("fails that post with a sentence; the others go on", async () => {
    const archive = await archiveOf(() => 4000);
    // Where the file should go lies a folder: renaming onto it is refused, as an impossible name would be.
    mkdirSync(join(journey.library, folderOf(first), "video.mp4"), { recursive: true });
    mkdirSync(join(journey.library, folderOf(third), "video.part"), { recursive: true });
    const run = await journey.run(["export", archive, "--concurrency", "1"]);
    expect(run.code, run.error).toBe(3);
    expect(Object.values(results(run)).toSorted()).toEqual([
      ...["exported", "exported", "failed", "failed"],
    ]);
    const told = problemsOf(run, "download-failed");
    expect(told.map((problem) => problem["post"]).toSorted()).toEqual([keyOf(first), keyOf(third)]);
    for (const problem of told) {
      expect(problem["message"]).toBe(
        "The video could not be fetched: something of that name is in the way.",
      );
      expect(problem["fix"]).toContain("Look at that post's folder.");
    }
    for (const name of ["video.mp4", "video.part"]) {
      const date = name === "video.mp4" ? first : third;
      rmSync(join(journey.library, folderOf(date), name), { recursive: true });
    }
    expect((await journey.run(["export", archive])).summary).toMatchObject({ failed: 0 });
  });
});
