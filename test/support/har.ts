import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { mika, webListBody, webPage, webUserInfo } from "./web-item.ts";

/** Everything in a HAR file that must never leave it. */
export const harSecrets = [
  "secret-session-cookie",
  "secret-chain-token",
  "secret-ms-token",
  "secret-set-cookie",
  "secret-authorization",
  "secret-post-data",
  "secret-signature",
];

/** One request with its answer. */
export interface HarPart {
  url: string;
  /** ISO 8601 with its zone. */
  started?: string;
  method?: string;
  status?: number;
  type?: string;
  /** A Buffer is saved as base64, as browsers do with what is no text; undefined: the body was not saved. */
  body?: string | Buffer | undefined;
  /** Length of the body as the browser counted it; the body's own otherwise. */
  size?: number;
  headers?: Record<string, string>;
  /** Keys that go into the entry or its content beside the usual ones. */
  more?: Record<string, unknown>;
  content?: Record<string, unknown>;
}

/** The HAR text as Chrome writes it: the body before its encoding, fields of its own, comments. */
export function harText(parts: readonly HarPart[], titles: readonly string[] = []): string {
  const log = {
    version: "1.2",
    creator: { name: "WebInspector", version: "537.36" },
    pages: titles.map((title, index) => ({
      ...{ startedDateTime: "2026-11-20T10:00:00.000Z", id: `page_${index + 1}`, title },
      pageTimings: { onContentLoad: 1, onLoad: null },
    })),
    entries: parts.map(harEntry),
    comment: "saved by hand",
  };
  return JSON.stringify({ log }, null, 2);
}

function harEntry(part: HarPart, index: number): Record<string, unknown> {
  const { url, method = "GET", status = 200, type = "application/json", body } = part;
  const cookie = "sessionid=secret-session-cookie; tt_chain_token=secret-chain-token";
  return {
    _initiator: { type: "script", stack: { callFrames: [{ url }] } },
    _resourceType: "xhr",
    cache: {},
    pageref: "page_1",
    request: {
      ...{ method, url, httpVersion: "h3" },
      headers: [
        { name: "Cookie", value: cookie },
        { name: "Authorization", value: "Bearer secret-authorization" },
      ],
      queryString: [{ name: "msToken", value: "secret-ms-token" }],
      cookies: [{ name: "sessionid", value: "secret-session-cookie", comment: "" }],
      postData: { mimeType: "text/plain", text: "secret-post-data" },
      ...{ headersSize: -1, bodySize: 0 },
    },
    response: {
      ...{ status, statusText: "", httpVersion: "h3", redirectURL: "", headersSize: -1 },
      headers: [
        { name: "Set-Cookie", value: "msToken=secret-set-cookie; Secure" },
        ...Object.entries(part.headers ?? {}).map(([name, value]) => ({ name, value })),
      ],
      cookies: [{ name: "msToken", value: "secret-set-cookie" }],
      content: {
        size: part.size ?? (body === undefined ? 1234 : Buffer.byteLength(body)),
        mimeType: type,
        compression: 7,
        ...(body !== undefined &&
          (typeof body === "string"
            ? { text: body }
            : { text: body.toString("base64"), encoding: "base64" })),
        ...part.content,
      },
      _transferSize: 99,
    },
    serverIPAddress: "[::1]",
    startedDateTime: part.started ?? new Date(Date.UTC(2026, 10, 20, 10, 0, index)).toISOString(),
    time: 12.5,
    timings: { blocked: -1, dns: -1, send: 0, wait: 12, receive: 0 },
    ...part.more,
  };
}

/** Writes a HAR file into a folder and answers its path. */
export async function harFile(
  folder: string,
  parts: readonly HarPart[],
  titles: readonly string[] = [],
): Promise<string> {
  const path = join(folder, "page.har");
  await writeFile(path, harText(parts, titles));
  return path;
}

/** The profile page as it came first. */
export function harProfile(userInfo: unknown = webUserInfo(), origin = site): HarPart {
  const { uniqueId } = (userInfo as { user: { uniqueId: string } }).user;
  return {
    url: `${origin}/@${uniqueId}?lang=en&msToken=secret-ms-token`,
    type: "text/html; charset=utf-8",
    body: webPage({ "webapp.user-detail": { userInfo, statusCode: 0 } }),
  };
}

const site = "https://www.tiktok.com";

/** One page of the list of posts. */
export function harList(
  items: readonly unknown[],
  asked: {
    cursor?: string;
    next?: string | null;
    secUid?: string;
    list?: string;
    origin?: string;
  } = {},
): HarPart {
  const { cursor = "0", next = null, secUid = mika.secUid, list = "post", origin = site } = asked;
  const body = webListBody(items, { hasMore: next !== null, cursor: next ?? "1" });
  return {
    url: `${origin}/api/${list}/item_list/?aid=1988&count=35&cursor=${cursor}&secUid=${secUid}&msToken=secret-ms-token&X-Bogus=secret-signature`,
    body: JSON.stringify(body),
  };
}
