import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";

import { afterEach, beforeEach, describe, expect, it } from "vitest";

import {
  csvRows,
  filesBelow,
  folderOf,
  keyOf,
  problemsOf,
  servePost,
  startExportJourney,
} from "./export-journey.ts";
import type { ExportJourney } from "./export-journey.ts";

const dates = ["2024-04-01 10:00:00", "2024-04-02 10:00:00", "2024-04-03 10:00:00"] as const;
const [first, second] = dates;
const key = keyOf(first);
let journey: ExportJourney;
let archive: string;

beforeEach(async () => {
  journey = await startExportJourney();
  const rows = dates.map((date) =>
    servePost(journey.server, {
      date,
      title: `Words of ${date}`,
      ...(date === first ? { photos: 2 } : {}),
    }),
  );
  archive = await journey.zip("archive.zip", rows);
  await journey.run(["export", archive]);
});

afterEach(() => journey.dispose());

function keys(): (string | undefined)[] {
  return csvRows(journey.library).map((row) => row["key"]);
}

function database<Row>(sql: string): Row[] {
  const db = new DatabaseSync(join(journey.library, "findmehere.db"));
  try {
    return db.prepare(sql).all() as Row[];
  } finally {
    db.close();
  }
}

function about(word: string): string[] {
  return filesBelow(journey.library).filter((path) => path.includes(word));
}

describe("remove", () => {
  it("asks first, and without a terminal says that --yes answers", async () => {
    const before = filesBelow(journey.library);
    const run = await journey.run(["remove", key]);
    expect(run.code).toBe(2);
    expect(run.summary).toMatchObject({ error: "missing-answer" });
    expect(run.lines[0]?.["fix"]).toContain("--yes");
    expect(filesBelow(journey.library)).toEqual(before);
    const wrong = await journey.run(["remove", key, "20990101T000000Z", "--yes"]);
    expect(wrong.code).toBe(2);
    expect(wrong.summary).toMatchObject({ error: "no-such-post" });
    expect(keys()).toContain(key);
  });

  it("takes rows, files, drafts and waiting publications, and leaves the rest whole", async () => {
    await journey.run(["prepare"]);
    await journey.run(["queue", "add"]);
    expect(about(key).length).toBeGreaterThan(8);
    const run = await journey.run(["remove", key, "--yes"]);
    expect(run.code).toBe(0);
    expect(run.summary).toMatchObject({
      removed: 1,
      keys: [key],
      files: 2,
      publicationsEnded: 2,
      publicationsKept: 0,
    });
    expect(about(key)).toEqual([]);
    expect(existsSync(join(journey.library, folderOf(first)))).toBe(false);
    expect(keys()).toEqual(dates.slice(1).map(keyOf));
    expect(readFileSync(join(journey.library, "posts.jsonl"), "utf8")).not.toContain(key);
    const verified = await journey.run(["verify"]);
    expect(verified).toMatchObject({ code: 0, summary: { files: 2, whole: 2 } });
    for (const table of ["drafts", "publications", "moves", "attempts", "files"]) {
      expect(database(`select * from ${table} where post = '${key}'`)).toEqual([]);
    }
    // What is needed to know it again stays; what it said does not.
    expect(database("select fields, media from records where post = '" + key + "'")).toEqual([
      { fields: "{}", media: "[]" },
    ]);
    const said = await journey.run(["remove", keyOf(second), "--yes"], { text: true });
    expect(said.out).toMatch(/^1 post removed from .*, with 1 file \(4 kB\)\.\n/);
    // Removing twice is no mistake.
    expect((await journey.run(["remove", key, "--yes"])).summary).toMatchObject({
      removedBefore: 1,
    });
  });

  it("keeps a post away from later exports until it is asked back", async () => {
    await journey.run(["remove", key, "--yes"]);
    const asked = journey.server.requests.length;
    const again = await journey.run(["export", archive]);
    expect(again.summary).toMatchObject({ found: 2, unchanged: 2, removed: 1 });
    expect(problemsOf(again, "removed-posts")).toMatchObject([
      { severity: "note", message: `1 post that you removed was left out: ${key}.` },
    ]);
    expect(journey.server.requests.length).toBe(asked);
    expect(database("select fields from records where post = '" + key + "'")).toEqual([
      { fields: "{}" },
    ]);
    // Another archive may tell it in another way: same moment, another link.
    const newer = await journey.zip("newer.zip", [
      servePost(journey.server, { date: first, photos: 3 }),
    ]);
    expect((await journey.run(["export", newer])).summary).toMatchObject({ found: 0, removed: 1 });
    expect(keys()).not.toContain(key);

    const other = await journey.zip("other.zip", [servePost(journey.server, { date: second })]);
    const not = await journey.run(["export", other, "--restore", key]);
    expect(not.code).toBe(2);
    expect(not.summary).toMatchObject({ error: "not-in-source" });
    const never = await journey.run(["export", archive, "--restore", keyOf(second)]);
    expect(never.summary).toMatchObject({ error: "not-removed" });
    const back = await journey.run(["export", archive, "--restore", key]);
    expect(back.summary).toMatchObject({ found: 3, exported: 1, unchanged: 2, removed: 0 });
    expect(csvRows(journey.library)[0]).toMatchObject({ key, caption: `Words of ${first}` });
    expect((await journey.run(["verify"])).summary).toMatchObject({ files: 4, whole: 4 });
  });

  it("refuses what may be public, and remembers it when told to go on", async () => {
    await journey.run(["prepare"]);
    // The captions of these posts name a day, so that they are held at first.
    await journey.run(["queue", "add"]);
    await journey.run(["queue", "release", "--all", "--allow", "date-bound"]);
    for (const to of ["rednote", "lemon8"]) {
      expect((await journey.run(["publish", "--post", key, "--to", to])).code).toBe(0);
    }
    await journey.run(["confirm", "--post", key, "--to", "lemon8", "--posted"]);
    const run = await journey.run(["remove", key]);
    expect(run.code).toBe(2);
    expect(run.summary).toMatchObject({ error: "already-out" });
    const words = String(run.lines[0]?.["message"]);
    expect(words).toContain(`${key}@rednote is handed-off`);
    expect(words).toContain(`${key}@lemon8 is submitted`);
    expect(keys()).toContain(key);

    const gone = await journey.run(["remove", key, "--yes"]);
    expect(gone.code).toBe(0);
    expect(gone.summary).toMatchObject({ publicationsEnded: 0, publicationsKept: 2 });
    const states = gone.lines.filter((line) => line.type === "publication");
    expect(states.map(({ to, state }) => `${String(to)} ${String(state)}`).toSorted()).toEqual([
      "lemon8 submitted",
      "rednote skipped",
    ]);
    expect(about(key)).toEqual([]);
    // What was posted can still be proved, and coming back does not post it twice.
    const url = "https://www.lemon8-app.com/@mira/7410000000000000123";
    const live = await journey.run(["confirm", "--post", key, "--to", "lemon8", "--url", url]);
    expect(live.summary).toMatchObject({ state: "live" });
    await journey.run(["export", archive, "--restore", key]);
    await journey.run(["prepare"]);
    const added = await journey.run(["queue", "add"]);
    const planned = added.lines.filter((line) => line.type === "publication");
    expect(planned.map(({ post }) => post)).not.toContain(key);
  });

  it("leaves a person's own files alone and says where they are", async () => {
    const own = join(journey.library, folderOf(first), "my notes.txt");
    writeFileSync(own, "mine");
    const run = await journey.run(["remove", key, "--yes"]);
    expect(run.code).toBe(0);
    expect(problemsOf(run, "files-left")).toMatchObject([
      { severity: "note", message: expect.stringContaining(folderOf(first)) },
    ]);
    expect(about(key)).toEqual([`${folderOf(first)}/my notes.txt`]);
    expect((await journey.run(["verify"])).code).toBe(0);
  });

  it("that was killed is completed by the next command, whatever it had done", async () => {
    await journey.run(["prepare"]);
    const before = filesBelow(journey.library).filter((path) => !path.startsWith("findmehere.db"));
    const contents = new Map(
      before.map((path) => [path, readFileSync(join(journey.library, path))]),
    );
    await journey.run(["remove", key, "--yes"]);
    // As it lies on the disk when the database has forgotten the post and nothing else has happened yet.
    const folders = JSON.stringify([
      folderOf(first),
      ...["rednote", "lemon8"].map((to) => `drafts/${to}/2024-04-01_${key}`),
    ]);
    const half = async (): Promise<void> => {
      const { mkdirSync } = await import("node:fs");
      for (const [path, bytes] of contents) {
        mkdirSync(join(journey.library, path, ".."), { recursive: true });
        writeFileSync(join(journey.library, path), bytes);
      }
      const db = new DatabaseSync(join(journey.library, "findmehere.db"));
      db.prepare("update removed set left_on_disk = ?").run(folders);
      db.close();
      expect(about(key).length).toBeGreaterThan(4);
    };
    for (const words of [
      ["export", archive],
      ["remove", key, "--yes"],
    ]) {
      await half();
      expect((await journey.run(words)).code).toBe(0);
      expect(about(key)).toEqual([]);
      expect(keys()).not.toContain(key);
      expect((await journey.run(["verify"])).code).toBe(0);
      expect(database("select left_on_disk from removed")).toEqual([{ left_on_disk: null }]);
    }
  });
});
