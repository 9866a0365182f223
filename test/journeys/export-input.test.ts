import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { basename, join } from "node:path";

import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { buildArchive, writeArchiveZip, writeZip } from "../support/archive.ts";
import { sidecar } from "../support/sidecar.ts";
import { filesBelow, servePost, startExportJourney } from "./export-journey.ts";
import type { ExportJourney } from "./export-journey.ts";

let journey: ExportJourney;

beforeAll(async () => {
  journey = await startExportJourney();
  const { folder, server, zip } = journey;
  const whole = await zip("whole.zip", [servePost(server, { date: "2024-01-01 10:00:00" })]);
  const bytes = readFileSync(whole);
  writeFileSync(join(folder, "truncated.zip"), bytes.subarray(0, Math.floor(bytes.length / 2)));
  writeFileSync(join(folder, "page.zip"), "<!doctype html><title>Sign in</title>");
  writeFileSync(join(folder, "empty.zip"), "");
  await writeZip(join(folder, "no-json.zip"), { "holiday/beach.jpg": "not TikTok's" });
  await writeZip(join(folder, "text.zip"), {
    "notes/packing list.txt": "Date: 2024-01-01",
    "notes/recipe.txt": "Flour: 500 g",
  });
  const json = JSON.stringify(buildArchive({ profile: { profilePhoto: "N/A" } }), null, 2);
  const broken = json.replace('"Posts"', '"Posts');
  await writeArchiveZip(join(folder, "other.zip"), { recipes: ["soup"] });
  await writeZip(join(folder, "broken.zip"), { "user_data_tiktok.json": broken });
  writeFileSync(join(folder, "user_data_tiktok.json"), json.slice(0, 700));
  writeFileSync(join(folder, "notes.pdf"), "%PDF-1.7");
  mkdirSync(join(folder, "empty-folder"));
  mkdirSync(join(folder, "folder.har"));
  mkdirSync(join(folder, "downloads"));
  copyFileSync(whole, join(folder, "downloads/TikTok_Data.zip"));
  mkdirSync(join(folder, "photos 🐈"));
  writeFileSync(join(folder, "photos 🐈/IMG_0001.jpg"), "a picture");
  writeFileSync(join(folder, "page.har"), "\uFEFF\n<!doctype html><title>Mika</title>");
  symlinkSync(join(folder, "nowhere"), join(folder, "gone"));
});

afterAll(() => journey.dispose());

/** Each with the words that name the file, what is wrong with it and what to do. */
const inputs = [
  ["missing.zip", "input-missing", /^There is no file or folder .*missing\.zip\.$/],
  ["no-such-folder", "input-missing", /^There is no file or folder .*no-such-folder\.$/],
  ["page.zip", "broken-zip", /page\.zip cannot be read\. It is not a zip, or the download/],
  ["empty.zip", "broken-zip", /empty\.zip cannot be read\. It is not a zip, or the download/],
  ["truncated.zip", "broken-zip", /truncated\.zip cannot be read\. It is not a zip, or/],
  ["no-json.zip", "not-an-archive", /There is no user_data_tiktok\.json in the zip\.$/],
  ["text.zip", "not-an-archive", /None of its text files is one that TikTok's archives have\.$/],
  ["other.zip", "not-an-archive", /It has none of the parts that TikTok's archives have\.$/],
  ["broken.zip", "broken-json", /It is wrong at byte \d+, line \d+, column \d+\.$/],
  ["user_data_tiktok.json", "broken-json", /It breaks off at byte 700, line \d+, column \d+: the/],
  ["gone", "input-missing", /^.*gone is a link to something that is not there\.$/],
  ["empty-folder", "no-captions-in-folder", /^The folder .*empty-folder is empty\.$/],
  ["folder.har", "no-captions-in-folder", /^The folder .*folder\.har is empty\.$/],
  ["downloads", "no-captions-in-folder", /^The folder .*downloads holds nothing that yt-dlp or/],
  [
    "photos 🐈",
    "no-captions-in-folder",
    /photos 🐈 holds videos or pictures, but nothing says which/,
  ],
  [
    "page.har",
    "not-a-har",
    /page\.har is not a HAR file .* It is a web page: the browser saved the/,
  ],
  ["notes.pdf", "unknown-input", /^findmehere does not know what to do with .*notes\.pdf\.$/],
] as const;

describe("an input that cannot be read", () => {
  it.each(inputs)("%s ends with 65 and leaves nothing behind", async (name, code, message) => {
    const before = filesBelow(journey.folder);
    const input = join(journey.folder, name);
    const run = await journey.run(["export", input]);
    expect(run.code).toBe(65);
    expect(run.error).toBe("");
    expect(run.lines).toEqual([
      {
        type: "problem",
        code,
        severity: "stop",
        message: expect.stringMatching(message),
        fix: expect.stringMatching(/^[A-Z].*\.$/),
      },
      {
        type: "summary",
        command: "export",
        schemaVersion: 1,
        error: code,
        problems: { stop: 1, warn: 0, note: 0 },
      },
    ]);
    const said = await journey.run(["export", input], { text: true });
    expect(said.code).toBe(65);
    expect(said.out).toBe("");
    const lines = said.error.trimEnd().split("\n");
    expect(lines.length).toBeLessThanOrEqual(3);
    expect(lines[0]).toContain(basename(name));
    expect(said.error).not.toMatch(/\bat .*:\d+:\d+|Error:|node_modules/);
    expect(existsSync(journey.library)).toBe(false);
    expect(filesBelow(journey.folder)).toEqual(before);
  });

  it("says what else to hand over: the zip inside, the handle with its sign, the folder's own source", async () => {
    const { folder } = journey;
    const fixOf = async (...words: string[]) => {
      const run = await journey.run(["export", ...words]);
      expect(run.code, words.join(" ")).toBe(65);
      return String(run.lines[0]?.["fix"]);
    };
    expect(await fixOf(join(folder, "downloads"))).toContain(
      `hand over the file ${join(folder, "downloads/TikTok_Data.zip")} itself.`,
    );
    expect(await fixOf("maya.films")).toMatch(/put an @ before it: @maya\.films\.$/);
    expect(await fixOf("maya.zip")).not.toContain("@");
    expect(await fixOf("")).toContain("Look at the name");
    expect(existsSync(journey.library)).toBe(false);
  });

  it("next to a good one costs the whole run, before anything is fetched", async () => {
    const { folder, server } = journey;
    const words = ["export", join(folder, "whole.zip"), join(folder, "broken.zip")];
    expect((await journey.run(words)).code).toBe(65);
    expect(existsSync(journey.library)).toBe(false);
    expect(server.requests).toEqual([]);
  });

  it("nothing is lost where a library is handed over to itself", async () => {
    const { folder } = journey;
    const options = { library: "own" };
    await journey.run(["export", join(folder, "whole.zip")], options);
    const before = filesBelow(join(folder, "own"));
    const run = await journey.run(["export", join(folder, "own")], options);
    expect(run.code).toBe(65);
    expect(run.lines[0]?.["message"]).toMatch(/own is a library of findmehere itself/);
    expect(filesBelow(join(folder, "own"))).toEqual(before);
  });

  it("leaves a library that is there as it is", async () => {
    const { folder } = journey;
    const options = { library: "kept" };
    await journey.run(["export", join(folder, "whole.zip")], options);
    const before = filesBelow(join(folder, "kept"));
    const table = readFileSync(join(folder, "kept/posts.csv"), "utf8");
    expect((await journey.run(["export", join(folder, "text.zip")], options)).code).toBe(65);
    expect(filesBelow(join(folder, "kept"))).toEqual(before);
    expect(readFileSync(join(folder, "kept/posts.csv"), "utf8")).toBe(table);
  });
});

describe("the archive of someone else", () => {
  const refusal = {
    type: "problem",
    code: "not-your-archive",
    severity: "stop",
    message:
      "This archive belongs to @someone.else, and this library to @maya.films. findmehere works only on the creator's own posts.",
    fix: expect.stringContaining("`findmehere config set creator.handles.tiktok someone.else`"),
  };

  async function stranger(): Promise<string> {
    const row = servePost(journey.server, { date: "2024-02-02 10:00:00" });
    return journey.zip("stranger.zip", [row], { profile: { userName: "someone.else" } });
  }

  it("is refused with 2, naming the setting, and nothing of it is taken", async () => {
    const options = { library: "mine" };
    await journey.run(["export", join(journey.folder, "whole.zip")], options);
    const before = filesBelow(join(journey.folder, "mine"));
    const asked = journey.server.requests.length;
    const run = await journey.run(["export", await stranger()], options);
    expect(run.code).toBe(2);
    expect(run.lines[0]).toEqual(refusal);
    expect(run.summary).toMatchObject({ error: "not-your-archive" });
    const said = await journey.run(["export", await stranger()], { ...options, text: true });
    expect(said).toMatchObject({ code: 2, out: "" });
    expect(said.error).toContain("creator.handles.tiktok");
    expect(filesBelow(join(journey.folder, "mine"))).toEqual(before);
    expect(journey.server.requests.length).toBe(asked);
  });

  it("is refused before a library is made, where the handle is set or another archive says it", async () => {
    const environment = { FINDMEHERE_CREATOR_HANDLES_TIKTOK: "Maya.Films" };
    const run = await journey.run(["export", await stranger()], { environment });
    expect(run.code).toBe(2);
    expect(run.summary).toMatchObject({ error: "not-your-archive" });
    expect(existsSync(journey.library)).toBe(false);

    const both = ["export", join(journey.folder, "whole.zip"), await stranger()];
    const mixed = await journey.run(both);
    expect(mixed.code).toBe(2);
    expect(mixed.lines[0]).toEqual(refusal);
    expect(existsSync(journey.library)).toBe(false);
  });

  it("is taken once the setting says that it is the same person", async () => {
    const options = { library: "renamed" };
    await journey.run(["export", join(journey.folder, "whole.zip")], options);
    const words = ["config", "set", "creator.handles.tiktok", "someone.else"];
    expect((await journey.run(words, options)).code).toBe(0);
    const run = await journey.run(["export", await stranger()], options);
    expect(run.code).toBe(0);
    expect(run.summary).toMatchObject({ found: 1, exported: 1 });
  });
});

describe("an input of an odd name", () => {
  it("is read: spaces and emoji, and a link to a folder", async () => {
    const { folder } = journey;
    const odd = join(folder, "my páth 🐈 with spaces");
    mkdirSync(odd);
    copyFileSync(join(folder, "whole.zip"), join(odd, "my archive 🐈.zip"));
    const info = sidecar({ id: "7240568259186019630", timestamp: 1_704_103_200 });
    writeFileSync(join(odd, "a.info.json"), JSON.stringify(info));
    symlinkSync(odd, join(folder, "linked"));
    const zip = await journey.run(["export", join(odd, "my archive 🐈.zip")], { library: "odd" });
    expect(zip.code, zip.error).toBe(0);
    expect(zip.summary).toMatchObject({ found: 1, exported: 1 });
    const link = await journey.run(["export", join(folder, "linked")], { library: "odd link" });
    expect(link.code, link.error).toBe(0);
    expect(link.summary).toMatchObject({ found: 1, exported: 1 });
  });
});
