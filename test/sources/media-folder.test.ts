import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { sidecar, sidecarSecrets, writeSidecar } from "../support/sidecar.ts";
import { type Reading, readInput, refusalOf, temporaryFolder } from "./read.ts";

const id = "7240568259186019630";
const timestamp = 1726582041;

async function readSidecars(...contents: Record<string, unknown>[]): Promise<Reading> {
  const folder = await temporaryFolder();
  for (const content of contents) await writeSidecar(folder, content);
  return readInput(folder);
}

describe("a sidecar", () => {
  it("becomes a post with the whole caption", async () => {
    const description = `First line\n${"long ".repeat(40)}👩‍👩‍👧 with @salty.bun #fyp #cat#кот `;
    const reading = await readSidecars(
      sidecar({
        id,
        timestamp,
        description,
        objectIds: ["oEvideo0001QxBf"],
        coverId: "c".repeat(31) + "0",
      }),
    );
    expect(reading.problems).toEqual([]);
    expect(reading.posts).toEqual([
      {
        type: "post",
        source: "media-folder",
        id,
        date: "2024-09-17T14:07:21Z",
        observed: "2024-09-18T14:07:21Z",
        objectIds: ["oEvideo0001QxBf", "c".repeat(31) + "0"],
        fields: {
          kind: "video",
          caption: description,
          hashtags: ["fyp", "cat", "кот"],
          mentions: ["salty.bun"],
          durationMs: 15_000,
          width: 1080,
          height: 1920,
          views: 12345,
          likes: 678,
          comments: 10,
          shares: 9,
          saves: 11,
          url: `https://www.tiktok.com/@maya.films/video/${id}`,
          visibility: "public",
          sound: "original sound - Maya 🐈 Films",
        },
        media: [],
        place: expect.stringContaining(`[${id}].info.json`),
      },
    ]);
    expect(reading.profiles).toMatchObject([
      { handle: "maya.films", displayName: "Maya 🐈 Films", followers: null },
    ]);
  });

  it("lets no cookie, header or signed address out", async () => {
    const said = JSON.stringify((await readSidecars(sidecar({ id, timestamp }))).events);
    for (const secret of Object.values(sidecarSecrets)) expect(said).not.toContain(secret);
    expect(said).not.toContain("signature");
    expect(said).not.toContain("cookies");
  });

  it("keeps an empty caption empty and never takes the made-up title", async () => {
    const { posts } = await readSidecars(sidecar({ id, timestamp, description: "" }));
    expect(posts[0]?.fields).toMatchObject({ caption: "", hashtags: [], mentions: [] });
    expect(JSON.stringify(posts[0]?.fields)).not.toContain("TikTok video");
    const unknown = await readSidecars(sidecar({ id, timestamp, extra: { description: null } }));
    expect(unknown.posts[0]?.fields).not.toHaveProperty("caption");
  });

  it("of a slideshow is a photo post without the length of its music", async () => {
    const { posts } = await readSidecars(sidecar({ id, timestamp, slideshow: true }));
    expect(posts[0]?.fields).toMatchObject({ kind: "photos", durationMs: null, width: null });
  });

  it("of the phone's interface and of a private post is understood", async () => {
    const extra = {
      webpage_url: `https://tiktok.com/@_/video/${id}?lang=en`,
      availability: "private",
      formats: [{ url: "https://www.tiktok.com/aweme/v1/play/?video_id=v1" }, "odd"],
      view_count: "many",
    };
    const { posts } = await readSidecars(sidecar({ id, timestamp, extra }));
    expect(posts[0]?.fields).toMatchObject({
      url: `https://www.tiktok.com/@maya.films/video/${id}`,
      visibility: "private",
      views: null,
    });
    expect(posts[0]?.objectIds).toEqual(["c0ffee00c0ffee00c0ffee00c0ffee00"]);
  });

  it("keeps the id whole where another program wrote it as a number", async () => {
    const folder = await temporaryFolder();
    const text = JSON.stringify(sidecar({ id, timestamp })).replace(`"id":"${id}"`, `"id":${id}`);
    await writeFile(join(folder, "a.info.json"), text);
    expect((await readInput(folder)).posts[0]?.id).toBe(id);
  });

  it("says whose post it is, so that others' can be refused", async () => {
    const reading = await readSidecars(
      sidecar({ id, timestamp }),
      sidecar({ id: "7240568259186019631", timestamp, uploader: "stranger", description: "z" }),
    );
    expect(reading.profiles.map(({ handle }) => handle).toSorted()).toEqual([
      "maya.films",
      "stranger",
    ]);
    expect(reading.posts.map(({ fields }) => fields.url).toSorted()).toEqual([
      `https://www.tiktok.com/@maya.films/video/${id}`,
      "https://www.tiktok.com/@stranger/video/7240568259186019631",
    ]);
  });
});

describe("a folder", () => {
  it("is read in the order of names, below too, and without what is no post", async () => {
    const folder = await temporaryFolder();
    await writeSidecar(join(folder, "a", "b"), sidecar({ id, timestamp, description: "deep" }));
    await writeSidecar(folder, sidecar({ id: "7240568259186019631", timestamp, description: "b" }));
    await writeSidecar(folder, {
      ...sidecar({ id: "MS4wLjABAAAA", timestamp }),
      _type: "playlist",
      title: "maya.films",
    });
    await writeSidecar(folder, {
      ...sidecar({ id: "1234567", timestamp, description: "other site" }),
      extractor: "youtube",
    });
    await writeFile(join(folder, "._b.info.json"), "junk of macOS");
    const reading = await readInput(folder);
    expect(reading.posts.map(({ id: each, place }) => [each, place])).toEqual([
      [id, `a/b/deep [${id}].info.json`],
      ["7240568259186019631", "b [7240568259186019631].info.json"],
    ]);
    expect(reading.problems.map(({ code }) => code)).toEqual(["other-site"]);
    expect(reading.problems[0]?.message).toContain("other site [1234567].info.json");
  });

  it("goes on after a file that is broken", async () => {
    const folder = await temporaryFolder();
    await writeFile(join(folder, "1.info.json"), '{"id":"1","secret');
    await writeFile(join(folder, "2.info.json"), "[1]");
    await writeFile(
      join(folder, "3.info.json"),
      JSON.stringify(sidecar({ id, timestamp, extra: { id: "abc", webpage_url: null } })),
    );
    await writeSidecar(folder, sidecar({ id, timestamp, description: "whole" }));
    const reading = await readInput(folder);
    expect(reading.posts).toHaveLength(1);
    expect(reading.problems.map(({ code }) => code)).toEqual([
      "bad-record",
      "bad-record",
      "bad-record",
    ]);
    expect(reading.problems[0]?.message).toContain("1.info.json");
    expect(JSON.stringify(reading.problems)).not.toContain("secret");
  });

  it("without a sidecar is refused", async () => {
    const folder = await temporaryFolder();
    await mkdir(join(folder, "empty"));
    const refusal = await refusalOf(folder);
    expect(refusal).toMatchObject({ exit: "input", code: "no-captions-in-folder" });
    expect(refusal.fix).toMatch(/yt-dlp.*--write-info-json.*gallery-dl.*--write-metadata/);
    await writeFile(join(folder, "holiday.mp4"), "video");
    expect((await refusalOf(folder)).what).toContain("nothing says which posts");
  });

  it("that holds another source names it, the zip first", async () => {
    const folder = await temporaryFolder();
    await writeFile(join(folder, "page.har"), "{}");
    await writeFile(join(folder, "TikTok_Data.zip"), "PK");
    expect((await refusalOf(folder)).fix).toContain(`${join(folder, "TikTok_Data.zip")} itself`);
    await mkdir(join(folder, "a/b/c/d/e"), { recursive: true });
    await writeFile(join(folder, "a/b/c/d/e/holiday.jpg"), "x");
    expect((await refusalOf(folder)).fix).toContain("TikTok_Data.zip");
  });
});
