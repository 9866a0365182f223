import { readdir, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { download } from "../../src/download/download.ts";
import { startMediaServer, type Fault, type MediaServer } from "../support/media-server.ts";
import {
  contextFor,
  failureOf,
  freshFolder,
  sha256,
  videoBytes,
  videoPath,
  videoRequest,
} from "./helpers.ts";

let server: MediaServer;
let folder: string;
const video = videoBytes(300_000);
const half = 131_072;

beforeAll(async () => {
  server = await startMediaServer();
});
afterAll(() => server.close());
beforeEach(async () => {
  server.reset();
  folder = await freshFolder();
});

/** Starts a download, pulls the plug after `half` bytes, and tells how many bytes lie on the disk. */
async function stopHalfway(faults: Fault[] = [], path: string = videoPath): Promise<number> {
  server.put(path, video, [{ kind: "stall", after: half, on: [1] }, ...faults]);
  const stop = new AbortController();
  let bytes = 0;
  const context = contextFor(server, {
    signal: stop.signal,
    onBytes(count) {
      bytes += count;
      if (bytes >= half) stop.abort();
    },
  });
  const request = videoRequest(server, folder, { address: server.address(path) });
  const error = await failureOf(download(request, context));
  expect(error.class).toBe("stopped");
  expect((await readdir(folder)).sort()).toEqual(["video.part", "video.part.json"]);
  return (await stat(join(folder, "video.part"))).size;
}

async function expectWhole(): Promise<void> {
  expect(await readdir(folder)).toEqual(["video.mp4"]);
  expect(await readFile(join(folder, "video.mp4"))).toEqual(video);
}

describe("after a hard stop", () => {
  test("the next call asks only for the rest, also under a new signature", async () => {
    expect(await stopHalfway()).toBe(half);
    const address = server.address(videoPath, "x-expires=2&x-signature=NEW");
    const result = await download(videoRequest(server, folder, { address }), contextFor(server));
    expect(result).toMatchObject({ resumed: true, bytes: video.length, sha256: sha256(video) });
    expect(server.requests.map((each) => [each.range, each.status])).toEqual([
      [null, 200],
      [`bytes=${half}-`, 206],
    ]);
    await expectWhole();
  });

  test("and where the signature is the head of the path, as on the hosts of the public page", async () => {
    const signed = (head: string, end: string) =>
      `/${head.repeat(32)}/${end}/video/tos${videoPath}`;
    await stopHalfway([], signed("a", "690e3a00"));
    server.put(signed("b", "690e5c10"), video);
    const address = server.address(signed("b", "690e5c10"));
    const result = await download(videoRequest(server, folder, { address }), contextFor(server));
    expect(result).toMatchObject({ resumed: true, sha256: sha256(video) });
    await expectWhole();
  });

  test("a server that knows no ranges sends all, and all is taken", async () => {
    await stopHalfway([{ kind: "no-ranges" }]);
    const result = await download(videoRequest(server, folder), contextFor(server));
    expect(result).toMatchObject({ resumed: false, sha256: sha256(video) });
    expect(server.requests[1]).toMatchObject({ range: `bytes=${half}-`, status: 200 });
    await expectWhole();
  });

  test("a file that changed is fetched from its beginning", async () => {
    await stopHalfway([{ kind: "validators", etag: '"old"', on: [1] }]);
    const result = await download(videoRequest(server, folder), contextFor(server));
    expect(server.requests[1]).toMatchObject({ ifRange: '"old"', status: 200 });
    expect(result).toMatchObject({ resumed: false, sha256: sha256(video) });
    await expectWhole();
  });

  test("a file that became shorter answers 416 and is fetched from its beginning, once", async () => {
    await stopHalfway([{ kind: "validators", etag: '"same"' }]);
    const short = videoBytes(5000);
    server.put(videoPath, short, [{ kind: "validators", etag: '"same"' }]);
    const context = contextFor(server);
    const result = await download(videoRequest(server, folder), context);
    expect(server.requests.map((each) => each.status)).toEqual([200, 416, 200]);
    expect(result).toMatchObject({ resumed: false, sha256: sha256(short) });
    expect(context.clock.slept).toEqual([]);
  });

  test.each([
    ["starts elsewhere", `bytes 5-299999/300000`],
    ["belongs to a longer file", `bytes ${half}-399999/400000`],
    ["is no range", `bytes wrong`],
  ])("a 206 that %s is not appended", async (_name, contentRange) => {
    await stopHalfway([{ kind: "wrong-range", contentRange }]);
    const result = await download(videoRequest(server, folder), contextFor(server));
    expect(server.requests.map((each) => each.status)).toEqual([200, 206, 200]);
    expect(result).toMatchObject({ resumed: false, sha256: sha256(video) });
    await expectWhole();
  });

  test.each([
    ["a weak ETag", { kind: "validators", etag: 'W/"weak"' }],
    [
      "a weak ETag beside a date",
      { kind: "validators", etag: 'W/"weak"', lastModified: "Tue, 17 Sep 2024 14:07:21 GMT" },
    ],
    ["no validator", { kind: "validators", etag: null }],
    [
      "a date of this very second",
      { kind: "validators", etag: null, lastModified: "Fri, 31 Dec 2100 23:59:59 GMT" },
    ],
  ] as const)("%s cannot be trusted, so no range is asked for", async (_name, fault) => {
    await stopHalfway([fault]);
    const result = await download(videoRequest(server, folder), contextFor(server));
    expect(server.requests[1]?.range).toBeNull();
    expect(result).toMatchObject({ resumed: false, sha256: sha256(video) });
    await expectWhole();
  });

  test("an old date alone is enough to go on", async () => {
    const lastModified = "Tue, 17 Sep 2024 14:07:21 GMT";
    await stopHalfway([{ kind: "validators", etag: null, lastModified }]);
    const result = await download(videoRequest(server, folder), contextFor(server));
    expect(server.requests[1]).toMatchObject({
      range: `bytes=${half}-`,
      ifRange: lastModified,
      status: 206,
    });
    expect(result).toMatchObject({ resumed: true, sha256: sha256(video) });
  });

  test("a part of another object is not used", async () => {
    await stopHalfway();
    const address = server.address("/other");
    server.put("/other", video);
    const result = await download(videoRequest(server, folder, { address }), contextFor(server));
    expect(server.requests[1]?.range).toBeNull();
    expect(result.resumed).toBe(false);
    await expectWhole();
  });

  test("a link that died meanwhile says so and keeps the part", async () => {
    await stopHalfway([{ kind: "status", status: 403, on: [2] }]);
    const request = videoRequest(server, folder, { expires: "2026-11-19T00:00:00Z" });
    const error = await failureOf(download(request, contextFor(server)));
    expect(error.class).toBe("expired");
    expect((await stat(join(folder, "video.part"))).size).toBe(half);
  });

  test.each(["{ not json", JSON.stringify({ address: 7 })])(
    "a broken note (%s) means from the beginning",
    async (note) => {
      await stopHalfway();
      await writeFile(join(folder, "video.part.json"), note);
      const result = await download(videoRequest(server, folder), contextFor(server));
      expect(server.requests[1]?.range).toBeNull();
      expect(result.sha256).toBe(sha256(video));
      await expectWhole();
    },
  );

  test("a part that is whole already only gets its name", async () => {
    await stopHalfway();
    await writeFile(join(folder, "video.part"), video);
    const result = await download(videoRequest(server, folder), contextFor(server));
    expect(result).toMatchObject({ file: "video.mp4", resumed: true, sha256: sha256(video) });
    expect(server.requests).toHaveLength(1);
    await expectWhole();
  });

  test("a part longer than the file is thrown away", async () => {
    await stopHalfway();
    await writeFile(join(folder, "video.part"), Buffer.concat([video, video]));
    const result = await download(videoRequest(server, folder), contextFor(server));
    expect(server.requests[1]?.range).toBeNull();
    expect(result.sha256).toBe(sha256(video));
    await expectWhole();
  });
});

test("a line that breaks three times is one download of four pieces", async () => {
  server.put(videoPath, video, [{ kind: "cut", after: 70_000, times: 3 }]);
  const context = contextFor(server);
  const result = await download(videoRequest(server, folder), context);
  expect(result).toMatchObject({ resumed: true, bytes: video.length, sha256: sha256(video) });
  expect(server.requests.map((each) => each.range)).toEqual([
    null,
    "bytes=70000-",
    "bytes=140000-",
    "bytes=210000-",
  ]);
  expect(context.clock.slept).toEqual([500, 1000, 2000]);
  await expectWhole();
});
