import { existsSync } from "node:fs";
import { join } from "node:path";

import { afterEach, beforeEach, describe, expect, it } from "vitest";

import { photoLink } from "../support/archive.ts";
import {
  csvRows,
  filesBelow,
  folderOf,
  keyOf,
  photoBytes,
  photoPath,
  problemsOf,
  results,
  servePost,
  startExportJourney,
  videoPath,
} from "./export-journey.ts";
import type { ExportJourney } from "./export-journey.ts";

const [one, two, three] = [
  "2024-01-01 10:00:00",
  "2024-01-02 10:00:00",
  "2024-01-03 10:00:00",
] as const;
const past = Date.parse("2025-02-03T04:05:06Z") / 1000;
const coverId = "c0ffee00c0ffee00c0ffee00c0ffee00";

let journey: ExportJourney;

beforeEach(async () => {
  journey = await startExportJourney();
});

afterEach(() => journey.dispose());

describe("links that have died", () => {
  it("are recognised before any request; the day and what to do are said", async () => {
    const archive = await journey.zip("old.zip", [
      servePost(journey.server, { date: one, expires: past }),
      servePost(journey.server, { date: two, photos: 3, expires: past + 86_400 }),
      servePost(journey.server, { date: three, expires: past }),
    ]);
    const run = await journey.run(["export", archive]);
    expect(run.code).toBe(3);
    expect(journey.server.requests).toEqual([]);
    expect(run.summary).toMatchObject({ found: 3, exported: 0, failed: 3, bytes: 0 });
    const fix =
      "Ask TikTok for a new archive (Settings, Account, Download your data, JSON) and type `findmehere export NEW-ARCHIVE.zip`. It completes this library.";
    expect(problemsOf(run, "links-expired")).toEqual([
      {
        type: "problem",
        code: "links-expired",
        severity: "warn",
        message: "The links to 2 files of 2 posts died on 2025-02-03. Nothing was asked for.",
        fix,
      },
      {
        type: "problem",
        code: "links-expired",
        severity: "warn",
        message: "The links to 3 files of 1 post died on 2025-02-04. Nothing was asked for.",
        fix,
      },
    ]);
    // What is known of the posts is kept all the same.
    expect(csvRows(journey.library).map((row) => [row["key"], row["problem"]])).toEqual(
      [one, two, three].map((date) => [keyOf(date), "links-expired"]),
    );
    const files = filesBelow(join(journey.library, "posts"));
    expect(files).toEqual([one, two, three].map((date) => `${folderOf(date).slice(6)}/post.json`));

    const said = await journey.run(["export", archive], { text: true });
    expect(said.code).toBe(3);
    expect(said.error).toContain(
      "! The links to 2 files of 2 posts died on 2025-02-03. Nothing was asked for.\n",
    );
    expect(said.error).toContain(`  → ${fix}`);
    expect(journey.server.requests).toEqual([]);

    const fresh = await journey.zip("new.zip", [
      servePost(journey.server, { date: one }),
      servePost(journey.server, { date: two, photos: 3 }),
      servePost(journey.server, { date: three }),
    ]);
    const completed = await journey.run(["export", fresh]);
    expect(completed.code).toBe(0);
    expect(completed.summary).toMatchObject({ found: 3, exported: 3, failed: 0 });
  });

  it("do not keep the living ones from being fetched", async () => {
    const archive = await journey.zip("half.zip", [
      servePost(journey.server, { date: one, expires: past }),
      servePost(journey.server, { date: two }),
    ]);
    const run = await journey.run(["export", archive]);
    expect(run.code).toBe(3);
    expect(results(run)).toEqual({
      "2024-01-01T10:00:00Z": "failed",
      "2024-01-02T10:00:00Z": "exported",
    });
    expect(journey.server.requests.map((request) => request.path)).toEqual([videoPath(two)]);
    expect(problemsOf(run, "links-expired")[0]?.["message"]).toBe(
      "The link to 1 file of 1 post died on 2025-02-03. Nothing was asked for.",
    );
  });

  it("of covers alone are a note, and the run ends with 0", async () => {
    const cover = photoLink({ id: coverId, origin: journey.server.origin, expires: past });
    const archive = await journey.zip("covers.zip", [
      servePost(journey.server, { date: one, cover }),
      servePost(journey.server, { date: two, cover: cover.replace("c0ffee00c0", "c0ffee11c1") }),
    ]);
    const run = await journey.run(["export", archive]);
    expect(run.code).toBe(0);
    expect(run.summary).toMatchObject({ found: 2, exported: 2, failed: 0 });
    expect(problemsOf(run, "links-expired")).toEqual([
      {
        type: "problem",
        code: "links-expired",
        severity: "note",
        message: "The links to 2 covers of 2 posts died on 2025-02-03. Nothing was asked for.",
        fix: "",
      },
    ]);
    expect(journey.server.requests).toHaveLength(2);
  });

  it("a cover that the server refuses is a note too", async () => {
    const cover = photoLink({ id: coverId, origin: journey.server.origin });
    const path = new URL(cover).pathname;
    journey.server.put(path, photoBytes("cover", 1), [{ kind: "status", status: 403 }]);
    const archive = await journey.zip("covers.zip", [
      servePost(journey.server, { date: one, cover }),
    ]);
    const run = await journey.run(["export", archive]);
    expect(run.code).toBe(0);
    expect(run.summary).toMatchObject({ found: 1, exported: 1 });
    expect(problemsOf(run, "download-failed")[0]).toMatchObject({
      severity: "note",
      post: keyOf(one),
      message: `The cover could not be fetched: the server refused it (403); the link may have died early (${journey.server.host}).`,
    });
    expect(existsSync(join(journey.library, folderOf(one), "cover.jpg"))).toBe(false);
  });

  it("of photos are followed first, whatever dies sooner: theirs live shortest in an archive", async () => {
    const now = Math.floor(Date.now() / 1000);
    const archive = await journey.zip("both.zip", [
      servePost(journey.server, { date: one, expires: now + 30 * 3600 }),
      servePost(journey.server, { date: two, photos: 1, expires: now + 75 * 3600 }),
    ]);
    const run = await journey.run(["export", archive, "--concurrency", "1"]);
    expect(run.code, run.error).toBe(0);
    expect(journey.server.requests.map((request) => request.path)).toEqual([
      photoPath(two, 1),
      videoPath(one),
    ]);
  });

  it("that die within a day are said before the fetching begins", async () => {
    const soon = Math.floor(Date.now() / 1000) + 5 * 3600 + 60;
    const archive = await journey.zip("soon.zip", [
      servePost(journey.server, { date: one, expires: soon }),
      servePost(journey.server, { date: two, expires: soon + 7200 }),
      servePost(journey.server, { date: three }),
    ]);
    const run = await journey.run(["export", archive, "--concurrency", "1"]);
    expect(run.code).toBe(0);
    expect(problemsOf(run, "links-expire-soon")[0]).toMatchObject({
      severity: "note",
      message: "2 links of the archive die within a day, the first in about 5 hours.",
    });
    // What dies first is asked for first.
    expect(journey.server.requests.map((request) => request.path)).toEqual([
      videoPath(one),
      videoPath(two),
      videoPath(three),
    ]);
  });
});
