import { randomBytes } from "node:crypto";
import { appendFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import type { MediaOrigin } from "../../src/core/post.ts";
import type { Problem } from "../../src/core/problem.ts";
import { har } from "../../src/sources/har/index.ts";
import { harFile, harList, type HarPart, harProfile, harText } from "../support/har.ts";
import { sourceContext } from "../support/source-context.ts";
import {
  webItem,
  webPhotos,
  webPicture,
  webVideo,
  webVideoPart,
  withoutCookie,
} from "../support/web-item.ts";
import { temporaryFolder } from "./read.ts";

const bytes = randomBytes(700_001);
const object = "oPlay576";
const picture = "aa00000000000000000000000000000A";

async function mediaOf(path: string): Promise<Map<string, readonly MediaOrigin[]>> {
  const found = new Map<string, readonly MediaOrigin[]>();
  const reader = await har.load();
  for await (const event of reader.read(path, sourceContext())) {
    if (event.type === "post") {
      for (const { role, origins } of event.media) found.set(role, origins);
    }
    if (event.type === "profile") found.set("avatar", event.avatar);
  }
  return found;
}

async function videoOf(parts: readonly HarPart[]): Promise<readonly MediaOrigin[]> {
  const list = harList([webItem()]);
  const path = await harFile(await temporaryFolder(), [list, ...parts]);
  return (await mediaOf(path)).get("video") ?? [];
}

async function heldBytes(origins: readonly MediaOrigin[]): Promise<Buffer | null> {
  const [first] = origins;
  if (first?.at !== "held") return null;
  const pieces: Uint8Array[] = [];
  for await (const piece of first.bytes()) pieces.push(piece);
  return Buffer.concat(pieces);
}

const saved = (body: Buffer, other: Partial<HarPart> = {}): HarPart => ({
  ...{ url: webVideo(object, "v19-webapp.tiktok.com"), type: "video/mp4", body },
  ...other,
});
const range = (from: number, to: number, other: Partial<HarPart> = {}): HarPart =>
  saved(bytes.subarray(from, to), {
    status: 206,
    headers: { "content-range": `bytes ${from}-${to - 1}/${bytes.length}` },
    ...other,
  });

it.each([0, 1, 2])(
  "gives a body that was saved whole, as often as asked (%i bytes less)",
  async (less) => {
    const body = bytes.subarray(less);
    const origins = await videoOf([
      saved(body, { headers: { "Content-Length": String(body.length) } }),
    ]);
    expect(await heldBytes(origins)).toEqual(body);
    expect(await heldBytes(origins)).toEqual(body);
    expect(origins).toHaveLength(1);
  },
);

it("puts pieces together that cover the file, overlapping and out of order", async () => {
  const origins = await videoOf([
    range(500_000, 700_001),
    range(0, 300_000),
    range(0, 10),
    range(299_000, 500_007),
  ]);
  expect(await heldBytes(origins)).toEqual(bytes);
});

it("takes nothing that is not whole", async () => {
  const cut = bytes.subarray(0, 1000);
  const cases: HarPart[][] = [
    [range(0, 300_000), range(300_001, 700_001)],
    [range(0, 300_000)],
    [range(10, 700_001)],
    [saved(cut, { headers: { "content-length": String(bytes.length) } })],
    [saved(cut, { size: bytes.length })],
    [range(0, 300_000), range(300_000, 700_001, { headers: {} })],
    [range(0, 300_000), range(300_000, 700_001, { body: cut })],
    [saved(bytes, { status: 403 })],
    [saved(Buffer.alloc(0))],
    // Not base64: the bytes went through a text and are spoilt.
    [{ ...saved(bytes), body: bytes.toString("latin1"), size: bytes.length }],
    [saved(bytes, { type: "text/html" })],
    [saved(bytes, { url: webVideo(object).replace("/?", "/media-video-hvc1/?") })],
  ];
  for (const [index, parts] of cases.entries()) {
    expect([index, (await videoOf(parts)).map(({ at }) => at)]).toEqual([index, []]);
  }
});

it("keeps the form with TikTok's mark last, also when only that was saved", async () => {
  const address = withoutCookie(webVideo(object));
  const marked = withoutCookie(webVideo("oMarked1"));
  const video = webVideoPart({ playAddr: address, downloadAddr: marked });
  const list = harList([webItem({ video })]);
  const path = await harFile(await temporaryFolder(), [list, saved(bytes, { url: marked })]);
  const origins = (await mediaOf(path)).get("video") ?? [];
  expect(origins.map(({ at, watermarked }) => [at, watermarked === true])).toEqual([
    ["web", false],
    ["held", true],
    ["web", true],
  ]);
});

it("does not offer what only the browser with its cookie may fetch, and says so once", async () => {
  const path = await harFile(await temporaryFolder(), [harList([webItem()])]);
  const problems: Problem[] = [];
  for await (const event of (await har.load()).read(path, sourceContext())) {
    if (event.type === "problem") problems.push(event);
    if (event.type === "post") expect(event.media.map(({ role }) => role)).toEqual(["cover"]);
  }
  expect(problems).toEqual([expect.objectContaining({ code: "no-media", severity: "note" })]);
  expect(problems[0]?.fix).toContain("@mika.draws");
});

it("gives subtitles that were shown, saved as text or as base64", async () => {
  const url = webVideo("oSubtitle1");
  const text = "WEBVTT\n\n00:00.000 --> 00:01.000\nTere, sõber 🚅\n";
  const track = { Url: url, Format: "webvtt", LanguageCodeName: "est-EE", Source: "ASR" };
  const list = harList([webItem({ video: webVideoPart({ subtitleInfos: [track] }) })]);
  const folder = await temporaryFolder();
  for (const body of [text, Buffer.from(text)]) {
    const found = await mediaOf(await harFile(folder, [list, { url, type: "text/vtt", body }]));
    expect((await heldBytes(found.get("subtitle.est-EE") ?? []))?.toString()).toBe(text);
  }
});

it("does not take a thumbnail for the picture", async () => {
  const list = harList([webPhotos([picture])]);
  const thumbnail = webPicture(picture).replace("~tplv-photomode-image", "~tplv-shrink:100:100");
  const image = (url: string, body: Buffer): HarPart => ({ url, type: "image/jpeg", body });
  const folder = await temporaryFolder();
  const small = await harFile(folder, [list, image(thumbnail, bytes)]);
  expect((await mediaOf(small)).get("photo")?.[0]?.at).toBe("web");
  const mirror = webPicture(picture, "p77-sign.tiktokcdn.com");
  const avatar = webPicture("0avatar0720000000000000000000000");
  const whole = await harFile(folder, [
    harProfile(),
    list,
    image(mirror, bytes),
    image(avatar, bytes),
  ]);
  const found = await mediaOf(whole);
  expect(await heldBytes(found.get("photo") ?? [])).toEqual(bytes);
  expect(await heldBytes(found.get("avatar") ?? [])).toEqual(bytes);
});

it("decodes base64 whose signs JSON wrote as escapes", async () => {
  const text = harText([harList([webItem()]), saved(bytes)])
    .replaceAll("/", "\\/")
    .replaceAll("+", "\\u002B");
  const path = join(await temporaryFolder(), "page.har");
  await writeFile(path, text);
  expect(await heldBytes((await mediaOf(path)).get("video") ?? [])).toEqual(bytes);
});

it("refuses to read places of a file that was changed", async () => {
  const path = await harFile(await temporaryFolder(), [harList([webItem()]), saved(bytes)]);
  const origins = (await mediaOf(path)).get("video") ?? [];
  await appendFile(path, "\n");
  await expect(heldBytes(origins)).rejects.toMatchObject({ details: { code: "input-changed" } });
});
