import { copyFileSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { afterAll, beforeAll, describe, expect, it } from "vitest";

import {
  archiveGenerations,
  buildArchive,
  deletedPost,
  privateMarkers,
  writeZip,
} from "../support/archive.ts";
import type { ArchiveGeneration, ArchiveRow } from "../support/archive.ts";
import type { CliRun } from "../support/cli.ts";
import {
  csvRows,
  filesBelow,
  folderOf,
  jsonRows,
  keyOf,
  photoBytes,
  problemsOf,
  servePost,
  startExportJourney,
  videoBytes,
} from "./export-journey.ts";
import type { ExportJourney } from "./export-journey.ts";

const dates = {
  newYear: "2023-12-31 23:30:00",
  set: "2024-02-29 00:15:00",
  friends: "2024-03-31 01:30:00",
  unknown: "2024-07-01 12:00:00",
  titled: "2024-09-17 14:07:21",
} as const;
const caption = 'She said "hi", then left\r\n\n  two spaces, 👩🏻‍🎨 and a tab\t#cats';
const zones = { old: "America/New_York", middle: "Asia/Tokyo", newest: "Pacific/Apia" } as const;

let journey: ExportJourney;
const runs = new Map<ArchiveGeneration, CliRun>();

beforeAll(async () => {
  journey = await startExportJourney();
  for (const generation of archiveGenerations) {
    const path = await journey.zip(`${generation}.zip`, rows(), {
      generation,
      deleted: [deletedPost("2024-05-05 05:05:05"), deletedPost("2024-05-06 05:05:05")],
      followers: ["one.follower", "two.followers"],
      extras: { "Brand New Section": { Things: [1] } },
    });
    const options = { library: generation, environment: { TZ: zones[generation] } };
    runs.set(generation, await journey.run(["export", path], options));
  }
});

afterAll(() => journey.dispose());

/** Newest first, as TikTok writes them. */
function rows(): ArchiveRow[] {
  const { server } = journey;
  return [
    servePost(server, { date: dates.titled, title: caption, aiGenerated: "Yes", likes: "0" }),
    servePost(server, { date: dates.unknown, whoCanView: "Subscribers", title: "N/A" }),
    servePost(server, { date: dates.friends, whoCanView: "Friends", sound: "Song - Band" }),
    servePost(server, { date: dates.set, photos: 12, location: "Austin Tx" }),
    servePost(server, { date: dates.newYear, sound: "N/A", likes: "N/A" }),
  ];
}

function lib(name: string): string {
  return join(journey.folder, name);
}

describe.each(archiveGenerations)("an archive of the %s generation", (generation) => {
  it("ends with 0 and has the same posts as the others, in UTC wherever it is read", () => {
    const run = runs.get(generation);
    expect(run?.code, run?.error).toBe(0);
    expect(run?.summary).toMatchObject({ found: 5, exported: 5, unjoined: 0 });
    const keys = [dates.newYear, dates.set, dates.friends, dates.unknown, dates.titled].map(keyOf);
    expect(csvRows(lib(generation)).map((row) => row["key"])).toEqual(keys);
    const lines = (one: ArchiveGeneration) => readFileSync(join(lib(one), "posts.jsonl"), "utf8");
    expect(lines(generation)).toBe(lines("middle"));
    const own = (one: ArchiveGeneration) => filesBelow(lib(one));
    expect(own(generation)).toEqual(own("middle"));
  });

  it("keeps media and words byte for byte, twelve photos in their order", () => {
    const set = join(lib(generation), folderOf(dates.set));
    for (let position = 1; position <= 12; position += 1) {
      const file = join(set, `${String(position).padStart(2, "0")}.jpg`);
      expect(readFileSync(file).equals(photoBytes(dates.set, position)), file).toBe(true);
    }
    const titled = join(lib(generation), folderOf(dates.titled));
    expect(readFileSync(join(titled, "video.mp4")).equals(videoBytes(dates.titled))).toBe(true);
    expect(readFileSync(join(titled, "caption.txt"), "utf8")).toBe(caption);
    expect(csvRows(lib(generation)).at(-1)?.["caption"]).toBe(caption);
    expect(jsonRows(lib(generation)).at(-1)?.["caption"]).toBe(caption);
  });

  it("marks who can see a post; a word that nobody knows counts as private", () => {
    const rows = csvRows(lib(generation)).map(({ visibility, likes, ai_generated: ai }) =>
      [visibility, likes, ai].join(" "),
    );
    expect(rows).toEqual(["public  ", "public 28 ", "friends 28 ", "private 28 ", "public 0 true"]);
  });

  it("says what was left out and what it did not recognise", () => {
    const run = runs.get(generation);
    if (run === undefined) throw new Error("not run");
    expect(problemsOf(run, "deleted-posts")[0]?.["message"]).toMatch(
      /^The archive lists 2 recently deleted posts; deleted posts are left out: [\w .]+\.PostList\[0\] of [\d-]+; [\w .]+\.PostList\[1\] of [\d-]+\.$/,
    );
    expect(problemsOf(run, "unknown-keys")[0]?.["message"]).toBe(
      "The archive has parts that findmehere does not know: Brand New Section.",
    );
    expect(run.summary["problems"]).toMatchObject({ stop: 0, warn: 0 });
  });
});

describe("the archive in other wrappings", () => {
  it("its JSON alone, a zip without its ending, and a zip with a folder inside say the same", async () => {
    const json = JSON.stringify(
      buildArchive({ posts: rows(), profile: { profilePhoto: "N/A" }, generation: "newest" }),
    );
    const { folder } = journey;
    writeFileSync(join(folder, "user_data_tiktok.json"), `\uFEFF${json}`);
    copyFileSync(join(folder, "newest.zip"), join(folder, "TikTok_Data_1757"));
    await writeZip(join(folder, "nested.zip"), {
      "__MACOSX/._user_data_tiktok.json": "not this one",
      "TikTok/user_data_tiktok.json": json,
      "TikTok/Videos/readme.txt": "hello",
    });
    for (const [index, name] of [
      ...["user_data_tiktok.json", "TikTok_Data_1757", "nested.zip"].entries(),
    ]) {
      const library = `wrapped-${index}`;
      const run = await journey.run(["export", join(folder, name), "--skip-media"], { library });
      expect(run.code, name).toBe(0);
      expect(run.summary).toMatchObject({ found: 5, exported: 5 });
      const withoutFiles = (one: string): unknown[] =>
        jsonRows(join(folder, one)).map((row) => ({ ...row, mediaFiles: [] }));
      expect(withoutFiles(library)).toEqual(withoutFiles("newest"));
    }
  });

  it("an archive without posts, or with null for its lists, ends with 0 and says what is missing", async () => {
    const empty = await journey.zip("empty.zip", [], { generation: "newest" });
    const none = await journey.run(["export", empty], { library: "empty" });
    expect(none.code).toBe(0);
    expect(none.summary).toMatchObject({ found: 0 });
    expect(readFileSync(join(journey.folder, "empty/posts.csv"), "utf8")).toMatch(/^\uFEFFkey,id,/);
    const nulls = join(journey.folder, "nulls.zip");
    const nothing = buildArchive({ generation: "old", posts: null, deleted: null });
    await writeZip(nulls, { "user_data.json": JSON.stringify(nothing) });
    const nullRun = await journey.run(["export", nulls, "--skip-media"], { library: "nulls" });
    expect(nullRun.code, nullRun.error).toBe(0);
    expect(nullRun.summary).toMatchObject({ found: 0 });
    expect(problemsOf(nullRun, "section-not-requested")).toEqual([]);
    const path = join(journey.folder, "partial.zip");
    const partial = buildArchive({ generation: "middle", extras: { Post: undefined } });
    await writeZip(path, { "user_data_tiktok.json": JSON.stringify(partial) });
    const run = await journey.run(["export", path, "--skip-media"], { library: "partial" });
    expect(run.code).toBe(0);
    expect(problemsOf(run, "section-not-requested")[0]?.["message"]).toBe(
      "The archive has no part with your posts.",
    );
  });
});

describe("what the profile of an archive says of its owner", () => {
  const realName = Buffer.from(privateMarkers.realName);
  const written = (name: string) =>
    filesBelow(lib(name)).map((path) => readFileSync(join(lib(name), path)));

  it("keeps the handle where it has no name; what a sign-in provider calls the creator is in no file", async () => {
    const zip = await journey.zip("nameless.zip", rows(), { generation: "old" });
    expect(JSON.stringify(buildArchive({ generation: "old" }))).toContain(privateMarkers.realName);
    await journey.run(["export", zip, "--skip-media"], { library: "nameless" });
    const announced = await journey.run(["announce"], { library: "nameless" });
    expect(announced.code, announced.error).toBe(0);
    const profile: unknown = JSON.parse(
      readFileSync(join(lib("nameless"), "profile.json"), "utf8"),
    );
    expect(profile).toMatchObject({ handle: "maya.films", displayName: null });
    const files = written("nameless");
    expect(files.length).toBeGreaterThan(10);
    expect(files.filter((bytes) => bytes.includes(realName))).toEqual([]);
  });

  it("offers the Lemon8 account that it points to, with the command that takes it", async () => {
    const zip = await journey.zip("lemon8.zip", rows(), {
      generation: "newest",
      profile: { lemon8Link: "https://www.lemon8-app.com/@maya.films?region=us" },
    });
    const run = await journey.run(["export", zip, "--skip-media"], { library: "lemon8" });
    expect(run.code).toBe(0);
    expect(problemsOf(run, "account-found")).toMatchObject([
      { severity: "note", message: "Your TikTok profile points to @maya.films on Lemon8." },
    ]);
    const words = ["config", "set", "creator.handles.lemon8", "maya.films"];
    expect((await journey.run(words, { library: "lemon8" })).code).toBe(0);
    const again = await journey.run(["export", zip, "--skip-media"], { library: "lemon8" });
    expect(problemsOf(again, "account-found")).toEqual([]);
  });
});
