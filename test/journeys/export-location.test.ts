import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";

import { afterEach, beforeEach, describe, expect, it } from "vitest";

import { filesBelow, servePost, startExportJourney } from "./export-journey.ts";
import type { ExportJourney } from "./export-journey.ts";

let journey: ExportJourney;

beforeEach(async () => {
  journey = await startExportJourney();
});

afterEach(() => journey.dispose());

function archive(handle = "maya.films"): Promise<string> {
  const row = servePost(journey.server, { date: "2024-01-01 10:00:00" });
  return journey.zip(`${handle}.zip`, [row], { profile: { userName: handle } });
}

function homeLibrary(handle: string): string {
  return join(journey.folder, "FindMeHere", handle);
}

function isWhole(library: string): boolean {
  return ["findmehere.jsonc", "findmehere.db", "posts.csv", "manifest-sha256.txt"].every((file) =>
    existsSync(join(library, file)),
  );
}

describe("where the library lies", () => {
  it("--library says it, before anything else", async () => {
    const environment = { FINDMEHERE_LIBRARY: join(journey.folder, "by-variable") };
    const zip = await archive();
    const run = await journey.run(["export", zip], { library: "by-flag", environment, text: true });
    expect(run.code).toBe(0);
    expect(run.out).toContain(`Your library: ${join(journey.folder, "by-flag")}\n`);
    expect(isWhole(join(journey.folder, "by-flag"))).toBe(true);
    expect(existsSync(environment.FINDMEHERE_LIBRARY)).toBe(false);
  });

  it("--library is taken from the working folder, and deeper folders are made", async () => {
    mkdirSync(join(journey.folder, "work"));
    const words = ["export", await archive(), "--library", "deep/er/library"];
    const run = await journey.run(words, { cwd: "work", library: null });
    expect(run.code).toBe(0);
    expect(isWhole(join(journey.folder, "work/deep/er/library"))).toBe(true);
  });

  it("FINDMEHERE_LIBRARY comes next, before a parent folder", async () => {
    const zip = await archive();
    await journey.run(["export", zip], { library: "parent" });
    mkdirSync(join(journey.folder, "parent/below"));
    const environment = { FINDMEHERE_LIBRARY: join(journey.folder, "by-variable") };
    const run = await journey.run(["export", zip], {
      library: null,
      cwd: "parent/below",
      environment,
    });
    expect(run.summary).toMatchObject({ found: 1, exported: 1 });
    expect(isWhole(environment.FINDMEHERE_LIBRARY)).toBe(true);
  });

  it("the nearest parent folder with a findmehere.jsonc comes next", async () => {
    const zip = await archive();
    await journey.run(["export", zip], { library: "outer" });
    await journey.run(["export", zip], { library: "outer/inner" });
    mkdirSync(join(journey.folder, "outer/inner/posts/below"), { recursive: true });
    const options = { library: null, cwd: "outer/inner/posts/below", text: true };
    const run = await journey.run(["export", zip], options);
    expect(run.code).toBe(0);
    expect(run.out).toContain("1 post found. 0 exported, 1 unchanged");
    expect(run.out).toContain(`Your library: ${join(journey.folder, "outer/inner")}\n`);
    expect(existsSync(join(journey.folder, "FindMeHere"))).toBe(false);
    const verified = await journey.run(["verify"], { ...options, text: false });
    expect(verified.summary).toMatchObject({ files: 1, whole: 1 });
  });

  it("else it is ~/FindMeHere/<handle>, said on the first line, each time", async () => {
    const zip = await archive();
    const options = { library: null, text: true };
    const first = await journey.run(["export", zip], options);
    expect(first.code).toBe(0);
    expect(first.error.split("\n")[0]).toBe(`Library: ${homeLibrary("maya.films")}`);
    expect(isWhole(homeLibrary("maya.films"))).toBe(true);
    const again = await journey.run(["export", zip], options);
    expect(again.error.split("\n")[0]).toBe(`Library: ${homeLibrary("maya.films")}`);
    expect(again.out).toContain("1 post found. 0 exported, 1 unchanged, 0 skipped, 0 failed.");
    const verified = await journey.run(["verify"], options);
    expect(verified.error).toBe(`Library: ${homeLibrary("maya.films")}\n`);
    expect(verified.out).toBe("The file is whole.\n");
    const lines = await journey.run(["verify"], { library: null });
    expect(lines).toMatchObject({ code: 0, error: "" });
  });

  it("a handle that leads out of the folder makes no library", async () => {
    const before = filesBelow(journey.folder);
    const run = await journey.run(["export", await archive("..")], { library: null });
    expect(run.code).toBe(2);
    expect(run.summary).toMatchObject({ error: "whose-library" });
    expect(filesBelow(journey.folder)).toEqual([...before, "...zip"].toSorted());
  });
});

describe("two libraries in the home folder", () => {
  it("without --library: exit 2 naming both, unless the archive says whose it is", async () => {
    const options = { library: null };
    const [maya, nico] = [await archive("maya.films"), await archive("nico.cooks")];
    await journey.run(["export", maya], options);
    await journey.run(["export", nico], { library: "FindMeHere/nico.cooks" });
    const both = `There are 2 libraries: ${homeLibrary("maya.films")}, ${homeLibrary("nico.cooks")}.`;

    const verified = await journey.run(["verify"], options);
    expect(verified.code).toBe(2);
    expect(verified.lines[0]).toMatchObject({ code: "which-library", message: both });
    expect(verified.lines[0]?.["fix"]).toBe("Say which one: add `--library FOLDER`.");
    const said = await journey.run(["verify"], { ...options, text: true });
    expect(said).toMatchObject({ code: 2, out: "" });
    expect(said.error).toBe(`${both}\nSay which one: add \`--library FOLDER\`.\n`);

    const own = await journey.run(["export", nico], { ...options, text: true });
    expect(own.code).toBe(0);
    expect(own.error.split("\n")[0]).toBe(`Library: ${homeLibrary("nico.cooks")}`);
    const third = await journey.run(["export", await archive("third.one")], options);
    expect(third.code).toBe(0);
    expect(existsSync(homeLibrary("third.one"))).toBe(true);
    const named = await journey.run(["verify"], { library: "FindMeHere/maya.films" });
    expect(named.code).toBe(0);
  });
});
