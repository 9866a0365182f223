import { mkdtemp, readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { beforeEach, describe, expect, test } from "vitest";
import { ExpectedError } from "../../src/core/error.ts";
import { guardCell, readTable, tableText, unguardCell } from "../../src/edge/table.ts";
import type { PostRow } from "../../src/library/table-cells.ts";
import { writePostsLines, writePostsTable } from "../../src/library/tables.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "findmehere-tables-"));
});

const full: PostRow = {
  key: "7415000000000000001",
  id: "7415000000000000001",
  url: "https://www.tiktok.com/@anna/video/7415000000000000001",
  title: null,
  soundOriginal: null,
  madeFrom: null,
  paidPartnership: null,
  language: null,
  date: "2024-09-17T14:07:21Z",
  kind: "video",
  caption: '=HYPERLINK("x")\nsecond, line 🚅',
  hashtags: ["cats", "猫"],
  mentions: ["bob", "eve.x"],
  durationMs: 12_340,
  width: 1080,
  height: 1920,
  views: 0,
  likes: 28,
  comments: null,
  shares: 3,
  saves: null,
  pinned: true,
  visibility: "public",
  sound: "-1 song",
  location: "Austin Tx",
  aiGenerated: false,
  sources: ["har", "tiktok-archive"],
  folder: "2024-09-17_7415000000000000001",
  mediaFiles: [
    "posts/2024-09-17_7415000000000000001/video.mp4",
    "posts/2024-09-17_7415000000000000001/cover.jpg",
  ],
  problem: "",
};

const empty: PostRow = {
  ...full,
  key: "20240917T140721Z",
  id: null,
  url: null,
  kind: "photos",
  caption: null,
  hashtags: [],
  mentions: [],
  durationMs: null,
  width: null,
  height: null,
  views: null,
  likes: null,
  shares: null,
  pinned: null,
  visibility: null,
  sound: null,
  location: null,
  aiGenerated: null,
  sources: ["tiktok-archive"],
  mediaFiles: [],
  problem: "links-expired",
};

test("posts.csv has exactly the columns of the contract, a BOM, and CRLF rows", async () => {
  const file = join(folder, "posts.csv");
  await writePostsTable(file, [full, empty]);
  const bytes = await readFile(file);
  expect(bytes.subarray(0, 3)).toEqual(Buffer.from([0xef, 0xbb, 0xbf]));
  const text = bytes.toString("utf8").slice(1);
  expect(text).toBe(
    [
      "key,id,url,date,kind,caption,hashtags,mentions,duration_s,width,height,views,likes,comments,shares,saves,pinned,visibility,sound,location,ai_generated,media_files,sources,problem",
      `7415000000000000001,7415000000000000001,https://www.tiktok.com/@anna/video/7415000000000000001,2024-09-17T14:07:21Z,video,"'=HYPERLINK(""x"")\nsecond, line 🚅",cats 猫,bob eve.x,12.34,1080,1920,0,28,,3,,true,public,'-1 song,Austin Tx,false,posts/2024-09-17_7415000000000000001/video.mp4;posts/2024-09-17_7415000000000000001/cover.jpg,har;tiktok-archive,`,
      "20240917T140721Z,,,2024-09-17T14:07:21Z,photos,,,,,,,,,,,,,,,,,,tiktok-archive,links-expired",
      "",
    ].join("\r\n"),
  );
  const [first] = readTable(await readFile(file, "utf8"));
  expect(first).toMatchObject({
    caption: full.caption,
    sound: "-1 song",
    duration_s: "12.34",
    comments: "",
  });
});

test("seconds have no trailing zeros", () => {
  const seconds = [15_000, 500, 12_345, 0, 61_200].map((durationMs) => ({ ...full, durationMs }));
  const file = join(folder, "posts.csv");
  return writePostsTable(file, seconds).then(async () => {
    const rows = readTable(await readFile(file, "utf8"));
    expect(rows.map((row) => row["duration_s"])).toEqual(["15", "0.5", "12.345", "0", "61.2"]);
  });
});

test("posts.jsonl is exact, also for half a surrogate pair", async () => {
  const file = join(folder, "posts.jsonl");
  const odd = { ...full, caption: "\uD83D \u2028 '=1\r\n" };
  await writePostsLines(file, [full, empty, odd]);
  const lines = (await readFile(file, "utf8")).split("\n");
  expect(lines.pop()).toBe("");
  expect(lines.map((line) => JSON.parse(line))).toEqual([full, empty, odd]);
});

test("no posts make a table of the head row alone and no lines", async () => {
  await writePostsTable(join(folder, "posts.csv"), []);
  await writePostsLines(join(folder, "posts.jsonl"), []);
  expect(readTable(await readFile(join(folder, "posts.csv"), "utf8"))).toEqual([]);
  expect(await readFile(join(folder, "posts.jsonl"), "utf8")).toBe("");
});

describe("the guard for formulas", () => {
  test.each([
    ["=1+1", "'=1+1"],
    ["+1", "'+1"],
    ["-1", "'-1"],
    ["@anna hi", "'@anna hi"],
    ["\tx", "'\tx"],
    ["\rx", "'\rx"],
    ["'=1", "''=1"],
    ["''@a", "'''@a"],
    ["'quoted'", "'quoted'"],
    ["'", "'"],
    ["", ""],
    ["a=1", "a=1"],
    [" =1", " =1"],
  ])("%j is written as %j and read back", (original, written) => {
    expect(guardCell(original)).toBe(written);
    expect(unguardCell(written)).toBe(original);
  });

  test("what is taken off is exactly what was put there, and no cell starts a formula", () => {
    const start = fc.constantFrom("", "'", "''", "=", "'=", "''-", "\t", "'\r", "@", "+");
    const text = fc.tuple(start, fc.string({ unit: "binary" })).map((both) => both.join(""));
    fc.assert(
      fc.property(text, (original) => {
        expect(unguardCell(guardCell(original))).toBe(original);
        expect(guardCell(original)).not.toMatch(/^[=+\-@\t\r]/);
      }),
    );
  });
});

test("export then import of any table changes nothing", () => {
  const sign = fc.constantFrom(
    "'",
    "=",
    "-",
    "@",
    "\t",
    "\r",
    "\n",
    "\r\n",
    '"',
    ",",
    ";",
    "\uFEFF",
    " ",
    "猫",
    "🚅",
    "a",
  );
  const cell = fc.oneof(
    fc.array(sign, { maxLength: 8 }).map((signs) => signs.join("")),
    fc.string({ unit: "binary" }),
    fc.string({ unit: "grapheme" }),
  );
  const row = fc.record({ key: cell, caption: cell, sound: cell });
  fc.assert(
    fc.property(fc.array(row, { maxLength: 6 }), (rows) => {
      expect(readTable(tableText(["key", "caption", "sound"], rows))).toEqual(rows);
    }),
    { numRuns: 300 },
  );
});

describe("reading what people saved", () => {
  test.each([
    ["semicolons", "\uFEFFKey ;Caption\r\n1;a, b\r\n"],
    ["tabs", "key\tcaption\n1\ta, b\n"],
    ["line feeds and empty lines", 'key,caption\n\n1,"a, b"\n\n'],
    ["old Mac line ends", 'key,caption\r1,"a, b"\r'],
  ])("%s", (_name, text) => {
    expect(readTable(text)).toEqual([{ key: "1", caption: "a, b" }]);
  });

  test("cells missing at the end are empty, and so may be cells too many", () => {
    expect(readTable("key,caption\n1\n2,b,, \n")).toEqual([
      { key: "1", caption: "" },
      { key: "2", caption: "b" },
    ]);
  });

  test("a text that fell apart at its comma is told with its row, not cut short", () => {
    const read = () => readTable("key,caption\n1,a\n2,b,c\n");
    expect(read).toThrow(ExpectedError);
    expect(read).toThrow(/Row 3 of the table has 3 cells, but its first row names only 2/);
  });

  test("a quote that never closes is told with its line", () => {
    const read = () => readTable('key,caption\n1,a\n2,"b\n3,c\n');
    expect(read).toThrow(ExpectedError);
    expect(read).toThrow(/at line \d/);
  });
});
