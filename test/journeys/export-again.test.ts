import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";

import { afterEach, beforeEach, describe, expect, it } from "vitest";

import {
  sample,
  sampleAddresses,
  sampleCaptions,
  serveSample,
  writeSampleZip,
} from "../demo/sample.ts";
import { sidecar, writeSidecar } from "../support/sidecar.ts";
import {
  csvRows,
  filesBelow,
  folderOf,
  jsonRows,
  keyOf,
  photoPath,
  problemsOf,
  servePost,
  startExportJourney,
  videoPath,
} from "./export-journey.ts";
import type { ExportJourney } from "./export-journey.ts";

const { posts } = sample();
let journey: ExportJourney;

beforeEach(async () => {
  journey = await startExportJourney();
});

afterEach(() => journey.dispose());

async function sampleZip(name = "archive.zip", now = Date.now()): Promise<string> {
  serveSample(journey.server);
  const path = join(journey.folder, name);
  await writeSampleZip(path, { origin: journey.server.origin, now });
  return path;
}

/** Posts as they are whatever came first: without key and folder. */
function withoutNames(library: string): unknown[] {
  return jsonRows(join(journey.folder, library)).map(
    ({ key: _key, folder: _folder, mediaFiles, ...rest }) => ({
      ...rest,
      mediaFiles: (mediaFiles as string[]).map((path) => path.slice(path.lastIndexOf("/") + 1)),
    }),
  );
}

describe("exporting again", () => {
  it("fetches nothing twice, says unchanged, and leaves every file as it was", async () => {
    const archive = await sampleZip();
    const first = await journey.run(["export", archive, sampleCaptions]);
    expect(first.summary).toMatchObject({ found: 18, exported: 18 });
    const asked = journey.server.requests.length;
    expect(asked).toBe(sampleAddresses().size);
    const files = filesBelow(journey.library);
    const before = files.map((file) => readFileSync(join(journey.library, file), "base64"));

    const again = await journey.run(["export", archive, sampleCaptions]);
    expect(again.code).toBe(0);
    expect(again.summary).toMatchObject({ found: 18, exported: 0, unchanged: 18, bytes: 0 });
    const changed = again.lines.flatMap((line) => (line.type === "post" ? line["changed"] : []));
    expect(changed).toEqual([]);
    expect(journey.server.requests.length).toBe(asked);
    expect(filesBelow(journey.library)).toEqual(files);
    for (const [index, file] of files.entries()) {
      // The log says that there was a run.
      if (/^(findmehere\.db|logs\/)/.test(file)) continue;
      expect(readFileSync(join(journey.library, file), "base64"), file).toBe(before[index]);
    }
    const said = await journey.run(["export", archive, sampleCaptions], { text: true });
    expect(said.out).toContain("18 posts found. 0 exported, 18 unchanged, 0 skipped, 0 failed.");
  });

  it("needs no link of an old archive once everything is there", async () => {
    const row = servePost(journey.server, { date: "2024-01-01 10:00:00", expires: 2_000_000_000 });
    const archive = await journey.zip("a.zip", [row]);
    expect((await journey.run(["export", archive])).summary).toMatchObject({ exported: 1 });
    const environment = { FINDMEHERE_NOW: "2040-01-01T00:00:00Z", FINDMEHERE_TEST: "1" };
    const later = await journey.run(["export", archive], { environment });
    expect(later.code).toBe(0);
    expect(later.summary).toMatchObject({ found: 1, unchanged: 1 });
    expect(problemsOf(later, "links-expired")).toEqual([]);
    expect(journey.server.requests).toHaveLength(1);
  });

  it("takes the files of a library in again whose database was lost, though their links have died", async () => {
    const [one, two] = ["2024-01-01 10:00:00", "2024-01-02 10:00:00"] as const;
    const at = (expires: number) => [
      servePost(journey.server, { date: one, expires }),
      servePost(journey.server, { date: two, photos: 3, expires }),
    ];
    await journey.run(["export", await journey.zip("living.zip", at(4_000_000_000))]);
    const asked = journey.server.requests.length;
    rmSync(join(journey.library, "findmehere.db"));
    const run = await journey.run(["export", await journey.zip("dead.zip", at(1_700_000_000))]);
    expect(run.code, run.out).toBe(0);
    expect(run.summary).toMatchObject({ found: 2, exported: 2, failed: 0, bytes: 0 });
    expect(journey.server.requests).toHaveLength(asked);
    const verified = await journey.run(["verify"]);
    expect(verified.summary).toMatchObject({ files: 4, whole: 4, notInManifest: 0 });
  });

  it("completes with a second archive what the first run missed, and asks for nothing else", async () => {
    const [video, set, whole] = [
      "2024-01-01 10:00:00",
      "2024-01-02 10:00:00",
      "2024-01-03 10:00:00",
    ] as const;
    const refused = { kind: "status", status: 403 } as const;
    const first = await journey.zip("first.zip", [
      servePost(journey.server, { date: video, faults: [refused], expires: 2_000_000_000 }),
      servePost(journey.server, { date: set, photos: 12, faults: [refused] }),
      servePost(journey.server, { date: whole }),
    ]);
    const missed = await journey.run(["export", first]);
    expect(missed.code).toBe(3);
    expect(missed.summary).toMatchObject({ found: 3, exported: 1, failed: 2 });
    const asked = journey.server.requests.length;

    const second = await journey.zip("second.zip", [
      servePost(journey.server, { date: video, expires: 2_100_000_000 }),
      servePost(journey.server, { date: set, photos: 12, expires: 2_100_000_000 }),
      servePost(journey.server, { date: whole, expires: 2_100_000_000 }),
    ]);
    const completed = await journey.run(["export", second]);
    expect(completed.code).toBe(0);
    expect(completed.summary).toMatchObject({ found: 3, exported: 2, unchanged: 1 });
    const paths = journey.server.requests.slice(asked).map((request) => request.path);
    expect(paths.toSorted()).toEqual([photoPath(set, 1), videoPath(video)].toSorted());
    const changed = completed.lines.filter((line) => line["result"] === "exported");
    expect(changed.map((line) => line["changed"])).toEqual([["media"], ["media"]]);
    expect(csvRows(journey.library).map((row) => row["problem"])).toEqual(
      Array.from({ length: 3 }, () => "no-caption"),
    );
    const names = csvRows(journey.library)[1]?.["media_files"]?.split(";") ?? [];
    expect(names).toEqual(
      Array.from(
        { length: 12 },
        (_, index) => `${folderOf(set)}/${String(index + 1).padStart(2, "0")}.jpg`,
      ),
    );
    expect((await journey.run(["verify"])).summary).toMatchObject({ files: 14, whole: 14 });
  });

  it("says failed where a file was deleted and cannot be had again", async () => {
    const date = "2024-01-01 10:00:00";
    const other = servePost(journey.server, { date: "2024-01-02 10:00:00" });
    const archive = await journey.zip("a.zip", [servePost(journey.server, { date }), other]);
    await journey.run(["export", archive]);
    rmSync(join(journey.library, folderOf(date), "video.mp4"));
    servePost(journey.server, { date, faults: [{ kind: "status", status: 404 }] });
    const run = await journey.run(["export", archive]);
    expect(run.code).toBe(3);
    expect(run.summary).toMatchObject({ found: 2, unchanged: 1, failed: 1 });
    expect(problemsOf(run, "file-gone")).toHaveLength(1);
    const said = await journey.run(["export", archive, "--quiet"], { text: true });
    expect(said).toMatchObject({ code: 3, out: "" });
    expect(said.error).toBe(
      [
        `! ${keyOf(date)}: The video could not be fetched: the server no longer has it (${journey.server.host}).`,
        "  → Ask TikTok for a new archive; if it is gone there too, only your phone may still have it.",
        "",
      ].join("\n"),
    );
  });

  it("takes new likes of a newer archive without calling the post exported", async () => {
    const date = "2024-01-01 10:00:00";
    const first = await journey.zip("a.zip", [servePost(journey.server, { date, likes: "5" })]);
    await journey.run(["export", first]);
    const second = await journey.zip("b.zip", [servePost(journey.server, { date, likes: "9" })]);
    const run = await journey.run(["export", second]);
    expect(run.lines.find((line) => line.type === "post")).toMatchObject({
      key: keyOf(date),
      result: "unchanged",
      changed: ["likes"],
    });
    expect(csvRows(journey.library)[0]?.["likes"]).toBe("9");
    const file = join(journey.library, folderOf(date), "post.json");
    expect(JSON.parse(readFileSync(file, "utf8"))).toMatchObject({ likes: 9 });
  });
});

describe("the order of the sources", () => {
  it("makes no difference to any field; only keys and folders tell which came first", async () => {
    const archive = await sampleZip();
    const early = await journey.run(["export", sampleCaptions], { library: "captions-first" });
    expect(early.code).toBe(0);
    expect(early.summary).toMatchObject({ found: 16, exported: 16, unjoined: 0 });
    const joined = await journey.run(["export", archive], { library: "captions-first" });
    expect(joined.summary).toMatchObject({ found: 18, exported: 18, unjoined: 0 });

    await journey.run(["export", archive], { library: "archive-first" });
    const later = await journey.run(["export", sampleCaptions], { library: "archive-first" });
    expect(later.code).toBe(0);
    expect(later.summary).toMatchObject({ found: 16, exported: 16, bytes: 0, unjoined: 0 });
    for (const line of later.lines.filter((each) => each.type === "post")) {
      expect(line["changed"]).toEqual(expect.arrayContaining(["caption", "url", "views", "id"]));
      expect(line["changed"]).not.toContain("media");
    }

    await journey.run(["export", sampleCaptions, archive], { library: "both" });
    await journey.run(["export", archive, sampleCaptions], { library: "both-turned" });
    const known = withoutNames("both");
    expect(known).toHaveLength(18);
    for (const library of ["captions-first", "archive-first", "both-turned"]) {
      expect(withoutNames(library), library).toEqual(known);
    }

    const keys = (library: string): unknown[] =>
      jsonRows(join(journey.folder, library)).map((row) => row["key"]);
    const byTime = posts.map(({ date }) => date.replaceAll(/[-:]/g, ""));
    expect(keys("archive-first")).toEqual(byTime);
    const byId = posts.map(({ id, sidecar: file }, index) => (file === null ? byTime[index] : id));
    expect(keys("captions-first")).toEqual(byId);
    expect(keys("both")).toEqual(byId);
  });

  it("lets a caption that comes later count as exported, and only that post", async () => {
    const [one, two] = ["2024-01-01 10:00:00", "2024-01-02 10:00:00"] as const;
    const archive = await journey.zip("a.zip", [
      servePost(journey.server, { date: one }),
      servePost(journey.server, { date: two }),
    ]);
    const first = await journey.run(["export", archive]);
    expect(problemsOf(first, "no-caption").map((each) => each["post"])).toEqual([
      keyOf(one),
      keyOf(two),
    ]);
    const folder = join(journey.folder, "captions");
    const words = "Two lines,\nand a cat 🐈‍⬛ #cats";
    const at = Date.parse("2024-01-02T10:00:00Z") / 1000;
    const id = "7319476839206931718";
    await writeSidecar(folder, sidecar({ id, timestamp: at - 2, description: words }));
    const run = await journey.run(["export", folder]);
    expect(run.summary).toMatchObject({ found: 1, exported: 1, bytes: 0 });
    const line = run.lines.find((each) => each.type === "post");
    expect(line).toMatchObject({ key: keyOf(two), id, caption: words, result: "exported" });
    expect(new Set(line?.["changed"] as string[])).toEqual(
      new Set([
        ...["caption", "comments", "durationMs", "hashtags", "height", "id", "likes", "saves"],
        ...["shares", "sound", "sources", "url", "views", "width"],
      ]),
    );
    const file = join(journey.library, folderOf(two), "caption.txt");
    expect(readFileSync(file, "utf8")).toBe(words);

    const again = await journey.run(["export", folder]);
    expect(again.summary).toMatchObject({ found: 1, exported: 0, unchanged: 1 });
    const newer = join(journey.folder, "newer");
    const told = sidecar({ id, timestamp: at - 2, description: "New words #cats" });
    const epoch = Date.parse("2025-03-01T00:00:00Z") / 1000;
    await writeSidecar(newer, { ...told, epoch, view_count: 99_000 });
    const edited = await journey.run(["export", newer]);
    expect(edited.lines.find((each) => each.type === "post")).toMatchObject({
      result: "exported",
      changed: ["caption", "views"],
    });
    expect(readFileSync(file, "utf8")).toBe("New words #cats");
    expect(problemsOf(edited, "caption-edited")).toMatchObject([{ post: keyOf(two) }]);
    const { history } = JSON.parse(
      readFileSync(join(journey.library, folderOf(two), "post.json"), "utf8"),
    ) as { history: Record<string, unknown>[] };
    const first2024 = { observed: "2024-01-03T09:59:58Z", source: "media-folder" };
    expect(history).toContainEqual(
      expect.objectContaining({ ...first2024, caption: words, views: expect.any(Number) }),
    );

    // An older look that is read late takes nothing back.
    const late = await journey.run(["export", folder]);
    expect(late.summary).toMatchObject({ found: 1, exported: 0, unchanged: 1 });
    expect(readFileSync(file, "utf8")).toBe("New words #cats");
    expect(journey.server.requests).toHaveLength(2);
  });
});

describe("captions for a library that misses media", () => {
  it("join without a failure of their own, and the table still says what is missing", async () => {
    const [gone, lost] = ["2024-01-01 10:00:00", "2024-01-02 10:00:00"] as const;
    const archive = await journey.zip("a.zip", [
      servePost(journey.server, { date: gone, expires: 1_700_000_000 }),
      servePost(journey.server, {
        date: lost,
        photos: 3,
        faults: [{ kind: "status", status: 404 }],
      }),
    ]);
    expect((await journey.run(["export", archive])).code).toBe(3);
    const before = csvRows(journey.library).map((row) => row["problem"]);
    expect(before).toEqual(["links-expired", "file-gone"]);
    const folder = join(journey.folder, "captions");
    for (const [index, date] of [gone, lost].entries()) {
      const timestamp = Date.parse(`${date.replace(" ", "T")}Z`) / 1000;
      const id = `731947683920693171${index}`;
      const slideshow = index === 1;
      await writeSidecar(folder, sidecar({ id, timestamp, description: `No ${index}`, slideshow }));
    }
    const run = await journey.run(["export", folder]);
    expect(run.code).toBe(0);
    expect(run.summary).toMatchObject({ found: 2, exported: 2, failed: 0 });
    expect(problemsOf(run, "no-media")).toEqual([]);
    expect(csvRows(journey.library).map((row) => [row["caption"], row["problem"]])).toEqual([
      ["No 0", "links-expired"],
      ["No 1", "file-gone"],
    ]);
  });
});
