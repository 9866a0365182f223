import { createHash } from "node:crypto";
import type { LookAlikeCreator } from "./creator.ts";
import type { Scenario } from "./scenario.ts";

type Json = Record<string, unknown>;

/** What every page is told about its visitor. */
export interface PageContext {
  creator: LookAlikeCreator;
  scenario: Scenario;
  signedIn: boolean;
  origin: string;
  /** What the page's script signs its list requests with. */
  nonce: string;
}

/** The profile: data of the person without any post, and the script that asks for the posts. */
export function profilePage(context: PageContext, handle: string, detail: Json): string {
  const { creator, scenario, nonce } = context;
  const shown = Number(detail["statusCode"]) === 0 || scenario.profileStatus === 10222;
  const listed = shown && hasPosts(detail);
  const grid = listed
    ? `<div data-e2e="user-post-item-list" class="grid"></div><div class="end"></div>
<script src="/_look-alike/profile.js" data-nonce="${nonce}" data-sec-uid="${creator.secUid}"
 data-count="${scenario.pageSize}" data-handle="${escape(handle)}" data-reposts="${scenario.reposts}"
 data-signed-in="${context.signedIn}"></script>`
    : `<main class="DivErrorContainer"><p>${sentenceOf(scenario.profileStatus)}</p></main>`;
  const body = `${header(context)}
<div data-e2e="user-page"><h1 data-e2e="user-title">${escape(handle)}</h1>
<h2 data-e2e="user-subtitle">${escape(shown ? creator.displayName : "")}</h2>
<h2 data-e2e="user-bio">${escape(shown ? creator.bio : "")}</h2>${grid}</div>${cookieBanner(scenario)}`;
  const data = { "webapp.app-context": appContext(context), "webapp.user-detail": detail };
  return page(`${handle} | TikTok`, rehydration(context, data, sigiOfUser(context, detail)), body);
}

/** A post's page; `item` is null on `/photo/` addresses and where nothing is told. */
export function postPage(
  context: PageContext,
  handle: string,
  id: string,
  item: Json | null,
  statusCode: number,
): string {
  const canonical = `${context.origin}/@${handle}/video/${id}`;
  const detail =
    statusCode === 0
      ? { itemInfo: { itemStruct: item }, shareMeta: { title: "", desc: "" }, statusCode: 0 }
      : { statusCode, statusMsg: messageOf(statusCode) };
  const data = {
    "webapp.app-context": appContext(context),
    "seo.abtest": { canonical, pageId: id, vidList: [] },
    ...(item !== null || statusCode !== 0 ? { "webapp.video-detail": detail } : {}),
  };
  const video = (item?.["video"] ?? {}) as Json;
  const address = typeof video["playAddr"] === "string" ? video["playAddr"] : "";
  const player =
    address === "" ? "" : `<video controls preload="auto" src="${escape(address)}"></video>`;
  const body = `${header(context)}<div data-e2e="browse-video">${player}
<h1 data-e2e="browse-video-desc">${escape(String(item?.["desc"] ?? ""))}</h1></div>`;
  const sigi = item === null ? {} : { ItemModule: { [id]: item } };
  return page("TikTok", rehydration(context, data, sigi), body);
}

/** The first page of the site and of who has just signed in. */
export function homePage(context: PageContext): string {
  const data = { "webapp.app-context": appContext(context) };
  return page("TikTok - Make Your Day", rehydration(context, data, {}), header(context));
}

/** `/login`: the ways to sign in; `/login/phone-or-email/email`: the form. */
export function loginPage(form: boolean, search: string): string {
  const inside = form
    ? `<form><input name="username" type="text" placeholder="Email or username" autocomplete="webauthn">
<input type="password" placeholder="Password" autocomplete="new-password">
<p data-e2e="login-error-tip" role="status"></p>
<button type="submit" data-e2e="login-button">Log in</button></form>`
    : `<a data-e2e="channel-item" href="/login/phone-or-email/email${escape(search)}">Use phone / email / username</a>
<a data-e2e="channel-item" href="/login/qrcode${escape(search)}">Use QR code</a>`;
  const body = `<div id="loginContainer"><h2>Log in to TikTok</h2>${inside}</div>
<script src="/_look-alike/login.js"></script>`;
  return page("Log in | TikTok", "", body);
}

/** The page of the challenge, whose script looks for a number and comes back with a cookie. */
export function challengePage(waits: boolean): string {
  const seed = Buffer.from("look-alike challenge");
  const answer = createHash("sha256").update(seed).update("73").digest("base64");
  const task = { v: { a: seed.toString("base64"), b: "1700000000", c: answer }, s: "made up" };
  const encoded = Buffer.from(JSON.stringify(task)).toString("base64").replaceAll("=", "");
  return `<!DOCTYPE html><html><head><title>Please wait...</title></head><body>
<p id="cs" class="${encoded}"></p><p id="wci" class="_wafchallengeid"></p>
<p id="rci" class="waforiginalreid"></p><p id="rs" class="2026112009300501020304"></p>
<div>Please wait...</div>
<script src="/_look-alike/challenge.js" data-waits="${waits}"></script></body></html>`;
}

/** The same wall as a page of exactly 640 bytes. */
export function smallChallengePage(): string {
  const start = `<!DOCTYPE html><html><head><title>Please wait...</title></head><body><p id="wci" class="_wafchallengeid"></p><script src="/_look-alike/challenge.js" data-waits="true"></script><!--`;
  const end = `--></body></html>`;
  return `${start}${"x".repeat(640 - start.length - end.length)}${end}`;
}

/** Whether this is the value that the challenge's script puts into its cookie. */
export function solvesChallenge(cookie: string): boolean {
  try {
    const task = JSON.parse(Buffer.from(cookie, "base64").toString()) as { d?: string };
    return Buffer.from(task.d ?? "", "base64").toString() === "73";
  } catch {
    return false;
  }
}

/** What `statusMsg` says; the codes are TikTok's, the words are ours. */
export function messageOf(statusCode: number): string {
  return (
    {
      0: "",
      10204: "item doesn't exist",
      10216: "item is private",
      10221: "user doesn't exist",
      10222: "user is private",
      10231: "not available in this region",
    }[statusCode] ?? "something went wrong"
  );
}

function sentenceOf(statusCode: number): string {
  if (statusCode === 10221) return "Couldn't find this account";
  if (statusCode === 10222) return "This account is private";
  return "Something went wrong";
}

function hasPosts(detail: Json): boolean {
  const info = detail["userInfo"] as { stats?: { videoCount?: number } } | undefined;
  return (info?.stats?.videoCount ?? 0) > 0;
}

function appContext({ creator, signedIn, nonce }: PageContext): Json {
  return {
    language: "en",
    region: "US",
    appId: 1988,
    appType: "m",
    wid: nonce.slice(0, 19),
    odinId: nonce.slice(0, 19),
    csrfToken: `csrf-${nonce.slice(0, 8)}`,
    encryptedWebid: "",
    ...(signedIn && {
      user: {
        uid: creator.userId,
        uniqueId: creator.handle,
        nickName: creator.displayName,
        secUid: creator.secUid,
      },
    }),
  };
}

function sigiOfUser({ creator }: PageContext, detail: Json): Json {
  const info = detail["userInfo"] as { user?: Json; stats?: Json } | undefined;
  if (info?.user === undefined) return { UserPage: { statusCode: detail["statusCode"] } };
  return {
    UserPage: { statusCode: detail["statusCode"], uniqueId: creator.handle },
    UserModule: {
      users: { [creator.handle]: info.user },
      stats: { [creator.handle]: info.stats },
    },
    ItemModule: {},
    ItemList: { "user-post": { list: [], cursor: "0", hasMore: true } },
  };
}

function rehydration({ scenario }: PageContext, universal: Json, sigi: Json): string {
  if (scenario.rehydration === "none") return "";
  if (scenario.rehydration === "sigi") {
    return `<script id="SIGI_STATE" type="application/json">${json(sigi)}</script>`;
  }
  const data = Object.fromEntries([["__DEFAULT_SCOPE__", universal]]);
  return `<script id="__UNIVERSAL_DATA_FOR_REHYDRATION__" type="application/json">${json(data)}</script>`;
}

function header({ creator, signedIn }: PageContext): string {
  return signedIn
    ? `<header><a data-e2e="nav-profile" href="/@${creator.handle}">Profile</a><div data-e2e="profile-icon"></div></header>`
    : `<header><a data-e2e="top-login-button" href="/login">Log in</a></header>`;
}

/** A custom element with its own tree, as the real banner; it lies over the lower half of the page. */
function cookieBanner({ cookieBanner }: Scenario): string {
  return cookieBanner
    ? `<tiktok-cookie-banner></tiktok-cookie-banner><script src="/_look-alike/cookie-banner.js"></script>`
    : "";
}

function page(title: string, data: string, body: string): string {
  return `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>${escape(title)}</title>
<style>body{margin:0;font-family:sans-serif}.grid{display:grid;grid-template-columns:repeat(4,1fr);gap:8px}
.grid>div{height:300px;overflow:hidden;background:#eee}.grid img{width:100%;height:240px;object-fit:cover}
.end{height:20px}.cover-all{position:fixed;inset:0;background:#000a;display:grid;place-items:center;z-index:9}
.cover-all>div{background:#fff;padding:24px;width:380px}.track{position:relative;height:44px;background:#ddd}
.track button{position:absolute;left:0;height:44px;width:60px}video{width:180px;height:320px}</style>
${data}</head><body>${body}</body></html>`;
}

function json(value: unknown): string {
  return JSON.stringify(value).replaceAll("<", "\\u003C");
}

/** Text for HTML, in elements and in attributes. */
function escape(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}
