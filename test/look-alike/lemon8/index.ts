import { createServer } from "node:http";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { discoverPage, postPage, profilePage } from "./pages.ts";
import type { Lemon8Creator, Lemon8Post, ProfileFault, ShortLink } from "./scenario.ts";

export type { Lemon8Creator, ProfileFault } from "./scenario.ts";

/** One request that came. */
export interface Lemon8Request {
  path: string;
  headers: IncomingMessage["headers"];
}

/** A site on this machine that behaves like Lemon8's public pages and its short links. */
export interface Lemon8LookAlike {
  /** `http://127.0.0.1:PORT`; it stands for all of Lemon8's hosts. */
  origin: string;
  creator: Lemon8Creator;
  requests: Lemon8Request[];
  /** Where the links of `/al/CODE` lead. */
  links: Map<string, ShortLink>;
  fail(fault: ProfileFault | null): void;
  close(): Promise<void>;
}

/** The id of a post that was begun at this moment; `turn` tells several of one second apart. */
export function idAt(moment: string, turn = 1): string {
  return String((BigInt(Date.parse(moment) / 1000) << 32n) | BigInt(turn));
}

/** Starts the site on a free port. */
export async function startLemon8(handle = "mira.paints"): Promise<Lemon8LookAlike> {
  const creator: Lemon8Creator = { handle, posts: [], counts: usualCounts };
  const requests: Lemon8Request[] = [];
  const links = new Map<string, ShortLink>();
  let fault: ProfileFault | null = null;
  const server = createServer((request, response) => {
    const { pathname, search } = new URL(request.url ?? "/", "http://site.example");
    requests.push({ path: `${pathname}${search}`, headers: request.headers });
    response.setHeader("set-cookie", "tt_webid=740000000000000; Path=/; HttpOnly");
    const [, code] = /^\/al\/([\w-]+)$/.exec(pathname) ?? [];
    const [, who, id] = /^\/@([^/]+)(?:\/(\d+))?$/.exec(decodeURIComponent(pathname)) ?? [];
    if (code !== undefined) answerLink(response, links.get(code) ?? 404);
    else if (id !== undefined) html(response, postPage(creator, id, postOf(creator, id)));
    else if (who !== undefined) answerProfile(response, creator, who, fault);
    else if (pathname.startsWith("/discover/")) html(response, discoverPage());
    else plain(response, 404);
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", resolve);
  });
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    ...{ creator, requests, links },
    fail: (next) => {
      fault = next;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

const usualCounts = {
  ...{ followerCount: 1042, followingCount: 17, postCount: 23, dugCount: 918, favoredCount: 77 },
  ...{ diggCount: 4, favoriteCount: 9 },
};

function postOf({ posts }: Lemon8Creator, id: string): Lemon8Post | null {
  return posts.find((post) => post.id === id) ?? null;
}

function answerProfile(
  response: ServerResponse,
  creator: Lemon8Creator,
  who: string,
  fault: ProfileFault | null,
): void {
  switch (fault) {
    case "forbidden":
      return plain(response, 403);
    case "too-many":
      response.setHeader("retry-after", "3600");
      return plain(response, 429);
    case "missing":
      return plain(response, 404);
    case "server-error":
      return plain(response, 502);
    case "led-away":
      return sendOn(response, "https://elsewhere.example/@mira.paints");
    case "loop":
      return sendOn(response, `/@${who}`);
    case "cut":
      response.writeHead(200, { "content-type": "text/html", "content-length": "100000" });
      response.write("<!doctype html>");
      response.once("error", () => undefined);
      setImmediate(() => response.destroy());
      return;
    case "too-long":
      return html(response, `<!doctype html>${"<p>more</p>".repeat(1_000_000)}`);
    default:
      if (who.toLowerCase() === creator.handle.toLowerCase()) {
        return html(response, profilePage(creator, fault));
      }
      return plain(response, 404);
  }
}

function answerLink(response: ServerResponse, link: ShortLink): void {
  if (typeof link === "number") plain(response, link);
  else sendOn(response, link);
}

function sendOn(response: ServerResponse, location: string): void {
  response.writeHead(302, { location }).end();
}

function html(response: ServerResponse, text: string): void {
  response.writeHead(200, { "content-type": "text/html; charset=utf-8" }).end(text);
}

function plain(response: ServerResponse, status: number): void {
  response.writeHead(status, { "content-type": "text/plain" }).end("");
}
