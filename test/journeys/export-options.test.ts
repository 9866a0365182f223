import { join } from "node:path";

import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";

import { sample, sampleCaptions, serveSample, writeSampleZip } from "../demo/sample.ts";
import type { CliRun } from "../support/cli.ts";
import {
  csvRows,
  filesBelow,
  problemsOf,
  servePost,
  startExportJourney,
} from "./export-journey.ts";
import type { ExportJourney } from "./export-journey.ts";

const { posts } = sample();
let journey: ExportJourney;
let archive: string;
let count = 0;
/** A fresh library for each run. */
let library: string;

beforeAll(async () => {
  journey = await startExportJourney();
  serveSample(journey.server);
  archive = join(journey.folder, "archive.zip");
  await writeSampleZip(archive, { origin: journey.server.origin, now: Date.now() });
});

beforeEach(() => {
  count += 1;
  library = `library-${count}`;
});

afterAll(() => journey.dispose());

async function exportSample(...options: string[]): Promise<CliRun> {
  const run = await journey.run(["export", archive, sampleCaptions, ...options], { library });
  expect(run.code, run.out + run.error).toBe(0);
  return run;
}

function kept(): string[] {
  const found = csvRows(join(journey.folder, library)).map((row) => row["date"] ?? "");
  return posts.filter((post) => found.includes(post.date)).map((post) => post.name);
}

function namesWhere(test: (post: (typeof posts)[number]) => boolean): string[] {
  return posts.filter(test).map((post) => post.name);
}

describe("export options", () => {
  it("--since and --until take the days that they name, in UTC, with the captions of those posts", async () => {
    const run = await exportSample("--since", "2023-10-29", "--until", "2024-02-14");
    expect(kept()).toEqual(["catSheets", "tagsOnly", "fractal"]);
    expect(run.summary).toMatchObject({ found: 3, exported: 3, unjoined: 0 });
    const rows = csvRows(join(journey.folder, library));
    expect(rows.every((row) => row["caption"] !== "")).toBe(true);
    expect(problemsOf(run, "caption-without-post")).toEqual([]);
  });

  it("--since and --until take a second as well, and a caption of an earlier second stays with its post", async () => {
    // The sidecar of this post is three seconds earlier than the archive.
    const run = await exportSample("--since", "2023-10-29T17:20:18Z", "--until", "2023-12-01");
    expect(kept()).toEqual(["catSheets"]);
    expect(run.lines.find((line) => line.type === "post")?.["caption"]).toMatch(/^Three cats/);
  });

  it("--limit counts posts, the newest first, whatever their captions", async () => {
    const run = await exportSample("--limit", "4");
    expect(kept()).toEqual(["empty", "waves", "swirl", "night"]);
    expect(run.summary).toMatchObject({ found: 4, exported: 4, unjoined: 0 });
    const rows = csvRows(join(journey.folder, library));
    expect(rows.map((row) => row["sources"])).toEqual(
      Array.from({ length: 4 }, () => "media-folder;tiktok-archive"),
    );
    const next = await exportSample("--limit", "6");
    expect(next.summary).toMatchObject({ found: 6, exported: 2, unchanged: 4 });
  });

  it("--limit counts a post of two archives once", async () => {
    const second = join(journey.folder, "second.zip");
    await writeSampleZip(second, { origin: journey.server.origin, now: Date.now() + 3_600_000 });
    const run = await journey.run(["export", archive, second, "--limit", "3"], { library });
    expect(run.summary).toMatchObject({ found: 3, exported: 3 });
    expect(kept()).toEqual(["waves", "swirl", "night"]);
  });

  it("--only photos, videos, or both", async () => {
    await exportSample("--only", "photos", "--skip-media");
    expect(kept()).toEqual(namesWhere((post) => post.kind === "photos"));
    await exportSample("--only", "videos", "--skip-media");
    expect(kept()).toHaveLength(18);
    library += "-both";
    const run = await exportSample("--only", "videos,photos", "--skip-media");
    expect(run.summary).toMatchObject({ found: 18 });
  });

  it("--only pinned finds nothing where no source tells of pins", async () => {
    const run = await exportSample("--only", "pinned");
    expect(run.summary).toMatchObject({ found: 0, exported: 0 });
  });

  it("--public-only leaves the private post out of the library", async () => {
    const before = journey.server.requests.length;
    const run = await exportSample("--public-only");
    expect(kept()).toEqual(namesWhere((post) => post.whoCanView === "Everyone"));
    expect(run.summary).toMatchObject({ found: 17, exported: 17 });
    const secret = posts.find((post) => post.name === "secret")?.objectIds[0] ?? "-";
    const paths = journey.server.requests.slice(before).map((request) => request.path);
    expect(paths.some((path) => path.includes(secret))).toBe(false);
  });

  it("--skip-media asks for nothing; the media comes with the next run", async () => {
    const before = journey.server.requests.length;
    const run = await exportSample("--skip-media");
    expect(run.summary).toMatchObject({ found: 18, exported: 18, failed: 0, bytes: 0 });
    expect(journey.server.requests.length).toBe(before);
    const folder = join(journey.folder, library);
    expect(filesBelow(folder).filter((file) => /\.(mp4|jpg|webp|part)$/.test(file))).toEqual([]);
    expect(csvRows(folder).every((row) => row["media_files"] === "")).toBe(true);
    expect(csvRows(folder).filter((row) => row["problem"] !== "")).toHaveLength(2);

    const captionsAlone = await journey.run(["export", sampleCaptions], { library });
    expect(captionsAlone.code).toBe(0);
    expect(captionsAlone.summary).toMatchObject({ found: 16, unchanged: 16, failed: 0 });
    const next = await exportSample();
    expect(next.summary).toMatchObject({ found: 18, exported: 18 });
    expect((await journey.run(["verify"], { library })).summary).toMatchObject({ files: 39 });
  });
});

describe("cells that a spreadsheet would run", () => {
  it("get one quote in posts.csv and are exact everywhere else", async () => {
    const titles = ["=SUM(A1)", "+1 for cats", "@friend look", "-5 degrees", "'quoted'"];
    const rows = titles.map((title, index) =>
      servePost(journey.server, { date: `2024-08-0${index + 1} 10:00:00`, title }),
    );
    const zip = await journey.zip("cells.zip", rows);
    const run = await journey.run(["export", zip], { library });
    expect(run.lines.filter((line) => line.type === "post").map((line) => line["caption"])).toEqual(
      titles,
    );
    const cells = csvRows(join(journey.folder, library)).map((row) => row["caption"]);
    expect(cells).toEqual([...titles.slice(0, 4).map((title) => `'${title}`), "'quoted'"]);
  });
});
