import { mkdir, symlink, utimes, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import type { SourcePost } from "../../src/core/post.ts";
import { claimFiles, nameFiles } from "../../src/sources/media-folder/claims.ts";
import { downloadStem, playlistSidecar, sidecar } from "../support/sidecar.ts";
import { readInput, type Reading, temporaryFolder } from "./read.ts";

const id = "7240568259186019630";
const other = "7240568259186019631";
const timestamp = 1726582041;

/** Writes files with a few bytes each; answers their folder. */
async function folderOf(files: Record<string, string | Buffer>): Promise<string> {
  const folder = await temporaryFolder();
  for (const [name, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), content);
  }
  return folder;
}

/** `role position name`, the ways to one file joined by `|`. */
function mediaOf(post: SourcePost | undefined, folder: string): string[] {
  return (post?.media ?? []).map(({ role, position, origins }) => {
    const names = origins.map((origin) =>
      origin.at === "disk" ? origin.path.slice(folder.length + 1) : origin.at,
    );
    return `${role} ${position} ${names.join("|")}`;
  });
}

function codesOf({ problems }: Reading): string[] {
  return problems.map(({ code }) => code);
}

function info(parts: Parameters<typeof sidecar>[0]): string {
  return JSON.stringify(sidecar(parts));
}

describe("the files of a download", () => {
  it("are those under the sidecar's name: video, cover, subtitles, not the fragments", async () => {
    const content = sidecar({ id, timestamp, description: 'Line one\nWhat? "yes": a/b' });
    const stem = downloadStem(content);
    expect(stem).toBe(`Line one What？ ＂yes＂： a⧸b [${id}]`);
    const folder = await folderOf({
      [`${stem}.info.json`]: JSON.stringify(content),
      [`${stem}.mp4`]: "video",
      [`${stem}.webp`]: "cover",
      [`${stem}.eng-US.vtt`]: "WEBVTT",
      [`${stem}.eng-US.srt`]: "1",
      [`${stem}.temp.mp4`]: "half",
      [`${stem}.fh264_540p_873954-0.mp4`]: "part",
      [`${stem}.f137.mp4`]: "part",
      [`${stem}.mp4.part`]: "half",
      [`${stem}.mp4.ytdl`]: "state",
    });
    const reading = await readInput(folder);
    expect(mediaOf(reading.posts[0], folder)).toEqual([
      `video 1 ${stem}.mp4`,
      `cover 1 ${stem}.webp`,
      `subtitle.eng-US 1 ${stem}.eng-US.vtt`,
    ]);
    expect(reading.posts[0]?.media.every(({ objectId }) => objectId === null)).toBe(true);
    expect(codesOf(reading)).toEqual(["unfinished-file"]);
    expect(reading.problems[0]?.message).toMatch(/^5 files were not downloaded to the end/);
  });

  it("are found whatever the template, and however upper case and letters are written", async () => {
    const folder = await folderOf({
      "2024/clip.info.json": info({ id, timestamp }),
      "2024/clip.MP4": "a",
      "2025/clip.INFO.json": info({ id: other, timestamp: timestamp + 9 }),
      "2025/clip.mp4": "b",
      [`Cafe\u0301.info.json`]: info({ id: "7240568259186019632", timestamp }),
      "Caf\u00E9.mp4": "c",
      "Bread.info.json": info({ id: "7240568259186019633", timestamp }),
      "bread.info.json": info({ id: "7240568259186019634", timestamp }),
      "Bread.mp4": "d",
      "bread.mp4": "e",
    });
    const { posts } = await readInput(folder);
    const found = Object.fromEntries(posts.map((post) => [post.id, mediaOf(post, folder)]));
    expect(found).toEqual({
      [id]: ["video 1 2024/clip.MP4"],
      [other]: ["video 1 2025/clip.mp4"],
      "7240568259186019632": ["video 1 Caf\u00E9.mp4"],
      "7240568259186019633": ["video 1 Bread.mp4"],
      "7240568259186019634": ["video 1 bread.mp4"],
    });
  });

  it("are found by the id in their name, or by the names in a dump", async () => {
    const single = sidecar({
      id,
      timestamp,
      extra: { _filename: "C:\\Users\\maya\\clips\\first.mp4" },
    });
    const dump = {
      ...playlistSidecar(),
      entries: [
        sidecar({
          id: other,
          timestamp,
          extra: { requested_downloads: [{ filepath: "/home/maya/second.mp4", cookies: "x" }] },
        }),
        null,
        sidecar({ id: "7240568259186019632", timestamp, description: "by id" }),
        {
          _type: "url",
          ie_key: "TikTok",
          id: "7240568259186019633",
          url: "https://www.tiktok.com/@maya.films/video/7240568259186019633",
          description: "flat",
          timestamp,
          view_count: 7,
        },
      ],
    };
    // PowerShell redirects into UTF-16.
    const utf16 = Buffer.from(`\uFEFF${JSON.stringify(single)}`, "utf16le");
    const folder = await folderOf({
      "one.json": utf16,
      "dump.json": JSON.stringify(dump),
      "first.mp4": "a",
      "second.mp4": "b",
      "clips/my best one (7240568259186019632).mp4": "c",
    });
    const reading = await readInput(folder);
    const found = reading.posts.map((post) => [post.id, post.place, mediaOf(post, folder)]);
    expect(found).toEqual([
      [other, "dump.json, entries[0]", ["video 1 second.mp4"]],
      [
        "7240568259186019632",
        "dump.json, entries[2]",
        ["video 1 clips/my best one (7240568259186019632).mp4"],
      ],
      ["7240568259186019633", "dump.json, entries[3]", []],
      [id, "one.json", ["video 1 first.mp4"]],
    ]);
    expect(reading.posts[2]?.fields).toMatchObject({ caption: "flat", views: 7 });
    expect(codesOf(reading)).toEqual(["sidecar-without-media"]);
  });

  it("are found in lines of JSON, and by the begin of one caption only", async () => {
    const lines = [
      sidecar({
        id,
        timestamp,
        description: "A long walk along the river / at night, with all dogs",
      }),
      sidecar({ id: other, timestamp, description: "Twins of one caption, the very same" }),
      sidecar({
        id: "7240568259186019632",
        timestamp,
        description: "Twins of one caption, the very same",
      }),
    ];
    const folder = await folderOf({
      "all.jsonl": lines.map((line) => JSON.stringify(line)).join("\n"),
      "A long walk along the river ⧸ at.mp4": "a",
      "Twins of one caption, the.mp4": "b",
      "A.mp4": "c",
    });
    const reading = await readInput(folder);
    const first = reading.posts.find((post) => post.id === id);
    expect(mediaOf(first, folder)).toEqual(["video 1 A long walk along the river ⧸ at.mp4"]);
    expect(reading.posts.filter(({ media }) => media.length > 0)).toHaveLength(1);
    const loose = reading.problems.find(({ code }) => code === "media-without-id");
    expect(loose?.message).toContain("A.mp4; Twins of one caption, the.mp4");
  });

  it("tells the marked form, and the better of two", async () => {
    const folder = await folderOf({
      "a/x.info.json": info({ id, timestamp, extra: { format_note: "watermarked" } }),
      "a/x.mp4": "long long video",
      [`b/${id}.mp4`]: "clean",
      [`b/${id}.jpg`]: "cover",
    });
    const { posts } = await readInput(folder);
    expect(posts[0]?.media).toEqual([
      {
        role: "video",
        position: 1,
        origins: [
          { at: "disk", path: join(folder, `b/${id}.mp4`) },
          { at: "disk", path: join(folder, "a/x.mp4"), watermarked: true },
        ],
        objectId: null,
      },
      {
        role: "cover",
        position: 1,
        origins: [{ at: "disk", path: join(folder, `b/${id}.jpg`) }],
        objectId: null,
      },
    ]);
  });

  it("prefers the still cover of several", async () => {
    const folder = await folderOf({
      "x.info.json": info({ id, timestamp }),
      "x.mp4": "video",
      "x.dynamicCover.webp": "moving",
      "x.cover.image": "cover",
      "x.originCover.image": "origin",
    });
    const { posts } = await readInput(folder);
    expect(mediaOf(posts[0], folder)).toEqual([
      "video 1 x.mp4",
      "cover 1 x.originCover.image|x.cover.image|x.dynamicCover.webp",
    ]);
  });
});

describe("a slideshow of yt-dlp", () => {
  it("is a photo post whose photos are missing, said once", async () => {
    const folder = await folderOf({
      "a.info.json": info({ id, timestamp, slideshow: true }),
      "a.mp3": "music",
      "a.image": "cover",
      "b.info.json": info({ id: other, timestamp, slideshow: true }),
      "b.m4a": "music",
    });
    const reading = await readInput(folder);
    expect(reading.posts.map(({ fields }) => fields.kind)).toEqual(["photos", "photos"]);
    expect(mediaOf(reading.posts[0], folder)).toEqual(["cover 1 a.image"]);
    expect(codesOf(reading)).toEqual(["photos-missing"]);
    expect(reading.problems[0]?.message).toContain(`2 photo posts: ${id}; ${other}`);
    expect(reading.problems[0]?.fix).toContain("gallery-dl --write-metadata");
  });

  it("of captions alone says nothing of files", async () => {
    const folder = await folderOf({
      "a.info.json": info({ id, timestamp, slideshow: true }),
      "b.info.json": info({ id: other, timestamp }),
    });
    expect((await readInput(folder)).problems).toEqual([]);
  });
});

describe("what a sidecar lacks", () => {
  it("the caption comes from the .description file", async () => {
    const caption = "From the file 🌅 \n#fyp @salty.bun ";
    const folder = await folderOf({
      "a.info.json": info({ id, timestamp, extra: { description: null } }),
      "a.description": caption,
      "b.info.json": info({ id: other, timestamp, description: "said" }),
      "b.description": "never",
      "c.info.json": info({
        id: "7240568259186019632",
        timestamp,
        extra: { description: "TikTok video #7240568259186019632" },
      }),
      "only [7240568259186019633].description": "alone",
    });
    const { posts } = await readInput(folder);
    expect(posts.map(({ fields }) => fields.caption)).toEqual([caption, "said", "", "alone"]);
    expect(posts[0]?.fields).toMatchObject({ hashtags: ["fyp"], mentions: ["salty.bun"] });
    expect(posts[3]).toMatchObject({ roughDate: true, date: "2023-06-03T21:02:48Z" });
  });

  it("the time comes from the id, roughly; and when it was seen from the file", async () => {
    const folder = await folderOf({
      "a.info.json": info({ id, timestamp, extra: { timestamp: null, epoch: null } }),
    });
    const seen = new Date("2025-02-03T04:05:06Z");
    await utimes(join(folder, "a.info.json"), seen, seen);
    expect((await readInput(folder)).posts[0]).toMatchObject({
      date: "2023-06-03T21:02:48Z",
      roughDate: true,
      observed: "2025-02-03T04:05:06Z",
    });
  });

  it("the id comes from the address or the name where a program rounded it", async () => {
    const rounded = info({ id, timestamp, extra: { webpage_url: undefined } }).replace(
      `"id":"${id}"`,
      '"id":7240568259186020000',
    );
    const folder = await folderOf({ [`a [${id}].info.json`]: rounded });
    expect((await readInput(folder)).posts[0]?.id).toBe(id);
  });
});

describe("a playlist sidecar", () => {
  it("says who it is and is no post; one of a hashtag says nothing", async () => {
    const folder = await folderOf({
      "p.info.json": JSON.stringify(playlistSidecar()),
      "t.info.json": JSON.stringify({
        ...playlistSidecar(),
        title: "fyp",
        extractor: "tiktok:tag",
        webpage_url: "https://www.tiktok.com/tag/fyp",
      }),
    });
    const reading = await readInput(folder);
    expect(reading.posts).toEqual([]);
    expect(reading.profiles).toMatchObject([
      { handle: "maya.films", observed: "2025-11-18T07:13:20Z" },
    ]);
  });
});

describe("media without a sidecar", () => {
  it("is a post where its name has the id, of whose caption nothing is known", async () => {
    const folder = await folderOf({
      [`tiktok/maya.films/${id}_02 caption [${"b".repeat(32)}].jpg`]: "2",
      [`tiktok/maya.films/${id}_10 caption [${"c".repeat(32)}].jpg`]: "10",
      [`tiktok/maya.films/${id}_01 caption [${"a".repeat(32)}].jpg`]: "1",
      [`tiktok/maya.films/${id} caption [7123456789012345678].mp3`]: "music",
      [`some title [${other}].mp4`]: "video",
      "7240568259186019632.mp4": "video",
      "thumbnail [7240568259186019634].jpg": "no post of its own",
    });
    const reading = await readInput(folder);
    expect(reading.posts.map(({ id: each }) => each)).toEqual(["7240568259186019632", other, id]);
    expect(reading.posts[2]).toMatchObject({
      date: "2023-06-03T21:02:48Z",
      roughDate: true,
      observed: null,
      objectIds: ["a".repeat(32), "b".repeat(32), "c".repeat(32)],
      fields: { kind: "photos", url: `https://www.tiktok.com/@maya.films/video/${id}` },
    });
    expect(reading.posts[2]?.fields).not.toHaveProperty("caption");
    expect(reading.posts[2]?.media.map(({ position }) => position)).toEqual([1, 2, 10]);
    expect(reading.posts[1]?.fields).toEqual({ kind: "video" });
    expect(codesOf(reading)).toEqual(["media-without-sidecar"]);
    expect(reading.problems[0]?.fix).toContain("yt-dlp --skip-download --write-info-json");
  });

  it("is listed where nothing says its post", async () => {
    const files = ["IMG_0001.mov", "b.mp4", "c.jpg", "d.png", "20240917_140721123.mp4"];
    const folder = await folderOf({
      ...Object.fromEntries(files.map((name) => [name, "x"])),
      "a.info.json": info({ id, timestamp, slideshow: true }),
      "notes.txt": "mine",
    });
    const reading = await readInput(folder);
    expect(reading.posts).toHaveLength(1);
    expect(reading.problems[0]).toMatchObject({ code: "media-without-id", severity: "note" });
    expect(reading.problems[0]?.message).toContain(
      "5 files belong to, so they were not taken: 20240917_140721123.mp4; IMG_0001.mov; b.mp4; and 2 more",
    );
  });
});

describe("a folder that is no plain one", () => {
  it("keeps links out, and says so; hidden files and a library of ours are passed by", async () => {
    const folder = await folderOf({
      [`a [${id}].info.json`]: info({ id, timestamp }),
      [`a [${id}].mp4`]: "video",
      [`.hidden [${other}].mp4`]: "hidden",
      "library/findmehere.jsonc": "{}",
      [`library/posts/2024-09-17_${other}/video.mp4`]: "ours",
      "library/avatar.webp": "ours",
    });
    await symlink(folder, join(folder, "round and round"));
    const outside = await folderOf({ [`b [${other}].mp4`]: "elsewhere" });
    await symlink(join(outside, `b [${other}].mp4`), join(folder, "out.mp4"));
    const reading = await readInput(folder);
    expect(reading.posts.map(({ id: each }) => each)).toEqual([id]);
    expect(codesOf(reading)).toEqual(["not-read"]);
    expect(reading.problems[0]?.message).toContain("2 links");
    expect(reading.problems[0]?.message).toContain("out.mp4; round and round");
  });

  it("takes names with emoji, line breaks and text that runs from the right", async () => {
    const hostile = `\u202Egnp.رسمتُ 👩‍👩‍👧\n🌅 [${id}]`;
    const folder = await folderOf({
      [`${hostile}.info.json`]: info({ id, timestamp }),
      [`${hostile}.mp4`]: "video",
      "strange\n\u202Ename.mp4": "x",
    });
    const reading = await readInput(folder);
    expect(mediaOf(reading.posts[0], folder)).toEqual([`video 1 ${hostile}.mp4`]);
    expect(reading.posts[0]?.place).not.toMatch(/[\n\u202E]/);
    expect(JSON.stringify(reading.problems)).not.toMatch(/\\n|\u202E/);
  });

  it("takes an empty file for an unfinished one", async () => {
    const folder = await folderOf({ "a.info.json": info({ id, timestamp }), "a.mp4": "" });
    const reading = await readInput(folder);
    expect(reading.posts[0]?.media).toEqual([]);
    expect(codesOf(reading)).toEqual(["sidecar-without-media", "unfinished-file"]);
  });

  it("goes deep, and says where it stopped", async () => {
    const deep = "a/b/c/d/e/f/g/h";
    const folder = await folderOf({
      [`${deep}/x [${id}].mp4`]: "video",
      [`${deep}/i/x [${other}].mp4`]: "too deep",
    });
    const reading = await readInput(folder);
    expect(reading.posts.map(({ id: each }) => each)).toEqual([id]);
    expect(reading.problems[1]).toMatchObject({ code: "not-read", severity: "warn" });
    expect(reading.problems[1]?.message).toContain("a/b/c/d/e/f/g/h/i");
  });

  it("is not searched file by file for each sidecar", () => {
    const [few, many] = [timeToClaim(2_000), timeToClaim(20_000)];
    // Ten times the files; a hundred times the work if each looked at each.
    expect(many).toBeLessThan(Math.max(few, 20) * 40);
  });
});

/** Milliseconds that matching takes of so many sidecars whose files have other names, and as many files. */
function timeToClaim(count: number): number {
  const titles = Array.from(
    { length: count },
    (_, index) => `The same begin of many words ${index}`,
  );
  const files = nameFiles(
    titles.map((title) => {
      const name = `${title} and more.mp4`;
      const modified = "2025-01-01T00:00:00Z";
      return { path: name, folder: "", name, absolute: `/${name}`, bytes: 1, modified };
    }),
  );
  const hints = titles.map((title, index) => ({
    id: String(7240568259186000000n + BigInt(index)),
    sidecar: null,
    names: [],
    titles: [title],
    watermarked: false,
    soundOnly: false,
  }));
  const start = performance.now();
  expect(claimFiles(files, hints, []).loose).toHaveLength(count);
  return performance.now() - start;
}
