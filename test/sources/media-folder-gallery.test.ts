import { utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { sidecar, writeGalleryFile, writeSidecar } from "../support/sidecar.ts";
import { webItem, webPhotos } from "../support/web-item.ts";
import { readInput, temporaryFolder } from "./read.ts";

const id = "7240568259186019630";
const createTime = 1_726_582_041;
const author = {
  id: "6812345678901234567",
  uniqueId: "maya.films",
  secUid: "MS4wLjABAAAAmaya",
  nickname: "Maya 🐈 Films",
  signature: "films",
};
const objects = Array.from({ length: 11 }, (_, index) =>
  (index + 10).toString(16).repeat(32).slice(0, 32),
);

/** A photo post of eleven photos as gallery-dl leaves it, written in an odd order. */
async function writePhotos(
  folder: string,
  changes: Record<string, unknown> = {},
  bare = false,
): Promise<string[]> {
  const item = webPhotos(objects, { id, createTime, author, desc: "Eleven 🌅 #fyp", ...changes });
  const names: string[] = [];
  for (const num of [10, 2, 11, 1, 3, 4, 5, 6, 7, 8, 9]) {
    const fileId = objects[num - 1] ?? "";
    const parts = { item, type: "image" as const, num, fileId, extension: "jpg", bytes: `${num}` };
    names[num - 1] = await writeGalleryFile(folder, { ...parts, bare });
  }
  const audio = { item, type: "audio" as const, fileId: "7123456789012345678", extension: "mp3" };
  await writeGalleryFile(folder, { ...audio, bytes: "music", bare });
  return names;
}

describe("gallery-dl", () => {
  it("makes one post of one record a photo, 2 before 10, the music left out", async () => {
    const folder = await temporaryFolder();
    const names = await writePhotos(folder);
    const { posts, problems, profiles } = await readInput(folder);
    expect(problems).toEqual([]);
    expect(posts).toHaveLength(1);
    const [post] = posts;
    expect(post).toMatchObject({
      source: "media-folder",
      id,
      date: "2024-09-17T14:07:21Z",
      fields: {
        kind: "photos",
        caption: "Eleven 🌅 #fyp",
        title: "Sketchbook tour",
        views: 427_682,
        visibility: "public",
        url: `https://www.tiktok.com/@maya.films/video/${id}`,
      },
    });
    const photos = post?.media.filter(({ role }) => role === "photo") ?? [];
    expect(photos).toEqual(
      names.map((name, index) => ({
        role: "photo",
        position: index + 1,
        origins: [{ at: "disk", path: join(folder, name) }],
        objectId: objects[index],
      })),
    );
    expect(post?.media).toHaveLength(11);
    expect(JSON.stringify(posts)).not.toContain("secret-signature");
    expect(profiles).toMatchObject([
      { handle: "maya.films", displayName: "Maya 🐈 Films", bio: "films", avatar: [] },
    ]);
  });

  it("was seen when its record was written", async () => {
    const folder = await temporaryFolder();
    const item = webItem({ id, createTime, author });
    const name = await writeGalleryFile(folder, {
      item,
      type: "video",
      extension: "mp4",
      bytes: "v",
    });
    const seen = new Date("2025-02-03T04:05:06Z");
    await utimes(join(folder, `${name}.json`), seen, seen);
    expect((await readInput(folder)).posts[0]).toMatchObject({
      observed: "2025-02-03T04:05:06Z",
      media: [{ role: "video", origins: [{ at: "disk", path: join(folder, name) }] }],
    });
  });

  it("gives covers, subtitles and the profile picture their place; none of them is a photo", async () => {
    const folder = await temporaryFolder();
    const item = webItem({ id, createTime, author, desc: "" });
    const write = (parts: Omit<Parameters<typeof writeGalleryFile>[1], "item" | "bytes">) =>
      writeGalleryFile(folder, { item, bytes: "x", ...parts });
    const video = await write({ type: "video", extension: "mp4" });
    const cover = await write({ type: "cover", fileId: "originCover", extension: "jpg" });
    const text = await write({
      type: "subtitle",
      fileId: "2_eng-US_ASR_4_webvtt",
      extension: "vtt",
    });
    const avatar = await writeGalleryFile(folder, {
      item: { ...author, id: "6812345678901234567" },
      type: "avatar",
      fileId: "a".repeat(32),
      extension: "webp",
      bytes: "me",
    });
    expect(video).toContain(`TikTok video #${id}`);
    const { posts, profiles, problems } = await readInput(folder);
    expect(problems).toEqual([]);
    expect(posts).toHaveLength(1);
    expect(posts[0]?.fields.caption).toBe("");
    const files = posts[0]?.media.map(({ role, origins: [{ at, ...way }] }) => ({
      role,
      at,
      ...way,
    }));
    expect(files).toEqual([
      { role: "video", at: "disk", path: join(folder, video) },
      { role: "cover", at: "disk", path: join(folder, cover) },
      { role: "subtitle.eng-US", at: "disk", path: join(folder, text) },
    ]);
    expect(profiles).toMatchObject([
      {
        handle: "maya.films",
        bio: "films",
        avatar: [{ at: "disk", path: join(folder, avatar) }],
      },
    ]);
  });

  it("needs no records where names are its own", async () => {
    const folder = await temporaryFolder();
    await writePhotos(folder, {}, true);
    await writeGalleryFile(folder, {
      item: { ...author, id: "6812345678901234567" },
      type: "avatar",
      fileId: "a".repeat(32),
      extension: "webp",
      bytes: "me",
      bare: true,
    });
    const { posts, profiles } = await readInput(folder);
    expect(posts).toHaveLength(1);
    expect(posts[0]).toMatchObject({ id, roughDate: true, objectIds: objects });
    expect(posts[0]?.media.map(({ position }) => position)).toEqual([
      1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11,
    ]);
    expect(profiles).toMatchObject([{ handle: "maya.films", avatar: [{ at: "disk" }] }]);
  });

  it("keeps the places of photos of which one is missing, and says so", async () => {
    const folder = await temporaryFolder();
    const item = webPhotos(objects.slice(0, 3), { id, createTime, author });
    for (const num of [1, 3]) {
      const fileId = objects[num - 1] ?? "";
      await writeGalleryFile(folder, {
        item,
        type: "image",
        num,
        fileId,
        extension: "jpg",
        bytes: "x",
      });
    }
    const { posts, problems } = await readInput(folder);
    expect(posts[0]?.media.map(({ position }) => position)).toEqual([1, 3]);
    expect(problems).toMatchObject([{ code: "photos-missing", severity: "note" }]);
  });

  it("keeps ids whole that were written as numbers, by its text or by the name", async () => {
    const folder = await temporaryFolder();
    const write = async (own: string, number: string) => {
      const item = webItem({ id: own, createTime, author });
      const name = await writeGalleryFile(folder, {
        item,
        type: "video",
        extension: "mp4",
        bytes: "v",
      });
      const record = JSON.stringify(item).replace(`"id":"${own}"`, `"id":${number}`);
      await writeFile(join(folder, `${name}.json`), record);
    };
    await write(id, id);
    await write("7240568259186019777", "7240568259186020000");
    const { posts } = await readInput(folder);
    expect(posts.map((post) => [post.id, post.fields.url, post.media.length])).toEqual([
      [id, `https://www.tiktok.com/@maya.films/video/${id}`, 1],
      ["7240568259186019777", "https://www.tiktok.com/@maya.films/video/7240568259186019777", 1],
    ]);
  });

  it("leaves out what others made, also where the record has no author", async () => {
    const folder = await temporaryFolder();
    const item = { ...webItem({ id, createTime }), author: undefined };
    const name = await writeGalleryFile(folder, {
      item,
      type: "video",
      extension: "mp4",
      bytes: "v",
    });
    const record = { ...item, category: "tiktok", subcategory: "reposts", type: "video" };
    await writeFile(join(folder, `${name}.json`), JSON.stringify(record));
    const { posts, problems } = await readInput(folder);
    expect(posts).toEqual([]);
    expect(problems.map(({ code }) => code)).toEqual(["not-yours"]);
  });

  it("leaves other sites, other JSON and broken records", async () => {
    const folder = await temporaryFolder();
    await writePhotos(folder);
    await writeFile(join(folder, "pin.jpg.json"), '{"category":"pinterest","id":"1"}');
    await writeFile(join(folder, "settings.json"), '{"theme":"dark"}');
    await writeFile(join(folder, "list.json"), "[1,2]");
    await writeFile(join(folder, "torn.json"), '{"theme":');
    await writeFile(join(folder, `${id}_01.jpg.json`), '{"id":"72405');
    const { posts, problems } = await readInput(folder);
    expect(posts).toHaveLength(1);
    expect(problems.map(({ code }) => code)).toEqual(["bad-record", "other-site"]);
    expect(problems[0]?.message).toContain(`${id}_01.jpg.json`);
  });
});

describe("a post that two tools have", () => {
  it("is one: photos over sound, and field by field what was seen last", async () => {
    const folder = await temporaryFolder();
    await writePhotos(join(folder, "gallery-dl"), { stats: {}, statsV2: { playCount: "5" } });
    const slideshow = sidecar({
      id,
      timestamp: createTime - 3,
      description: "Edited since 🌅",
      slideshow: true,
      extra: { view_count: 900, epoch: 4_000_000_000, save_count: null },
    });
    const name = await writeSidecar(join(folder, "yt-dlp"), slideshow);
    await writeFile(join(folder, "yt-dlp", name.replace(".info.json", ".mp3")), "music");
    await writeFile(join(folder, "yt-dlp", name.replace(".info.json", ".webp")), "cover");
    const { posts, problems } = await readInput(folder);
    expect(problems).toEqual([]);
    expect(posts).toHaveLength(1);
    expect(posts[0]).toMatchObject({
      observed: "2096-10-02T07:06:40Z",
      fields: {
        kind: "photos",
        caption: "Edited since 🌅",
        hashtags: [],
        views: 900,
        title: "Sketchbook tour",
      },
    });
    const roles = posts[0]?.media.map(({ role }) => role);
    expect(roles).toEqual([...Array.from({ length: 11 }, () => "photo"), "cover"]);
  });

  it("takes the fuller set of photos, the video over the sound, and the more private word", async () => {
    const folder = await temporaryFolder();
    await writePhotos(join(folder, "whole"));
    const part = { id, createTime, author, privateItem: true };
    const item = webPhotos(objects.slice(0, 2), part);
    const photo = {
      item,
      type: "image" as const,
      num: 1,
      fileId: "f".repeat(32),
      extension: "jpg",
    };
    await writeGalleryFile(join(folder, "part"), { ...photo, bytes: "x" });
    const own = "7240568259186019700";
    await writeSidecar(folder, sidecar({ id: own, timestamp: createTime, slideshow: true }));
    await writeFile(join(folder, `${own}.mp4`), "video of another tool");
    const { posts } = await readInput(folder);
    const [video, photos] = posts;
    expect(video).toMatchObject({ id: own, fields: { kind: "video" } });
    expect(video?.media.map(({ role }) => role)).toEqual(["video"]);
    expect(photos?.media).toHaveLength(11);
    expect(photos?.fields.visibility).toBe("private");
  });

  it("comes out the same whatever the names, and so the order, of the folders are", async () => {
    const told = async (first: string, second: string) => {
      const folder = await temporaryFolder();
      const seen = (at: number, views: number) =>
        sidecar({ id, timestamp: createTime, extra: { epoch: at, view_count: views } });
      await writeSidecar(join(folder, first), seen(1_763_450_000, 10));
      await writeSidecar(join(folder, second), seen(1_763_460_000, 20));
      return (await readInput(folder)).posts.map(({ place: _place, ...post }) => post);
    };
    const posts = await told("a", "b");
    expect(posts).toMatchObject([{ observed: "2025-11-18T10:00:00Z", fields: { views: 20 } }]);
    expect(await told("b", "a")).toEqual(posts);
  });
});
