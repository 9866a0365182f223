import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { afterEach, beforeEach, describe, expect, it } from "vitest";

import { sidecar, writeSidecar } from "../support/sidecar.ts";
import {
  csvRows,
  folderOf,
  keyOf,
  problemsOf,
  servePost,
  startExportJourney,
} from "./export-journey.ts";
import type { ExportJourney } from "./export-journey.ts";

const dates = ["2024-04-01 10:00:00", "2024-04-02 10:00:00", "2024-04-03 10:00:00"] as const;
const [first, second, third] = dates;
const id = "7352800000000000123";
let journey: ExportJourney;
let archive: string;

beforeEach(async () => {
  journey = await startExportJourney();
  const rows = dates.map((date) => servePost(journey.server, { date }));
  archive = await journey.zip("archive.zip", rows);
});

afterEach(() => journey.dispose());

function table(name: string, text: string | Buffer): string {
  const path = join(journey.folder, name);
  writeFileSync(path, text);
  return path;
}

function captions(): (string | undefined)[] {
  return csvRows(journey.library).map((row) => row["caption"]);
}

/** A page's record of the first post, with its id and its own words. */
async function pageOfFirst(): Promise<string> {
  const folder = join(journey.folder, "captions");
  const timestamp = Date.parse("2024-04-01T10:00:02Z") / 1000;
  await writeSidecar(folder, sidecar({ id, timestamp, description: "From the page #page" }));
  return folder;
}

describe("a table of captions", () => {
  it("gives posts the words that a person typed, with their tags", async () => {
    const file = table(
      "captions.csv",
      `key,caption\r\n${keyOf(first)},"Two ""lines""\nand #tag @bob"\r\n${keyOf(second)},\r\n`,
    );
    const run = await journey.run(["export", archive, file]);
    expect(run.code).toBe(0);
    expect(run.summary).toMatchObject({ found: 3, exported: 3, unjoined: 0 });
    const [one, two] = csvRows(journey.library);
    expect(one).toMatchObject({
      caption: 'Two "lines"\nand #tag @bob',
      hashtags: "tag",
      mentions: "bob",
      sources: "captions-table;tiktok-archive",
    });
    expect(two?.["caption"]).toBe("");
    const text = readFileSync(join(journey.library, folderOf(first), "caption.txt"), "utf8");
    expect(text).toBe('Two "lines"\nand #tag @bob');
    // Not filled in is not known to be empty.
    expect(problemsOf(run, "no-caption")).toHaveLength(2);
    expect(problemsOf(run, "captions-open")).toMatchObject([
      { severity: "note", message: "1 row of captions.csv has no caption yet." },
    ]);
    const again = await journey.run(["export", file]);
    expect(again.summary).toMatchObject({ found: 1, exported: 0, unchanged: 1 });
  });

  it("wins over the page, whichever came first, and the tags are those of the typed words", async () => {
    const folder = await pageOfFirst();
    const file = table(
      "mine.csv",
      `url;caption\n"https://www.tiktok.com/@maya.films/video/${id}";Mine\n`,
    );
    const seen: unknown[] = [];
    const orders = [
      [archive, folder, file],
      [file, folder, archive],
    ];
    for (const [index, order] of orders.entries()) {
      const library = `library-${index}`;
      for (const source of order) {
        expect((await journey.run(["export", source, "--skip-media"], { library })).code).toBe(0);
      }
      const [row] = csvRows(join(journey.folder, library));
      expect(row).toMatchObject({ caption: "Mine", hashtags: "", id });
      seen.push({ ...row, key: "" });
    }
    expect(seen[0]).toEqual(seen[1]);
  });

  it("joins by key, by url and by id, also where Excel has rounded the number", async () => {
    await journey.run(["export", await pageOfFirst(), archive]);
    const url = `https://www.tiktok.com/@maya.films/video/${id}?lang=en`;
    const heads = [
      [`key,url,caption`, `7.3528E+18,${url},rounded`],
      [`key,url,caption`, `7352800000000000000,${url},zeros`],
      [`id,caption`, `${id},by id`],
      [`url,caption`, `${url},by url`],
      [`Key ,CAPTION`, `${id},id as key`],
    ];
    for (const [head, row] of heads) {
      const run = await journey.run(["export", table("one.csv", `\uFEFF${head}\r\n${row}\r\n`)]);
      expect(run.summary).toMatchObject({ found: 1, exported: 1 });
      expect(captions()[0]).toBe(row?.split(",").at(-1));
    }
    const lost = await journey.run(["export", table("lost.csv", "key,caption\n7.3528E+18,lost\n")]);
    expect(lost.summary).toMatchObject({ found: 0, unjoined: 0 });
    expect(problemsOf(lost, "bad-record")).toMatchObject([
      {
        message: "Row 2 of lost.csv was left out: the spreadsheet rounded its number (7.3528E+18).",
      },
    ]);
    expect(captions()[0]).toBe("id as key");
  });

  it("says which rows fit no post, and which post has two captions; the last one counts", async () => {
    await journey.run(["export", archive]);
    const file = table(
      "captions.csv",
      `key,caption\n${keyOf(first)},old words\n20990101T000000Z,nobody\n,nameless\n${keyOf(first)},new words\n`,
    );
    const run = await journey.run(["export", file]);
    expect(run.code).toBe(0);
    expect(run.summary).toMatchObject({ found: 1, exported: 1, unjoined: 1 });
    expect(problemsOf(run, "caption-without-post")[0]?.["message"]).toContain("20990101T000000Z");
    expect(problemsOf(run, "caption-twice")[0]?.["message"]).toBe(
      `captions.csv has two captions for ${keyOf(first)}, in rows 2 and 5; the last one was taken.`,
    );
    expect(problemsOf(run, "bad-record")[0]?.["message"]).toContain("Row 4 of captions.csv");
    expect(captions()).toEqual(["new words", "", ""]);
    // A later table replaces what an earlier one said, and an old slip is not said again.
    const later = await journey.run([
      "export",
      table("b.csv", `key,caption\n${keyOf(first)},newest\n`),
    ]);
    expect(captions()[0]).toBe("newest");
    expect(problemsOf(later, "caption-without-post")).toEqual([]);
  });

  it("waits for the archive when it comes first", async () => {
    const file = table("captions.csv", `key,caption\n${keyOf(third)},early\n`);
    const run = await journey.run(["export", file]);
    expect(run.summary).toMatchObject({ found: 0, unjoined: 1 });
    await journey.run(["export", archive]);
    expect(captions()).toEqual(["", "", "early"]);
  });

  it("is named by the filter's exceptions: whoever wrote a key has chosen that post", async () => {
    await journey.run(["export", archive]);
    const file = table("captions.csv", `key,caption\n${keyOf(first)},chosen\n`);
    const run = await journey.run(["export", file, "--since", "2024-04-03", "--only", "photos"]);
    expect(run.summary).toMatchObject({ found: 1, exported: 1 });
  });

  it("may be posts.csv itself, and then changes nothing", async () => {
    await journey.run(["export", archive, await pageOfFirst()]);
    const files = ["posts.csv", "posts.jsonl"].map((name) => join(journey.library, name));
    const before = files.map((file) => readFileSync(file, "utf8"));
    const run = await journey.run(["export", join(journey.library, "posts.csv")]);
    expect(run.summary).toMatchObject({ found: 1, exported: 0, unchanged: 1 });
    expect(files.map((file) => readFileSync(file, "utf8"))).toEqual(before);
  });

  it("is refused where it cannot be read right, and nothing is made", async () => {
    const latin = Buffer.from("key,caption\n1,caf\u00e9\n", "latin1");
    const wrong = await journey.run(["export", table("latin.csv", latin)]);
    expect(wrong.code).toBe(65);
    expect(wrong.summary).toMatchObject({ error: "table-encoding" });
    const broken = await journey.run(["export", table("broken.csv", 'key,caption\n1,"open\n')]);
    expect(broken.summary).toMatchObject({ error: "table-broken" });
    const torn = await journey.run([
      "export",
      table("torn.csv", "key,caption\n1,whole,\n2,torn, by a comma\n"),
    ]);
    expect(torn.code).toBe(65);
    expect(torn.summary).toMatchObject({ error: "table-broken" });
    expect(JSON.stringify(torn.lines)).toContain("Row 3 of the table has 3 cells");
    const other = await journey.run(["export", table("other.csv", "handle,date\nx,2024\n")]);
    expect(other.summary).toMatchObject({ error: "unknown-input" });
    const wide = Buffer.from(`\uFEFFkey\tcaption\r\n${keyOf(first)}\tcaf\u00e9 🚅\r\n`, "utf16le");
    await journey.run(["export", archive, table("wide.csv", wide)]);
    expect(captions()[0]).toBe("caf\u00e9 🚅");
  });
});
