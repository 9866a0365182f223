import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import type { LookAlikeCreator } from "./creator.ts";
import { itemOf, userInfoOf } from "./items.ts";
import type { ItemContext } from "./items.ts";
import { listPage, postsOfOthers, visiblePosts } from "./list.ts";
import type { MediaFile } from "./media-files.ts";
import {
  challengePage,
  homePage,
  loginPage,
  messageOf,
  postPage,
  profilePage,
  smallChallengePage,
  solvesChallenge,
} from "./pages.ts";
import type { PageContext } from "./pages.ts";
import { answer, cookiesOf } from "./requests.ts";
import type { ListFault, Scenario } from "./scenario.ts";

type Json = Record<string, unknown>;

/** What a page may wait for that a person does. */
export type Waited = "captcha" | "challenge" | "sign-in";

/** What the site needs to know. */
export interface SiteContext {
  creator: LookAlikeCreator;
  scenario(): Scenario;
  origin(): string;
  address(file: MediaFile, token: string): string;
}

/** The pages and the list, with what they remember. */
export interface Site {
  handle(request: IncomingMessage, response: ServerResponse): Promise<void>;
  /** The person has done it; waiting pages are told. */
  done(what: Waited): void;
  /** Counts list requests from 1 again, and forgets what was solved. */
  restart(): void;
  /** Lets waiting pages go. */
  close(): void;
}

const browserFolder = join(import.meta.dirname, "browser");
const year = 31_536_000;

/** Makes the site of one creator. */
export function siteOf(context: SiteContext): Site {
  const { creator } = context;
  const session = createHash("sha256").update(`session ${creator.handle}`).digest("hex");
  const nonces = new Set<string>();
  const usedSignatures = new Set<string>();
  const waiting = new Map<ServerResponse, Waited>();
  const solved = new Set<Waited>();
  let asked = 0;
  let answered = 0;
  let visitors = 0;
  let repeated: Json | null = null;
  let panels = 0;
  let sheetShown = false;

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? "/", context.origin());
    const cookies = cookiesOf(request);
    const { pathname } = url;
    if (cookies.get("sessionid") === session) solved.delete("sign-in");
    if (pathname.startsWith("/_look-alike/")) return machinery(url, response);
    if (pathname === "/captcha/verify") {
      done("captcha");
      return answer(
        response,
        200,
        "application/json",
        '{"code":200,"message":"Verification complete"}',
      );
    }
    if (pathname === "/passport/web/user/login/") return signInForm(request, response);
    if (pathname === "/api/post/item_list/") return list(request, response, url, cookies);
    if (pathname === "/api/repost/item_list/") return repostList(response, url, cookies);
    if (pathname.startsWith("/api/")) return answer(response, 200, "application/json", "");
    if (pathname === "/aweme/v1/play/") return answer(response, 403, "text/html", "Access Denied");
    if (pathname === "/favicon.ico") return answer(response, 404, "text/plain", "");
    return pages(response, url, cookies);
  }

  function machinery(url: URL, response: ServerResponse): void {
    if (url.pathname === "/_look-alike/wait") {
      const what = url.searchParams.get("for") as Waited;
      if (solved.has(what)) return release(response, what);
      waiting.set(response, what);
      response.on("close", () => waiting.delete(response));
      return;
    }
    const script = readFileSync(join(browserFolder, url.pathname.split("/").at(-1) ?? ""));
    answer(response, 200, "text/javascript", script);
  }

  function release(response: ServerResponse, what: Waited): void {
    if (what === "sign-in") response.setHeader("set-cookie", sessionCookies());
    answer(response, 200, "application/json", "{}");
  }

  function done(what: Waited): void {
    // A captcha stays solved; a sign-in holds until a page asks with the session's cookie: among those
    // that wait there may be a page that is gone already.
    solved.add(what);
    for (const [response, waited] of waiting) if (waited === what) release(response, what);
  }

  function pages(response: ServerResponse, url: URL, cookies: Map<string, string>): void {
    const scenario = context.scenario();
    const signedIn = cookies.get("sessionid") === session;
    const page = (html: string, status = 200): void =>
      answer(response, status, "text/html; charset=utf-8", html);
    const place = /^\/@([^/]*)(?:\/(video|photo)\/(\d+))?\/?$/.exec(
      decodeURIComponent(url.pathname),
    );
    const isProfile = place !== null && place[2] === undefined;
    if (scenario.profileTooMany && isProfile) return page("Too many requests", 429);
    if (!passed(scenario, cookies)) {
      const small = scenario.challenge === "640-bytes";
      return wall(
        response,
        small ? smallChallengePage() : challengePage(scenario.challenge === "waits"),
      );
    }
    const token = visitorCookies(response, cookies);
    const isLogin = /^\/login(\/|$)/.test(url.pathname);
    if (isLogin) return page(loginPage(url.pathname.endsWith("/email"), url.search));
    if (scenario.loginRedirect && !signedIn && place !== null) {
      const back = encodeURIComponent(context.origin() + url.pathname);
      return answer(response, 302, "text/html", "", { location: `/login?redirect_url=${back}` });
    }
    const nonce = createHash("sha256").update(`nonce ${nonces.size} ${token}`).digest("hex");
    nonces.add(nonce);
    const shared: PageContext = { creator, scenario, signedIn, origin: context.origin(), nonce };
    if (place === null) return page(homePage(shared));
    const [, handleText = "", kind, id = ""] = place;
    const items = itemContext(token, signedIn);
    if (kind === undefined)
      return page(profilePage(shared, handleText, detailOf(handleText, items)));
    const post = creator.posts.find((each) => each.id === id);
    const status = post === undefined ? 10204 : statusOf(post, signedIn);
    const item = status === 0 && post !== undefined ? itemOf(post, 0, items) : null;
    // A photo address tells nothing of its post, whatever its status.
    return page(
      postPage(
        shared,
        handleText,
        id,
        kind === "photo" ? null : item,
        kind === "photo" ? 0 : status,
      ),
    );
  }

  function statusOf(post: LookAlikeCreator["posts"][number], signedIn: boolean): number {
    const own = visiblePosts(creator, signedIn).includes(post);
    return post.status === 0 && !own ? 10216 : post.status;
  }

  function passed(scenario: Scenario, cookies: Map<string, string>): boolean {
    if (scenario.challenge === "none" || solved.has("challenge")) return true;
    const right = solvesChallenge(cookies.get("_wafchallengeid") ?? "");
    if (right && cookies.has("waforiginalreid")) solved.add("challenge");
    return solved.has("challenge");
  }

  /** `webapp.user-detail` of a profile. */
  function detailOf(handleText: string, items: ItemContext): Json {
    const { scenario, signedIn } = items;
    const code =
      handleText.toLowerCase() === creator.handle.toLowerCase() ? scenario.profileStatus : 10221;
    const hidden = code === 10222 && !signedIn;
    const publicPosts = visiblePosts(creator, false).length;
    const videoCount = scenario.videoCount ?? (hidden ? 0 : publicPosts);
    const known = code === 0 || code === 10222;
    return {
      ...(known && { userInfo: userInfoOf(items, videoCount) }),
      shareMeta: { title: code === 10221 ? "nickname on TikTok" : creator.displayName, desc: "" },
      statusCode: code,
      statusMsg: messageOf(code),
      needFix: true,
    };
  }

  function itemContext(token: string, signedIn: boolean): ItemContext {
    return {
      creator,
      scenario: context.scenario(),
      signedIn,
      origin: context.origin(),
      address: (file) => context.address(file, token),
    };
  }

  /** The list: what it answers, and what lies over the page from then on. */
  async function list(
    request: IncomingMessage,
    response: ServerResponse,
    url: URL,
    cookies: Map<string, string>,
  ): Promise<void> {
    const scenario = context.scenario();
    const number = ++asked;
    await wait(scenario.latency);
    const signedIn = cookies.get("sessionid") === session;
    const { searchParams } = url;
    const known = searchParams.get("secUid") === creator.secUid;
    if (!signed(request, url, cookies) || !known) return json(response, "");
    const over = coverOf(scenario, signedIn);
    if (over !== null) return answer(response, 200, "application/json", "", over);
    const fault = scenario.listFaults.find(({ on }) => on === "always" || on.includes(number));
    if (fault !== undefined) return failList(response, fault);

    const { repeatPage } = scenario;
    const again =
      repeatPage !== null &&
      number > repeatPage.from &&
      number <= repeatPage.from + repeatPage.times;
    const items = itemContext(cookies.get("tt_chain_token") ?? "", signedIn);
    const body = again && repeated !== null ? repeated : listBody(items, searchParams);
    if (number === repeatPage?.from) repeated = { ...body, hasMore: true };
    answered++;
    return json(response, JSON.stringify(number === repeatPage?.from ? repeated : body));
  }

  function listBody(items: ItemContext, query: URLSearchParams): Json {
    const { scenario, signedIn } = items;
    const hidden = scenario.profileStatus === 10222 && !signedIn;
    const count = Math.min(Number(query.get("count") ?? "15"), scenario.pageSize);
    const page = listPage(creator, scenario, query.get("cursor") ?? "0", count, signedIn);
    return {
      cursor: page.cursor,
      extra: { fatal_item_ids: [], logid: "202611200930050102030405", now: 1_763_600_000_000 },
      hasMore: page.hasMore && !hidden,
      itemList: hidden ? [] : page.posts.map((post, index) => itemOf(post, index, items)),
      log_pb: { impr_id: "202611200930050102030405" },
      statusCode: 0,
      status_code: 0,
      status_msg: "",
    };
  }

  /** Headers of the empty answer that makes the page cover itself; null when nothing lies over it. */
  function coverOf(scenario: Scenario, signedIn: boolean): Record<string, string> | null {
    const { captcha, loginSheet, somethingWentWrong } = scenario;
    if (captcha !== null && answered >= captcha.after && !solved.has("captcha")) {
      const verify = { code: "10000", type: "verify", subtype: "slide", region: "va", detail: "" };
      return { "bdturing-verify": JSON.stringify(verify), "x-look-alike-over": captcha.form };
    }
    if (loginSheet !== null && answered >= loginSheet.after && !signedIn && !sheetShown) {
      // Who closes the sheet may go on.
      sheetShown = loginSheet.closable;
      return { "x-look-alike-over": loginSheet.closable ? "sign-in-closable" : "sign-in" };
    }
    const wrong = somethingWentWrong;
    if (wrong !== null && answered >= wrong.after && panels < wrong.times) {
      panels++;
      return { "x-look-alike-over": "panel" };
    }
    return null;
  }

  function failList(response: ServerResponse, fault: ListFault): void {
    switch (fault.answer) {
      case "empty":
        return json(response, "");
      case "no-item-list":
        return json(response, '{"cursor":"0","hasMore":true,"statusCode":0,"status_code":0}');
      case "status-code": {
        const code = fault.statusCode ?? 10101;
        return json(
          response,
          JSON.stringify({ statusCode: code, status_code: code, status_msg: "" }),
        );
      }
      case "challenge":
        return wall(response, challengePage(true));
      case "640-bytes":
        return wall(response, smallChallengePage());
      case "too-many":
        return answer(response, 429, "text/plain", "", { "retry-after": "1" });
      case "server-error":
        return answer(response, 500, "text/plain", "");
      case "cut":
        response.writeHead(200, { "content-type": "application/json", "content-length": 5000 });
        response.write('{"itemList":[', () => setImmediate(() => response.destroy()));
        return undefined;
    }
  }

  async function repostList(
    response: ServerResponse,
    url: URL,
    cookies: Map<string, string>,
  ): Promise<void> {
    const signedIn = cookies.get("sessionid") === session;
    const items = itemContext(cookies.get("tt_chain_token") ?? "", signedIn);
    const count = url.searchParams.get("secUid") === creator.secUid ? items.scenario.reposts : 0;
    const itemList = postsOfOthers(count).map((post, index) => itemOf(post, index, items));
    json(response, JSON.stringify({ cursor: "0", hasMore: false, itemList, statusCode: 0 }));
  }

  /** Whether the page's own script made this request, once, in a browser that the page gave its cookies. */
  function signed(request: IncomingMessage, url: URL, cookies: Map<string, string>): boolean {
    const query = (request.url ?? "").split("?")[1] ?? "";
    const at = query.lastIndexOf("&X-Bogus=");
    const signature = url.searchParams.get("X-Bogus") ?? "";
    if (at === -1 || usedSignatures.has(signature)) return false;
    usedSignatures.add(signature);
    const own = [...nonces].some((nonce) => {
      const digest = createHash("sha256")
        .update(nonce + query.slice(0, at))
        .digest("hex");
      return digest.slice(0, 28) === signature;
    });
    const referer = URL.parse(request.headers.referer ?? "");
    const visited = ["tt_chain_token", "ttwid", "msToken"].every((name) => cookies.has(name));
    return own && visited && referer?.origin === context.origin();
  }

  async function signInForm(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const sent = JSON.parse(Buffer.concat(chunks).toString() || "{}") as Record<string, unknown>;
    if (sent["username"] === creator.handle && sent["password"] === creator.password) {
      response.setHeader("set-cookie", sessionCookies());
      return json(response, JSON.stringify({ message: "success", data: { name: creator.handle } }));
    }
    const description = "Username or password doesn't match our records. Try again.";
    const data = { error_code: 1009, description };
    return json(response, JSON.stringify({ message: "error", data }));
  }

  function sessionCookies(): string[] {
    const hidden = `Path=/; Max-Age=${year}; HttpOnly`;
    const names = ["sessionid", "sessionid_ss", "sid_tt", "sid_guard", "uid_tt"];
    return names.map((name) => `${name}=${session}; ${hidden}`);
  }

  /** Gives a new visitor their cookies; the value of `tt_chain_token` either way. */
  function visitorCookies(response: ServerResponse, cookies: Map<string, string>): string {
    const had = cookies.get("tt_chain_token");
    const number = had === undefined ? ++visitors : visitors;
    const made = (name: string): string =>
      createHash("sha256").update(`${name} ${number} ${creator.handle}`).digest("base64url");
    const token = had ?? made("tt_chain_token");
    const set: string[] = [];
    const give = (name: string, value: string, flags: string): void => {
      if (!cookies.has(name)) set.push(`${name}=${value}; Path=/; Max-Age=${year}${flags}`);
    };
    give("tt_chain_token", token, "; HttpOnly");
    give("ttwid", made("ttwid"), "; HttpOnly");
    give("msToken", made("msToken"), "");
    give("tt_csrf_token", made("tt_csrf_token"), "; HttpOnly");
    if (set.length > 0) response.setHeader("set-cookie", set);
    return token;
  }

  function restart(): void {
    asked = 0;
    answered = 0;
    panels = 0;
    sheetShown = false;
    repeated = null;
    solved.clear();
  }

  function close(): void {
    for (const [response] of waiting) response.destroy();
  }

  return { handle, done, restart, close };
}

/** Either page of the challenge, with the header that goes with it. */
function wall(response: ServerResponse, html: string): void {
  answer(response, 200, "text/html", html, { "x-tt-system-error": "3" });
}

function json(response: ServerResponse, body: string): void {
  answer(response, 200, "application/json; charset=utf-8", body);
}
