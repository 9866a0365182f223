import type { ChildProcess } from "node:child_process";
import { existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";

import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import type { CliRun } from "../support/cli.ts";
import type { Fault } from "../support/media-server.ts";
import {
  csvRows,
  filesBelow,
  folderOf,
  keyOf,
  results,
  servePost,
  startExportJourney,
  videoBytes,
  videoPath,
} from "./export-journey.ts";
import type { ExportJourney } from "./export-journey.ts";

const dates = [1, 2, 3, 4, 5, 6].map((day) => `2024-01-0${day} 10:00:00`);
const size = 40_000;
const slow: Fault = { kind: "drip", chunk: 4000, everyMs: 60 };
/** Some bytes and then silence, the first time that a file is asked for. */
const stuck: Fault = { kind: "stall", after: 9000, times: 1 };
const patience = { timeout: 15_000, interval: 10 };

let journey: ExportJourney;
let running: ChildProcess | null = null;

beforeEach(async () => {
  journey = await startExportJourney();
});

afterEach(async () => {
  if (running?.exitCode === null && running.signalCode === null) running.kill("SIGKILL");
  await journey.dispose();
});

function archiveOf(faultsOf: (index: number) => readonly Fault[]): Promise<string> {
  const rows = dates.map((date, index) =>
    servePost(journey.server, { date, size, faults: faultsOf(index), title: `Day ${index + 1}` }),
  );
  // TikTok writes the newest first; the links die at one moment, so that they are fetched in this order.
  return journey.zip("archive.zip", rows);
}

/** An export that is on its way. */
function start(
  archive: string,
  options: { text?: boolean; concurrency?: number } = {},
): { done: Promise<CliRun>; child: () => ChildProcess; said: () => string } {
  let error = "";
  const words = ["export", archive, "--concurrency", String(options.concurrency ?? 2)];
  const done = journey.run(words, {
    text: options.text ?? false,
    started: (child) => {
      running = child;
      child.stderr?.on("data", (chunk: Buffer) => (error += chunk.toString("utf8")));
    },
  });
  const child = (): ChildProcess => {
    if (running === null) throw new Error("not started");
    return running;
  };
  return { done, child, said: () => error };
}

function requested(count: number): Promise<unknown> {
  return vi.waitUntil(() => journey.server.requests.length >= count, patience);
}

function wholeVideos(): string[] {
  return dates.filter((date) => existsSync(join(journey.library, folderOf(date), "video.mp4")));
}

function parts(): string[] {
  return filesBelow(journey.library).filter((file) => file.includes(".part"));
}

async function expectComplete(): Promise<void> {
  for (const [index, date] of dates.entries()) {
    const folder = join(journey.library, folderOf(date));
    expect(readFileSync(join(folder, "video.mp4")).equals(videoBytes(date, size)), date).toBe(true);
    expect(readFileSync(join(folder, "caption.txt"), "utf8")).toBe(`Day ${index + 1}`);
    const post = JSON.parse(readFileSync(join(folder, "post.json"), "utf8")) as object;
    expect(post).toMatchObject({ mediaFiles: [`${folderOf(date)}/video.mp4`] });
  }
  expect(parts()).toEqual([]);
  expect(csvRows(journey.library).map((row) => [row["key"], row["problem"]])).toEqual(
    dates.map((date) => [keyOf(date), ""]),
  );
  expect((await journey.run(["verify"])).summary).toMatchObject({ files: 6, whole: 6 });
}

describe("Ctrl-C once", () => {
  it("finishes what is in hand, says so, and ends with 130; the next run asks for the rest only", async () => {
    const archive = await archiveOf(() => [{ ...slow, times: 1 }]);
    const { done, child, said } = start(archive, { text: true });
    await requested(2);
    child().kill("SIGINT");
    const run = await done;
    expect(run.code).toBe(130);
    expect(said()).toContain("Finishing what is in hand. Press Ctrl-C again to stop at once.");
    expect(run.out).toContain("6 posts found. 2 exported, 0 unchanged, 4 skipped, 0 failed.");
    expect(run.out).toContain(
      "It was interrupted. Type the same command again; it goes on where it stopped.",
    );
    expect(wholeVideos()).toEqual(dates.slice(0, 2));
    expect(parts()).toEqual([]);
    expect((await journey.run(["verify"])).summary).toMatchObject({ files: 2, whole: 2 });
    expect(csvRows(journey.library)).toHaveLength(6);

    const rest = await journey.run(["export", archive]);
    expect(rest.code).toBe(0);
    expect(rest.summary).toMatchObject({ found: 6, exported: 4, unchanged: 2 });
    const paths = journey.server.requests.slice(2).map((request) => request.path);
    expect(paths.toSorted()).toEqual(dates.slice(2).map(videoPath).toSorted());
    await expectComplete();
  });

  it("with --json tells every post, ends with the summary, and stdout holds nothing else", async () => {
    const archive = await archiveOf(() => [{ ...slow, times: 1 }]);
    const { done, child } = start(archive);
    await requested(2);
    child().kill("SIGINT");
    const run = await done;
    expect(run.code).toBe(130);
    expect(run.summary).toMatchObject({ found: 6, exported: 2, skipped: 4, failed: 0 });
    expect(Object.values(results(run))).toEqual([
      ...["exported", "exported", "skipped", "skipped", "skipped", "skipped"],
    ]);
  });

  it("while the system asks to end (SIGTERM) does the same", async () => {
    const archive = await archiveOf(() => [{ ...slow, times: 1 }]);
    const { done, child } = start(archive);
    await requested(2);
    child().kill("SIGTERM");
    const run = await done;
    expect(run.code).toBe(130);
    expect(run.summary).toMatchObject({ found: 6, exported: 2, skipped: 4 });
  });
});

describe("Ctrl-C twice", () => {
  it("stops now with 130; the next run goes on inside the files where they stopped", async () => {
    const archive = await archiveOf((index) => (index < 2 ? [stuck] : []));
    const { done, child, said } = start(archive, { text: true });
    const held = dates.slice(0, 2).map((date) => join(journey.library, folderOf(date)));
    const arrived = (folder: string): boolean =>
      statSync(join(folder, "video.part"), { throwIfNoEntry: false })?.size === 9000;
    await vi.waitUntil(() => held.every(arrived), patience);
    child().kill("SIGINT");
    await vi.waitUntil(() => said().includes("Finishing what is in hand."), patience);
    const from = performance.now();
    child().kill("SIGINT");
    const run = await done;
    expect(performance.now() - from).toBeLessThan(5000);
    expect(run.code).toBe(130);
    expect(said()).toContain("Stopping now.");
    expect(run.out).toContain("6 posts found. 0 exported, 0 unchanged, 6 skipped, 0 failed.");
    expect(wholeVideos()).toEqual([]);
    expect(parts()).toHaveLength(4);
    expect((await journey.run(["status"])).code).toBe(0);

    const rest = await journey.run(["export", archive]);
    expect(rest.code).toBe(0);
    expect(rest.summary).toMatchObject({ found: 6, exported: 6 });
    const again = journey.server.requests.slice(2);
    const ranges = dates.map(
      (date) => again.find((request) => request.path === videoPath(date))?.range,
    );
    expect(ranges).toEqual(["bytes=9000-", "bytes=9000-", null, null, null, null]);
    expect(again).toHaveLength(6);
    await expectComplete();
  });
});

describe("kill -9 in the middle", () => {
  it("leaves a library that the next run completes, asking for the missing rest only", async () => {
    const archive = await archiveOf((index) => (index < 2 || index > 4 ? [] : [stuck]));
    const { done, child } = start(archive, { concurrency: 3 });
    const waiting = dates.slice(2, 5).map((date) => join(journey.library, folderOf(date)));
    const stalled = (folder: string): boolean =>
      statSync(join(folder, "video.part"), { throwIfNoEntry: false })?.size === 9000;
    await vi.waitUntil(() => waiting.every(stalled), patience);
    child().kill("SIGKILL");
    // Nothing was said any more, so there are no totals to add up.
    await expect(done).rejects.toThrow();
    expect(wholeVideos()).toEqual(dates.slice(0, 2));
    const asked = journey.server.requests.length;

    const rest = await journey.run(["export", archive]);
    expect(rest.code, rest.error).toBe(0);
    expect(rest.summary).toMatchObject({ found: 6, exported: 4, unchanged: 2, failed: 0 });
    const paths = journey.server.requests.slice(asked).map((request) => request.path);
    expect(paths.toSorted()).toEqual(dates.slice(2).map(videoPath).toSorted());
    await expectComplete();
  });

  it("takes in a whole file that the killed run had not yet noted, without asking again", async () => {
    const archive = await archiveOf(() => []);
    await journey.run(["export", archive]);
    const database = new DatabaseSync(join(journey.library, "findmehere.db"));
    database.exec("DELETE FROM files WHERE post = '20240103T100000Z'");
    database.close();
    const run = await journey.run(["export", archive]);
    expect(run.code).toBe(0);
    expect(run.summary).toMatchObject({ found: 6, unchanged: 5, exported: 1, bytes: 0 });
    expect(journey.server.requests).toHaveLength(6);
    await expectComplete();
  });
});

describe("a second export while the first one runs", () => {
  it("ends with 75 and names the holder; reading goes on beside it", async () => {
    const archive = await archiveOf((index) => (index < 2 ? [stuck] : []));
    const { done, child, said } = start(archive, { text: true });
    await requested(2);
    const second = await journey.run(["export", archive]);
    expect(second.code).toBe(75);
    expect(second.summary).toMatchObject({ error: "library-busy" });
    expect(second.lines[0]?.["message"]).toMatch(
      new RegExp(
        `^Another run of findmehere is writing this library: \`export\` since .* \\(process ${child().pid}\\)\\.`,
      ),
    );
    const told = await journey.run(["export", archive], { text: true });
    expect(told).toMatchObject({ code: 75, out: "" });
    expect(told.error).toContain(`(process ${child().pid})`);
    expect(told.error).toContain("Wait until it is done and try again");
    expect(journey.server.requests).toHaveLength(2);
    expect((await journey.run(["status"])).code).toBe(0);

    child().kill("SIGINT");
    await vi.waitUntil(() => said().includes("Finishing what is in hand."), patience);
    child().kill("SIGINT");
    expect((await done).code).toBe(130);
    expect((await journey.run(["export", archive])).summary).toMatchObject({ exported: 6 });
  });
});
