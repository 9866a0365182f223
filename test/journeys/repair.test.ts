import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";

import { afterEach, beforeEach, describe, expect, it } from "vitest";

import {
  csvRows,
  filesBelow,
  folderOf,
  photoBytes,
  problemsOf,
  servePost,
  startExportJourney,
  videoBytes,
  videoPath,
} from "./export-journey.ts";
import type { ExportJourney, ServedPost } from "./export-journey.ts";

const [photos, video, other] = [
  "2024-04-01 10:00:00",
  "2024-04-02 10:00:00",
  "2024-04-03 10:00:00",
] as const;
const file = {
  photo: `${folderOf(photos)}/02.jpg`,
  video: `${folderOf(video)}/video.mp4`,
  other: `${folderOf(other)}/video.mp4`,
};
let journey: ExportJourney;
let archive: string;

beforeEach(async () => {
  journey = await startExportJourney();
  archive = await zip("archive.zip", {});
  await journey.run(["export", archive]);
});

afterEach(() => journey.dispose());

function zip(name: string, ofVideo: Partial<ServedPost>): Promise<string> {
  return journey.zip(name, [
    servePost(journey.server, { date: photos, photos: 2 }),
    servePost(journey.server, { date: video, ...ofVideo }),
    servePost(journey.server, { date: other }),
  ]);
}

function place(path: string): string {
  return join(journey.library, path);
}

/** One bit of it is another; its size stays. */
function damage(path: string): Buffer {
  const bytes = readFileSync(place(path));
  bytes[100] = (bytes[100] ?? 0) ^ 1;
  writeFileSync(place(path), bytes);
  return bytes;
}

describe("verify --repair", () => {
  it("fetches what is missing or differs, and nothing else, and then everything is whole", async () => {
    damage(file.video);
    rmSync(place(file.photo));
    const asked = journey.server.requests.length;
    const run = await journey.run(["verify", "--repair", archive]);
    expect(run.code).toBe(0);
    expect(run.summary).toMatchObject({
      command: "verify",
      files: 4,
      whole: 4,
      missing: 0,
      differs: 0,
      repaired: 2,
      problems: { stop: 0, warn: 0, note: 0 },
    });
    expect(journey.server.requests.length).toBe(asked + 2);
    expect(readFileSync(place(file.video))).toEqual(videoBytes(video));
    expect(readFileSync(place(file.photo))).toEqual(photoBytes(photos, 2));
    expect(filesBelow(journey.library).filter((path) => /damaged|part/.test(path))).toEqual([]);
    expect((await journey.run(["verify"])).code).toBe(0);
    const said = await journey.run(["verify", archive, "--repair"], { text: true });
    expect(said).toMatchObject({ code: 0, out: "All 4 files are whole.\n" });
    expect(journey.server.requests.length).toBe(asked + 2);
  });

  it("leaves a damaged file where no whole one comes, says so, and ends with 3", async () => {
    const bytes = damage(file.video);
    rmSync(place(file.other));
    const dead = await zip("dead.zip", { faults: [{ kind: "status", status: 404 }] });
    const run = await journey.run(["verify", "--repair", dead]);
    expect(run.code).toBe(3);
    expect(run.summary).toMatchObject({ files: 4, whole: 3, differs: 1, missing: 0, repaired: 1 });
    expect(problemsOf(run, "file-gone")).toHaveLength(1);
    expect(problemsOf(run, "file-differs")[0]?.["message"]).toContain(file.video);
    expect(readFileSync(place(file.video))).toEqual(bytes);
    expect(readFileSync(place(file.other))).toEqual(videoBytes(other));

    const expired = await zip("expired.zip", { expires: 1_600_000_000 });
    const asked = journey.server.count(videoPath(video));
    const late = await journey.run(["verify", "--repair", expired], { text: true });
    expect(late.code).toBe(3);
    expect(late.out).toBe("3 of 4 files are whole. 0 missing, 1 changed.\n");
    expect(journey.server.count(videoPath(video))).toBe(asked);
    expect(readFileSync(place(file.video))).toEqual(bytes);
    expect(filesBelow(journey.library).filter((path) => path.endsWith(".damaged"))).toEqual([]);

    const alone = await journey.zip("alone.zip", [servePost(journey.server, { date: other })]);
    const without = await journey.run(["verify", "--repair", alone]);
    expect(without.code).toBe(3);
    expect(readFileSync(place(file.video))).toEqual(bytes);
  });

  it("makes no post of what else the archive has, and asks only for the creator's own", async () => {
    rmSync(place(file.other));
    const newer = await journey.zip("newer.zip", [
      servePost(journey.server, { date: other }),
      servePost(journey.server, { date: "2024-05-01 10:00:00" }),
    ]);
    expect((await journey.run(["verify", "--repair", newer])).code).toBe(0);
    expect(csvRows(journey.library)).toHaveLength(3);
    const strange = await journey.zip("strange.zip", [servePost(journey.server, { date: other })], {
      profile: { userName: "somebody.else" },
    });
    const run = await journey.run(["verify", "--repair", strange]);
    expect(run.summary).toMatchObject({ error: "not-your-archive" });
  });

  it("goes on where a killed repair stopped", async () => {
    const bytes = damage(file.video);
    rmSync(place(file.video));
    writeFileSync(place(`${file.video}.damaged`), bytes);
    // An export brought another one meanwhile, and only the set-aside file is left over.
    writeFileSync(place(`${file.other}.damaged`), "old");
    const alone = await journey.zip("alone.zip", [
      servePost(journey.server, { date: video, faults: [{ kind: "status", status: 404 }] }),
    ]);
    expect((await journey.run(["verify", "--repair", alone])).code).toBe(3);
    expect(readFileSync(place(file.video))).toEqual(bytes);
    expect(existsSync(place(`${file.video}.damaged`))).toBe(false);
    rmSync(place(file.video));
    writeFileSync(place(`${file.video}.damaged`), bytes);
    servePost(journey.server, { date: video });
    expect((await journey.run(["verify", "--repair", archive])).code).toBe(0);
    expect(filesBelow(journey.library).filter((path) => path.endsWith(".damaged"))).toEqual([]);
  });

  it("writes the manifest again; verify says which files it does not name", async () => {
    const manifest = place("manifest-sha256.txt");
    const text = readFileSync(manifest, "utf8");
    const lines = text.split("\n");
    const lost = lines.find((line) => line.endsWith(file.video)) ?? "";
    const stranger = `${"0".repeat(64)}  posts/not-ours.mp4`;
    writeFileSync(manifest, [...lines.filter((line) => line !== lost), stranger, ""].join("\n"));
    writeFileSync(place("posts/not-ours.mp4"), "mine");
    const run = await journey.run(["verify"]);
    expect(run.code).toBe(3);
    expect(run.summary).toMatchObject({ files: 5, whole: 4, differs: 1, notInManifest: 1 });
    expect(problemsOf(run, "not-in-manifest")[0]?.["message"]).toContain(file.video);
    const mended = await journey.run(["verify", "--repair", archive]);
    expect(mended.code).toBe(0);
    expect(readFileSync(manifest, "utf8")).toBe(text);
    // A file that the database does not know is left alone.
    expect(readFileSync(place("posts/not-ours.mp4"), "utf8")).toBe("mine");
    rmSync(manifest);
    expect((await journey.run(["verify"])).code).toBe(65);
    expect((await journey.run(["verify", "--repair", archive])).code).toBe(0);
    expect(readFileSync(manifest, "utf8")).toBe(text);
  });

  it("takes a file of another sum for whole when it comes whole, and remembers it", async () => {
    damage(file.video);
    const other = await zip("other.zip", { size: 5000 });
    expect((await journey.run(["verify", "--repair", other])).code).toBe(0);
    const db = new DatabaseSync(place("findmehere.db"));
    const [row] = db.prepare("select bytes from files where path = ?").all(file.video);
    db.close();
    expect(row).toEqual({ bytes: 5000 });
    expect((await journey.run(["verify"])).code).toBe(0);
  });

  it("needs a source to repair from, and takes none otherwise", async () => {
    for (const words of [
      ["verify", "--repair"],
      ["verify", archive],
    ]) {
      const run = await journey.run(words);
      expect(run.code).toBe(2);
      expect(run.summary).toMatchObject({ error: "what-to-repair" });
    }
    const none = await journey.run(["verify", "--repair", archive], { library: "none" });
    expect(none.summary).toMatchObject({ error: "no-library" });
  });
});
