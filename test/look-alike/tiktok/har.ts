import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import type { TikTokLookAlike } from "./index.ts";

/** What the recorded visit does and how its bodies are kept. */
export interface HarOptions {
  /** JSON bodies as text (Chrome), as base64 (other tools), or in turn. Files are base64 always. */
  bodies?: "text" | "base64" | "in-turn";
  /** Paths whose bodies were not kept, as of answers that the browser had thrown away. */
  missing?: RegExp;
  /** How many of the newest posts are opened, so that their files are in the record. */
  postsOpened?: number;
  /** Files of opened posts in one piece, or videos in two parts as a player asks for them. */
  media?: "whole" | "parts";
  /** Chrome's usual export since 2024-10 leaves cookie headers out; "with sensitive data" has them. */
  sanitized?: boolean;
  /** The visitor is signed in as the creator. */
  signedIn?: boolean;
}

/** One request and its answer, as HAR 1.2 has them. */
export interface HarEntry {
  startedDateTime: string;
  request: { method: string; url: string; headers: HarHeader[]; cookies: HarHeader[] };
  response: {
    status: number;
    headers: HarHeader[];
    cookies: HarHeader[];
    content: { size: number; mimeType: string; text?: string; encoding?: string };
  };
}

/** A record of a visit, as HAR 1.2 has it. */
export interface Har {
  log: { version: string; creator: { name: string }; entries: HarEntry[] };
}

interface HarHeader {
  name: string;
  value: string;
}

/** Visits the profile the way the page does, without a browser, and records it like Chrome's "Save all as HAR". */
export async function recordHar(tiktok: TikTokLookAlike, options: HarOptions = {}): Promise<Har> {
  const jar = new Map<string, string>([["s_v_web_id", "verify_madeup"]]);
  const entries: HarEntry[] = [];
  let last = Date.UTC(2026, 10, 20, 10);

  async function visit(
    url: string,
    headers: Record<string, string> = {},
    init: { method?: string; body?: string } = {},
  ): Promise<Buffer> {
    const own = new URL(url).hostname === new URL(tiktok.origin).hostname;
    const sent: Record<string, string> = {
      "user-agent": "Mozilla/5.0 (X11; Linux x86_64) Chrome/140.0.0.0 Safari/537.36",
      ...(own && jar.size > 0 && { cookie: cookieHeader(jar) }),
      ...headers,
    };
    const response = await fetch(url, { ...init, headers: sent, redirect: "manual" });
    const bytes = Buffer.from(await response.arrayBuffer());
    for (const cookie of response.headers.getSetCookie()) {
      const [pair = ""] = cookie.split(";");
      jar.set(pair.slice(0, pair.indexOf("=")), pair.slice(pair.indexOf("=") + 1));
    }
    last += 137;
    const { status } = response;
    const answer = { status, headers: [...response.headers], bytes };
    const entry = entryOf(
      last,
      { method: init.method ?? "GET", url, sent, answer },
      entries.length,
      options,
    );
    entries.push(entry);
    return bytes;
  }

  if (options.signedIn === true) await signIn(tiktok, visit);
  const page = (await visit(tiktok.profile)).toString();
  const nonce = /data-nonce="([^"]+)"/.exec(page)?.[1] ?? "";
  const items = await readList(tiktok, nonce, visit);
  for (const item of items.slice(0, options.postsOpened ?? 0)) {
    const address = `${tiktok.profile}/video/${item.id}`;
    await visit(address);
    const referer = { referer: `${tiktok.origin}/` };
    if (typeof item.video?.playAddr === "string" && item.video.playAddr !== "") {
      const ranges = options.media === "parts" ? ["bytes=0-4095", "bytes=4096-"] : ["bytes=0-"];
      for (const range of ranges) await visit(item.video.playAddr, { ...referer, range });
    }
    for (const image of item.imagePost?.images ?? []) {
      await visit(image.imageURL.urlList[0] ?? "", referer);
    }
  }
  return {
    log: { version: "1.2", creator: { name: "WebInspector" }, entries, ...pagesOf(tiktok) },
  };
}

/** The same by a real browser: Playwright writes the record while somebody scrolls to the end. */
export async function recordHarInBrowser(
  tiktok: TikTokLookAlike,
  browser: Browser,
  options: { postsOpened?: number } = {},
): Promise<Har> {
  const folder = mkdtempSync(join(tmpdir(), "findmehere-har-"));
  const path = join(folder, "visit.har");
  try {
    const context = await browser.newContext({
      recordHar: { path, content: "embed", mode: "full" },
    });
    const page = await context.newPage();
    const isList = (response: { url(): string }): boolean =>
      new URL(response.url()).pathname === "/api/post/item_list/";
    let listed = page.waitForResponse(isList);
    await page.goto(tiktok.profile);
    const links: string[] = [];
    for (let more = true; more;) {
      const body = (await (await listed).json()) as { hasMore: boolean; itemList: Item[] };
      for (const { id } of body.itemList) links.push(`${tiktok.profile}/video/${id}`);
      more = body.hasMore;
      listed = more ? page.waitForResponse(isList) : listed;
      if (more) await page.mouse.wheel(0, 20_000);
    }
    for (const link of links.slice(0, options.postsOpened ?? 0)) {
      await page.goto(link, { waitUntil: "load" });
      await page.waitForFunction("(document.querySelector('video')?.readyState ?? 4) >= 3");
    }
    // The record is written when the context closes.
    await context.close();
    return JSON.parse(readFileSync(path, "utf8")) as Har;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

type Visit = (
  url: string,
  headers?: Record<string, string>,
  init?: { method?: string; body?: string },
) => Promise<Buffer>;

interface Item {
  id: string;
  video?: { playAddr: unknown };
  imagePost?: { images: { imageURL: { urlList: string[] } }[] };
}

async function signIn(tiktok: TikTokLookAlike, visit: Visit): Promise<void> {
  const { handle, password } = tiktok.creator;
  await visit(`${tiktok.origin}/login/phone-or-email/email`);
  await visit(
    `${tiktok.origin}/passport/web/user/login/`,
    { "content-type": "application/json" },
    { method: "POST", body: JSON.stringify({ username: handle, password }) },
  );
}

/** Asks for the list as the page's script does, until it says that there is no more or nothing comes three times. */
async function readList(tiktok: TikTokLookAlike, nonce: string, visit: Visit): Promise<Item[]> {
  const items: Item[] = [];
  let cursor = "0";
  let failures = 0;
  for (let number = 1; failures < 3; number++) {
    const query = new URLSearchParams({
      aid: "1988",
      count: "35",
      cursor,
      needPinnedItemIds: "true",
      post_item_list_request_type: "0",
      secUid: tiktok.creator.secUid,
      WebIdLastTime: `180000${number}`,
    }).toString();
    const digest = createHash("sha256")
      .update(nonce + query)
      .digest("hex");
    const address = `${tiktok.origin}/api/post/item_list/?${query}&X-Bogus=${digest.slice(0, 28)}`;
    const body = parsed((await visit(address, { referer: tiktok.profile })).toString());
    if (body?.itemList === undefined) {
      failures++;
      continue;
    }
    failures = 0;
    items.push(...body.itemList);
    cursor = body.cursor;
    if (!body.hasMore) break;
  }
  return items;
}

function parsed(text: string): { cursor: string; hasMore: boolean; itemList?: Item[] } | null {
  try {
    return JSON.parse(text) as { cursor: string; hasMore: boolean; itemList?: Item[] };
  } catch {
    return null;
  }
}

interface Exchange {
  method: string;
  url: string;
  sent: Record<string, string>;
  answer: { status: number; headers: [string, string][]; bytes: Buffer };
}

function entryOf(at: number, exchange: Exchange, number: number, options: HarOptions): HarEntry {
  const { method, url, sent, answer } = exchange;
  const isSecret = (name: string): boolean =>
    options.sanitized === true && ["cookie", "set-cookie", "authorization"].includes(name);
  const requestHeaders = Object.entries(sent).filter(([name]) => !isSecret(name));
  const responseHeaders = answer.headers.filter(([name]) => !isSecret(name));
  const type = answer.headers.find(([name]) => name === "content-type")?.[1] ?? "";
  const asBase64 =
    !/^(text|application\/json)/.test(type) ||
    options.bodies === "base64" ||
    (options.bodies === "in-turn" && number % 2 === 1);
  const kept = options.missing?.test(new URL(url).pathname) !== true;
  const text = answer.bytes.toString(asBase64 ? "base64" : "utf8");
  const entry = {
    _resourceType: type.startsWith("text/html") ? "document" : "fetch",
    cache: {},
    connection: "443",
    pageref: "page_1",
    request: {
      method,
      url,
      httpVersion: "http/2.0",
      headers: requestHeaders.map(([name, value]) => ({ name, value })),
      queryString: [...new URL(url).searchParams].map(([name, value]) => ({ name, value })),
      cookies: options.sanitized === true ? [] : cookieList(sent["cookie"] ?? ""),
      headersSize: -1,
      bodySize: 0,
    },
    response: {
      status: answer.status,
      statusText: "",
      httpVersion: "http/2.0",
      headers: responseHeaders.map(([name, value]) => ({ name, value })),
      cookies: responseHeaders
        .filter(([name]) => name === "set-cookie")
        .flatMap(([, value]) => cookieList(value.split(";")[0] ?? "")),
      content: {
        size: answer.bytes.length,
        mimeType: type.split(";")[0] ?? "",
        ...(kept && { text }),
        ...(kept && asBase64 && { encoding: "base64" }),
      },
      redirectURL: "",
      headersSize: -1,
      bodySize: -1,
      _transferSize: answer.bytes.length,
      _error: null,
    },
    serverIPAddress: "127.0.0.1",
    startedDateTime: new Date(at).toISOString(),
    time: 40,
    timings: { blocked: 1, dns: -1, ssl: -1, connect: -1, send: 1, wait: 30, receive: 8 },
  };
  return entry;
}

function pagesOf(tiktok: TikTokLookAlike): Record<string, unknown> {
  const startedDateTime = new Date(Date.UTC(2026, 10, 20, 10)).toISOString();
  const pageTimings = { onContentLoad: 400, onLoad: 700 };
  return { pages: [{ startedDateTime, id: "page_1", title: tiktok.profile, pageTimings }] };
}

function cookieHeader(jar: ReadonlyMap<string, string>): string {
  return [...jar].map(([name, value]) => `${name}=${value}`).join("; ");
}

function cookieList(header: string): HarHeader[] {
  return header.split("; ").flatMap((pair) => {
    const at = pair.indexOf("=");
    return at === -1 ? [] : [{ name: pair.slice(0, at), value: pair.slice(at + 1) }];
  });
}
