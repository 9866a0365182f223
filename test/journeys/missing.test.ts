import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

import { readTable, tableText } from "../../src/edge/table.ts";
import { findmehere } from "../support/cli.ts";
import {
  csvRows,
  folderOf,
  jsonRows,
  keyOf,
  servePost,
  startExportJourney,
} from "./export-journey.ts";
import type { ExportJourney } from "./export-journey.ts";

const dates = ["2024-04-01 10:00:00", "2024-04-02 10:00:00", "2024-04-03 10:00:00"] as const;
const [first, second, third] = dates;
let journey: ExportJourney;
let archive: string;

beforeEach(async () => {
  journey = await startExportJourney();
  archive = await journey.zip("archive.zip", [
    servePost(journey.server, { date: first, photos: 2 }),
    servePost(journey.server, { date: second, title: "Has one" }),
    servePost(journey.server, { date: third, whoCanView: "Only You" }),
  ]);
});

afterEach(() => journey.dispose());

describe("export --missing", () => {
  it("writes the rows to fill, public posts first, and says what to do; no source is needed", async () => {
    await journey.run(["export", archive]);
    const run = await journey.run(["export", "--missing", "captions.csv"]);
    expect(run.code).toBe(0);
    expect(run.summary).toMatchObject({ found: 0, missing: 2, missingTable: "captions.csv" });
    const text = readFileSync(join(journey.folder, "captions.csv"), "utf8");
    expect(text.split("\r\n")[0]).toBe("\uFEFFkey,url,date,kind,caption,file");
    expect(readTable(text)).toEqual([
      {
        key: keyOf(first),
        url: "",
        date: "2024-04-01T10:00:00Z",
        kind: "photos",
        caption: "",
        file: join(journey.library, folderOf(first), "01.jpg"),
      },
      expect.objectContaining({ key: keyOf(third), kind: "video" }),
    ]);
    const said = await findmehere(
      ["export", "--missing", "my captions.csv", "--library", journey.library],
      { cwd: journey.folder },
    );
    expect(said.out).toBe(
      [
        "2 posts without a caption: they are the rows of my captions.csv.",
        "Write into the column caption in Excel, Numbers or LibreOffice, and save it as CSV (UTF-8). Then type:",
        '  findmehere export "my captions.csv"',
        "",
      ].join("\n"),
    );
  });

  it("exports the sources first, and writes nothing when no caption is missing", async () => {
    const run = await journey.run(["export", archive, "--missing", "captions.csv"]);
    expect(run.summary).toMatchObject({ found: 3, exported: 3, missing: 2 });
    const file = join(journey.folder, "captions.csv");
    const rows = readTable(readFileSync(file, "utf8"));
    writeFileSync(
      file,
      tableText(
        ["key", "caption"],
        rows.map((row) => ({ ...row, caption: "x" })),
      ),
    );
    const filled = await journey.run(["export", file, "--missing", "rest.csv"], { text: true });
    expect(filled.code).toBe(0);
    expect(filled.out).toContain("Every post has a caption. Nothing was written.");
    expect(existsSync(join(journey.folder, "rest.csv"))).toBe(false);
  });

  it("never writes over what somebody typed, unless told so", async () => {
    await journey.run(["export", archive]);
    const file = join(journey.folder, "captions.csv");
    const typed = `key,caption\n${keyOf(first)},an hour of work\n`;
    writeFileSync(file, typed);
    for (const words of [
      ["export", "--missing", file],
      ["export", archive, "--missing", file],
    ]) {
      const run = await journey.run(words);
      expect(run.code).toBe(2);
      expect(run.summary).toMatchObject({ error: "captions-typed" });
      expect(readFileSync(file, "utf8")).toBe(typed);
    }
    const notes = join(journey.folder, "notes.txt");
    writeFileSync(notes, "one line\n");
    expect((await journey.run(["export", "--missing", notes])).code).toBe(2);
    expect(readFileSync(notes, "utf8")).toBe("one line\n");
    expect((await journey.run(["export", "--missing", file, "--yes"])).code).toBe(0);
    expect(readTable(readFileSync(file, "utf8"))).toHaveLength(2);
    // Nothing is typed in it yet, so it may be written again.
    expect((await journey.run(["export", "--missing", file])).code).toBe(0);
  });

  it("without sources and without --missing it is a wrong usage", async () => {
    const run = await journey.run(["export"]);
    expect(run.code).toBe(2);
    expect(run.summary).toMatchObject({ error: "what-to-export" });
    const none = await journey.run(["export", "--missing", "captions.csv"], { library: "none" });
    expect(none.code).toBe(2);
    expect(none.summary).toMatchObject({ error: "no-library" });
  });

  it("brings back exactly what was typed: formulas, quotes, line breaks, emoji", async () => {
    const alphabet = [
      "=",
      "+",
      "-",
      "@",
      "'",
      '"',
      ",",
      ";",
      "\n",
      "\r",
      "\t",
      " ",
      "a",
      "é",
      "猫",
      "👩‍👩‍👧",
      "\u200f",
    ];
    const word = fc
      .array(fc.constantFrom(...alphabet), { minLength: 1, maxLength: 12 })
      .map((parts) => parts.join(""))
      .filter((text) => text.trim() !== "");
    const samples = fc.sample(fc.tuple(word, word), { numRuns: 4, seed: 7 });
    const pairs = [["=1+1", '"quoted"\n\'=x'], ["-\r\n,;", "@bob 👩‍👩‍👧 #猫"], ...samples];
    await journey.run(["export", archive, "--skip-media"]);
    await journey.run(["export", "--missing", "captions.csv"]);
    const file = join(journey.folder, "captions.csv");
    const rows = readTable(readFileSync(file, "utf8"));
    for (const pair of pairs) {
      const filled = rows.map((row, index) => ({ ...row, caption: pair[index] ?? "" }));
      writeFileSync(file, tableText(["key", "url", "date", "kind", "caption", "file"], filled));
      expect((await journey.run(["export", file])).code).toBe(0);
      const back = new Map(jsonRows(journey.library).map((row) => [row["key"], row["caption"]]));
      expect([back.get(keyOf(first)), back.get(keyOf(third))]).toEqual(pair);
      expect(csvRows(journey.library)).toHaveLength(3);
    }
  });
});
