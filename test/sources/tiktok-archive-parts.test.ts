import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import {
  type ArchiveParts,
  archivePost,
  buildArchive,
  writeArchiveZip,
} from "../support/archive.ts";
import { type Reading, readInput, temporaryFolder } from "./read.ts";

const posts = ["17", "16", "15"].map((day) => archivePost({ date: `2024-09-${day} 14:07:21` }));

async function readArchive(parts: ArchiveParts): Promise<Reading> {
  const path = join(await temporaryFolder(), "TikTok_Data.zip");
  await writeArchiveZip(path, buildArchive(parts));
  return readInput(path);
}

describe("parts of the archive", () => {
  it("says that posts or the profile were not asked for", async () => {
    const noPosts = await readArchive({ extras: { Post: undefined } });
    expect(noPosts.problems.map(({ code }) => code)).toEqual(["section-not-requested"]);
    const noProfile = await readArchive({ posts, extras: { Profile: undefined } });
    expect(noProfile.posts).toHaveLength(3);
    expect(noProfile.problems.map(({ code }) => code)).toEqual(["section-not-requested"]);
  });

  it("reads an archive of two parts with empty lists of people", async () => {
    const { Profile, Video } = buildArchive({ generation: "old", posts });
    const path = join(await temporaryFolder(), "user_data_tiktok (1).json");
    const profile = { ...Object(Profile), "Follower List": {} };
    await writeFile(path, JSON.stringify({ Profile: profile, Video }));
    const reading = await readInput(path);
    expect(reading.posts).toHaveLength(3);
    expect(reading.profiles[0]).toMatchObject({ handle: "maya.films", followers: null });
    expect(reading.problems).toEqual([]);
  });

  it("names what it does not know in one note, and never a value", async () => {
    const newPost = archivePost({ date: "2024-09-17 14:07:21", extra: { Remix: "secret-value" } });
    const reading = await readArchive({
      extras: {
        "Time Capsule": { a: "secret-value" },
        "someone@example.org": 1,
        Post: {
          Posts: { VideoList: [newPost, newPost], Pinned: ["secret-value"] },
          Story: { StoryList: ["secret-value"] },
          Drafts: {},
        },
      },
    });
    expect(reading.posts).toHaveLength(1);
    expect(reading.problems.map(({ code }) => code)).toEqual(["unknown-keys"]);
    expect(reading.problems[0]?.message).toBe(
      "The archive has parts that findmehere does not know: (unnamed), Post.Drafts, Post.Posts.Pinned, Post.Posts.VideoList[].Remix, Post.Story, Time Capsule.",
    );
  });

  it("notices a list of posts of a new shape", async () => {
    const row = archivePost({ date: "2024-09-17 14:07:21" });
    const asMap = await readArchive({ extras: { Post: { Posts: { VideoList: { first: row } } } } });
    expect(asMap.problems[0]?.message).toContain("Post.Posts.VideoList.first");
    const asList = await readArchive({ extras: { Post: { Posts: [row] } } });
    expect(asList.problems[0]?.message).toContain("Post.Posts[]");
  });

  it("never takes what was watched for posts", async () => {
    const watched = [
      {
        Date: "2024-11-02 08:15:00",
        Link: "https://www.tiktokv.com/share/video/7000000000000000001/",
      },
    ];
    const reading = await readArchive({
      extras: {
        "Your Activity": {
          "Watch History": { VideoList: watched },
          "Video Browsing History": { VideoList: watched },
          Videos: { VideoList: watched },
          VideoList: watched,
        },
      },
    });
    expect(reading.posts).toEqual([]);
  });

  it("reads the oldest names: Activity.Videos, VideoLink, likes as number", async () => {
    const row = {
      Date: "2019-05-01 10:00:00 UTC",
      VideoLink: "http://video-va.musical.ly/a/v0912abcd1234",
      Likes: 7,
    };
    const reading = await readArchive({
      generation: "old",
      extras: { Video: undefined, Activity: { Videos: { VideoList: [row] } } },
    });
    expect(reading.posts).toHaveLength(1);
    expect(reading.posts[0]).toMatchObject({
      date: "2019-05-01T10:00:00Z",
      objectIds: ["v0912abcd1234"],
      fields: { kind: "video", likes: 7, visibility: null },
    });
    expect(reading.problems).toEqual([]);
  });
});
