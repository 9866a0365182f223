import type { Browser, BrowserContext, Page, Response } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";

import { openChromium } from "../support/chromium.ts";
import { recordHar, recordHarInBrowser } from "./tiktok/har.ts";
import type { Har, HarEntry, HarOptions } from "./tiktok/har.ts";
import { creatorOf, startTikTok } from "./tiktok/index.ts";
import type {
  CreatorOptions,
  ListFault,
  LookAlikeCreator,
  LookAlikePost,
  MediaFault,
  Scenario,
  TikTokLookAlike,
  VideoForm,
} from "./tiktok/index.ts";

/** What the tests read of an item. */
interface Item {
  id: string;
  createTime: number | string;
  author?: { uniqueId: string };
  isPinnedItem?: boolean;
  isContentClassified?: boolean;
  privateItem: boolean;
  stats: Record<string, number>;
  statsV2: Record<string, string>;
  textExtra: { start: number; end: number; hashtagName?: string }[];
  desc: string;
  imagePost?: { images: { imageURL: { urlList: string[] } }[]; title: string };
  video?: {
    duration: number;
    playAddr: unknown;
    downloadAddr: string;
    bitrateInfo: Bitrate[] | Bitrate;
    cover: string;
    subtitleInfos: { Url: string }[];
  };
  music: { playUrl: string };
}

interface Bitrate {
  CodecType: string;
  PlayAddr: { UrlList: string[] };
}

let browser: Browser;
const opened: { close(): Promise<void> }[] = [];

beforeAll(async () => {
  browser = await openChromium();
});

afterEach(async () => {
  for (const each of opened.splice(0).toReversed()) await each.close();
});

afterAll(() => browser.close());

/** Asks again until it is so; a busy machine may take its time. */
function eventually<Value>(ask: () => Value | Promise<Value>) {
  return expect.poll(ask, { timeout: 20_000 });
}

const handle = "mira.paints.daily";

async function start(
  scenario: Partial<Scenario> = {},
  creator: LookAlikeCreator = creatorOf(handle, 40),
  clock?: () => number,
): Promise<TikTokLookAlike> {
  const tiktok = await startTikTok({ creator, scenario, ...(clock && { clock }) });
  opened.push(tiktok);
  return tiktok;
}

/** A visit with what the page's list requests were answered. */
interface Visit {
  context: BrowserContext;
  page: Page;
  /** Bodies of the answers, as text, in the order of the requests. */
  bodies(): Promise<string[]>;
  /** Items of all good answers, repeats and all. */
  items(): Promise<Item[]>;
  /** Turns the wheel up a little and down a lot, as somebody at the end of a page does, and counts the cards. */
  scroll(): Promise<number>;
}

async function visit(tiktok: TikTokLookAlike, address = tiktok.profile): Promise<Visit> {
  const context = await browser.newContext();
  opened.push(context);
  const page = await context.newPage();
  const answers: Response[] = [];
  page.on("response", (response) => {
    if (new URL(response.url()).pathname === "/api/post/item_list/") answers.push(response);
  });
  await page.goto(address);
  const bodies = (): Promise<string[]> =>
    Promise.all(answers.map((each) => each.text().catch(() => "broken")));
  const items = async (): Promise<Item[]> => {
    const good = (await bodies()).filter((body) => body.includes('"itemList"'));
    return good.flatMap((body) => (JSON.parse(body) as { itemList: Item[] }).itemList);
  };
  const scroll = async (): Promise<number> => {
    await page.mouse.wheel(0, -900);
    await page.mouse.wheel(0, 4000);
    return page.locator(cards).count();
  };
  return { context, page, bodies, items, scroll };
}

const cards = "[data-e2e=user-post-item]";
const twoFrames = "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))";

/** What the page keeps of the profile. */
interface Detail {
  statusCode: number;
  shareMeta: { title: string };
  userInfo?: {
    user: { uniqueId: string };
    stats: Record<string, number>;
    statsV2: Record<string, string>;
    itemList: unknown[];
  };
}

async function scopeOf(page: Page): Promise<Record<string, never>> {
  const text = await page.locator("#__UNIVERSAL_DATA_FOR_REHYDRATION__").textContent();
  const [scope] = Object.values(JSON.parse(text ?? "{}") as Record<string, never>);
  return scope ?? {};
}

async function detailOf(page: Page): Promise<Detail> {
  return (await scopeOf(page))["webapp.user-detail"] as never;
}

/** The header that a plain client must send to be taken for the browser of this visit. */
async function cookiesOf({ context }: Visit): Promise<string> {
  const cookies = await context.cookies();
  return cookies.map(({ name, value }) => `${name}=${value}`).join("; ");
}

async function idsOf(items: Promise<Item[]>): Promise<string[]> {
  return (await items).map((item) => item.id);
}

/** Ids of a creator's posts, newest first. */
function allIds({ creator }: TikTokLookAlike): string[] {
  return creator.posts.map((post) => post.id);
}

describe("the profile page in a real browser", () => {
  it("holds the person but no post, and gives 100 posts to who scrolls to the end", async () => {
    const tiktok = await start({}, creatorOf(handle, 100));
    const { page, scroll, items } = await visit(tiktok);
    const detail = await detailOf(page);
    expect(detail.statusCode).toBe(0);
    expect(detail.userInfo?.stats).toMatchObject({ followerCount: 427_700, heart: 6_800_000 });
    expect(detail.userInfo?.statsV2).toMatchObject({
      followerCount: "427682",
      heart: "6764096",
      videoCount: "100",
    });
    expect(detail.userInfo?.itemList).toEqual([]);
    await eventually(scroll).toBe(100);
    expect(await idsOf(items())).toEqual(allIds(tiktok));
    expect(tiktok.listRequests().map((each) => each.query["count"])).toEqual(["35", "35", "35"]);
    const links = await page
      .locator(`${cards} a`)
      .evaluateAll((all) => all.map((each) => each.getAttribute("href")));
    expect(links[0]).toBe(`/@${handle}/video/${allIds(tiktok)[0]}`);
    expect(links[4]).toBe(`/@${handle}/photo/${allIds(tiktok)[4]}`);
  });

  it("asks for nothing more until it is scrolled, and in pages of 15 where the site says so", async () => {
    const tiktok = await start({ pageSize: 15 });
    const { page, scroll } = await visit(tiktok);
    await eventually(() => page.locator(cards).count()).toBe(15);
    // Two frames later the page has had its chance to see where its end is.
    await page.evaluate(twoFrames);
    expect(tiktok.listRequests()).toHaveLength(1);
    await eventually(scroll).toBe(40);
    const cursors = tiktok.listRequests().map((each) => each.query["cursor"] ?? "");
    expect(cursors[0]).toBe("0");
    expect(cursors.slice(1).every((each) => /^\d{13}$/.test(each))).toBe(true);
  });

  it("gives posts with exact and rounded counts, UTF-16 offsets and ids that tell their second", async () => {
    const tiktok = await start({}, creatorOf(handle, 12));
    const { items, page } = await visit(tiktok);
    await eventually(() => page.locator(cards).count()).toBe(12);
    for (const item of await items()) {
      expect(item.id).toMatch(/^\d{19}$/);
      expect(Number(BigInt(item.id) >> 32n)).toBe(Number(item.createTime) - 5);
      for (const { start, end, hashtagName } of item.textExtra) {
        if (hashtagName === undefined) continue;
        expect(item.desc.slice(start, end).toLowerCase()).toBe(`#${hashtagName}`);
      }
    }
    const [newest] = await items();
    expect(newest?.stats["playCount"]).toBe(1_200_000);
    expect(newest?.statsV2["playCount"]).toBe("1234567");
    const photo = (await items())[4];
    expect(photo?.imagePost?.images.length).toBe(2);
    expect(photo?.imagePost?.images[0]?.imageURL.urlList).toHaveLength(2);
    expect(photo?.video).toMatchObject({ duration: 0, playAddr: "" });
  });

  it("loads its pictures from the media host, which wants no cookie for them", async () => {
    const tiktok = await start({}, creatorOf(handle, 5));
    const { page } = await visit(tiktok);
    await eventually(() =>
      page
        .locator(`${cards} img`)
        .evaluateAll((all) =>
          all.map((each) => (each as unknown as { naturalWidth: number }).naturalWidth > 0),
        ),
    ).toEqual([true, true, true, true, true]);
  });

  it("refuses a list request that its own script did not sign, and one that is sent again", async () => {
    const tiktok = await start();
    const visited = await visit(tiktok);
    await eventually(() => visited.page.locator(cards).count()).toBe(35);
    const asked = await visited.page.evaluate<string>(
      "performance.getEntriesByType('resource').map((each) => each.name).find((name) => name.includes('item_list'))",
    );
    const headers = { cookie: await cookiesOf(visited), referer: tiktok.profile };
    const bodyOf = async (address: string): Promise<string> =>
      (await fetch(address, { headers })).text();
    expect(await bodyOf(asked)).toBe("");
    expect(await bodyOf(asked.replace(/&X-Bogus=.*/, ""))).toBe("");
    expect(await bodyOf(asked.replace("count=35", "count=30"))).toBe("");
    const inPage = `fetch(${JSON.stringify(asked.replace("cursor=0", "cursor=1"))}).then((answer) => answer.text())`;
    expect(await visited.page.evaluate(inPage)).toBe("");
  });
});

describe("the list of posts", () => {
  it("puts pinned posts first and out of order, and may give them again at their own date", async () => {
    const pinned: CreatorOptions = {
      change: (_, index) => ({ pinned: [7, 20, 33].includes(index) }),
    };
    const tiktok = await start({ pageSize: 15 }, creatorOf(handle, 40, pinned));
    const ids = allIds(tiktok);
    const first = await visit(tiktok);
    await eventually(first.scroll).toBe(40);
    const items = await first.items();
    expect(items.slice(0, 4).map((item) => item.id)).toEqual([ids[33], ids[20], ids[7], ids[0]]);
    expect(items.filter((item) => item.isPinnedItem)).toHaveLength(3);
    expect(items).toHaveLength(40);

    tiktok.change({ pinnedAgain: true });
    const again = await visit(tiktok);
    await eventually(again.scroll).toBe(40);
    expect(await idsOf(again.items())).toHaveLength(43);
  });

  it("lets pages overlap", async () => {
    const tiktok = await start({ pageSize: 15, overlap: 4 });
    const { scroll, items } = await visit(tiktok);
    await eventually(scroll).toBe(40);
    const ids = await idsOf(items());
    expect(ids.length).toBeGreaterThan(40);
    expect([...new Set(ids)]).toEqual(allIds(tiktok));
  });

  it("gives the same page again and again for a while, then goes on", async () => {
    const tiktok = await start({ pageSize: 15, repeatPage: { from: 2, times: 3 } });
    const { scroll, bodies } = await visit(tiktok);
    await eventually(scroll).toBe(40);
    const all = await bodies();
    expect(new Set(all.slice(1, 5)).size).toBe(1);
    expect(all[4]).toContain('"hasMore":true');
    expect(all).toHaveLength(6);
  });

  it("gives the same page for ever", async () => {
    const tiktok = await start({ pageSize: 15, repeatPage: { from: 1, times: Infinity } });
    const { scroll, page } = await visit(tiktok);
    await eventually(scroll).toBe(15);
    await eventually(async () => (await scroll(), tiktok.listRequests().length)).toBeGreaterThan(5);
    expect(await page.locator(cards).count()).toBe(15);
  });

  it.each([
    ["empty", (body) => body === ""],
    ["no-item-list", (body) => body.includes('"hasMore":true') && !body.includes("itemList")],
    ["status-code", (body) => body.includes('"statusCode":10101')],
    ["challenge", (body) => body.includes("Please wait...") && body.includes('id="cs"')],
    ["640-bytes", (body) => body.length === 640],
    ["too-many", (body) => body === ""],
    ["server-error", (body) => body === ""],
    ["cut", (body) => body === "broken"],
  ] as [ListFault["answer"], (body: string) => boolean][])(
    "answers %s on the second request, and well when it is scrolled again",
    async (answer, looksSo) => {
      const tiktok = await start({ pageSize: 15, listFaults: [{ on: [2], answer }] });
      const { scroll, bodies, page } = await visit(tiktok);
      await eventually(scroll).toBe(40);
      expect((await bodies())[1]).toSatisfy(looksSo);
      const statuses = tiktok.listRequests().map((each) => each.status);
      expect(statuses[1]).toBe({ "too-many": 429, "server-error": 500 }[answer as string] ?? 200);
      expect(await page.locator(".DivErrorContainer").count()).toBe(0);
    },
  );

  it("ends before the number that the profile tells", async () => {
    const tiktok = await start({ listEndsAfter: 22 });
    const { page, scroll, bodies } = await visit(tiktok);
    await eventually(scroll).toBe(22);
    expect((await bodies()).at(-1)).toContain('"hasMore":false');
    expect((await detailOf(page)).userInfo?.statsV2["videoCount"]).toBe("40");
  });

  it("mixes in what other people posted, and the reposts of another list", async () => {
    const tiktok = await start({ strangers: 3, reposts: 4 }, creatorOf(handle, 12));
    const { items, page } = await visit(tiktok);
    await eventually(() => page.locator(cards).count()).toBe(16);
    const authors = (await items()).map((item) => item.author?.uniqueId);
    expect(authors.filter((each) => each === "somebody.else")).toHaveLength(4);
    expect(new Set(await idsOf(items())).size).toBe(16);
    await eventually(
      () => tiktok.requests.find(({ path }) => path === "/api/repost/item_list/")?.status,
    ).toBe(200);
  });

  it("writes some fields in their other forms", async () => {
    const tiktok = await start(
      { withoutAuthor: "all", createTimeAsText: true, bitrateInfoAsDict: true, playAddr: "list" },
      creatorOf(handle, 3),
    );
    const { items, page } = await visit(tiktok);
    await eventually(() => page.locator(cards).count()).toBe(3);
    const [item] = await items();
    expect(item?.author).toBeUndefined();
    expect(item?.createTime).toBe(String(tiktok.creator.posts[0]?.createTime));
    expect(item?.video?.bitrateInfo).toMatchObject({ CodecType: "h264" });
    expect(item?.video?.playAddr).toEqual([{ src: expect.stringContaining("http://127.0.0.1") }]);

    tiktok.change({ withoutAuthor: "every-second", playAddr: "empty" });
    const other = await visit(tiktok);
    await eventually(() => other.page.locator(cards).count()).toBe(3);
    const mixed = await other.items();
    expect(mixed.map((each) => each.author === undefined)).toEqual([false, true, false]);
    expect(mixed[0]?.video?.playAddr).toBe("");
  });

  it("says what else a post is: an ad, made by AI, a duet, a stitch, with a place, with a sound of others", async () => {
    const poi = { id: "7000", name: "The old harbour", address: "1 Made-up Street" };
    const changes: Partial<LookAlikePost>[] = [
      { isAd: true, AIGCDescription: "Creator labeled as AI-generated", poi },
      { duetOf: "7111111111111111111", stitchOf: "7222222222222222222" },
    ];
    const change: CreatorOptions["change"] = (_, index) => changes[index] ?? {};
    const tiktok = await start({}, creatorOf(handle, 2, { change }));
    const { items, page } = await visit(tiktok);
    await eventually(() => page.locator(cards).count()).toBe(2);
    const [first, second] = await items();
    expect(first).toMatchObject({
      isAd: true,
      AIGCDescription: "Creator labeled as AI-generated",
      poi,
      music: { original: true, isCopyrighted: false },
    });
    expect(second).toMatchObject({
      duetInfo: { duetFromId: "7111111111111111111" },
      stitchInfo: { stitchFromId: "7222222222222222222" },
      music: { original: false, isCopyrighted: true },
    });
    expect(second).not.toHaveProperty("poi");
  });

  it("hides what is not for everybody until the creator signs in", async () => {
    const flags: Partial<LookAlikePost>[] = [
      { privateItem: true },
      { secret: true },
      { forFriend: true },
      { ageWall: true },
    ];
    const creator = creatorOf(handle, 10, { change: (_, index) => flags[index] ?? {} });
    const tiktok = await start({}, creator);
    const { page, items, scroll } = await visit(tiktok);
    await eventually(() => page.locator(cards).count()).toBe(7);
    expect((await detailOf(page)).userInfo?.statsV2["videoCount"]).toBe("7");
    const [wall] = await items();
    expect(wall?.isContentClassified).toBe(true);
    expect(wall?.video).toBeUndefined();

    await page.goto(`${tiktok.origin}/login?redirect_url=/@${handle}`);
    await page.locator("[data-e2e=channel-item]").first().click();
    await page.locator("input[name=username]").fill(handle);
    await page.locator("input[type=password]").fill("wrong");
    await page.locator("[data-e2e=login-button]").click();
    await eventually(() => page.locator("[data-e2e=login-error-tip]").innerText()).not.toBe("");
    await page.locator("input[type=password]").fill(creator.password);
    await page.locator("[data-e2e=login-button]").click();
    await eventually(scroll).toBe(10);
    const session = (await page.context().cookies()).find(({ name }) => name === "sessionid");
    expect(session?.httpOnly).toBe(true);
    expect((await items()).slice(-10)[0]?.privateItem).toBe(true);
    expect(tiktok.listRequests().at(-1)?.cookies).toContain("sessionid");
  });
});

describe("pages that are not the profile one hoped for", () => {
  it.each([10204, 10216, 10221, 10222, 10231] as const)(
    "tells status %i on a page that is HTTP 200",
    async (profileStatus) => {
      const tiktok = await start({ profileStatus });
      const { page } = await visit(tiktok);
      const seen = tiktok.requests.find(({ path }) => path === `/@${handle}`);
      expect(seen?.status).toBe(200);
      const detail = await detailOf(page);
      expect(detail.statusCode).toBe(profileStatus);
      if (profileStatus === 10221) expect(detail.shareMeta.title).toContain("nickname");
      if (profileStatus === 10222) expect(detail.userInfo?.stats["videoCount"]).toBe(0);
      expect(await page.locator(".DivErrorContainer").innerText()).not.toBe("");
      expect(tiktok.listRequests()).toEqual([]);
    },
  );

  it("opens a private account to the creator's own sign-in", async () => {
    const tiktok = await start({ profileStatus: 10222 }, creatorOf(handle, 6));
    const { page } = await visit(tiktok, `${tiktok.origin}/login?redirect_url=/@${handle}`);
    tiktok.signIn();
    await eventually(() => page.locator(cards).count()).toBe(6);
    const detail = await detailOf(page);
    expect(detail.statusCode).toBe(10222);
    expect(detail.userInfo?.statsV2["videoCount"]).toBe("6");
  });

  it("knows nobody else", async () => {
    const tiktok = await start();
    const { page } = await visit(tiktok, `${tiktok.origin}/@nobody`);
    expect((await detailOf(page)).statusCode).toBe(10221);
  });

  it("sends to the sign-in page, and back after it", async () => {
    const tiktok = await start({ loginRedirect: true }, creatorOf(handle, 4));
    const { page } = await visit(tiktok);
    expect(new URL(page.url()).pathname).toBe("/login");
    tiktok.signIn();
    await eventually(() => page.locator(cards).count()).toBe(4);
  });

  it("answers 429", async () => {
    const tiktok = await start({ profileTooMany: true });
    const { page } = await visit(tiktok);
    expect(await page.content()).toContain("Too many requests");
    expect(tiktok.requests[0]?.status).toBe(429);
  });

  it("passes the challenge by itself where a browser can", async () => {
    const tiktok = await start({ challenge: "solves-itself" }, creatorOf(handle, 4));
    const plain = await fetch(tiktok.profile);
    const text = await plain.text();
    for (const word of ["Please wait...", 'id="cs"', 'id="wci" class="_wafchallengeid"']) {
      expect(text).toContain(word);
    }
    const { page } = await visit(tiktok);
    await eventually(() => page.locator(cards).count()).toBe(4);
  });

  it.each(["waits", "640-bytes"] as const)(
    "keeps the challenge (%s) until the person is through",
    async (challenge) => {
      const tiktok = await start({ challenge }, creatorOf(handle, 4));
      const plain = await (await fetch(tiktok.profile)).text();
      expect(plain.length === 640).toBe(challenge === "640-bytes");
      const { page } = await visit(tiktok);
      expect(await page.title()).toBe("Please wait...");
      tiktok.solve();
      await eventually(() => page.locator(cards).count()).toBe(4);
    },
  );

  it("keeps its data in the old place, or nowhere", async () => {
    const tiktok = await start({ rehydration: "sigi" }, creatorOf(handle, 4));
    const { page } = await visit(tiktok);
    const state = JSON.parse((await page.locator("#SIGI_STATE").textContent()) ?? "{}") as {
      UserModule: { users: Record<string, { uniqueId: string }> };
    };
    expect(state.UserModule.users[handle]?.uniqueId).toBe(handle);
    tiktok.change({ rehydration: "none" });
    await page.reload();
    expect(await page.locator("script[type='application/json']").count()).toBe(0);
  });

  it("has a page for a video, and one for photos that tells nothing", async () => {
    const creator = creatorOf(handle, 6, {
      change: (_, index) => (index === 1 ? { status: 10231 } : { secret: index === 2 }),
    });
    const tiktok = await start({}, creator);
    const [video, region, secret, , photos] = allIds(tiktok);
    const { page } = await visit(tiktok, `${tiktok.profile}/video/${video}`);
    const detail = async (): Promise<Detail & { itemInfo?: { itemStruct: Item } }> =>
      (await scopeOf(page))["webapp.video-detail"] as never;
    expect((await detail()).itemInfo?.itemStruct.id).toBe(video);
    await eventually(() => page.evaluate("document.querySelector('video').videoWidth")).toBe(180);
    for (const [id, status] of [
      [region, 10231],
      [secret, 10216],
      ["7000000000000000000", 10204],
    ] as const) {
      await page.goto(`${tiktok.profile}/video/${id}`);
      expect((await detail()).statusCode).toBe(status);
    }
    await page.goto(`${tiktok.profile}/photo/${photos}`);
    expect(await detail()).toBeUndefined();
    expect(JSON.stringify(await scopeOf(page))).toContain(`/video/${photos}`);
    await page.goto(`${tiktok.profile}/video/${photos}`);
    expect((await detail()).itemInfo?.itemStruct.imagePost?.images.length).toBe(2);
  });
});

describe("what lies over the page while it is scrolled", () => {
  it.each([
    ["dialog", "#captcha-verify-container-main-page"],
    ["older", "#captcha_container .captcha_verify_container"],
  ] as const)("a captcha (%s) stops the list until the person drags it", async (form, selector) => {
    const tiktok = await start({ pageSize: 15, captcha: { after: 1, form } });
    const { page, scroll } = await visit(tiktok);
    await eventually(async () => (await scroll(), page.locator(selector).isVisible())).toBe(true);
    const before = tiktok.listRequests().length;
    await scroll();
    await page.evaluate(twoFrames);
    expect(tiktok.listRequests()).toHaveLength(before);

    const button = await page.locator(`${selector} button`).boundingBox();
    if (button === null) throw new Error("the captcha has no button");
    await page.mouse.move(button.x + 10, button.y + 10);
    await page.mouse.down();
    await page.mouse.move(button.x + 220, button.y + 12, { steps: 8 });
    await page.mouse.up();
    await eventually(() => page.locator(selector).count()).toBe(0);
    await eventually(scroll).toBe(40);
  });

  it("a captcha goes away when it is solved from outside, and comes back after a change", async () => {
    const tiktok = await start({ captcha: { after: 0, form: "dialog" } });
    const { page } = await visit(tiktok);
    const captcha = page.locator(".captcha-verify-container");
    await eventually(() => captcha.isVisible()).toBe(true);
    tiktok.solve();
    await eventually(() => page.locator(cards).count()).toBe(35);
    tiktok.change({});
    await page.reload();
    await eventually(() => captcha.isVisible()).toBe(true);
  });

  it("a sign-in sheet that can be closed, and one that cannot", async () => {
    const tiktok = await start({ pageSize: 15, loginSheet: { after: 1, closable: true } });
    const { page, scroll } = await visit(tiktok);
    const sheet = page.locator("[data-e2e=login-modal]");
    await eventually(async () => (await scroll(), sheet.isVisible())).toBe(true);
    expect(await sheet.innerText()).toContain("Log in to TikTok");
    await page.locator("[data-e2e=modal-close-inner-button]").click();
    await eventually(scroll).toBe(40);

    tiktok.change({ loginSheet: { after: 1, closable: false } });
    await page.reload();
    await eventually(async () => (await scroll(), sheet.isVisible())).toBe(true);
    expect(await page.locator("[data-e2e=modal-close-inner-button]").count()).toBe(0);
    tiktok.signIn();
    await eventually(scroll).toBe(40);
    expect(await page.locator("[data-e2e=nav-profile]").count()).toBe(1);
  });

  it("a panel that says something went wrong, with a button", async () => {
    const tiktok = await start({ pageSize: 15, somethingWentWrong: { after: 1, times: 1 } });
    const { page, scroll } = await visit(tiktok);
    const panel = page.locator(".DivErrorContainer");
    await eventually(async () => (await scroll(), panel.isVisible())).toBe(true);
    expect(await panel.innerText()).toContain("Something went wrong");
    await panel.getByRole("button", { name: "Retry" }).click();
    await eventually(scroll).toBe(40);
  });

  it("the same panel after three answers that were of no use", async () => {
    const tiktok = await start({ listFaults: [{ on: "always", answer: "empty" }] });
    const { page, scroll } = await visit(tiktok);
    const panel = page.locator(".DivErrorContainer");
    // Without a single card the first of them is enough.
    await eventually(() => panel.isVisible()).toBe(true);
    await panel.getByRole("button").click();
    await eventually(() => tiktok.listRequests().length).toBe(2);
    tiktok.change({ pageSize: 15, listFaults: [{ on: [2, 3, 4], answer: "empty" }] });
    await page.reload();
    await eventually(async () => (await scroll(), panel.isVisible())).toBe(true);
    expect(tiktok.listRequests()).toHaveLength(6);
  });

  it("a cookie banner with a tree of its own", async () => {
    const tiktok = await start({ cookieBanner: true });
    const { page } = await visit(tiktok);
    const banner = page.locator("tiktok-cookie-banner");
    await eventually(() => banner.getByRole("button").count()).toBe(2);
    await banner.getByRole("button", { name: "Decline optional cookies" }).click();
    expect(await banner.count()).toBe(0);
    await page.reload();
    await eventually(() => page.locator(cards).count()).toBe(35);
    expect(await banner.count()).toBe(0);
  });
});

const everyForm: VideoForm[] = [
  "play",
  "h264",
  "h264-silent",
  "h265",
  "h265-missing",
  "bytevc2",
  "download",
];

/** A visit to two posts, a video in every form and photos, with what a plain client needs to ask for their files. */
async function mediaVisit(faults: readonly MediaFault[] = [], clock?: () => number) {
  const creator = creatorOf(handle, 2, {
    change: (post, index) =>
      index === 0
        ? { forms: everyForm }
        : { kind: "photos", forms: [], images: ["ab".repeat(16)], id: post.id },
  });
  const tiktok = await start({ mediaFaults: faults }, creator, clock);
  const visited = await visit(tiktok);
  await eventually(() => visited.page.locator(cards).count()).toBe(2);
  const [video, photos] = await visited.items();
  if (video?.video === undefined || photos === undefined) throw new Error("posts are missing");
  const headers = { cookie: await cookiesOf(visited), referer: "https://www.tiktok.com/" };
  const addressOf: Record<string, string> = {
    play: String(video.video.playAddr),
    download: video.video.downloadAddr,
    cover: video.video.cover,
    sound: video.music.playUrl,
    "subtitles eng-US": video.video.subtitleInfos[0]?.Url ?? "",
  };
  const bitrates = video.video.bitrateInfo as Bitrate[];
  bitrates.forEach((each, at) => {
    addressOf[everyForm[at + 1] ?? ""] = each.PlayAddr.UrlList[0] ?? "";
  });
  return { tiktok, video, photos, headers, addressOf, bitrates };
}

async function sha256Of(response: globalThis.Response): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", await response.arrayBuffer());
  return Buffer.from(digest).toString("hex");
}

describe("the media host", () => {
  it("gives videos only with a Referer of the site and the cookie they were signed for", async () => {
    const { headers, addressOf } = await mediaVisit();
    const statusOf = async (address: string, sent: Record<string, string>): Promise<number> =>
      (await fetch(address, { headers: sent })).status;
    const { cookie, referer } = headers;
    for (const form of ["play", "h264", "h265", "download", "sound", "subtitles eng-US"]) {
      const address = addressOf[form] ?? "";
      expect(address).toContain("tk=tt_chain_token");
      expect(await statusOf(address, headers)).toBe(200);
      expect(await statusOf(address, {})).toBe(403);
      expect(await statusOf(address, { cookie })).toBe(403);
      expect(await statusOf(address, { referer })).toBe(403);
      expect(await statusOf(address, { cookie, referer: "https://example.com/" })).toBe(403);
      expect(await statusOf(address, { cookie: "tt_chain_token=another", referer })).toBe(403);
      const altered = address.replace(/signature=./, "signature=x");
      expect(await statusOf(altered, headers)).toBe(403);
    }
    expect(await statusOf(addressOf["cover"] ?? "", {})).toBe(200);
  });

  it("has a different file for each form of each post, and says which", async () => {
    const { tiktok, video, photos, headers, addressOf } = await mediaVisit();
    const known = tiktok.media(video.id);
    for (const { form, sha256, bytes } of known) {
      const response = await fetch(addressOf[form] ?? "", { headers });
      expect([form, response.headers.get("content-length")]).toEqual([form, String(bytes)]);
      expect([form, await sha256Of(response)]).toEqual([form, sha256]);
    }
    const forms = everyForm.filter((form) => form !== "h265-missing");
    expect(known.map(({ form }) => form)).toEqual(["cover", ...forms, "subtitles eng-US", "sound"]);
    const all = [...known, ...tiktok.media(photos.id), ...tiktok.media("avatar")];
    const hashes = all.filter(({ form }) => form !== "sound").map(({ sha256 }) => sha256);
    expect(new Set(hashes).size).toBe(hashes.length);
  });

  it("has forms that nobody can use", async () => {
    const { headers, addressOf, bitrates, tiktok } = await mediaVisit();
    expect(addressOf["h265"]).toContain("/media-video-hvc1/");
    expect((await fetch(addressOf["h265-missing"] ?? "", { headers })).status).toBe(404);
    expect(bitrates.map((each) => each.CodecType)).toEqual([
      "h264",
      "h264",
      "h265_hvc1",
      "h265_hvc1",
      "bytevc2",
    ]);
    const tracks = async (form: string): Promise<string> => {
      const bytes = Buffer.from(
        await (await fetch(addressOf[form] ?? "", { headers })).arrayBuffer(),
      );
      return ["avc1", "hvc1", "bvc2", "mp4a"]
        .filter((name) => bytes.subarray(0, 4000).includes(name))
        .join(" ");
    };
    expect(await tracks("play")).toBe("avc1 mp4a");
    expect(await tracks("h264")).toBe("avc1 mp4a");
    expect(await tracks("h264-silent")).toBe("avc1");
    expect(await tracks("h265")).toBe("hvc1");
    expect(await tracks("bytevc2")).toBe("bvc2");
    const third = bitrates[0]?.PlayAddr.UrlList[2] ?? "";
    expect(third).toContain(`${tiktok.origin}/aweme/v1/play/`);
    expect((await fetch(third, { headers })).status).toBe(403);
  });

  it("lets addresses expire: sounds after 6 hours, videos after 48, pictures on the hour", async () => {
    let now = Date.UTC(2026, 10, 20, 12, 30);
    const { headers, addressOf } = await mediaVisit([], () => now);
    const statuses = (): Promise<number[]> =>
      Promise.all(
        ["sound", "play", "cover"].map(
          async (form) => (await fetch(addressOf[form] ?? "", { headers })).status,
        ),
      );
    expect(await statuses()).toEqual([200, 200, 200]);
    now += 6 * 3_600_000;
    expect(await statuses()).toEqual([403, 200, 200]);
    now += 41.6 * 3_600_000;
    expect(await statuses()).toEqual([403, 200, 403]);
    now += 0.4 * 3_600_000;
    expect(await statuses()).toEqual([403, 403, 403]);
  });

  it("gives parts of a file, and the whole of one that changed", async () => {
    const { headers, addressOf, tiktok } = await mediaVisit();
    const address = addressOf["play"] ?? "";
    const whole = await fetch(address, { headers });
    const bytes = Buffer.from(await whole.arrayBuffer());
    const etag = whole.headers.get("etag") ?? "";
    const rest = await fetch(address, {
      headers: { ...headers, range: "bytes=1000-", "if-range": etag },
    });
    expect(rest.status).toBe(206);
    expect(rest.headers.get("content-range")).toBe(
      `bytes 1000-${bytes.length - 1}/${bytes.length}`,
    );
    expect(Buffer.from(await rest.arrayBuffer()).equals(bytes.subarray(1000))).toBe(true);
    const inner = await fetch(address, { headers: { ...headers, range: "bytes=10-19" } });
    expect((await inner.arrayBuffer()).byteLength).toBe(10);
    const changed = await fetch(address, {
      headers: { ...headers, range: "bytes=1000-", "if-range": '"other"' },
    });
    expect(changed.status).toBe(200);
    await changed.arrayBuffer();
    const beyond = await fetch(address, { headers: { ...headers, range: "bytes=9999999-" } });
    expect(beyond.status).toBe(416);
    expect(tiktok.mediaRequests().some((each) => each.range === "bytes=10-19")).toBe(true);
  });

  it.each([
    ["html", { to: "html" }, "text/html"],
    ["the 640 bytes", { to: "640-bytes" }, "text/html"],
    ["JSON", { to: "json" }, "application/json"],
    ["nothing", { to: "empty" }, "video/mp4"],
  ] as const)("answers 200 with %s instead of a video", async (_, answer, type) => {
    const { headers, addressOf } = await mediaVisit([{ kind: "video", answer }]);
    const response = await fetch(addressOf["play"] ?? "", { headers });
    expect(response.status).toBe(200);
    expect(response.headers.get("content-type")).toBe(type);
    const text = await response.text();
    expect(text).not.toContain("ftyp");
    if (answer.to === "640-bytes") expect(text).toHaveLength(640);
    if (answer.to === "empty") expect(text).toBe("");
  });

  it("fails in other ways, for some requests of some paths", async () => {
    const { headers, addressOf, tiktok } = await mediaVisit();
    const ask = (form: string, more = {}): Promise<globalThis.Response> =>
      fetch(addressOf[form] ?? "", { headers: { ...headers, ...more } });

    tiktok.change({
      mediaFaults: [{ on: [1], answer: { to: "status", status: 429, retryAfter: "3" } }],
    });
    const refused = await ask("play");
    expect([refused.status, refused.headers.get("retry-after")]).toEqual([429, "3"]);
    expect((await ask("play")).status).toBe(200);

    tiktok.change({
      mediaFaults: [{ path: "/media-video-hvc1/", answer: { to: "cut", after: 700 } }],
    });
    const cut = await ask("h265");
    await expect(cut.arrayBuffer()).rejects.toThrow();
    expect((await ask("h264")).status).toBe(200);

    tiktok.change({ mediaFaults: [{ answer: { to: "stall", after: 500 } }] });
    const stalled = await ask("play");
    const reader = stalled.body?.getReader();
    expect((await reader?.read())?.value?.length).toBe(500);
    await reader?.cancel();

    tiktok.change({ mediaFaults: [{ answer: { to: "slow", bytesPerSecond: 60_000 } }] });
    expect((await (await ask("play")).arrayBuffer()).byteLength).toBeGreaterThan(9000);

    tiktok.change({ mediaFaults: [{ answer: { to: "no-ranges" } }] });
    expect((await ask("play", { range: "bytes=5-" })).status).toBe(200);

    tiktok.change({ mediaFaults: [{ answer: { to: "new-etag" } }] });
    const tags = [await ask("play"), await ask("play")].map((each) => each.headers.get("etag"));
    expect(tags[0]).not.toBe(tags[1]);
  });

  it("sends on to a second host, which needs no cookie and sees whether it got one", async () => {
    const { headers, addressOf, tiktok, video } = await mediaVisit([
      { kind: "video", answer: { to: "redirect" } },
    ]);
    const first = await fetch(addressOf["play"] ?? "", { headers, redirect: "manual" });
    expect(first.status).toBe(302);
    const location = first.headers.get("location") ?? "";
    expect(new URL(location).host).toBe(tiktok.secondMediaHost);
    const known = tiktok.media(video.id).find(({ form }) => form === "play");
    expect(await sha256Of(await fetch(location))).toBe(known?.sha256);
    const sentOn = tiktok.mediaRequests().find(({ host }) => host === tiktok.secondMediaHost);
    expect(sentOn).toMatchObject({ status: 200, cookies: [] });
  });
});

describe("what the look-alike remembers", () => {
  it("names of cookies, never values, and nothing of its own machinery", async () => {
    const tiktok = await start();
    const visited = await visit(tiktok);
    await eventually(() => visited.page.locator(cards).count()).toBe(35);
    const values = (await visited.context.cookies()).map(({ value }) => value);
    const written = JSON.stringify(tiktok.requests);
    expect(tiktok.listRequests()[0]?.cookies).toEqual(
      expect.arrayContaining(["tt_chain_token", "ttwid", "msToken", "s_v_web_id"]),
    );
    for (const value of values) expect(written).not.toContain(value);
    expect(written).not.toContain("_look-alike");
  });

  it("gives photos to a post that is changed into photos, and forms to one that becomes a video", () => {
    const change: CreatorOptions["change"] = ({ kind }) => ({
      kind: kind === "video" ? "photos" : "video",
    });
    const posts = creatorOf(handle, 5, { change }).posts;
    expect(posts.map(({ kind, images }) => [kind, images.length > 0])).toEqual([
      ...Array.from({ length: 4 }, () => ["photos", true]),
      ["video", false],
    ]);
    expect(posts[4]?.forms).toContain("play");
  });

  it("makes the same creator every time", () => {
    expect(creatorOf(handle, 30)).toEqual(creatorOf(handle, 30));
    expect(creatorOf(handle, 30).posts[29]).not.toEqual(creatorOf("other", 30).posts[29]);
  });
});

/** Entries whose address has this path. */
function entriesOf({ log }: Har, path: string | RegExp): HarEntry[] {
  return log.entries.filter(({ request }) => new URL(request.url).pathname.match(path) !== null);
}

/** The body of an entry, however it was kept; null when it was not. */
function bodyOf({ response }: HarEntry): Buffer | null {
  const { text, encoding } = response.content;
  return text === undefined ? null : Buffer.from(text, encoding === "base64" ? "base64" : "utf8");
}

/** Ids in the list answers of a record, in their order. */
function idsIn(har: Har): string[] {
  return entriesOf(har, /item_list/).flatMap((entry) => {
    const text = bodyOf(entry)?.toString() ?? "";
    return text === ""
      ? []
      : (JSON.parse(text) as { itemList: Item[] }).itemList.map(({ id }) => id);
  });
}

describe("records of a visit (HAR)", () => {
  it.each([
    [{ bodies: "text" }, 0],
    [{ bodies: "base64" }, 2],
    [{ bodies: "in-turn" }, 1],
  ] as [HarOptions, number][])("hold every post with %o", async (options, encoded) => {
    const tiktok = await start({}, creatorOf(handle, 50));
    const har = await recordHar(tiktok, options);
    expect(har.log.version).toBe("1.2");
    expect(idsIn(har)).toEqual(allIds(tiktok));
    const lists = entriesOf(har, /item_list/);
    expect(lists.filter(({ response }) => response.content.encoding === "base64")).toHaveLength(
      encoded,
    );
  });

  it("hold cookies, unless they were sanitized, and lack bodies that were not kept", async () => {
    const tiktok = await start({}, creatorOf(handle, 50));
    const har = await recordHar(tiktok, { missing: /item_list/, signedIn: true });
    const [list] = entriesOf(har, /item_list/);
    expect(list === undefined ? "" : bodyOf(list)).toBeNull();
    expect(list?.response.content.size).toBeGreaterThan(1000);
    expect(JSON.stringify(list?.request)).toContain("sessionid=");
    expect(JSON.stringify(entriesOf(har, "/passport/"))).toContain('"set-cookie"');
    const clean = JSON.stringify(await recordHar(tiktok, { sanitized: true, signedIn: true }));
    expect(clean).not.toMatch(/sessionid|set-cookie|"cookie"/);
  });

  it.each(["whole", "parts"] as const)("hold the files of opened posts (%s)", async (media) => {
    const tiktok = await start({}, creatorOf(handle, 6));
    const har = await recordHar(tiktok, { postsOpened: 5, media });
    const [video, , , , photos] = allIds(tiktok);
    const play = tiktok.media(video ?? "").find(({ form }) => form === "play");
    const parts = entriesOf(har, new RegExp(`${play?.path}$`));
    expect(parts.map(({ response }) => response.status)).toEqual(
      media === "parts" ? [206, 206] : [206],
    );
    const bytes = Buffer.concat(parts.map((entry) => bodyOf(entry) ?? Buffer.alloc(0)));
    expect(await sha256Of(new globalThis.Response(new Uint8Array(bytes)))).toBe(play?.sha256);
    for (const { form, path, bytes } of tiktok.media(photos ?? "")) {
      if (!form.startsWith("image")) continue;
      const [entry] = entriesOf(har, path);
      expect(entry === undefined ? null : bodyOf(entry)?.length).toBe(bytes);
    }
  });

  it("are the same in what matters when a real browser makes them", async () => {
    const tiktok = await start({}, creatorOf(handle, 80));
    const har = await recordHarInBrowser(tiktok, browser, { postsOpened: 2 });
    expect(idsIn(har)).toEqual(allIds(tiktok));
    const play = tiktok.media(allIds(tiktok)[0] ?? "").find(({ form }) => form === "play");
    expect(entriesOf(har, new RegExp(`${play?.path}$`))[0]?.response.status).toBe(206);
    expect(JSON.stringify(entriesOf(har, /item_list/)[0]?.request)).toContain("tt_chain_token");
  });
});
