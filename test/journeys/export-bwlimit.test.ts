import type { ChildProcess } from "node:child_process";
import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";

import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { filesBelow, folderOf, servePost, startExportJourney } from "./export-journey.ts";
import type { ExportJourney } from "./export-journey.ts";

const dates = ["2024-01-01 10:00:00", "2024-01-02 10:00:00"] as const;
const size = 400_000;

let journey: ExportJourney;
let running: ChildProcess | null = null;

beforeEach(async () => {
  journey = await startExportJourney();
});

afterEach(async () => {
  if (running?.exitCode === null && running.signalCode === null) running.kill("SIGKILL");
  await journey.dispose();
});

function archive(): Promise<string> {
  return journey.zip(
    "archive.zip",
    dates.map((date) => servePost(journey.server, { date, size })),
  );
}

describe("--bwlimit", () => {
  it("holds for all downloads together, and everything comes whole", async () => {
    const path = await archive();
    const from = performance.now();
    const run = await journey.run(["export", path, "--bwlimit", "500K"]);
    const seconds = (performance.now() - from) / 1000;
    expect(run.code).toBe(0);
    expect(run.summary).toMatchObject({ exported: 2, bytes: 2 * size });
    // All but the quarter of a second that may be made up for takes its time; a slow machine only adds to it.
    expect(seconds).toBeGreaterThan((2 * size) / (500 * 1024) - 0.25);
    expect((await journey.run(["verify"])).summary).toMatchObject({ files: 2, whole: 2 });
  });

  it("holds for a repair too", async () => {
    const path = await archive();
    expect((await journey.run(["export", path])).code).toBe(0);
    for (const date of dates) rmSync(join(journey.library, folderOf(date), "video.mp4"));
    const from = performance.now();
    const run = await journey.run(["verify", "--repair", path, "--bwlimit", "500K"]);
    expect(performance.now() - from).toBeGreaterThan(((2 * size) / (500 * 1024) - 0.25) * 1000);
    expect(run.summary).toMatchObject({ repaired: 2, whole: 2 });
    const wrong = await journey.run(["verify", "--repair", path, "--bwlimit", "fast"]);
    expect(wrong.code).toBe(2);
  });

  it("keeps nobody waiting who wants to stop, and the next run goes on", async () => {
    const path = await archive();
    let said = "";
    const done = journey.run(["export", path, "--bwlimit", "1K"], {
      text: true,
      started: (child) => {
        running = child;
        child.stderr?.on("data", (chunk: Buffer) => (said += chunk.toString("utf8")));
      },
    });
    const started = (date: string) =>
      existsSync(join(journey.library, folderOf(date), "video.part"));
    await vi.waitUntil(() => dates.every(started), { timeout: 15_000, interval: 10 });
    running?.kill("SIGINT");
    await vi.waitUntil(() => said.includes("Finishing"), { timeout: 15_000, interval: 10 });
    const from = performance.now();
    running?.kill("SIGINT");
    const run = await done;
    // A piece of this size would have its turn only after half a minute.
    expect(performance.now() - from).toBeLessThan(10_000);
    expect(run.code).toBe(130);
    expect(filesBelow(journey.library).filter((file) => file.endsWith(".part"))).toHaveLength(2);
    expect((await journey.run(["export", path])).summary).toMatchObject({ exported: 2 });
  });
});
