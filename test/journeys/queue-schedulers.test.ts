import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { parse } from "csv-parse/sync";
import { afterAll, beforeAll, expect, test } from "vitest";

import { genericColumns } from "../../src/queue/generic-table.ts";
import { metricoolColumns } from "../../src/queue/metricool.ts";
import type { CliRun } from "../support/cli.ts";
import { draftFolder, keys, linesOf, startMigrated, zone } from "./sample-journey.ts";
import type { OpenJourney } from "./sample-journey.ts";

const base = "https://media.example.org/mira";

let sample: OpenJourney;

beforeAll(async () => {
  sample = await startMigrated({ FINDMEHERE_CREATOR_HANDLES_LEMON8: "mira.paints" });
});
afterAll(() => sample.close());

/** Exports into a new file; answers its text and its rows. */
async function exported(
  name: string,
  words: readonly string[],
): Promise<{ run: CliRun; text: string; rows: Record<string, string>[] }> {
  const file = join(sample.folder, name);
  const run = await sample.run(["queue", "export", file, ...words, "--json"]);
  expect(run.code, run.error).toBe(0);
  const text = readFileSync(file, "utf8");
  const rows = parse<Record<string, string>>(text, { columns: true, bom: true });
  return { run, text, rows };
}

const codes = (run: CliRun) => linesOf(run, "problem").map(({ code }) => code);

test("metricool: its columns, one draft for each post, and a warning about media", async () => {
  const { run, text, rows } = await exported("plain.csv", ["--format", "metricool"]);
  // No BOM and no guard before a text: a program reads this table.
  expect(text.startsWith(`${metricoolColumns.join(",")}\r\n`)).toBe(true);
  expect(run.summary).toMatchObject({ format: "metricool", rows: rows.length });
  const list = await sample.run(["queue", "list", "--state", "queued", "--json"]);
  const posts = new Set(linesOf(list, "publication").map(({ post }) => String(post)));
  posts.delete("hello");
  expect(rows).toHaveLength(posts.size);
  expect(new Set(rows.map((row) => row["Draft"]))).toEqual(new Set(["TRUE"]));
  expect(rows.every((row) => row["Picture Url 1"] === "")).toBe(true);
  expect(codes(run).slice(0, 2)).toEqual(["media-address-needed", "scheduler-limit"]);
  const due = linesOf(list, "publication").find(
    ({ post, to }) => post === keys.newest && to === "lemon8",
  );
  const shown = new Date(String(due?.["due"])).toLocaleString("sv-SE", { timeZone: zone });
  const row = rows.find(
    ({ Date: day, Time }) => `${day} ${Time?.slice(0, 5)}` === shown.slice(0, 16),
  );
  const title = sample.read(`${draftFolder(sample, keys.newest, "lemon8")}/title.txt`);
  expect(row?.["Text"]).toContain(title);
  const again = await sample.run(["queue", "export", join(sample.folder, "plain.csv")]);
  expect(again.code).toBe(2);
});

test("metricool: addresses below the base lead to files of the library, a row for each network", async () => {
  const words = ["--networks", "instagram,youtube", "--media-base-url", base, "--no-drafts"];
  const { run, rows } = await exported("full.csv", ["--format", "metricool", ...words]);
  expect(codes(run)).not.toContain("media-address-needed");
  expect(new Set(rows.map((row) => row["Draft"]))).toEqual(new Set(["FALSE"]));
  const addresses = rows.flatMap((row) =>
    Object.entries(row).flatMap(([column, value]) =>
      /^(Picture Url|Video Thumbnail)/.test(column) && value !== "" ? [value] : [],
    ),
  );
  expect(addresses.length).toBeGreaterThan(rows.length);
  for (const address of addresses) {
    expect(address.startsWith(`${base}/drafts/lemon8/`)).toBe(true);
    const path = decodeURIComponent(address.slice(base.length + 1));
    expect(existsSync(join(sample.library, path)), path).toBe(true);
  }
  const reels = rows.filter((row) => row["Instagram Post Type"] === "REEL");
  const shorts = rows.filter((row) => row["Youtube"] === "TRUE");
  expect(shorts).toHaveLength(reels.length);
  expect(shorts.every((row) => row["Youtube Video Title"] !== "")).toBe(true);
  expect(shorts.every((row) => row["Instagram"] === "FALSE")).toBe(true);
  const photos = rows.find((row) => row["Picture Url 10"] !== "");
  expect(photos?.["Picture Url 2"]).toMatch(/\/02\.jpg$/);
});

test("generic: every field of everything that is not finished, readable again", async () => {
  const { rows, text } = await exported("all.csv", [
    ...["--format", "generic", "--media-base-url", `${base}/`],
  ]);
  expect(text.startsWith(`\uFEFF${genericColumns.join(",")}\r\n`)).toBe(true);
  const list = await sample.run(["queue", "list", "--json"]);
  const publications = linesOf(list, "publication");
  expect(rows).toHaveLength(publications.length);
  const item = `${keys.elevenPhotos}@lemon8`;
  const row = rows.find((each) => each["item"] === item);
  const folder = draftFolder(sample, keys.elevenPhotos, "lemon8");
  expect(row).toMatchObject({
    ...{ key: keys.elevenPhotos, to: "lemon8", state: "queued", zone, kind: "photos" },
    title: sample.read(`${folder}/title.txt`),
    body: sample.read(`${folder}/body.txt`),
  });
  const due = publications.find(({ post, to }) => `${String(post)}@${String(to)}` === item)?.[
    "due"
  ];
  expect(row?.["due_utc"]).toBe(due);
  const media = row?.["media"]?.split(";") ?? [];
  expect(media[0]).toBe(`${folder}/01.jpg`);
  expect(media.every((path) => existsSync(join(sample.library, path)))).toBe(true);
  expect(row?.["media_urls"]?.split(";")).toEqual(media.map((path) => `${base}/${path}`));
  expect(row?.["original_url"]).toContain(keys.elevenPhotos);
  expect(row?.["original_caption"]).not.toBe("");
});

test("takes a person's words of title.txt, and --to", async () => {
  const journey = sample.copy();
  try {
    const title = "=1+1, said the cat";
    journey.write(`${draftFolder(journey, keys.newest, "rednote")}/title.txt`, title);
    const file = join(journey.folder, "words.csv");
    const words = ["queue", "export", file, "--format", "metricool", "--to", "rednote", "--json"];
    const run = await journey.run(words);
    expect(run.code, run.error).toBe(0);
    const rows = parse<Record<string, string>>(readFileSync(file), { columns: true });
    // Exact: a guard would be posted. So a spreadsheet is warned of.
    expect(rows.filter((row) => row["Text"]?.startsWith(title))).toHaveLength(1);
    expect(linesOf(run, "problem")).toContainEqual(
      expect.objectContaining({
        post: keys.newest,
        message: expect.stringContaining("formula") as string,
      }),
    );
  } finally {
    journey.dispose();
  }
});

test.each([
  "media.example.org",
  "ftp://media.example.org",
  "https://mira:secret@media.example.org/",
  "https://media.example.org/?token=secret",
  "",
])("--media-base-url %s is refused, and not repeated", async (address) => {
  const file = join(sample.folder, "refused.csv");
  const words = ["queue", "export", file, "--format", "metricool", "--media-base-url", address];
  const run = await sample.run(words);
  expect(run.code).toBe(2);
  expect(run.error).toContain("--media-base-url is not an address");
  expect(run.error).not.toContain("secret");
  expect(existsSync(file)).toBe(false);
});

test("says what to do with the table, and that nobody has tried it there", async () => {
  const file = join(sample.folder, "told.csv");
  const run = await sample.run(["queue", "export", file, "--format", "metricool"]);
  expect(run.out).toContain("Nobody has tried this table against Metricool itself");
  expect(run.out).toContain(zone);
  const wrong = await sample.run(["queue", "export", file, "--format", "metricol"]);
  expect(wrong.code).toBe(2);
  expect(wrong.error).toContain("Did you mean metricool?");
});
