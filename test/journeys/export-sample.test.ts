import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { afterAll, beforeAll, describe, expect, it } from "vitest";

import {
  sample,
  sampleCaptions,
  sampleFolder,
  serveSample,
  writeSampleZip,
} from "../demo/sample.ts";
import type { SamplePost } from "../demo/sample.ts";
import { captions } from "../fixtures/sample-creator/recipe/captions.ts";
import type { CliRun } from "../support/cli.ts";
import { csvRows, filesBelow, jsonRows, results, startExportJourney } from "./export-journey.ts";
import type { ExportJourney } from "./export-journey.ts";

const { posts, creator } = sample();

/** Each layout of the archive, read on a machine somewhere else. */
const readings = [
  { generation: "old", zone: "Asia/Tokyo" },
  { generation: "middle", zone: "America/New_York" },
  { generation: "newest", zone: "UTC" },
] as const;

const columns = [
  ..."key,id,url,date,kind,caption,hashtags,mentions,duration_s,width,height".split(","),
  ..."views,likes,comments,shares,saves,pinned,visibility,sound,location".split(","),
  ..."ai_generated,media_files,sources,problem".split(","),
];

let journey: ExportJourney;
const runs = new Map<string, CliRun>();

beforeAll(async () => {
  journey = await startExportJourney();
  serveSample(journey.server);
  for (const { generation, zone } of readings) {
    const archive = join(journey.folder, `${generation}.zip`);
    await writeSampleZip(archive, { origin: journey.server.origin, now: Date.now(), generation });
    const options = { library: generation, environment: { TZ: zone } };
    runs.set(generation, await journey.run(["export", archive, sampleCaptions], options));
  }
});

afterAll(() => journey.dispose());

function lib(generation: string): string {
  return join(journey.folder, generation);
}

function row(name: string, generation = "middle"): Record<string, string> {
  const { date } = post(name);
  return csvRows(lib(generation)).find((each) => each["date"] === date) ?? {};
}

function post(name: string): SamplePost {
  const found = posts.find((each) => each.name === name);
  if (found === undefined) throw new Error(`no post ${name}`);
  return found;
}

describe.each(readings)("the sample in the $generation layout, read in $zone", ({ generation }) => {
  it("exports all 18 posts and ends with 0", () => {
    const run = runs.get(generation);
    expect(run?.code, run?.error).toBe(0);
    expect(run?.summary).toMatchObject({ found: 18, exported: 18, failed: 0, unjoined: 0 });
    expect(run?.summary["problems"]).toMatchObject({ stop: 0, warn: 0 });
    const bytes = Number(run?.summary["bytes"]);
    expect(bytes).toBeGreaterThan(1_000_000);
  });

  it("has the posts with the dates of the archive, in UTC", () => {
    const dates = csvRows(lib(generation)).map((each) => each["date"]);
    expect(dates).toEqual(posts.map((each) => each.date));
    const folders = csvRows(lib(generation)).map((each) => `posts/${each["date"]?.slice(0, 10)}_`);
    for (const [index, each] of csvRows(lib(generation)).entries()) {
      expect(each["media_files"]?.startsWith(folders[index] ?? "")).toBe(true);
    }
  });

  it("says the same of every post as the other layouts do", () => {
    const lines = (one: string) => readFileSync(join(lib(one), "posts.jsonl"), "utf8");
    expect(lines(generation)).toBe(lines("middle"));
    const table = (one: string) => readFileSync(join(lib(one), "posts.csv"), "utf8");
    expect(table(generation)).toBe(table("middle"));
  });

  it("never has deleted posts, or what the creator watched", () => {
    const text = ["posts.csv", "posts.jsonl", "findmehere.db"]
      .map((file) => readFileSync(join(lib(generation), file), "latin1"))
      .join("");
    expect(text).not.toContain("740000000000000");
    expect(text).not.toContain("2024-08-01T09:09:09");
    expect(text).not.toContain("oDeletedVideo");
    expect(runs.get(generation)?.lines.find((line) => line["code"] === "deleted-posts")).toEqual({
      type: "problem",
      code: "deleted-posts",
      severity: "note",
      message: expect.stringMatching(
        /^The archive lists 1 recently deleted post; deleted posts are left out: [\w .]+\.PostList\[0\] of 20\d\d-\d\d-\d\d\.$/,
      ),
      fix: "",
    });
  });
});

describe("the library of the sample", () => {
  it("has the layout of the contract and nothing else", () => {
    const expected = posts.flatMap(({ date, name, kind, files, coverObjectId }) => {
      const { key } = row(name);
      const caption = captions[name] === undefined ? [] : ["caption.txt"];
      const cover = coverObjectId === null ? [] : ["cover.jpg"];
      const photos = files.map((_, index) => `${String(index + 1).padStart(2, "0")}.jpg`);
      const media = kind === "video" ? ["video.mp4"] : photos;
      return [...media, ...cover, ...caption, "post.json"].map(
        (file) => `posts/${date.slice(0, 10)}_${key}/${file}`,
      );
    });
    const top = ["findmehere.jsonc", "findmehere.db", "profile.json", "avatar.webp"];
    const log = "logs/findmehere.log";
    const tables = ["posts.csv", "posts.jsonl", "manifest-sha256.txt", ".findmehere-lock"];
    const people = ["followers.csv", "following.csv"];
    expect(filesBelow(lib("middle"))).toEqual(
      [...top, log, ...tables, ...people, ...expected].toSorted(),
    );
  });

  it("keeps every file byte for byte, photo sets in the order of the archive, 2 before 10", () => {
    for (const { name, files } of posts) {
      const kept = row(name)["media_files"]?.split(";") ?? [];
      expect(kept.length).toBe(files.length);
      for (const [index, file] of files.entries()) {
        const bytes = readFileSync(join(lib("middle"), kept[index] ?? ""));
        expect(bytes.equals(readFileSync(join(sampleFolder, file))), `${name} ${index}`).toBe(true);
      }
    }
    const names = row("skySheets")["media_files"]?.split(";") ?? [];
    const numbers = names.map((path) => path.slice(-6, -4));
    expect(numbers).toEqual(["01", "02", "03", "04", "05", "06", "07", "08", "09", "10", "11"]);
    const avatar = readFileSync(join(lib("middle"), "avatar.webp"));
    expect(avatar.equals(readFileSync(join(sampleFolder, creator.avatarFile)))).toBe(true);
  });

  it("keeps captions byte for byte, in caption.txt, posts.jsonl and posts.csv", () => {
    const exact = new Map(jsonRows(lib("middle")).map((each) => [each["date"], each["caption"]]));
    for (const { name, date } of posts) {
      const caption = captions[name];
      expect(exact.get(date)).toBe(caption ?? null);
      expect(row(name)["caption"]).toBe(caption ?? "");
      if (caption === undefined) continue;
      const file = join(
        lib("middle"),
        `posts/${date.slice(0, 10)}_${row(name)["key"]}/caption.txt`,
      );
      expect(readFileSync(file).equals(Buffer.from(caption)), name).toBe(true);
    }
  });

  it("writes posts.csv for spreadsheets: BOM, CRLF rows, the columns of the contract", () => {
    const bytes = readFileSync(join(lib("middle"), "posts.csv"));
    expect(bytes.subarray(0, 3).toString("hex")).toBe("efbbbf");
    const text = bytes.toString("utf8").slice(1);
    expect(text.slice(0, text.indexOf("\r\n")).split(",")).toEqual(columns);
    // Outside of quotes every row ends with CRLF, and no line feed stands alone.
    const bare = text.replaceAll(/"(?:[^"]|"")*"/g, "");
    expect(bare.split("\r\n").length).toBe(posts.length + 2);
    expect(bare.replaceAll("\r\n", "")).not.toMatch(/[\r\n]/);
    expect(bare.endsWith("\r\n")).toBe(true);
  });

  it("tells counts, marks and empties as the contract says", () => {
    expect(row("hello")).toMatchObject({
      key: post("hello").id,
      id: post("hello").id,
      url: `https://www.tiktok.com/@${creator.handle}/video/${post("hello").id}`,
      kind: "video",
      hashtags: "watercolour art catsoftiktok fyp foryou",
      duration_s: "3",
      width: "540",
      height: "960",
      views: "20310",
      pinned: "",
      visibility: "public",
      sound: "original sound - Mira paints daily",
      location: "",
      ai_generated: "",
      sources: "media-folder;tiktok-archive",
      problem: "",
    });
    expect(row("hills")["location"]).toBe("Austin Tx");
    expect(row("weave")).toMatchObject({
      key: "20250519T220215Z",
      id: "",
      url: "",
      views: "",
      comments: "",
      sources: "tiktok-archive",
      problem: "no-caption",
    });
    expect(row("empty")).toMatchObject({ caption: "", problem: "" });
    expect(row("catSheets")["kind"]).toBe("photos");
  });

  it("keeps the private post, and marks it", () => {
    expect(row("secret")).toMatchObject({ visibility: "private", key: "20241105T202020Z" });
    const file = join(lib("middle"), row("secret")["media_files"] ?? "");
    expect(readFileSync(file).length).toBeGreaterThan(1000);
    const shown = csvRows(lib("middle")).filter((each) => each["visibility"] === "public");
    expect(shown).toHaveLength(17);
  });

  it("shows of the profile what is public", () => {
    const profile = JSON.parse(readFileSync(join(lib("newest"), "profile.json"), "utf8")) as object;
    expect(profile).toEqual({
      handle: creator.handle,
      displayName: creator.displayName,
      bio: creator.bio,
      followers: 10_214,
      following: 3,
      likes: 72_318,
      posts: null,
      lemon8: null,
    });
  });

  it("has a manifest of media, covers and avatar that sha256sum accepts", () => {
    const folder = lib("middle");
    const out = execFileSync("sha256sum", ["-c", "--strict", "manifest-sha256.txt"], {
      cwd: folder,
      encoding: "utf8",
    });
    const media = filesBelow(folder).filter((file) => /\.(mp4|jpg|webp)$/.test(file));
    const whole = out.trimEnd().split("\n");
    expect(whole.toSorted()).toEqual(media.map((file) => `${file}: OK`).toSorted());
    expect(media).toHaveLength(39);
  });
});

describe("verify", () => {
  it("ends with 0 while every file is whole", async () => {
    const run = await journey.run(["verify"], { library: "middle" });
    expect(run.code).toBe(0);
    expect(run.lines).toEqual([
      {
        type: "summary",
        command: "verify",
        schemaVersion: 1,
        files: 39,
        whole: 39,
        missing: 0,
        differs: 0,
        brokenLines: 0,
        notInManifest: 0,
        problems: { stop: 0, warn: 0, note: 0 },
      },
    ]);
    const said = await journey.run(["verify"], { library: "middle", text: true });
    expect(said).toMatchObject({ code: 0, out: "All 39 files are whole.\n", error: "" });
  });

  it("names a damaged and a deleted file and ends with 3; export brings the deleted one back", async () => {
    const folder = lib("old");
    const damaged = row("hello", "old")["media_files"] ?? "";
    const deleted = row("skySheets", "old")["media_files"]?.split(";")[1] ?? "";
    const bytes = readFileSync(join(folder, damaged));
    bytes[500] = (bytes[500] ?? 0) ^ 1;
    writeFileSync(join(folder, damaged), bytes);
    rmSync(join(folder, deleted));

    const run = await journey.run(["verify"], { library: "old" });
    expect(run.code).toBe(3);
    expect(run.lines.filter((line) => line.type === "problem")).toEqual([
      {
        type: "problem",
        code: "file-differs",
        severity: "warn",
        message: `${damaged} is not what was downloaded; something changed it.`,
        fix: expect.stringContaining("backup"),
      },
      {
        type: "problem",
        code: "file-missing",
        severity: "warn",
        message: `${deleted} is missing.`,
        fix: expect.stringContaining("findmehere export"),
      },
    ]);
    const files = Number(run.summary["files"]);
    expect(run.summary).toMatchObject({ whole: files - 2, missing: 1, differs: 1 });
    expect(spawnSync("sha256sum", ["-c", "manifest-sha256.txt"], { cwd: folder }).status).toBe(1);

    const said = await journey.run(["verify"], { library: "old", text: true });
    expect(said.code).toBe(3);
    expect(said.error).toContain(`! ${damaged} is not what was downloaded`);
    expect(said.error).toContain(`! ${deleted} is missing.`);
    expect(said.out).toBe(`${files - 2} of ${files} files are whole. 1 missing, 1 changed.\n`);

    const asked = journey.server.requests.length;
    const again = await journey.run(["export", join(journey.folder, "old.zip")], {
      library: "old",
    });
    expect(again.code).toBe(0);
    expect(again.summary).toMatchObject({ found: 18, exported: 1, unchanged: 17 });
    expect(results(again)[post("skySheets").date]).toBe("exported");
    expect(journey.server.requests.length).toBe(asked + 1);
    rmSync(join(folder, damaged));
    await journey.run(["export", join(journey.folder, "old.zip")], { library: "old" });
    expect((await journey.run(["verify"], { library: "old" })).code).toBe(0);
  });

  it("says that a line of the manifest cannot be read, and that there is nothing to check", async () => {
    const file = join(lib("newest"), "manifest-sha256.txt");
    const text = readFileSync(file, "utf8");
    writeFileSync(file, text.replace("\n", "\nnot a line of sha256sum\n"));
    const run = await journey.run(["verify"], { library: "newest" });
    expect(run.code).toBe(3);
    expect(run.summary).toMatchObject({ files: 39, whole: 39, brokenLines: 1 });
    expect(run.lines[0]).toMatchObject({ code: "manifest-line-broken" });
    expect(run.lines[0]?.["message"]).toBe("Line 2 of manifest-sha256.txt cannot be read.");

    writeFileSync(file, "");
    const empty = await journey.run(["verify"], { library: "newest" });
    expect(empty.code).toBe(65);
    expect(empty.summary).toMatchObject({ error: "no-manifest" });
    mkdirSync(join(journey.folder, "nothing"));
    const none = await journey.run(["verify"], { library: "nothing", text: true });
    expect(none.code).toBe(2);
    expect(none.error).toContain(`There is no library in ${join(journey.folder, "nothing")}.`);
    expect(filesBelow(join(journey.folder, "nothing"))).toEqual([]);
  });
});
