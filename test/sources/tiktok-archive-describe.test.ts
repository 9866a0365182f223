import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { SourceShape } from "../../src/core/source.ts";
import { findSource } from "../../src/sources/index.ts";
import {
  archiveGenerations,
  archivePost,
  buildArchive,
  deletedPost,
  privateMarkers,
  writeArchiveZip,
  writeZip,
} from "../support/archive.ts";
import { dutchArchive, textArchive } from "../support/archive-text.ts";
import { temporaryFolder } from "./read.ts";

async function shapesOf(path: string): Promise<SourceShape[]> {
  const reader = await (await findSource(path)).load();
  const shapes: SourceShape[] = [];
  const signal = new AbortController().signal;
  for await (const shape of reader.describe?.(path, { signal }) ?? []) shapes.push(shape);
  return shapes;
}

async function describeArchive(archive: unknown): Promise<SourceShape[]> {
  const path = join(await temporaryFolder(), "archive.zip");
  await writeArchiveZip(path, archive);
  return shapesOf(path);
}

const posts = [
  archivePost({
    date: "2024-09-17 14:07:21",
    title: "my caption",
    extra: { Remix: "secret words" },
  }),
  archivePost({ date: "2024-09-16 14:07:21", title: "", extra: { Remix: "" } }),
];

describe.each(archiveGenerations)("the form of the %s generation", (generation) => {
  it("is told without a single value", async () => {
    const shapes = await describeArchive(
      buildArchive({
        generation,
        posts,
        deleted: [deletedPost("2024-12-13 10:00:00")],
        followers: ["one.fan"],
      }),
    );
    const said = JSON.stringify(shapes);
    const secrets = [
      ...Object.values(privateMarkers),
      ...[
        "friend_one",
        "one.fan",
        "maya",
        "my caption",
        "secret words",
        "I film",
        "2024",
        "http",
        "28",
      ],
    ];
    for (const secret of secrets) expect(said).not.toContain(secret);
    const list = generation === "old" ? "Video.Videos.VideoList" : "Post.Posts.VideoList";
    expect(shapes).toContainEqual({
      type: "shape",
      file: "user_data_tiktok.json",
      path: list,
      types: { array: 1 },
      lengths: { least: 2, most: 2 },
      known: true,
      sample: null,
    });
    expect(shapes).toContainEqual({
      type: "shape",
      file: "user_data_tiktok.json",
      path: `${list}[].Date`,
      types: { string: 2 },
      lengths: null,
      known: true,
      sample: null,
    });
    expect(shapes.filter(({ known }) => !known)).toEqual([
      {
        type: "shape",
        file: "user_data_tiktok.json",
        path: `${list}[].Remix`,
        types: { string: 2 },
        lengths: null,
        known: false,
        sample: "string 12 characters or string empty",
      },
    ]);
  });
});

describe("what nobody has seen yet", () => {
  it("is told by path and by what a sample looks like", async () => {
    const shapes = await describeArchive(
      buildArchive({
        posts,
        extras: {
          Post: {
            Story: {
              StoryList: [
                {
                  Date: "2026-01-01 10:00:00",
                  Link: "https://v16.tiktokcdn.com/secret?sig=1\nhttps://v16.tiktokcdn.com/other",
                  Website: "https://mayas-own-shop.example/",
                  Views: 12345,
                  Code: "7513039993741397256",
                  Shown: "Yes",
                  Nothing: null,
                  Tags: ["secret", "words"],
                },
              ],
            },
          },
          "Time Capsule": { Maya: { "maya@example.org": [1.5] } },
        },
      }),
    );
    const unknown = shapes.filter(({ known }) => !known);
    expect(unknown.map(({ path, sample }) => `${path}: ${sample}`)).toEqual([
      "Post.Story.StoryList: null",
      "Post.Story.StoryList[]: null",
      "Post.Story.StoryList[].Date: string date-like",
      "Post.Story.StoryList[].Link: string 2 urls host tiktokcdn.com",
      "Post.Story.StoryList[].Website: string url host of another place",
      "Post.Story.StoryList[].Views: number 5 digits",
      "Post.Story.StoryList[].Code: string 19 digits",
      "Post.Story.StoryList[].Shown: string yes-no",
      "Post.Story.StoryList[].Nothing: null",
      "Post.Story.StoryList[].Tags: null",
      "Post.Story.StoryList[].Tags[]: string 6 characters or string 5 characters",
      "Time Capsule: null",
      "Time Capsule.*: null",
      "Time Capsule.*.*: null",
      "Time Capsule.*.*[]: number with fraction",
    ]);
  });

  it("never tells the names of people one writes with, however the map is nested", async () => {
    const rows = [{ Date: "2024-12-01 07:15:00", From: "friend_two", Content: "hello" }];
    const shapes = await describeArchive(
      buildArchive({
        extras: {
          "Direct Message": {
            "Direct Messages": { ChatHistory: { "Chat History with Video:": rows, Music: rows } },
            "Group Chat": { Friends: { "Book Club": rows } },
          },
          "New Messages": { Maya: rows },
        },
      }),
    );
    const said = JSON.stringify(shapes);
    for (const name of ["friend_two", "Music", "with Video", "Book Club", "Maya", "Friends"]) {
      expect(said).not.toContain(name);
    }
    expect(shapes.find(({ path }) => path.endsWith("ChatHistory.*"))?.types).toEqual({ array: 2 });
    expect(shapes.map(({ path }) => path)).toContain("New Messages.*[].Content");
  });

  it("does not tell the name of a file that a person gave, nor thousands of keys", async () => {
    const many = Object.fromEntries(Array.from({ length: 20_000 }, (_, at) => [`Video ${at}`, at]));
    const path = join(await temporaryFolder(), "Maya Private.json");
    await writeFile(path, JSON.stringify(buildArchive({ extras: { Post: { Story: many } } })));
    const shapes = await shapesOf(path);
    expect(new Set(shapes.map(({ file }) => file))).toEqual(new Set(["*.json"]));
    expect(shapes.length).toBeLessThan(3100);
  });
});

describe("the text form", () => {
  it("is told by files and labels", async () => {
    const path = join(await temporaryFolder(), "archive.zip");
    await writeZip(path, textArchive("Date: 2024-09-17 14:07:21\nLink: x\nRemix: secret words\n"));
    const shapes = await shapesOf(path);
    const said = JSON.stringify(shapes);
    for (const secret of [...Object.values(privateMarkers), "friend_one", "maya", "http", "2024"]) {
      expect(said).not.toContain(secret);
    }
    expect(shapes.filter(({ file }) => file === "Post.txt")).toMatchObject([
      { path: "", lengths: { least: 1, most: 1 }, known: true },
      { path: "Date", types: { string: 1 }, known: true, sample: null },
      { path: "Link", known: true },
      { path: "Remix", known: false, sample: "string 12 characters" },
    ]);
    expect(shapes.find(({ file }) => file === "Watch History.txt")).toMatchObject({
      lengths: { least: 2, most: 2 },
    });
  });

  it("is told in Dutch, without the names of files that nobody knows", async () => {
    const path = join(await temporaryFolder(), "archive.zip");
    await writeZip(path, dutchArchive());
    const shapes = await shapesOf(path);
    expect(shapes.map(({ file, path: key }) => `${file} ${key}`)).toEqual(
      expect.arrayContaining([
        "Berichten.txt Vind-ik-leuks",
        "Berichten.txt Wie kan dit bekijken",
        "Kijkgeschiedenis.txt ",
        "*.txt ",
      ]),
    );
    expect(JSON.stringify(shapes)).not.toContain("Alleen jij");
  });
});
