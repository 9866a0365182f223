import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { afterEach, beforeEach, describe, expect, it } from "vitest";

import { readTable } from "../../src/edge/table.ts";
import { archiveGenerations, buildArchive, writeArchiveZip } from "../support/archive.ts";
import { filesBelow, servePost, startExportJourney } from "./export-journey.ts";
import type { ExportJourney } from "./export-journey.ts";

let journey: ExportJourney;

beforeEach(async () => {
  journey = await startExportJourney();
});

afterEach(() => journey.dispose());

function table(name: string, library = "library"): Record<string, string>[] {
  return readTable(readFileSync(join(journey.folder, library, name), "utf8"));
}

describe("followers.csv and following.csv", () => {
  it.each(archiveGenerations)("have handles and dates, from the %s form", async (generation) => {
    const zip = await journey.zip("a.zip", [], {
      generation,
      followers: ["fan.one", "fan_two"],
      following: ["idol"],
    });
    expect((await journey.run(["export", zip])).code).toBe(0);
    const rows = table("followers.csv");
    expect(rows.map(({ handle }) => handle)).toEqual(["fan.one", "fan_two"]);
    for (const { date } of rows) expect(date).toMatch(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/);
    expect(table("following.csv")).toMatchObject([{ handle: "idol" }]);
    const bytes = readFileSync(join(journey.library, "followers.csv"), "utf8");
    expect(bytes.startsWith("\uFEFFhandle,date\r\nfan.one,")).toBe(true);
    const profile = readFileSync(join(journey.library, "profile.json"), "utf8");
    expect(JSON.parse(profile)).toMatchObject({ followers: 2, following: 1 });
  });

  it("are the only place that names these people", async () => {
    const rows = [servePost(journey.server, { date: "2024-04-01 10:00:00" })];
    const zip = await journey.zip("a.zip", rows, {
      followers: ["secret.fan"],
      following: ["secret.idol"],
    });
    const said: string[] = [];
    for (const words of [
      ["export", zip, "--verbose"],
      ["export", zip],
      ["prepare"],
      ["announce"],
      ["queue", "add"],
      ["status"],
      ["verify"],
    ]) {
      const { out, error } = await journey.run(words);
      said.push(out, error);
    }
    expect(said.join("\n")).not.toContain("secret.");
    const naming = filesBelow(journey.library).filter((path) =>
      readFileSync(join(journey.library, path)).includes("secret."),
    );
    expect(naming).toEqual(["followers.csv", "following.csv"]);
    expect(filesBelow(journey.library).filter((path) => path.endsWith(".0"))).toEqual([]);
  });

  it("are not written with --no-followers, nor where the archive has no list, and an older table stays", async () => {
    const zip = await journey.zip("a.zip", [], { followers: ["fan"], following: [] });
    await journey.run(["export", zip, "--no-followers"]);
    expect(filesBelow(journey.library).filter((path) => path.startsWith("follow"))).toEqual([]);
    await journey.run(["export", zip]);
    expect(table("followers.csv")).toHaveLength(1);
    expect(table("following.csv")).toEqual([]);
    const partial = buildArchive({ generation: "newest", followers: ["other"] });
    const settings = partial["Profile And Settings"] as Record<string, unknown>;
    delete settings["Follower"];
    await writeArchiveZip(join(journey.folder, "partial.zip"), partial);
    await journey.run(["export", join(journey.folder, "partial.zip"), "--skip-media"]);
    expect(table("followers.csv")).toMatchObject([{ handle: "fan" }]);
  });

  it("come from the text form too", async () => {
    const folder = join(journey.folder, "texts");
    const { mkdirSync } = await import("node:fs");
    mkdirSync(folder);
    writeFileSync(join(folder, "Posts.txt"), "");
    writeFileSync(
      join(folder, "Follower.txt"),
      "Date: 2024-01-02 03:04:05 UTC\nUsername: fan.one\n\nDate: 2024-01-01 00:00:00 UTC\nUsername: fan.two\n\n",
    );
    writeFileSync(
      join(folder, "Following.txt"),
      "Date: 2023-01-02 03:04:05 UTC\nUsername: idol\n\n",
    );
    const run = await journey.run(["export", folder]);
    expect(run.code).toBe(0);
    expect(table("followers.csv")).toEqual([
      { handle: "fan.one", date: "2024-01-02T03:04:05Z" },
      { handle: "fan.two", date: "2024-01-01T00:00:00Z" },
    ]);
    expect(table("following.csv")).toEqual([{ handle: "idol", date: "2023-01-02T03:04:05Z" }]);
  });

  it("take a hundred thousand people", async () => {
    const followers = Array.from({ length: 100_000 }, (_, index) => `fan.${index}`);
    const zip = await journey.zip("many.zip", [], { followers });
    expect((await journey.run(["export", zip])).code).toBe(0);
    const rows = table("followers.csv");
    expect(rows).toHaveLength(100_000);
    expect(rows[99_999]).toMatchObject({ handle: "fan.99999" });
    expect(existsSync(join(journey.library, "followers.csv.0"))).toBe(false);
  });
});
