import { expect, it } from "vitest";
import { sectionUse } from "../../src/tiktok/archive-sections.ts";
import {
  archiveCaption,
  archiveCount,
  archiveValue,
  archiveYesNo,
  looseValue,
} from "../../src/tiktok/archive-value.ts";

it.each(["", " ", "N/A", "n/a", "None", " - ", "-", null, undefined, 5, {}])(
  "takes %j as nothing",
  (value) => {
    expect(archiveValue(value)).toBeNull();
  },
);

it("keeps texts byte for byte", () => {
  expect(archiveValue(" Austin Tx ")).toBe(" Austin Tx ");
  expect(archiveCaption("None")).toBe("None");
  expect(archiveCaption("line\nline \u200d")).toBe("line\nline \u200d");
  expect([archiveCaption(""), archiveCaption("N/A"), archiveCaption(7)]).toEqual([
    null,
    null,
    null,
  ]);
});

it("never makes 0 of an unknown count", () => {
  expect(["28", 28, "0", 0].map(archiveCount)).toEqual([28, 28, 0, 0]);
  expect(
    ["", "None", "N/A", null, -1, 1.5, "1e3", "99999999999999999999"].map(archiveCount),
  ).toEqual(Array.from({ length: 8 }, () => null));
});

it("reads yes and no", () => {
  expect(["Yes", "No", "", true, "N/A", 1].map(archiveYesNo)).toEqual([
    true,
    false,
    null,
    true,
    null,
    null,
  ]);
});

it("looks keys up without case, spaces and underscores", () => {
  expect(looseValue({ "who_can view": "Everyone" }, "WhoCanView")).toBe("Everyone");
  expect(looseValue({ VideoLink: "x" }, "Link", "VideoLink")).toBe("x");
  expect(looseValue({}, "Link")).toBeUndefined();
});

it.each([
  [["Video", "Videos", "VideoList"], "posts"],
  [["Post", "Posts", "VideoList"], "posts"],
  [["post", "POSTS", "video_list"], "posts"],
  [["Videos", "VideoList"], "posts"],
  [["Activity", "Videos", "VideoList"], "posts"],
  [["Activity", "Video Browsing History", "VideoList"], "skip"],
  [["Your Activity", "Watch History", "VideoList"], "skip"],
  [["Your Activity", "VideoList"], "skip"],
  [["Watch History", "VideoList"], "unknown"],
  [["Post", "Watch History", "VideoList"], "unknown"],
  [["Video", "RecentlyDeletedPosts", "PostList"], "deleted"],
  [["Post", "Recently Deleted Posts", "PostList"], "deleted"],
  [["Profile", "Profile Information", "ProfileMap"], "profile"],
  [["Profile And Settings", "Profile Info", "ProfileMap"], "profile"],
  [["Activity", "Follower List", "FansList"], "followers"],
  [["Your Activity", "Following", "Following"], "following"],
  [["Post", "Story"], "story"],
  [["Post", "Brand New"], "unknown"],
  [["Direct Messages"], "skip"],
])("knows what %j is", (path, use) => {
  expect(sectionUse(path)).toBe(use);
});
