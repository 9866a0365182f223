import { join } from "node:path";
import { describe, expect, it } from "vitest";
import {
  type ArchiveParts,
  archiveGenerations,
  archivePost,
  buildArchive,
  deletedPost,
  photoLink,
  privateMarkers,
  videoLink,
  writeArchiveZip,
} from "../support/archive.ts";
import { type Reading, readInput, temporaryFolder } from "./read.ts";

const hex = (digit: string) => digit.repeat(31) + "0";

async function readArchive(parts: ArchiveParts): Promise<Reading> {
  const path = join(await temporaryFolder(), "TikTok_Data.zip");
  await writeArchiveZip(path, buildArchive(parts));
  return readInput(path);
}

const posts = [
  archivePost({
    date: "2024-09-17 14:07:21",
    link: videoLink({ id: "oEvideo0001QxBf", expires: 1737411995 }),
    cover: photoLink({ id: hex("c"), expires: 1764593352 }),
    sound: "original sound - maya",
    location: "Austin Tx",
    aiGenerated: "Yes",
    likes: "211",
  }),
  archivePost({
    date: "2024-09-16 09:00:00",
    links: ["a", "b", "c"].map((digit) => photoLink({ id: hex(digit) })),
    cover: photoLink({ id: hex("a") }),
    whoCanView: "Only You",
    title: "N/A",
  }),
  archivePost({
    date: "2024-09-15 09:00:00",
    links: [photoLink({ id: hex("d") })],
    whoCanView: "Friends",
    title: "hello @salty.bun #cat\n ",
    aiGenerated: "No",
  }),
];

describe.each(archiveGenerations)("the %s generation", (generation) => {
  it("gives the same posts as the others", async () => {
    const reading = await readArchive({ generation, posts });
    const [video, photos, single] = reading.posts;
    expect(reading.posts).toHaveLength(3);
    expect(video).toMatchObject({
      type: "post",
      source: "tiktok-archive",
      id: null,
      date: "2024-09-17T14:07:21Z",
      objectIds: ["oEvideo0001QxBf", hex("c")],
      fields: {
        kind: "video",
        likes: 211,
        visibility: "public",
        sound: "original sound - maya",
        location: "Austin Tx",
        aiGenerated: true,
      },
      media: [
        {
          role: "video",
          position: 1,
          objectId: "oEvideo0001QxBf",
          origins: [{ at: "web", expires: "2025-01-20T22:26:35Z" }],
        },
        {
          role: "cover",
          position: 1,
          objectId: hex("c"),
          origins: [{ at: "web", expires: "2025-12-01T12:49:12Z" }],
        },
      ],
    });
    expect(video?.place).toMatch(/^(?:Video\.Videos|Post\.Posts)\.VideoList\[0\]$/);
    expect(video?.fields).not.toHaveProperty("caption");
    expect(photos?.fields).not.toHaveProperty("caption");
    expect(photos).toMatchObject({
      objectIds: [hex("a"), hex("b"), hex("c")],
      fields: { kind: "photos", visibility: "private", sound: null, location: null },
    });
    expect(photos?.media.map(({ role, position }) => `${role} ${position}`)).toEqual([
      "photo 1",
      "photo 2",
      "photo 3",
      "cover 1",
    ]);
    expect(single?.fields).toMatchObject({
      kind: "photos",
      visibility: "friends",
      aiGenerated: false,
      caption: "hello @salty.bun #cat\n ",
      hashtags: ["cat"],
      mentions: ["salty.bun"],
    });
    expect(reading.problems).toEqual([]);
  });

  it("reads the profile, without what belongs to sign-in providers", async () => {
    const followers = ["one", "two", "three"];
    const reading = await readArchive({ generation, followers, following: ["four"] });
    expect(reading.profiles).toEqual([
      {
        type: "profile",
        source: "tiktok-archive",
        handle: "maya.films",
        displayName: generation === "old" ? null : "Maya 🐈 Films",
        bio: "I film cats 🐈",
        followers: 3,
        following: 1,
        likes: 211091,
        posts: null,
        observed: null,
        avatar: [
          { at: "web", address: expect.stringContaining("~"), expires: "2100-01-01T00:00:00Z" },
        ],
        lemon8: null,
      },
    ]);
  });

  it("lets nothing private out", async () => {
    const deleted = [deletedPost("2024-12-13 10:00:00")];
    const extras = { "Brand New": { Secret: privateMarkers.message } };
    const reading = await readArchive({ generation, posts, deleted, extras });
    const said = JSON.stringify(reading.events);
    for (const marker of Object.values(privateMarkers)) expect(said).not.toContain(marker);
    expect(said).not.toContain("share/video");
    expect(said).not.toContain("friend_one");
    expect(said).not.toContain("redirect_url");
    for (const { message } of reading.problems) expect(message).not.toContain("http");
  });

  it("leaves deleted posts out and says how many", async () => {
    const deleted = [deletedPost("2024-12-13 10:00:00"), deletedPost("2024-12-14 10:00:00")];
    const reading = await readArchive({ generation, posts: [], deleted });
    expect(reading.posts).toEqual([]);
    expect(reading.problems.map(({ code }) => code)).toEqual(["deleted-posts"]);
    expect(reading.problems[0]?.message).toContain("2 recently deleted posts");
  });

  it.each([{ none: null }, { none: [] }])(
    "takes $none as no posts, not as a missing part",
    async ({ none }) => {
      const reading = await readArchive({ generation, posts: none, deleted: none });
      expect(reading.posts).toEqual([]);
      expect(reading.problems).toEqual([]);
    },
  );
});

describe("records", () => {
  it("goes on after a bad one and names its place", async () => {
    const reading = await readArchive({
      posts: [
        archivePost({ date: "2024-02-30 10:00:00" }),
        { Link: "https://a.example/secret-address" },
        archivePost({ date: "2024-09-17 14:07:21" }),
        Object("not a record"),
      ],
    });
    expect(reading.posts.map(({ place }) => place)).toEqual(["Post.Posts.VideoList[2]"]);
    expect(reading.problems.map(({ code, severity }) => `${code} ${severity}`)).toEqual([
      "bad-record warn",
      "bad-record warn",
      "bad-record warn",
    ]);
    expect(reading.problems[1]?.message).toContain("Post.Posts.VideoList[1]");
    expect(JSON.stringify(reading.problems)).not.toContain("secret-address");
  });

  it("keeps a post whose link is missing, and never takes a sign-in page for its file", async () => {
    const reading = await readArchive({
      posts: [
        archivePost({ date: "2024-09-17 14:07:21", extra: { Link: undefined } }),
        archivePost({ date: "2024-09-16 14:07:21", link: "" }),
        deletedPost("2024-09-15 14:07:21"),
      ],
    });
    expect(reading.posts.map(({ media, objectIds }) => [media, objectIds])).toEqual([
      [[], []],
      [[], []],
      [[], []],
    ]);
    expect(reading.posts[0]?.fields).not.toHaveProperty("kind");
    expect(reading.problems).toEqual([]);
  });

  it("counts a value of WhoCanView that nobody knows as private", async () => {
    const values = ["Everyone", "Only You", "Friends", "Followers", "Close circle", "Off"];
    const reading = await readArchive({
      posts: values.map((whoCanView, index) =>
        archivePost({ date: `2024-09-17 14:07:2${index}`, whoCanView }),
      ),
    });
    expect(reading.posts.map(({ fields }) => fields.visibility)).toEqual([
      "public",
      "private",
      "friends",
      "friends",
      "private",
      "private",
    ]);
  });

  it("keeps two posts of one second apart, but takes a row that stands twice once", async () => {
    const one = archivePost({ date: "2024-09-17 14:07:21", link: videoLink({ id: "oEfirst01" }) });
    const two = archivePost({ date: "2024-09-17 14:07:21", link: videoLink({ id: "oEsecond2" }) });
    const again = { Videos: { VideoList: [one, two] } };
    const reading = await readArchive({ posts: [one, two], extras: { Video: again } });
    expect(reading.posts.map(({ objectIds }) => objectIds)).toEqual([["oEfirst01"], ["oEsecond2"]]);
  });

  it("falls back where the profile says None, and offers Lemon8", async () => {
    const reading = await readArchive({
      profile: {
        displayName: "",
        likesReceived: "None",
        bioDescription: "",
        profilePhoto: "None",
        lemon8Link: "https://www.lemon8-app.com/maya",
      },
    });
    expect(reading.profiles[0]).toMatchObject({
      displayName: null,
      likes: null,
      bio: null,
      posts: null,
      observed: null,
      avatar: [],
      lemon8: "https://www.lemon8-app.com/maya",
    });
  });
});
