import { mkdir, symlink, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { archivePost, buildArchive, videoLink, writeZip } from "../support/archive.ts";
import { textArchive } from "../support/archive-text.ts";
import { readInput, refusalOf, temporaryFolder } from "./read.ts";

const old = (days: number) => json("old", days, "2020");
const middle = (days: number) => json("middle", days, "2024");
const newest = (days: number) => json("newest", days, "2026");

function json(generation: "old" | "middle" | "newest", days: number, year: string): string {
  const posts = Array.from({ length: days }, (_, day) =>
    archivePost({ date: `${year}-09-1${day} 14:07:21` }),
  );
  return JSON.stringify(buildArchive({ generation, posts }));
}

function text(days: number): Record<string, string> {
  const posts = Array.from(
    { length: days },
    (_, day) => `Date: 2022-09-1${day} 14:07:21\nLink: ${videoLink({ id: `oEtext000${day}` })}\n`,
  );
  return textArchive(posts.join("\n"));
}

async function zipOf(entries: Record<string, string | Buffer>): Promise<string> {
  const path = join(await temporaryFolder(), "TikTok_Data.zip");
  await writeZip(path, entries);
  return path;
}

async function folderOf(entries: Record<string, string>): Promise<string> {
  const folder = join(await temporaryFolder(), "unpacked");
  for (const [name, content] of Object.entries(entries)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), content);
  }
  return folder;
}

describe("an input that holds the archive more than once", () => {
  const inputs: [string, Record<string, string>, string, string | null][] = [
    [
      "two names, more posts in the older",
      { "user_data_tiktok.json": middle(1), "user_data.json": old(3) },
      "2020",
      "Read: user_data.json, the fullest. Not used: user_data_tiktok.json.",
    ],
    [
      "two names, as many posts: the newest form",
      { "user_data.json": newest(2), "user_data_tiktok.json": middle(2) },
      "2026",
      "Read: user_data.json, the fullest. Not used: user_data_tiktok.json.",
    ],
    [
      "JSON and TXT, more posts in TXT",
      { "user_data_tiktok.json": middle(1), ...text(2) },
      "2022",
      "Read: the text files (TXT), the fullest. Not used: user_data_tiktok.json.",
    ],
    [
      "JSON and TXT, as many posts: JSON",
      { "user_data_tiktok.json": old(2), ...text(2) },
      "2020",
      "Read: user_data_tiktok.json, the fullest. Not used: the text files (TXT).",
    ],
    [
      "a copy that is no archive",
      { "user_data.json": "{}", "b/user_data_tiktok (1).json": middle(1) },
      "2024",
      null,
    ],
    ["a JSON of another name", { "export/my data.json": middle(1) }, "2024", null],
  ];

  it.each(inputs)("takes the fullest and says so: %s", async (_, entries, year, said) => {
    for (const input of [await zipOf(entries), await folderOf(entries)]) {
      if (input.endsWith("unpacked") && "export/my data.json" in entries) continue;
      const reading = await readInput(input);
      expect(new Set(reading.posts.map(({ date }) => date.slice(0, 4)))).toEqual(new Set([year]));
      const notes = reading.problems.filter(({ code }) => code === "archive-copies");
      expect(notes).toHaveLength(said === null ? 0 : 1);
      if (said !== null) expect(notes[0]?.message).toContain(said);
    }
  });

  it("does not fall back to a copy when one is broken, and names it", async () => {
    const path = await zipOf({ "a/user_data_tiktok.json": '{"Post":', "user_data.json": old(1) });
    const refusal = await refusalOf(path);
    expect(refusal).toMatchObject({ exit: "input", code: "broken-json" });
    expect(refusal.what).toContain("a/user_data_tiktok.json in ");
  });

  it("takes a row once when the zip holds the same folder twice", async () => {
    const one = text(2);
    const two = Object.fromEntries(
      Object.entries(one).map(([name, content]) => [`copy/${name}`, content]),
    );
    const reading = await readInput(await zipOf({ ...one, ...two }));
    expect(reading.posts).toHaveLength(2);
    expect(reading.profiles[0]?.followers).toBe(3);
  });
});

describe("names", () => {
  it.each([
    "user_data_tiktok (1).json",
    "user_data_tiktok_2.json",
    "user_data.json",
    "My TikTok.JSON",
    "user_data_tiktok.json.download",
    "data",
  ])("of a bare JSON do not matter: %s", async (name) => {
    const path = join(await temporaryFolder(), name);
    await writeFile(path, middle(2));
    expect((await readInput(path)).posts).toHaveLength(2);
  });

  it("of a folder do not matter, nor how deep the JSON lies", async () => {
    const folder = await folderOf({ "TikTok/inner/user_data_tiktok (1).json": newest(2) });
    expect((await readInput(folder)).posts).toHaveLength(2);
  });

  it("of links in a folder are not followed", async () => {
    const folder = await folderOf({ "TikTok/user_data_tiktok.json": newest(2) });
    const elsewhere = await folderOf({ "user_data_tiktok.json": newest(5) });
    await symlink(elsewhere, join(folder, "elsewhere"));
    await symlink(join(elsewhere, "user_data_tiktok.json"), join(folder, "user_data.json"));
    await symlink(folder, join(folder, "round"));
    const reading = await readInput(folder);
    expect(reading.posts).toHaveLength(2);
    expect(reading.problems).toEqual([]);
  });

  it("of another file are left to others", async () => {
    const path = join(await temporaryFolder(), "7415.info.json");
    await writeFile(path, "{}");
    expect(await refusalOf(path)).toMatchObject({ code: "unknown-input" });
  });

  it("of a zip inside the zip are told, and it stays closed", async () => {
    const refusal = await refusalOf(await zipOf({ "TikTok_Data.zip": "PK", "readme.md": "" }));
    expect(refusal).toMatchObject({ exit: "input", code: "not-an-archive" });
    expect(refusal.why).toContain("TikTok_Data.zip in ");
    expect(refusal.fix).toContain("zip inside");
  });
});

describe("what a creator's archive may hold", () => {
  it("numbers that JavaScript would round, as they are", async () => {
    const row = { ...archivePost({ date: "2024-09-17 14:07:21" }), Sound: 0 };
    const content = JSON.stringify(buildArchive({ posts: [row] })).replace(
      '"Sound":0',
      '"Sound":7513039993741397256',
    );
    const path = join(await temporaryFolder(), "user_data_tiktok.json");
    await writeFile(path, content);
    expect((await readInput(path)).posts[0]?.fields.sound).toBe("7513039993741397256");
  });

  it("a key twice, edited by hand: the last one counts", async () => {
    const content = JSON.stringify(buildArchive({ posts: [] })).replace(
      '"VideoList":[]',
      `"VideoList":[{"Date":"2024-01-01 00:00:00","Date":"2024-09-17 14:07:21","Link":""}],"VideoList":[{"Date":"2024-09-18 14:07:21"}]`,
    );
    const path = join(await temporaryFolder(), "user_data_tiktok.json");
    await writeFile(path, content);
    expect((await readInput(path)).posts.map(({ date }) => date)).toEqual([
      "2024-09-17T14:07:21Z",
      "2024-09-18T14:07:21Z",
    ]);
  });

  it("10,000 posts and 100,000 followers", async () => {
    const posts = Array.from({ length: 10_000 }, (_, index) =>
      archivePost({
        date: new Date(1_600_000_000_000 + index * 1000)
          .toISOString()
          .replace("T", " ")
          .slice(0, 19),
      }),
    );
    const followers = Array.from({ length: 100_000 }, (_, index) => `follower.${index}`);
    const path = join(await temporaryFolder(), "user_data_tiktok.json");
    await writeFile(path, JSON.stringify(buildArchive({ generation: "old", posts, followers })));
    const reading = await readInput(path);
    expect(reading.posts).toHaveLength(10_000);
    expect(reading.profiles[0]?.followers).toBe(100_000);
    expect(reading.problems).toEqual([]);
  });

  it("thousands of bad records, of which a hundred are listed", async () => {
    const path = join(await temporaryFolder(), "user_data_tiktok.json");
    const posts = Array.from({ length: 5000 }, () => ({ Date: "never" }));
    await writeFile(path, JSON.stringify(buildArchive({ posts })));
    const { problems } = await readInput(path);
    expect(problems).toHaveLength(101);
    expect(problems.at(-1)?.message).toBe("4900 more records without a valid date: left out too.");
  });
});
