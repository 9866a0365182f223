import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { SourceContext } from "../../src/core/source.ts";
import { har } from "../../src/sources/har/index.ts";
import { findSource } from "../../src/sources/index.ts";
import { harFile, harList, type HarPart, harProfile, harSecrets, harText } from "../support/har.ts";
import { sourceContext } from "../support/source-context.ts";
import {
  mika,
  webId,
  webItem,
  webPage,
  webPhotos,
  webUserInfo,
  webVideo,
  webVideoPart,
  withoutCookie,
} from "../support/web-item.ts";
import { type Reading, temporaryFolder } from "./read.ts";

const first = 1_749_283_200;
const itemAt = (day: number, changes: Record<string, unknown> = {}) =>
  webItem({
    id: webId(first - day * 86_400),
    createTime: first - day * 86_400,
    video: webVideoPart({ playAddr: withoutCookie(webVideo("oPlay576")) }),
    ...changes,
  });
const stranger = { uniqueId: "someone.else", secUid: "MS4wother", nickname: "S" };

async function read(
  parts: readonly HarPart[],
  context: Partial<SourceContext> = {},
  titles: readonly string[] = [],
): Promise<Reading["events"]> {
  return readPath(await harFile(await temporaryFolder(), parts, titles), context);
}

async function readPath(path: string, context: Partial<SourceContext> = {}) {
  const reader = await har.load();
  const events: Reading["events"] = [];
  for await (const event of reader.read(path, sourceContext(context))) events.push(event);
  return events;
}

const posts = (events: Reading["events"]) => events.filter((event) => event.type === "post");
const problems = (events: Reading["events"]) => events.filter((event) => event.type === "problem");
const idsOf = (events: Reading["events"]) => posts(events).map(({ id }) => id);
const codesOf = (events: Reading["events"]) => problems(events).map(({ code }) => code);
const coverageOf = (events: Reading["events"]) => events.find(({ type }) => type === "coverage");
const profileOf = (events: Reading["events"]) =>
  events.filter((event) => event.type === "profile")[0];

describe("recognising", () => {
  it("knows a HAR file by its name or by how it begins", async () => {
    const folder = await temporaryFolder();
    const text = harText([harProfile()]);
    for (const [name, content, id] of [
      ["page.har", text, "har"],
      ["Page.HAR", "", "har"],
      ["page.json", text, "har"],
      ["page", `\uFEFF${text}`, "har"],
      ["user_data_tiktok.json", '{"Post":{}}', "tiktok-archive"],
      ["log.json", '{"log":[]}', "tiktok-archive"],
    ] as const) {
      const path = join(folder, name);
      await writeFile(path, content);
      expect([name, (await findSource(path)).id]).toEqual([name, id]);
    }
  });
});

describe("posts", () => {
  it("tells the profile, each post with when it was seen, and how much that is", async () => {
    const events = await read([harProfile(), harList([itemAt(0), itemAt(1), itemAt(2)])]);
    expect(profileOf(events)).toMatchObject({
      ...{ handle: "mika.draws", followers: 427_682, posts: 3, source: "har" },
      observed: "2026-11-20T10:00:00.000Z",
    });
    expect(idsOf(events)).toEqual([0, 1, 2].map((day) => webId(first - day * 86_400)));
    expect(posts(events)[0]).toMatchObject({
      ...{ source: "har", observed: "2026-11-20T10:00:01.000Z", place: "log.entries[1] item 1" },
      fields: { caption: "Ink day 🚅 #inktober", views: 427_682 },
    });
    expect(problems(events)).toEqual([]);
    expect(events.at(-1)).toEqual({
      ...{ type: "coverage", source: "har", observed: "2026-11-20T10:00:01.000Z" },
      ...{ whole: true, privateToo: false },
    });
  });

  it("reads the instant of another zone, and none where the zone is missing", async () => {
    const seen = async (started: string) =>
      posts(await read([{ ...harList([itemAt(0)]), started }]))[0]?.observed;
    expect(await seen("2026-11-20T12:00:00.123+02:00")).toBe("2026-11-20T10:00:00.123Z");
    expect(await seen("2026-11-20T12:00:00")).toBeNull();
    expect(await seen("2026-13-45T12:00:00Z")).toBeNull();
  });

  it("takes the later telling of a post that stands in several pages, and keeps its pin", async () => {
    const events = await read([
      harProfile(),
      {
        ...harList([itemAt(5, { desc: "new" })], { cursor: "9" }),
        started: "2026-11-20T11:00:00Z",
      },
      harList([itemAt(5, { desc: "old", isPinnedItem: true }), itemAt(0)]),
    ]);
    expect(posts(events)).toHaveLength(2);
    expect(posts(events).find(({ id }) => id === webId(first - 5 * 86_400))).toMatchObject({
      ...{ observed: "2026-11-20T11:00:00.000Z", fields: { caption: "new", pinned: true } },
    });
  });

  it("drops what others made and says how much in one note", async () => {
    const others = [itemAt(3, { author: stranger }), itemAt(4, { author: stranger })];
    const events = await read([
      harProfile(),
      harList([itemAt(0), itemAt(1), itemAt(2), ...others]),
    ]);
    expect(idsOf(events)).toHaveLength(3);
    expect(codesOf(events)).toEqual(["not-yours"]);
    expect(problems(events)[0]).toMatchObject({ severity: "note" });
    expect(JSON.stringify(events)).not.toContain("someone.else");
  });

  it("says it louder when nothing is the creator's", async () => {
    const events = await read([harProfile(), harList([itemAt(0)])], { owner: "maya.films" });
    expect(posts(events)).toEqual([]);
    expect(problems(events)[0]).toMatchObject({ code: "not-yours", severity: "warn" });
    expect(problems(events)[0]?.fix).toContain("creator.handles.tiktok");
  });

  it("ignores what the creator reposted, liked or showed as a story", async () => {
    const lists = ["repost", "favorite", "story"].map((list, day) =>
      harList([itemAt(day)], { list }),
    );
    const events = await read([harProfile(), ...lists, harList([itemAt(9)], { list: "creator" })]);
    expect(idsOf(events)).toEqual([webId(first - 9 * 86_400)]);
    expect(coverageOf(events)).toMatchObject({ whole: false });
  });

  it("gives an item without author to the owner of its list only", async () => {
    const nobody = { author: undefined };
    const mine = harList([itemAt(0), itemAt(1, nobody)], { secUid: mika.secUid });
    const theirs = harList([itemAt(2, nobody)], { secUid: stranger.secUid });
    const visit = harProfile({ user: { ...stranger } });
    const events = await read([harProfile(), visit, theirs, mine]);
    expect(idsOf(events)).toEqual([webId(first), webId(first - 86_400)]);
  });

  it("keeps the digits of an id that was written as a number", async () => {
    const part = harList([itemAt(0)]);
    const body = String(part.body).replace(`"${webId(first)}"`, webId(first));
    expect(idsOf(await read([harProfile(), { ...part, body }]))).toEqual([webId(first)]);
  });

  it("reads the posts that stand in a page itself", async () => {
    const page = webPage({
      "webapp.video-detail": { itemInfo: { itemStruct: itemAt(0) }, statusCode: 0 },
    });
    const url = `https://www.tiktok.com/@mika.draws/video/${webId(first)}`;
    const events = await read([{ url, type: "text/html", body: page }], { owner: "mika.draws" });
    expect(idsOf(events)).toEqual([webId(first)]);
    expect(coverageOf(events)).toMatchObject({ whole: false });
  });

  it("leaves out an item that is no post, and says where it stood", async () => {
    const events = await read([harProfile(), harList([itemAt(0), itemAt(1, { id: "x" }), null])]);
    expect(idsOf(events)).toHaveLength(1);
    expect(problems(events)[0]?.message).toContain("log.entries[1] item 2");
    expect(coverageOf(events)).toMatchObject({ whole: false });
  });
});

describe("whose posts they are", () => {
  const mixed = harList([itemAt(0), itemAt(1, { author: stranger })], { secUid: "" });

  it("is said by the settings before anything else", async () => {
    const events = await read([harProfile(), mixed], { owner: "someone.else" });
    expect(profileOf(events)?.handle).toBe("someone.else");
    expect(idsOf(events)).toEqual([webId(first - 86_400)]);
  });

  it("else by the profile that was opened first", async () => {
    const visit = harProfile(webUserInfo(stranger));
    const events = await read([harProfile(), mixed, visit]);
    expect(profileOf(events)?.handle).toBe("mika.draws");
    expect(idsOf(events)).toEqual([webId(first)]);
  });

  it.each(["https://www.tiktok.com/@mika.draws?lang=en", "Mika ✏️ (@mika.draws) | TikTok"])(
    "else by the title of the page: %s",
    async (title) => {
      const events = await read([mixed], {}, [title]);
      expect(profileOf(events)).toMatchObject({ handle: "mika.draws", followers: null });
      expect(idsOf(events)).toEqual([webId(first)]);
    },
  );

  it("else by the only author", async () => {
    expect(profileOf(await read([harList([itemAt(0)])]))?.handle).toBe("mika.draws");
  });

  it("and with several authors it is asked", async () => {
    await expect(read([mixed])).rejects.toMatchObject({
      details: { exit: "usage", code: "whose-posts", what: expect.stringContaining("@mika.draws") },
    });
  });
});

describe("how much of the whole it is", () => {
  const pages = [
    harList([itemAt(0)], { cursor: "0", next: "50" }),
    harList([itemAt(1)], { cursor: "50", next: "40" }),
    harList([itemAt(2)], { cursor: "40" }),
  ];

  it("is whole where the pages lead from the newest to the end, in any order", async () => {
    expect(coverageOf(await read([harProfile(), ...pages.toReversed()]))).toMatchObject({
      whole: true,
    });
  });

  it.each([0, 1, 2])("is not whole without page %i", async (missing) => {
    const some = pages.filter((_, index) => index !== missing);
    const events = await read([harProfile(), ...some]);
    expect(coverageOf(events)).toMatchObject({ whole: false });
    expect(codesOf(events)).toEqual(["posts-missing"]);
    expect(problems(events)[0]?.message).toContain("3 posts; the HAR file has 2");
  });

  it("ends where pages lead to each other", async () => {
    const loop = [
      harList([itemAt(0)], { cursor: "0", next: "50" }),
      harList([itemAt(1)], { cursor: "50", next: "0" }),
    ];
    expect(coverageOf(await read(loop))).toMatchObject({ whole: false });
  });

  it("tells each kind of page that came as something else, unless it came later", async () => {
    const broken = (cursor: string, body: string): HarPart => ({
      ...harList([], { cursor }),
      body,
      size: Buffer.byteLength(body),
    });
    const events = await read([
      harProfile(),
      broken("0", ""),
      ...pages,
      broken("30", ""),
      broken("20", "<html>Please wait...</html>"),
      broken("10", '{"statusCode":10204}'),
      broken("9", '{"statusCode":0}'),
      { ...harList([], { cursor: "8" }), body: undefined },
    ]);
    expect(posts(events)).toHaveLength(3);
    expect(codesOf(events)).toEqual(Array.from({ length: 5 }, () => "list-page-missing"));
    const messages = problems(events).map(({ message }) => message);
    expect(new Set(messages).size).toBe(5);
    expect(messages[0]).toContain("1 page");
  });
});

describe("forms of other browsers", () => {
  it("reads bodies in base64, entries in another order, and keys it does not know", async () => {
    const list = harList([itemAt(0), webPhotos(["aa00000000000000000000000000000A"])]);
    const events = await read([
      { ...harProfile(), body: Buffer.from(String(harProfile().body)) },
      { ...list, body: Buffer.from(String(list.body)), more: { _new: { deep: [1, { x: null }] } } },
      { url: `data:image/png;base64,${"A".repeat(400_000)}`, type: "image/png", body: "x" },
      { ...list, method: "POST" },
      { url: "wss://im-ws.tiktok.com/ws", more: { _webSocketMessages: [{ data: "hi" }] } },
    ]);
    expect(idsOf(events)).toHaveLength(2);
  });

  it("reads a list whose JSON is full of escapes", async () => {
    const list = harList([itemAt(0, { desc: 'quote " slash / \\ 🚅 \n \u2028' })]);
    const text = harText([list]).replaceAll("/", "\\/").replaceAll("🚅", "\\ud83d\\ude85");
    const path = join(await temporaryFolder(), "page.har");
    await writeFile(path, `\uFEFF${text}`);
    expect(posts(await readPath(path))[0]?.fields.caption).toBe('quote " slash / \\ 🚅 \n \u2028');
  });

  it("reads the site that the settings name", async () => {
    const origin = "http://127.0.0.1:4321";
    const parts = [harProfile(webUserInfo(), origin), harList([itemAt(0)], { origin })];
    expect(idsOf(await read(parts, { origin }))).toEqual([webId(first)]);
    await expect(read(parts)).rejects.toMatchObject({ details: { code: "har-other-site" } });
  });
});

describe("what never leaves the file", () => {
  it("keeps cookies, tokens and what was sent out of everything but the ways to files", async () => {
    const events = await read([
      harProfile(),
      harList([itemAt(0)]),
      { ...harList([], { cursor: "8" }), body: undefined },
    ]);
    const told = JSON.stringify(events.map((event) => ({ ...event, media: [], avatar: [] })));
    for (const secret of harSecrets) expect(told).not.toContain(secret);
    for (const { media } of posts(events)) {
      for (const origin of media.flatMap(({ origins }) => origins)) {
        if (origin.at !== "web") continue;
        expect(origin.headers?.(origin.address)).toEqual({ Referer: "https://www.tiktok.com/" });
      }
    }
  });
});
