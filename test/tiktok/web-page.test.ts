import { expect, test } from "vitest";
import { listAddress, listResponse } from "../../src/tiktok/web-list.ts";
import { rehydration } from "../../src/tiktok/web-page.ts";
import { webProfile } from "../../src/tiktok/web-profile.ts";
import { pageTrouble, statusTrouble } from "../../src/tiktok/web-trouble.ts";
import {
  mika,
  webItem,
  webListBody,
  webPage,
  webPicture,
  webUserInfo,
} from "../support/web-item.ts";

const from = { source: "har", observed: "2026-11-20T10:00:00.000Z" };
const profilePage = (statusCode: number, userInfo: unknown = webUserInfo()) =>
  webPage({ "webapp.app-context": {}, "webapp.user-detail": { userInfo, statusCode } });

test("A profile is told with its exact counts (row 14)", () => {
  const found = webProfile(webUserInfo(), from);
  expect(found).toMatchObject({ handle: "mika.draws", secUid: mika.secUid, privateAccount: false });
  expect(found?.profile).toMatchObject({
    ...{ type: "profile", handle: "mika.draws", displayName: "Mika ✏️ draws", posts: 3 },
    ...{ bio: "I draw.\nEvery day.", followers: 427_682, following: 12, likes: 6_764_096 },
    ...{ observed: from.observed, lemon8: null },
  });
  expect(found?.profile.avatar).toEqual([
    {
      at: "web",
      address: webPicture("0avatar1080000000000000000000000"),
      expires: "2030-03-17T17:46:40Z",
    },
    expect.objectContaining({ address: webPicture("0avatar0720000000000000000000000") }),
  ]);
});

test("An empty name is no name, and a Lemon8 website is told (rows 34, 36)", () => {
  const empty = webProfile(webUserInfo({ nickname: " ", signature: "" }), from);
  expect(empty?.profile).toMatchObject({ displayName: null, bio: null });
  const emoji = webProfile(webUserInfo({ nickname: "🚅" }), from);
  expect(emoji?.profile.displayName).toBe("🚅");
  const lemon8 = (link: string) =>
    webProfile(webUserInfo({ bioLink: { link } }), from)?.profile.lemon8;
  expect(lemon8("lemon8-app.com/mika.draws")).toBe("https://lemon8-app.com/mika.draws");
  expect(lemon8("https://notlemon8-app.com/x")).toBeNull();
  expect(webProfile({ user: {} }, from)).toBeNull();
  expect(webProfile(null, from)).toBeNull();
});

test("The data of a page is found in its HTML, in the new form and the old ones", () => {
  const page = rehydration(profilePage(0));
  expect(page).toMatchObject({ userDetail: { statusCode: 0 }, videoDetail: null, items: [] });
  expect(webProfile(page?.userDetail?.userInfo, from)?.handle).toBe("mika.draws");
  const post = rehydration(
    webPage({ "webapp.video-detail": { itemInfo: { itemStruct: webItem() }, statusCode: 0 } }),
  );
  expect(post?.videoDetail?.item).toMatchObject({ id: "7513039993741397256" });
  const { user, stats } = webUserInfo();
  const sigi = JSON.stringify({
    ItemModule: { "7513039993741397256": webItem({ author: "mika.draws" }) },
    UserModule: { users: { "mika.draws": user }, stats: { "mika.draws": stats } },
  });
  for (const id of ["SIGI_STATE", "sigi-persisted-data"]) {
    const old = rehydration(
      `<html><script id='${id}' type="application/json">${sigi}</script></html>`,
    );
    expect(old?.items).toHaveLength(1);
    expect(webProfile(old?.userDetail?.userInfo, from)?.profile.followers).toBe(427_700);
  }
});

test("HTML without data, or with broken data, has none", () => {
  expect(rehydration("")).toBeNull();
  expect(rehydration("<script id='SIGI_STATE'>{}")).toBeNull();
  expect(rehydration("<script id='SIGI_STATE'>{broken</script>")).toBeNull();
  expect(rehydration("<script ".repeat(20_000))).toBeNull();
});

test("Every status has a message of its own; one's own private account is fine (row 33)", () => {
  const statuses = [10204, 10216, 10221, 10222, 10231];
  const found = statuses.map((status) => statusTrouble(status));
  expect(found.map((trouble) => trouble?.kind)).toEqual([
    ...["not-available", "private-post", "no-such-account", "private-account", "region"],
  ]);
  expect(new Set(found.map((trouble) => trouble?.message)).size).toBe(statuses.length);
  expect(statusTrouble(99_999)).toMatchObject({
    kind: "refused",
    message: expect.stringContaining("99999"),
  });
  expect(statusTrouble(0)).toBeNull();
  expect(statusTrouble(null)).toBeNull();
  expect(statusTrouble(10_222, 0)?.kind).toBe("private-account");
  expect(pageTrouble({ html: profilePage(10_222) })).toBeNull();
  expect(pageTrouble({ html: profilePage(10_222, {}) })?.kind).toBe("private-account");
  // The page of nobody may still hold a name.
  expect(pageTrouble({ html: profilePage(10_221) })?.kind).toBe("no-such-account");
  expect(
    pageTrouble({ html: webPage({ "webapp.video-detail": { statusCode: 10_216 } }) })?.kind,
  ).toBe("private-post");
});

test("A sign-in page and a challenge are told apart from a page (row 33)", () => {
  const address = "https://www.tiktok.com/login?redirect_url=x";
  expect(pageTrouble({ address, html: "<html></html>" })?.kind).toBe("login");
  const challenge = '<html><p id="cs">x</p><p id="wci">y</p>Please wait...</html>';
  expect(pageTrouble({ html: challenge })?.kind).toBe("challenge");
  expect(pageTrouble({ html: "<script>var _wafchallengeid=1</script>" })?.kind).toBe("challenge");
  expect(pageTrouble({ html: `<html>${"x".repeat(640 - 13)}</html>` })?.kind).toBe("challenge");
  expect(pageTrouble({ html: "<html>Hello</html>" })).toBeNull();
  // A creator may write these words.
  const said = profilePage(0, webUserInfo({ signature: "Please wait..." }));
  expect(pageTrouble({ address: "https://www.tiktok.com/@login", html: said })).toBeNull();
});

test("A list tells its items and where the next page begins (row 16)", () => {
  const body = webListBody([webItem()], { hasMore: true, cursor: "1758331327601" });
  expect(listResponse(JSON.stringify(body))).toMatchObject({
    ...{ hasMore: true, cursor: "1758331327601", statusCode: 0, trouble: null },
  });
  const creator = { itemList: [], hasMorePrevious: 0, status_code: 0, cursor: 31_865 };
  expect(listResponse(JSON.stringify(creator))).toMatchObject({
    ...{ items: [], hasMore: false, cursor: "31865", trouble: null },
  });
});

test("Each way in which a list is none is told apart (row 16)", () => {
  const kinds = [
    ["", "empty"],
    ["  \n", "empty"],
    ["<html>Please wait...</html>", "challenge"],
    ["<html>Sorry</html>", "html"],
    ["{broken", "not-json"],
    ["5", "not-json"],
    ['{"hasMore":false,"statusCode":0}', "no-list"],
    ['{"itemList":null,"statusCode":"0"}', "no-list"],
    ['{"statusCode":10101}', "status"],
    ['{"status_code":"10222","itemList":[]}', "status"],
  ] as const;
  for (const [body, kind] of kinds)
    expect([body, listResponse(body).trouble?.kind]).toEqual([body, kind]);
  const messages = kinds.map(([body]) => listResponse(body).trouble?.message);
  expect(new Set(messages).size).toBe(new Set(kinds.map(([, kind]) => kind)).size + 1);
});

test("Only the lists of own posts are lists", () => {
  const origin = "https://www.tiktok.com/api";
  expect(listAddress(`${origin}/post/item_list/?secUid=MS4w&count=35&cursor=0`)).toEqual({
    ...{ list: "post", secUid: "MS4w", cursor: "0", order: "newest" },
  });
  const popular = `${origin}/post/item_list/?cursor=31865&post_item_list_request_type=1`;
  expect(listAddress(popular)).toMatchObject({ order: "popular", secUid: null });
  expect(listAddress(`${origin}/creator/item_list/?secUid=a&type=1`)?.list).toBe("creator");
  for (const other of ["repost", "favorite", "story", "recommend"]) {
    expect(listAddress(`${origin}/${other}/item_list/?secUid=a`)).toBeNull();
  }
  expect(listAddress("https://www.tiktok.com/@mika/api/post/item_list/")).toBeNull();
  expect(listAddress("not an address")).toBeNull();
});
