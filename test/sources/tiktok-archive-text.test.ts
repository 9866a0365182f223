import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { photoLink, privateMarkers, videoLink, writeZip } from "../support/archive.ts";
import { dutchArchive, strangersText, textArchive } from "../support/archive-text.ts";
import { type Reading, readInput, refusalOf, temporaryFolder } from "./read.ts";

const hex = (digit: string) => `${digit.repeat(31)}0`;
const video = videoLink({ id: "oEvideo0001QxBf", expires: 1737411995 });
const post = [
  "Date: 2024-09-17 14:07:21 UTC",
  `Link: ${video}`,
  "Like(s): 28",
  "Who Can View: Only You",
  "Sound: original sound: maya",
  "Location: N/A",
  "Title: my cat: part 2",
].join("\n");
const photos = [
  "Date: 2024-09-16 09:00:00",
  `Link: ${photoLink({ id: hex("a") })}`,
  photoLink({ id: hex("b") }),
  photoLink({ id: hex("c") }),
  "Like(s): 3",
  "Who Can View: Everyone",
].join("\n");

async function zipOf(entries: Record<string, string | Buffer>): Promise<string> {
  const path = join(await temporaryFolder(), "TikTok_Data_1736547954.zip");
  await writeZip(path, entries);
  return path;
}

async function folderOf(entries: Record<string, string>): Promise<string> {
  const folder = join(await temporaryFolder(), "TikTok_Data_1736547954");
  for (const [name, content] of Object.entries(entries)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), content);
  }
  return folder;
}

function dates(reading: Reading): string[] {
  return reading.posts.map(({ date }) => date);
}

describe("the text form", () => {
  it("gives posts, profile and counts, from the zip and from its folder alike", async () => {
    const entries = textArchive(`${post}\n\n${photos}\n`);
    const reading = await readInput(await zipOf(entries));
    expect((await readInput(await folderOf(entries))).events).toEqual(reading.events);
    expect(reading.problems).toEqual([]);
    expect(reading.profiles).toEqual([
      {
        type: "profile",
        source: "tiktok-archive",
        handle: "maya.films",
        displayName: null,
        bio: "I film cats: daily 🐈",
        followers: 3,
        following: 1,
        likes: 211091,
        posts: null,
        observed: "2025-01-10T22:26:35Z",
        avatar: [],
        lemon8: null,
      },
    ]);
    expect(reading.posts).toMatchObject([
      {
        date: "2024-09-17T14:07:21Z",
        id: null,
        objectIds: ["oEvideo0001QxBf"],
        fields: {
          kind: "video",
          likes: 28,
          visibility: "private",
          sound: "original sound: maya",
          location: null,
          caption: "my cat: part 2",
        },
        media: [{ role: "video", origins: [{ at: "web", expires: "2025-01-20T22:26:35Z" }] }],
        place: "TikTok/Post/Post.txt, line 1",
      },
      {
        date: "2024-09-16T09:00:00Z",
        objectIds: [hex("a"), hex("b"), hex("c")],
        fields: { kind: "photos", likes: 3, visibility: "public" },
        media: [{ position: 1 }, { position: 2 }, { position: 3 }],
        place: "TikTok/Post/Post.txt, line 9",
      },
    ]);
  });

  it("lets nothing private out", async () => {
    const said = JSON.stringify((await readInput(await zipOf(textArchive(post)))).events);
    for (const marker of Object.values(privateMarkers)) expect(said).not.toContain(marker);
    expect(said).not.toContain("share/video");
    expect(said).not.toContain("friend_one");
  });

  it("is read in Dutch, where files are found by what stands in them", async () => {
    const reading = await readInput(await zipOf(dutchArchive()));
    expect(reading.posts).toMatchObject([
      {
        date: "2024-09-17T14:07:21Z",
        objectIds: ["oEdutch0001QxBf"],
        fields: { kind: "video", visibility: null },
      },
      { date: "2024-09-16T09:00:00Z", objectIds: [hex("a"), hex("b")], fields: { kind: "photos" } },
    ]);
    expect(reading.profiles).toMatchObject([{ handle: "maya.films", followers: 2, following: 1 }]);
    expect(reading.problems.map(({ code }) => code)).toEqual(["unknown-keys"]);
    expect(reading.problems[0]?.message).toBe(
      "The archive has parts that findmehere does not know: TikTok/Berichten/Berichten.txt: Vind-ik-leuks, TikTok/Berichten/Berichten.txt: Wie kan dit bekijken.",
    );
  });

  it("is read in the form of 2019", async () => {
    const reading = await readInput(
      await zipOf({
        "TikTok/Videos/Videos.txt":
          "Date: 2019-05-01 10:00:00\r\nVideo Link: http://video-va.musical.ly/a/v0912abcd1234\r\nLike(s): 7\r\n\r\nDate: 2019-04-01 10:00:00\r\nVideo Link: http://video-va.musical.ly/a/v0912abcd9999\r\nLike(s): 0\r\n",
      }),
    );
    expect(reading.posts).toMatchObject([
      { date: "2019-05-01T10:00:00Z", objectIds: ["v0912abcd1234"], fields: { likes: 7 } },
      { date: "2019-04-01T10:00:00Z", objectIds: ["v0912abcd9999"], fields: { likes: 0 } },
    ]);
    expect(reading.problems.map(({ code }) => code)).toEqual(["section-not-requested"]);
  });

  it.each([
    ["CRLF", Buffer.from(`${post}\n\n${photos}\n`.replaceAll("\n", "\r\n"))],
    ["a byte order mark", Buffer.from(`\uFEFF${post}\n\n${photos}`)],
    ["UTF-16", Buffer.from(`\uFEFF${post}\r\n\r\n${photos}`, "utf16le")],
    ["UTF-16 without its mark", Buffer.from(`${post}\n\n${photos}`, "utf16le")],
    ["UTF-16 of the other order", Buffer.from(`\uFEFF${post}\n\n${photos}`, "utf16le").swap16()],
    ["no blank lines", Buffer.from(`${post}\n${photos}`)],
    ["many blank lines and zeros", Buffer.from(`\n\n${post}\0\n \n\n\n${photos}\n\n\n`)],
  ])("is read with %s", async (_, bytes) => {
    const reading = await readInput(await zipOf({ "a/Posts.txt": bytes }));
    expect(dates(reading)).toEqual(["2024-09-17T14:07:21Z", "2024-09-16T09:00:00Z"]);
    expect(reading.posts[0]?.fields.caption).toBe("my cat: part 2");
    expect(reading.posts[1]?.media).toHaveLength(3);
  });

  it("is read from one file", async () => {
    const path = join(await temporaryFolder(), "Post.txt");
    await writeFile(path, post);
    expect(dates(await readInput(path))).toEqual(["2024-09-17T14:07:21Z"]);
  });

  it("keeps a caption whole that has lines with colons and blank lines", async () => {
    const second = post.replace("14:07:21", "14:07:22").replace("0001", "0002");
    const third = post.replace("14:07:21", "14:07:23").replace("0001", "0003");
    const long = `${post}\nIngredients: milk\n\nand love\n\n${second}\n\n${third}\n`;
    const reading = await readInput(await zipOf(textArchive(long)));
    const windows = await readInput(await zipOf(textArchive(long.replaceAll("\n", "\r\n"))));
    expect(windows.posts.map(({ fields }) => fields)).toEqual(
      reading.posts.map(({ fields }) => fields),
    );
    expect(reading.posts.map(({ fields }) => fields.caption)).toEqual([
      "my cat: part 2\nIngredients: milk\n\nand love",
      "my cat: part 2",
      "my cat: part 2",
    ]);
    expect(reading.problems).toEqual([]);
  });

  it("never takes what was watched or liked, whatever the file is called", async () => {
    const reading = await readInput(
      await zipOf({
        "TikTok/Videos/Videos.txt": strangersText(),
        "TikTok/Activity/Lijst.txt": strangersText("Datum"),
        "TikTok/Profile/Profile Info.txt": "Username: maya.films",
      }),
    );
    expect(reading.posts).toEqual([]);
    expect(reading.problems.map(({ code }) => code)).toEqual(["section-not-requested"]);
  });

  it("tells no posts from a part that was not asked for", async () => {
    const none = await readInput(await zipOf(textArchive("")));
    expect(none.posts).toEqual([]);
    expect(none.problems).toEqual([]);
    const { "TikTok/Post/Post.txt": left, ...entries } = textArchive("");
    expect(left).toBe("");
    expect((await readInput(await zipOf(entries))).problems.map(({ message }) => message)).toEqual([
      "The archive has no part with your posts.",
    ]);
  });

  it("lists deleted posts with their dates, never with their links", async () => {
    const deleted =
      "Date: 2024-12-13 10:00:00\nDate Deleted: 2024-12-14 10:00:00\nLink: https://www.tiktok.com/login/?redirect_url=http%3A%2F%2Fa.example%2Fsecret\n";
    const reading = await readInput(
      await zipOf({ ...textArchive(post), "TikTok/Post/Recently Deleted Posts.txt": deleted }),
    );
    expect(reading.posts).toHaveLength(1);
    expect(reading.problems.map(({ message }) => message)).toEqual([
      "The archive lists 1 recently deleted post; deleted posts are left out: TikTok/Post/Recently Deleted Posts.txt, line 1 of 2024-12-13.",
    ]);
  });

  it("names a bad record by its line and goes on", async () => {
    const reading = await readInput(
      await zipOf(textArchive(`Date: yesterday\nLink: ${video}\nLike(s): 1\n\n${photos}`)),
    );
    expect(dates(reading)).toEqual(["2024-09-16T09:00:00Z"]);
    expect(reading.problems.map(({ message }) => message)).toEqual([
      "The record TikTok/Post/Post.txt, line 1 has no valid date, so it is left out.",
    ]);
  });

  it("refuses an endless line with its place", async () => {
    const refusal = await refusalOf(
      await zipOf(textArchive(`${post}\nTitle: ${"many words ".repeat(200_000)}`)),
    );
    expect(refusal).toMatchObject({ exit: "input", code: "broken-text" });
    expect(refusal.what).toContain("TikTok/Post/Post.txt");
    expect(refusal.why).toContain("Line 8");
  });

  it("does not take a folder of notes for an archive", async () => {
    const folder = await folderOf({ "recipe.txt": "Flour: 500 g\n", "post.txt": "hello" });
    expect(await refusalOf(folder)).toMatchObject({ code: "no-captions-in-folder" });
  });
});
