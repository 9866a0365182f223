import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { MediaOrigin, WebOrigin } from "../../src/core/post.ts";
import { download } from "../../src/download/download.ts";
import { hostRule } from "../../src/download/hosts.ts";
import { downloadAll } from "../../src/download/pool.ts";
import { startMediaServer, type Fault, type MediaServer } from "../support/media-server.ts";
import { unplayable, withoutSound, withSound } from "../support/sample-videos.ts";
import { contextFor, failureOf, freshFolder, pictureBytes, sha256, signature } from "./helpers.ts";

let server: MediaServer;
let folder: string;

beforeAll(async () => {
  server = await startMediaServer();
});
afterAll(() => server.close());
beforeEach(async () => {
  server.reset();
  folder = await freshFolder();
});

const past = "2026-11-10T00:00:00Z";

/** Puts bytes on the server and names the way to them. */
function way(
  path: string,
  bytes: Buffer,
  faults: Fault[] = [],
  more: Partial<WebOrigin> = {},
): WebOrigin {
  server.put(path, bytes, faults);
  return { at: "web", address: server.address(path, signature), expires: null, ...more };
}

/** A request for a video over these ways. */
function overWays(first: MediaOrigin, ...others: MediaOrigin[]) {
  const origins = [first, ...others] as const;
  return { origins, folder, name: "video", expect: "video" as const };
}

const asked = () => server.requests.map((each) => each.path);

describe("a way that fails for good leads to the next one", () => {
  test.each([
    ["403", [{ kind: "status", status: 403 }], 1],
    ["404", [{ kind: "status", status: 404 }], 1],
    ["a page", [{ kind: "html" }], 2],
    ["nothing", [{ kind: "empty" }], 2],
    ["a redirect to a stranger", [{ kind: "redirect", to: "https://evil.example/" }], 1],
    ["a fault that stays", [{ kind: "status", status: 503 }], 5],
  ] as [string, Fault[], number][])("%s", async (_name, faults, times) => {
    const request = overWays(way("/a", withSound, faults), way("/b", withSound));
    const result = await download(request, contextFor(server));
    expect(result).toMatchObject({ file: "video.mp4", sha256: sha256(withSound), silent: false });
    expect(result.origin).toBe(request.origins[1]);
    expect([server.count("/a"), server.count("/b")]).toEqual([times, 1]);
    expect(await readdir(folder)).toEqual(["video.mp4"]);
  });

  test("a picture in place of the video, a stranger's address and a dead link too", async () => {
    const dead = way("/dead", withSound, [], { expires: past });
    const stranger: WebOrigin = { at: "web", address: "https://evil.example/v", expires: null };
    const request = overWays(dead, stranger, way("/picture", pictureBytes()), way("/b", withSound));
    const result = await download(request, contextFor(server));
    expect(result.sha256).toBe(sha256(withSound));
    expect(asked()).toEqual(["/picture", "/picture", "/b"]);
  });

  test("where none is left the first failure is told, and one that passes before it", async () => {
    const gone: Fault[] = [{ kind: "status", status: 404 }];
    const none = overWays(
      way("/a", withSound, [{ kind: "status", status: 403 }]),
      way("/b", withSound, gone),
    );
    expect((await failureOf(download(none, contextFor(server)))).class).toBe("forbidden");
    const later = overWays(
      way("/c", withSound, gone),
      way("/d", withSound, [{ kind: "status", status: 500 }]),
    );
    expect((await failureOf(download(later, contextFor(server)))).class).toBe("server");
  });

  test("a single dead link is asked once: the clock may be wrong", async () => {
    const request = overWays(way("/dead", withSound, [], { expires: past }));
    expect((await download(request, contextFor(server))).bytes).toBe(withSound.length);
  });
});

describe("what the next way would meet too stops", () => {
  test.each([
    ["a line that breaks", [{ kind: "cut", after: 100 }], "transfer"],
    ["slow down", [{ kind: "status", status: 429 }], "busy"],
  ] as [string, Fault[], string][])("%s", async (_name, faults, errorClass) => {
    const request = overWays(way("/a", withSound, faults), way("/b", withSound));
    const error = await failureOf(download(request, contextFor(server, { retries: 1 })));
    expect(error.class).toBe(errorClass);
    expect(server.count("/b")).toBe(0);
  });

  test("a folder that cannot be made", async () => {
    const request = overWays(way("/a", withSound), way("/b", withSound));
    const wrong = { ...request, folder: "/dev/null/posts" };
    expect((await failureOf(download(wrong, contextFor(server)))).class).toBe("file");
    expect(server.requests).toEqual([]);
  });

  test("a stop", async () => {
    const stop = new AbortController();
    const request = overWays(
      way("/a", withSound, [{ kind: "stall", after: 2000 }]),
      way("/b", withSound),
    );
    const context = contextFor(server, { signal: stop.signal, onBytes: () => stop.abort() });
    expect((await failureOf(download(request, context))).class).toBe("stopped");
    expect(server.count("/b")).toBe(0);
    expect((await readdir(folder)).toSorted()).toEqual(["video.part", "video.part.json"]);
  });
});

describe("TikTok's mark", () => {
  const marked = { watermarked: true } as const;

  test("is taken where the clean form is refused, and known", async () => {
    const clean = way("/clean", withSound, [{ kind: "status", status: 403 }]);
    const request = overWays(clean, way("/marked", withSound, [], marked));
    const { origin } = await download(request, contextFor(server));
    expect(origin.watermarked).toBe(true);
  });

  test("is not taken where the clean form may come tomorrow", async () => {
    const clean = way("/clean", withSound, [{ kind: "status", status: 503 }]);
    const request = overWays(clean, way("/marked", withSound, [], marked));
    expect((await failureOf(download(request, contextFor(server)))).class).toBe("server");
    expect(server.count("/marked")).toBe(0);
  });
});

describe("sound", () => {
  test("a form without it, or one that no player knows, leads to the next one", async () => {
    const request = overWays(
      way("/bytevc2", unplayable),
      way("/silent", withoutSound),
      way("/sound", withSound),
      way("/never", withSound),
    );
    const result = await download(request, contextFor(server));
    expect(result).toMatchObject({ sha256: sha256(withSound), silent: false });
    expect(asked()).toEqual(["/bytevc2", "/silent", "/sound"]);
    expect(await readdir(folder)).toEqual(["video.mp4"]);
  });

  test("where no form has it, the one that plays is kept and two of them are believed", async () => {
    const request = overWays(
      way("/bytevc2", unplayable),
      way("/silent", withoutSound),
      way("/mirror", withoutSound),
      way("/never", withSound),
    );
    const result = await download(request, contextFor(server));
    expect(result).toMatchObject({ sha256: sha256(withoutSound), silent: true });
    expect(result.origin).toBe(request.origins[1]);
    expect(asked()).toEqual(["/bytevc2", "/silent", "/mirror"]);
    expect(await readdir(folder)).toEqual(["video.mp4"]);
    expect(await readFile(join(folder, "video.mp4"))).toEqual(withoutSound);
  });

  test("the mirrors of one form are one: the next form is asked for, and no mirror of a silent one", async () => {
    const path = "/tos-ve/oSilent0Object12/";
    const first = way(path, withoutSound);
    const mirror: WebOrigin = { ...first, address: server.address(path, `${signature}&line=1`) };
    const request = overWays(first, mirror, way("/sound", withSound));
    const result = await download(request, contextFor(server));
    expect(result).toMatchObject({ sha256: sha256(withSound), silent: false });
    expect(asked()).toEqual([path, "/sound"]);
  });

  test("a silent form without TikTok's mark is better than a marked one", async () => {
    const marked = way("/marked", withSound, [], { watermarked: true });
    const request = overWays(way("/silent", withoutSound), marked);
    expect(await download(request, contextFor(server))).toMatchObject({ silent: true });
    expect(asked()).toEqual(["/silent"]);
  });

  test("the silent one is kept where the others fail", async () => {
    const request = overWays(
      way("/silent", withoutSound),
      way("/gone", withSound, [{ kind: "status", status: 410 }]),
      way("/page", withSound, [{ kind: "html" }]),
    );
    expect(await download(request, contextFor(server))).toMatchObject({
      silent: true,
      sha256: sha256(withoutSound),
    });
    expect(await readdir(folder)).toEqual(["video.mp4"]);
  });

  test("what cannot be looked into is taken as it is, and so is what has no other way", async () => {
    const odd = Buffer.concat([withSound.subarray(0, 40), Buffer.alloc(4000, 7)]);
    const result = await download(
      overWays(way("/odd", odd), way("/b", withSound)),
      contextFor(server),
    );
    expect(result).toMatchObject({ sha256: sha256(odd), silent: false });
    const alone = { ...overWays(way("/silent", withoutSound)), name: "alone" };
    expect(await download(alone, contextFor(server))).toMatchObject({ silent: false });
  });
});

describe("what a page sends along", () => {
  const referer = "https://www.tiktok.com/";
  const cookie = "tt_chain_token=SECRETCOOKIE";
  const wants: Fault = { kind: "wants", referer, cookie };
  const headers = () => ({ Referer: referer, Cookie: cookie, Range: "bytes=7-" });

  test("opens what is closed to others, and steers nothing else", async () => {
    const request = overWays(way("/v", withSound, [wants], { headers }));
    expect((await download(request, contextFor(server))).sha256).toBe(sha256(withSound));
    expect(server.requests[0]).toMatchObject({ referer, cookie, range: null });
  });

  test("goes along when a download is resumed", async () => {
    const cut: Fault = { kind: "cut", after: 9000, times: 1 };
    const request = overWays(way("/v", withSound, [wants, cut], { headers }));
    expect((await download(request, contextFor(server))).resumed).toBe(true);
    expect(server.requests.map((each) => [each.range, each.cookie])).toEqual([
      [null, cookie],
      ["bytes=9000-", cookie],
    ]);
  });

  test("is asked anew for every redirect, and never for a host that is refused", async () => {
    const other = await startMediaServer();
    other.put("/v", withSound);
    const towards: string[] = [];
    const byHost = (address: string) => {
      towards.push(new URL(address).host);
      return address.startsWith(server.origin) ? headers() : { referer };
    };
    const leads: Fault[] = [wants, { kind: "redirect", to: other.address("/v", signature) }];
    const request = overWays(way("/go", withSound, leads, { headers: byHost }));
    const allowedHosts = hostRule([server.host, other.host]);
    await download(request, { ...contextFor(server), allowedHosts });
    expect(towards).toEqual([server.host, other.host]);
    expect(server.requests[0]?.cookie).toBe(cookie);
    expect(other.requests[0]).toMatchObject({ referer, cookie: null });

    towards.length = 0;
    const error = await failureOf(download({ ...request, name: "again" }, contextFor(server)));
    expect(error.class).toBe("host-refused");
    expect(towards).toEqual([server.host]);
    expect(other.requests).toHaveLength(1);
    await other.close();
  });

  test("stands in no error and in no note of a part", async () => {
    const faults: Fault[][] = [
      [{ kind: "status", status: 403 }],
      [{ kind: "cut", after: 100 }],
      [{ kind: "html" }],
    ];
    const texts: string[] = [];
    for (const each of faults) {
      const request = overWays(way("/v", withSound, each, { headers }));
      const error = await failureOf(download(request, contextFor(server, { retries: 0 })));
      texts.push(error.message, error.stack ?? "", JSON.stringify(error), String(error.cause));
    }
    const broken = () => ({ cookie: `${cookie}\n` });
    const wrong = overWays(way("/v", withSound, [], { headers: broken }));
    const error = await failureOf(download(wrong, contextFor(server, { retries: 0 })));
    texts.push(error.message, error.stack ?? "", JSON.stringify(error));
    for (const name of await readdir(folder))
      texts.push(await readFile(join(folder, name), "utf8"));
    expect(texts.length).toBeGreaterThan(12);
    expect(texts.join("\n")).not.toMatch(/SECRETCOOKIE|tt_chain|SECRETSIGNATURE/);
  });
});

describe("a pool", () => {
  test("keeps its lines open from one file to the next", async () => {
    const jobs = Array.from({ length: 12 }, (_, index) => ({
      request: { ...overWays(way(`/${index}`, withSound)), name: `v${index}` },
    }));
    let ended = 0;
    const pool = downloadAll(jobs, { concurrency: 3, context: contextFor(server) });
    for await (const outcome of pool) ended += Number("result" in outcome);
    expect(ended).toBe(12);
    expect(server.connections()).toBeLessThanOrEqual(3);
  });
});
