import { expect, test } from "vitest";
import { addressExpiry } from "../../src/tiktok/media-address.ts";
import { webItemPost } from "../../src/tiktok/web-item.ts";
import { webMedia } from "../../src/tiktok/web-media.ts";
import {
  webEncoding,
  webItem,
  webPhotos,
  webPicture,
  webVideo,
  webVideoPart,
} from "../support/web-item.ts";

const ofVideo = (changes: Record<string, unknown>) =>
  webMedia(webItem({ video: webVideoPart(changes) }));
const roleOf = (found: ReturnType<typeof webMedia>, role: string) =>
  found.media.filter((each) => each.role === role);
const addressesOf = (found: ReturnType<typeof webMedia>, role: string) =>
  roleOf(found, role).flatMap(({ origins }) =>
    origins.map((origin) => (origin.at === "web" ? origin.address : "")),
  );

test("H.264 with sound first by size, then H.265, never silent or unplayable forms (row 21)", () => {
  const [small, large, other] = [
    webVideo("oH264small"),
    webVideo("oH264large"),
    webVideo("oH265full1"),
  ];
  const silent = "https://v16.tiktokcdn.com/tos/oH265mute1/media-video-hvc1/?expire=1900000000";
  const mirror = "https://www.tiktok.com/aweme/v1/play/?file_id=oH264large&sign=x";
  const mirrors = [large, webVideo("oH264large", "v19-webapp-prime.tiktok.com"), mirror];
  const found = ofVideo({
    playAddr: small,
    bitrateInfo: [
      webEncoding("h265_hvc1", 1920, [silent]),
      webEncoding("h265_hvc1", 1280, [other]),
      webEncoding("bytevc2", 1920, [webVideo("oBytevc2aa")]),
      webEncoding("h264", 1280, mirrors),
    ],
    downloadAddr: webVideo("oMarked1"),
  });
  expect(addressesOf(found, "video")).toEqual([
    ...[large, mirrors[1], small, other, webVideo("oMarked1")],
  ]);
  expect(roleOf(found, "video")[0]?.objectId).toBe("oH264large");
  expect(found.objectIds).toEqual(
    expect.arrayContaining(["oH265mute1", "oBytevc2aa", "oMarked1", "oH264small"]),
  );
});

test("Of two equally large the better one comes first", () => {
  const [poor, good] = [webVideo("oPoorPoor1"), webVideo("oGoodGood1")];
  const found = ofVideo({
    playAddr: poor,
    bitrateInfo: [
      webEncoding("h264", 1024, [poor], 500_000),
      webEncoding("h264", 1024, [good], 2_000_000),
    ],
  });
  expect(addressesOf(found, "video").slice(0, 2)).toEqual([good, poor]);
});

test("A list of encodings may be a dictionary, addresses may be a list of sources", () => {
  const [first, second] = [webVideo("oFirst0001"), webVideo("oSecond001")];
  const found = ofVideo({
    playAddr: [{ src: first }, { src: first }, { other: 1 }],
    bitrateInfo: { 0: webEncoding("h264", 720, [second]), 1: "rubbish" },
    downloadAddr: "",
  });
  expect(addressesOf(found, "video").toSorted()).toEqual([first, second].toSorted());
});

test("One encoding may stand where the list of them belongs", () => {
  const address = webVideo("oAlone0001");
  const found = ofVideo({ bitrateInfo: webEncoding("h264", 1280, [address]) });
  expect(addressesOf(found, "video")[0]).toBe(address);
});

test("The player's own form is told by its key where nothing else names the codec", () => {
  const struct = (key: string) => ({
    UrlList: [webVideo("oStruct001")],
    UrlKey: `v14044g50000_${key}_540p_1088463`,
    ...{ Width: 720, Height: 1280 },
  });
  const ways = (key: string) =>
    addressesOf(ofVideo({ codecType: null, PlayAddrStruct: struct(key) }), "video");
  expect(ways("h264")[0]).toBe(webVideo("oStruct001"));
  expect(ways("bytevc1")[1]).toBe(webVideo("oStruct001"));
  expect(ways("bytevc2")).not.toContain(webVideo("oStruct001"));
});

test("The marked form is the last way and says so; alone it is better than nothing (row 20)", () => {
  const [media] = roleOf(ofVideo({ playAddr: "" }), "video");
  expect(media?.origins).toEqual([
    {
      at: "web",
      address: webVideo("oMarked1"),
      expires: "2030-03-17T17:46:40Z",
      watermarked: true,
    },
  ]);
  const [both] = roleOf(ofVideo({ downloadAddr: webVideo("oPlay576") }), "video");
  expect(both?.origins).toHaveLength(1);
  expect(both?.origins[0]).not.toHaveProperty("watermarked");
});

test("Every picture is one file, its mirrors are ways to it (rows 18, 19)", () => {
  const objects = ["aa00000000000000000000000000000A", "bb00000000000000000000000000000B"];
  const found = webMedia(webPhotos(objects));
  expect(found.kind).toBe("photos");
  expect(roleOf(found, "video")).toEqual([]);
  expect(roleOf(found, "photo").map(({ position, objectId }) => [position, objectId])).toEqual([
    [1, objects[0]],
    [2, objects[1]],
  ]);
  expect(roleOf(found, "photo")[0]?.origins).toHaveLength(2);
  expect(found.objectIds).toEqual(expect.arrayContaining(objects));
});

test("A slideshow that plays its music is photos all the same (row 19)", () => {
  const item = { ...webPhotos(["aa00000000000000000000000000000A"]), video: webVideoPart() };
  const { kind, media } = webMedia(item);
  expect(kind).toBe("photos");
  expect(media.map(({ role }) => role)).toEqual(["photo", "cover"]);
  expect(webItemPost(item, { source: "har", place: "", observed: null })?.fields).toMatchObject({
    ...{ kind: "photos", durationMs: null, width: 1080 },
  });
});

test("A picture without address leaves its place open", () => {
  const item = webPhotos(["aa00000000000000000000000000000A"]);
  const images = [{ imageURL: null }, ...(item["imagePost"] as { images: unknown[] }).images];
  const found = webMedia({ ...item, imagePost: { images } });
  expect(roleOf(found, "photo").map(({ position }) => position)).toEqual([2]);
});

test("The still covers come before the moving one", () => {
  expect(addressesOf(ofVideo({}), "cover")).toEqual([
    webPicture("0origin0000000000000000000000000"),
    webPicture("0cover00000000000000000000000000"),
    webPicture("0moving0000000000000000000000000"),
  ]);
});

test("Subtitles: one per language, what was heard first, no strange name for a file", () => {
  const track = (Url: string, LanguageCodeName: string, Source: string, Format = "webvtt") => ({
    ...{ Url, LanguageCodeName, Source, Format },
  });
  const found = ofVideo({
    subtitleInfos: [
      track("https://v16.tiktokcdn.com/a/mt0000001/?x=1", "eng-US", "MT"),
      track("https://v16.tiktokcdn.com/a/asr000001/?x=1", "eng-US", "ASR"),
      track("https://v16.tiktokcdn.com/a/mt0000002/?x=1", "est-EE", "MT"),
      track("https://v16.tiktokcdn.com/a/evil00001/?x=1", "../../evil", "ASR"),
      track("https://v16.tiktokcdn.com/a/creator01/?x=1", "deu-DE", "MT", "creator_caption"),
    ],
  });
  const subtitles = found.media.filter(({ role }) => role.startsWith("subtitle"));
  expect(subtitles.map(({ role }) => role)).toEqual(["subtitle.eng-US", "subtitle.est-EE"]);
  expect(addressesOf(found, "subtitle.eng-US")[0]).toContain("asr000001");
});

test("Headers go with every way, and pages are no files", () => {
  const headers = () => ({ Referer: "https://www.tiktok.com/" });
  const found = webMedia(webItem(), headers);
  for (const { origins } of found.media) {
    for (const origin of origins) expect(origin).toHaveProperty("headers", headers);
  }
  const page = ofVideo({
    playAddr: "https://www.tiktok.com/login?redirect_url=x",
    downloadAddr: "ftp://a/b",
  });
  expect(roleOf(page, "video")).toEqual([]);
});

test("The end of an address may stand in its path, in hexadecimal", () => {
  const hash = "0123456789abcdef0123456789abcdef";
  expect(
    addressExpiry(`https://v16-webapp.tiktok.com/${hash}/67690f3e/video/tos/x/oAbcdefgh/`),
  ).toBe("2024-12-23T07:20:30Z");
  expect(addressExpiry(`https://v16-webapp.tiktok.com/${hash}/video/tos/x/oAbcdefgh/`)).toBeNull();
});

test("Rubbish offers nothing", () => {
  for (const item of [null, 1, "x", [], { video: 5, imagePost: "x" }, { video: { playAddr: 7 } }]) {
    expect(webMedia(item).media).toEqual([]);
  }
});
