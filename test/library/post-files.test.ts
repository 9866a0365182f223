import { statSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { Post } from "../../src/core/post.ts";
import { writePostFiles } from "../../src/library/post-files.ts";
import { place } from "./place.ts";

const post: Post = {
  key: "7415551234567890123",
  id: "7415551234567890123",
  date: "2024-09-17T14:07:21Z",
  kind: "photos",
  caption: "👩‍👩‍👧‍👦 first\r\nsecond \n",
  hashtags: ["水彩"],
  mentions: [],
  durationMs: null,
  width: 1080,
  height: 1920,
  views: 0,
  likes: null,
  comments: null,
  shares: null,
  saves: null,
  pinned: false,
  visibility: "public",
  sound: null,
  location: null,
  aiGenerated: null,
  url: null,
  title: null,
  soundOriginal: null,
  madeFrom: null,
  paidPartnership: null,
  language: null,
  sources: ["tiktok-archive"],
  folder: "posts/2024-09-17_7415551234567890123",
};
const media = [`${post.folder}/01.jpg`, `${post.folder}/02.jpg`];

test("post.json says everything that is known, unknown as null", async () => {
  const { root, read } = place();
  await writePostFiles(root, post, media, []);
  const { folder: _folder, ...known } = post;
  expect(JSON.parse(read(`${post.folder}/post.json`))).toEqual({
    ...known,
    mediaFiles: media,
    history: [],
  });
  expect(read(`${post.folder}/post.json`)).toMatch(/\}\n$/);
});

test("caption.txt is the caption byte for byte, also an empty one", async () => {
  const { root, read } = place();
  await writePostFiles(root, post, media, []);
  expect(read(`${post.folder}/caption.txt`)).toBe(post.caption);
  await writePostFiles(root, { ...post, caption: "" }, media, []);
  expect(read(`${post.folder}/caption.txt`)).toBe("");
});

test("there is no caption.txt where no caption is known, nor where it was taken back", async () => {
  const { root, list } = place();
  await writePostFiles(root, { ...post, caption: null }, media, []);
  expect(list(post.folder)).toEqual(["post.json"]);
  await writePostFiles(root, post, media, []);
  expect(list(post.folder)).toEqual(["caption.txt", "post.json"]);
  await writePostFiles(root, { ...post, caption: null }, media, []);
  expect(list(post.folder)).toEqual(["post.json"]);
});

test("what is written already stays untouched; what was lost or changed comes again", async () => {
  const { root, read, write } = place();
  const file = join(root, post.folder, "post.json");
  await writePostFiles(root, post, media, []);
  const before = statSync(file, { bigint: true });
  await writePostFiles(root, post, media, []);
  const after = statSync(file, { bigint: true });
  expect([after.ino, after.mtimeNs]).toEqual([before.ino, before.mtimeNs]);

  await writePostFiles(root, { ...post, views: 7 }, media, []);
  expect(JSON.parse(read(`${post.folder}/post.json`))).toMatchObject({ views: 7 });
  write(`${post.folder}/post.json`, "half");
  await writePostFiles(root, post, media, []);
  expect(JSON.parse(read(`${post.folder}/post.json`))).toMatchObject({ views: 0 });
});
