import { join } from "node:path";
import { describe, expect, test } from "vitest";
import {
  draftFolder,
  libraryNames,
  libraryPaths,
  mediaName,
  postFolder,
} from "../../src/library/layout.ts";

test("the names of the contract", () => {
  expect(libraryNames).toEqual({
    settings: "findmehere.jsonc",
    database: "findmehere.db",
    profile: "profile.json",
    postsTable: "posts.csv",
    postsLines: "posts.jsonl",
    followers: "followers.csv",
    following: "following.csv",
    manifest: "manifest-sha256.txt",
    posts: "posts",
    drafts: "drafts",
    announcement: "announcement",
    logs: "logs",
  });
  expect(libraryPaths("root")).toEqual({
    root: "root",
    settings: join("root", "findmehere.jsonc"),
    database: join("root", "findmehere.db"),
  });
});

test("folders begin with the day in UTC and have / on every system", () => {
  const date = "2024-09-17T23:59:59Z";
  expect(postFolder(date, "7415551234567890123")).toBe("posts/2024-09-17_7415551234567890123");
  expect(draftFolder("lemon8", date, "20240917T235959Z-2")).toBe(
    "drafts/lemon8/2024-09-17_20240917T235959Z-2",
  );
});

describe("files of a post", () => {
  test.each([
    ["video", 1, 1, "video"],
    ["cover", 1, 1, "cover"],
    ["photo", 1, 1, "01"],
    ["photo", 9, 35, "09"],
    ["photo", 35, 35, "35"],
    ["photo", 7, 100, "007"],
  ])("%s %i of %i is %s", (role, position, count, name) => {
    expect(mediaName(role, position, count)).toBe(name);
  });

  test("sort by name as they sort by number", () => {
    for (const count of [9, 35, 99, 100, 101]) {
      const names = Array.from({ length: count }, (_, index) =>
        mediaName("photo", index + 1, count),
      );
      expect(names.toSorted()).toEqual(names);
    }
  });
});
