import { mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { afterEach, beforeEach, describe, expect, it } from "vitest";

import { sidecar } from "../support/sidecar.ts";
import { withSound } from "../support/sample-videos.ts";
import { filesBelow, problemsOf, startExportJourney } from "./export-journey.ts";
import type { ExportJourney } from "./export-journey.ts";

const id = "7415551234567890123";
const ownFolder = `posts/2024-09-17_${id}`;

let journey: ExportJourney;
let given: string;

beforeEach(async () => {
  journey = await startExportJourney();
  given = join(journey.folder, "saved");
  mkdirSync(given);
  const record = sidecar({ id, timestamp: Date.UTC(2024, 8, 17, 14, 7, 21) / 1000 });
  writeFileSync(join(given, `Day one [${id}].info.json`), JSON.stringify(record));
  writeFileSync(join(given, `Day one [${id}].mp4`), withSound);
});

afterEach(() => journey.dispose());

const original = () => join(given, `Day one [${id}].mp4`);
const kept = () => join(journey.library, ownFolder, "video.mp4");

describe.each([["--copy"], []] as string[][])("a folder that is exported with %s", (...options) => {
  it("keeps every file as it was; the library has its own", async () => {
    const before = statSync(original());
    const run = await journey.run(["export", given, ...options]);
    expect(run.code).toBe(0);
    expect(run.summary).toMatchObject({
      found: 1,
      exported: 1,
      failed: 0,
      bytes: withSound.length,
    });
    expect(journey.server.requests).toEqual([]);
    const after = statSync(original());
    expect([after.ino, after.mtimeMs, after.nlink]).toEqual([before.ino, before.mtimeMs, 1]);
    expect(statSync(kept()).ino).not.toBe(before.ino);
    expect(readFileSync(kept()).equals(withSound)).toBe(true);
    expect(filesBelow(journey.library).filter((file) => file.includes(".part"))).toEqual([]);
    expect((await journey.run(["verify"])).summary).toMatchObject({ files: 1, whole: 1 });
    const again = await journey.run(["export", given, ...options]);
    expect(again.summary).toMatchObject({ unchanged: 1, bytes: 0 });
  });
});

describe("--link", () => {
  it("takes no room, and what is linked stays when the folder goes", async () => {
    const run = await journey.run(["export", given, "--link"]);
    expect(run.code).toBe(0);
    expect(statSync(kept()).ino).toBe(statSync(original()).ino);
    expect(problemsOf(run, "not-linked")).toEqual([]);
    renameSync(given, `${given}-away`);
    expect((await journey.run(["verify"])).summary).toMatchObject({ files: 1, whole: 1 });
  });
});

describe("a file that is not what its name says", () => {
  it("is told with its post, leaves nothing behind, and comes when it is mended", async () => {
    writeFileSync(
      original(),
      Buffer.from('{"statusCode":10204,"statusMsg":"item doesn\'t exist"}'),
    );
    const run = await journey.run(["export", given]);
    expect(run.code).toBe(3);
    expect(run.summary).toMatchObject({ found: 1, failed: 1 });
    const [told] = problemsOf(run, "not-media");
    expect(told).toMatchObject({
      post: id,
      message: "The video could not be fetched: the file was not a video but a message in JSON.",
    });
    expect(filesBelow(journey.library).filter((file) => /\.(mp4|part)/.test(file))).toEqual([]);
    writeFileSync(original(), withSound);
    expect((await journey.run(["export", given])).summary).toMatchObject({ exported: 1 });
  });
});
