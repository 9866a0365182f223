import { createServer } from "node:http";
import type { RequestListener, Server } from "node:http";
import type { AddressInfo } from "node:net";
import { addressesOf } from "./addresses.ts";
import type { LookAlikeCreator } from "./creator.ts";
import { postsOfOthers } from "./list.ts";
import { avatarOf, filesOfPost, knownMedia } from "./media-files.ts";
import type { KnownMedia, MediaFile } from "./media-files.ts";
import { mediaHost } from "./media-host.ts";
import { see } from "./requests.ts";
import type { SeenRequest } from "./requests.ts";
import { usual } from "./scenario.ts";
import type { Scenario } from "./scenario.ts";
import { siteOf } from "./site.ts";

export { creatorOf } from "./creator.ts";
export type { CreatorOptions, LookAlikeCreator, LookAlikePost, VideoForm } from "./creator.ts";
export type { KnownMedia } from "./media-files.ts";
export type { SeenRequest } from "./requests.ts";
export type { ListFault, MediaFault, Scenario } from "./scenario.ts";

/** How the look-alike starts. */
export interface TikTokOptions {
  creator: LookAlikeCreator;
  scenario?: Partial<Scenario>;
  /** Milliseconds since 1970 for signed addresses; the machine's own when left out. */
  clock?: () => number;
}

/** A site on this machine that behaves like TikTok's pages and media hosts. */
export interface TikTokLookAlike {
  /** Pages and lists: `http://127.0.0.1:PORT`. */
  origin: string;
  /** Media: `127.0.0.1:PORT`, as `network.allowHosts` wants it. */
  mediaHost: string;
  /** Where a media request may be sent on to: `localhost:PORT`. */
  secondMediaHost: string;
  creator: LookAlikeCreator;
  /** The profile's address. */
  profile: string;
  /** Of both ports, in their order. */
  requests: readonly SeenRequest[];
  /** Only list requests of the creator's posts. */
  listRequests(): readonly SeenRequest[];
  /** Only requests to the media hosts. */
  mediaRequests(): readonly SeenRequest[];
  /** Changes the scenario while it runs; list requests are counted from 1 again and nothing counts as solved. */
  change(scenario: Partial<Scenario>): void;
  /** As if the person had solved the captcha or the challenge: pages go on. */
  solve(): void;
  /** As if the person had signed in by other means: an open sign-in page or sheet gets the session and goes on. */
  signIn(): void;
  /** Files of a post, or of `avatar`. */
  media(id: string): KnownMedia[];
  close(): Promise<void>;
}

/** Starts both servers on free ports of this machine. */
export async function startTikTok(options: TikTokOptions): Promise<TikTokLookAlike> {
  const { creator, clock = Date.now } = options;
  let scenario: Scenario = { ...usual, ...options.scenario };
  const requests: SeenRequest[] = [];
  const byPath = new Map<string, MediaFile>();
  for (const post of [...creator.posts, ...postsOfOthers(40)]) {
    for (const file of filesOfPost(post)) byPath.set(file.path, file);
  }
  const avatar = avatarOf(creator);
  byPath.set(avatar.path, avatar);

  const site = siteOf({
    creator,
    scenario: () => scenario,
    origin: () => origin,
    address: (file, token) => addresses.of(file, token),
  });
  const pages = await listen((request, response) => {
    if (!/^\/(_look-alike\/|favicon\.ico)/.test(request.url ?? "")) {
      requests.push(see(request, response));
    }
    response.on("error", () => undefined);
    site.handle(request, response).catch((error: unknown) => response.destroy(error as Error));
  });
  const origin = `http://127.0.0.1:${portOf(pages)}`;
  const media = await listen((request, response) => {
    requests.push(see(request, response));
    response.on("error", () => undefined);
    answerMedia(request, response).catch((error: unknown) => response.destroy(error as Error));
  });
  const host = `127.0.0.1:${portOf(media)}`;
  const secondMediaHost = `localhost:${portOf(media)}`;
  const addresses = addressesOf(
    `http://${host}`,
    `http://${secondMediaHost}`,
    clock,
    `secret of ${creator.handle}`,
  );
  const answerMedia = mediaHost({
    file: (path) => byPath.get(path),
    addresses,
    referers: ["https://www.tiktok.com", origin],
    faults: () => scenario.mediaFaults,
  });

  return {
    origin,
    mediaHost: host,
    secondMediaHost,
    creator,
    profile: `${origin}/@${creator.handle}`,
    requests,
    listRequests: () => requests.filter(({ path }) => path === "/api/post/item_list/"),
    mediaRequests: () =>
      requests.filter((each) => each.host === host || each.host === secondMediaHost),
    change(changes) {
      scenario = { ...scenario, ...changes };
      site.restart();
    },
    solve() {
      site.done("captcha");
      site.done("challenge");
    },
    signIn: () => site.done("sign-in"),
    media(id) {
      if (id === "avatar") return knownMedia(avatar);
      const post = creator.posts.find((each) => each.id === id);
      return post === undefined ? [] : filesOfPost(post).flatMap(knownMedia);
    },
    async close() {
      site.close();
      await Promise.all([pages, media].map(stop));
    },
  };
}

async function listen(listener: RequestListener): Promise<Server> {
  const server = createServer(listener);
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", resolve);
  });
  return server;
}

function portOf(server: Server): number {
  return (server.address() as AddressInfo).port;
}

function stop(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
