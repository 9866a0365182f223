import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { download } from "../../src/download/download.ts";
import { onDisk } from "../../src/download/error.ts";
import { hostRule } from "../../src/download/hosts.ts";
import { startMediaServer, type Fault, type MediaServer } from "../support/media-server.ts";
import { startSecureServer } from "./certificate.ts";
import {
  contextFor,
  failureOf,
  fakeClock,
  freshFolder,
  otherPictures,
  pictureBytes,
  sha256,
  signature,
  videoBytes,
  videoPath,
  videoRequest,
} from "./helpers.ts";

let server: MediaServer;
let folder: string;
const video = videoBytes(100_000);

beforeAll(async () => {
  server = await startMediaServer();
});
afterAll(() => server.close());
beforeEach(async () => {
  server.reset();
  folder = await freshFolder();
});

describe("a file that is there", () => {
  test("is kept whole, named by its bytes, and nothing else stays in the folder", async () => {
    server.put(videoPath, video);
    let told = 0;
    const context = contextFor(server, { onBytes: (count) => void (told += count) });
    const deep = join(folder, "posts", "2024-09-17_1");
    const request = videoRequest(server, deep);
    const result = await download(request, context);
    expect(result).toEqual({
      file: "video.mp4",
      bytes: video.length,
      sha256: sha256(video),
      mediaType: "video/mp4",
      resumed: false,
      origin: request.origins[0],
      silent: false,
      unlinked: false,
    });
    expect(await readdir(deep)).toEqual(["video.mp4"]);
    expect(await readFile(join(deep, "video.mp4"))).toEqual(video);
    expect(told).toBe(video.length);
    expect(server.requests[0]?.userAgent).toBe("findmehere");
  });

  test.each(Object.entries({ jpg: pictureBytes(), ...otherPictures }))(
    "a picture ends in .%s",
    async (ending, bytes) => {
      server.put("/photo", bytes);
      const request = videoRequest(server, folder, {
        address: server.address("/photo"),
        name: "01",
        expect: "image",
      });
      const result = await download(request, contextFor(server));
      expect(result.file).toBe(`01.${ending}`);
    },
  );

  test("a body that only the end of the line ends is kept whole", async () => {
    server.put(videoPath, video, [{ kind: "no-length" }]);
    const result = await download(videoRequest(server, folder), contextFor(server));
    expect(result.sha256).toBe(sha256(video));
  });
});

test("a line that breaks without a length announced is not the end of the file", async () => {
  server.put(videoPath, video, [{ kind: "no-length" }, { kind: "cut", after: 30_000, times: 2 }]);
  const result = await download(videoRequest(server, folder), contextFor(server));
  expect(result).toMatchObject({ resumed: true, sha256: sha256(video) });
  const ranges = server.requests.map((each) => each.range);
  expect(ranges).toEqual([null, "bytes=30000-", "bytes=60000-"]);
  server.put(videoPath, video, [
    { kind: "no-length" },
    { kind: "cut", after: 60_000 },
    { kind: "no-ranges" },
  ]);
  const error = await failureOf(download(videoRequest(server, folder), contextFor(server)));
  expect(error.class).toBe("transfer");
});

test("a server that sends more than it announced yields no half file", async () => {
  server.put(videoPath, video, [{ kind: "wrong-length", length: 50_000 }]);
  const error = await failureOf(download(videoRequest(server, folder), contextFor(server)));
  expect(error.class).toBe("transfer");
});

test.each(Object.entries({ jpg: pictureBytes(), ...otherPictures }))(
  "half a .%s without a length announced is not a picture",
  async (ending, bytes) => {
    const faults: Fault[] = [{ kind: "no-length" }, { kind: "cut", after: bytes.length - 20 }];
    server.put("/photo", bytes, [...faults, { kind: "no-ranges" }]);
    const address = server.address("/photo");
    const request = videoRequest(server, folder, { address, name: "01", expect: "image" });
    const context = contextFor(server, { retries: 0 });
    // A GIF does not tell its length and ours has no trailer; everything else does.
    if (ending === "gif") {
      expect((await download(request, context)).file).toBe("01.gif");
    } else {
      expect((await failureOf(download(request, context))).class).toBe("transfer");
    }
  },
);

describe("classes of errors", () => {
  const past = "2026-11-10T00:00:00Z";
  const future = "2026-12-10T00:00:00Z";
  const status = (code: number): Fault[] => [{ kind: "status", status: code }];
  test.each([
    {
      name: "403 of a dead link",
      faults: status(403),
      expires: past,
      errorClass: "expired",
      asked: 1,
    },
    {
      name: "403 of a living link",
      faults: status(403),
      expires: future,
      errorClass: "forbidden",
      asked: 1,
    },
    {
      name: "403 of a link that does not say",
      faults: status(403),
      expires: null,
      errorClass: "forbidden",
      asked: 1,
    },
    { name: "401", faults: status(401), expires: null, errorClass: "forbidden", asked: 1 },
    { name: "404", faults: status(404), expires: null, errorClass: "gone", asked: 1 },
    { name: "410", faults: status(410), expires: past, errorClass: "gone", asked: 1 },
    { name: "429", faults: status(429), expires: null, errorClass: "busy", asked: 5 },
    { name: "500", faults: status(500), expires: null, errorClass: "server", asked: 5 },
    { name: "503", faults: status(503), expires: null, errorClass: "server", asked: 5 },
    { name: "204", faults: status(204), expires: null, errorClass: "not-media", asked: 2 },
    {
      name: "a page",
      faults: [{ kind: "html" }] as Fault[],
      expires: null,
      errorClass: "not-media",
      asked: 2,
    },
    {
      name: "an empty body",
      faults: [{ kind: "empty" }] as Fault[],
      expires: null,
      errorClass: "not-media",
      asked: 2,
    },
    {
      name: "a line that always breaks",
      faults: [{ kind: "cut", after: 0 }] as Fault[],
      expires: null,
      errorClass: "transfer",
      asked: 5,
    },
    {
      name: "less than announced",
      faults: [{ kind: "wrong-length", length: 100_050 }] as Fault[],
      expires: null,
      errorClass: "transfer",
      asked: 5,
    },
  ])("$name is $errorClass", async ({ faults, expires, errorClass, asked }) => {
    const small = faults[0]?.kind === "wrong-length" ? video.subarray(0, 60_000) : video;
    server.put(videoPath, small, [...faults, { kind: "validators", etag: null }]);
    const error = await failureOf(
      download(videoRequest(server, folder, { expires }), contextFor(server)),
    );
    expect(error.class).toBe(errorClass);
    expect(server.count(videoPath)).toBe(asked);
    expect(await readdir(folder)).not.toContain("video.mp4");
  });

  test.each([
    ["a picture in place of a video", pictureBytes(), "video"],
    ["a video in place of a picture", videoBytes(5000), "image"],
    [
      "JSON",
      Buffer.from(JSON.stringify({ statusCode: 10204, message: "not available to you" })),
      "video",
    ],
    ["a header alone", videoBytes(400).subarray(0, 24), "video"],
    [
      "a page of 640 bytes",
      Buffer.from(`<html>${"Please wait...".repeat(60)}`.slice(0, 640)),
      "video",
    ],
  ] as const)(
    "%s is not-media, asked for once more, and leaves nothing behind",
    async (_name, bytes, kind) => {
      server.put(videoPath, bytes);
      const error = await failureOf(
        download(videoRequest(server, folder, { expect: kind }), contextFor(server)),
      );
      expect(error.class).toBe("not-media");
      expect(server.count(videoPath)).toBe(2);
      expect(await readdir(folder)).toEqual([]);
    },
  );

  test("a page first and the file then is the file", async () => {
    server.put(videoPath, video, [{ kind: "html", times: 1 }]);
    const result = await download(videoRequest(server, folder), contextFor(server));
    expect(result.sha256).toBe(sha256(video));
  });

  test("a server that nobody runs is network", async () => {
    const closed = createServer();
    await new Promise<void>((resolve) => closed.listen(0, "127.0.0.1", resolve));
    const { port } = closed.address() as AddressInfo;
    await new Promise((resolve) => closed.close(resolve));
    const context = contextFor(server, { allowedHosts: hostRule([`127.0.0.1:${port}`]) });
    const address = `http://127.0.0.1:${port}/x?${signature}`;
    const error = await failureOf(download(videoRequest(server, folder, { address }), context));
    expect(error.class).toBe("network");
    expect(error.message).toContain("ECONNREFUSED");
    expect(context.clock.slept).toEqual([500, 1000, 2000, 4000]);
  });

  test("a name that no server has is network", async () => {
    const context = contextFor(server, { allowedHosts: hostRule(["nobody.invalid"]) });
    const address = `http://nobody.invalid/x?${signature}`;
    const error = await failureOf(download(videoRequest(server, folder, { address }), context));
    expect(error).toMatchObject({
      class: "network",
      host: "nobody.invalid",
      reason: "no server of that name was found",
    });
    expect(context.clock.slept).toHaveLength(4);
  });

  test("a server whose certificate nobody vouches for is asked for nothing, and only once", async () => {
    let asked = 0;
    const secure = await startSecureServer(() => (asked += 1));
    const context = contextFor(server, { allowedHosts: hostRule([secure.host]) });
    const address = `https://${secure.host}/x?${signature}`;
    const error = await failureOf(download(videoRequest(server, folder, { address }), context));
    expect(error).toMatchObject({
      class: "untrusted",
      reason: "the server could not prove whose it is",
    });
    expect(error.message).toContain("SELF_SIGNED_CERT");
    expect(asked).toBe(0);
    expect(context.clock.slept).toEqual([]);
    await secure.close();
  });

  test("a server that speaks no TLS is not asked in the open instead", async () => {
    server.put(videoPath, video);
    const address = server.address(videoPath, signature).replace("http:", "https:");
    const context = contextFor(server);
    const error = await failureOf(download(videoRequest(server, folder, { address }), context));
    expect(error.class).toBe("untrusted");
    expect(server.requests).toEqual([]);
  });

  test("a line that drips but never falls silent is waited for", async () => {
    server.put(videoPath, video.subarray(0, 6000), [{ kind: "drip", chunk: 400, everyMs: 60 }]);
    const timeouts = { response: 400, idle: 400 };
    const from = performance.now();
    const result = await download(
      videoRequest(server, folder),
      contextFor(server, { timeouts, retries: 0 }),
    );
    expect(result.bytes).toBe(6000);
    expect(performance.now() - from).toBeGreaterThan(timeouts.idle);
  });

  test("an answer that never begins is network, one that falls silent is transfer", async () => {
    const hasty = { connect: 10_000, response: 60, idle: 10_000 };
    server.put(videoPath, video, [{ kind: "latency", ms: 400 }]);
    const late = contextFor(server, { timeouts: hasty, retries: 0 });
    expect((await failureOf(download(videoRequest(server, folder), late))).class).toBe("network");
    server.put(videoPath, video, [{ kind: "stall", after: 2000 }]);
    const silent = contextFor(server, { timeouts: { idle: 500 }, retries: 0 });
    const error = await failureOf(download(videoRequest(server, folder), silent));
    expect(error.class).toBe("transfer");
    expect(error.message).toContain("in time");
  });

  test("a folder that cannot be made is told before anything is asked", async () => {
    server.put(videoPath, video);
    await writeFile(join(folder, "posts"), "a file where a folder should be");
    const request = videoRequest(server, join(folder, "posts", "2024"));
    const error = await failureOf(download(request, contextFor(server)));
    expect(error.class).toBe("file");
    expect(error.message).toBe("something of that name is in the way (ENOTDIR)");
    expect(server.count(videoPath)).toBe(0);
  });

  test("a part that something is in the way of is not tried again", async () => {
    server.put(videoPath, video);
    await mkdir(join(folder, "video.part"));
    const error = await failureOf(download(videoRequest(server, folder), contextFor(server)));
    expect(error.class).toBe("file");
    expect(server.count(videoPath)).toBe(1);
  });

  test.each([
    ["ENOSPC", "disk", "the disk is full (ENOSPC)"],
    ["EDQUOT", "disk", "the disk quota is used up (EDQUOT)"],
    ["EROFS", "disk", "the disk is read-only (EROFS)"],
    ["EACCES", "disk", "the folder may not be written to (EACCES)"],
    ["EIO", "disk", "the disk has a fault (EIO)"],
    ["EMFILE", "disk", "the file could not be written (EMFILE)"],
    ["EINVAL", "file", "the disk refuses the name of the file (EINVAL)"],
    ["ENAMETOOLONG", "file", "the name of the file is too long for the disk (ENAMETOOLONG)"],
    ["EFBIG", "file", "the disk takes no file of that size (EFBIG)"],
  ])("%s is class %s, told in words", async (code, errorClass, message) => {
    const failing = () => Promise.reject(Object.assign(new Error("/home/anna/secret"), { code }));
    const error = await failureOf(onDisk(failing));
    expect(error).toMatchObject({ class: errorClass, message });
  });

  test("a bug stays a bug", async () => {
    const bug = new TypeError("a bug");
    await expect(onDisk(() => Promise.reject(bug))).rejects.toBe(bug);
    const context = contextFor(server, {
      onBytes() {
        throw bug;
      },
    });
    server.put(videoPath, video);
    await expect(download(videoRequest(server, folder), context)).rejects.toBe(bug);
    expect(server.count(videoPath)).toBe(1);
  });

  test("a stop before the start asks for nothing", async () => {
    const context = contextFor(server, { signal: AbortSignal.abort() });
    expect((await failureOf(download(videoRequest(server, folder), context))).class).toBe(
      "stopped",
    );
    expect(server.requests).toHaveLength(0);
  });

  test("a stop while waiting to try again ends the wait", async () => {
    server.put(videoPath, video, [{ kind: "status", status: 500 }]);
    const stop = new AbortController();
    const clock = fakeClock();
    const context = {
      ...contextFor(server, { signal: stop.signal }),
      clock: {
        ...clock,
        sleep(milliseconds: number, signal?: AbortSignal) {
          stop.abort();
          return clock.sleep(milliseconds, signal);
        },
      },
    };
    expect((await failureOf(download(videoRequest(server, folder), context))).class).toBe(
      "stopped",
    );
    expect(server.count(videoPath)).toBe(1);
  });
});

describe("waiting before the next attempt", () => {
  test("grows twofold, is at most 30 seconds, and chance takes up to half of it away", async () => {
    server.put(videoPath, video, [{ kind: "status", status: 502 }]);
    const low = contextFor(server, { retries: 7 });
    await failureOf(download(videoRequest(server, folder), low));
    expect(low.clock.slept).toEqual([500, 1000, 2000, 4000, 8000, 15_000, 15_000]);
    const high = contextFor(server, { retries: 2, random: () => 0.5 });
    await failureOf(download(videoRequest(server, folder), high));
    expect(high.clock.slept).toEqual([750, 1500]);
  });

  test("honours Retry-After in seconds", async () => {
    server.put(videoPath, video, [{ kind: "status", status: 429, retryAfter: "7", times: 2 }]);
    const context = contextFor(server);
    const result = await download(videoRequest(server, folder), context);
    expect(result.sha256).toBe(sha256(video));
    expect(context.clock.slept).toEqual([7000, 7000]);
  });

  test("honours Retry-After as a date, by the server's own clock", async () => {
    const until = new Date(Date.now() + 60_000).toUTCString();
    server.put(videoPath, video, [{ kind: "status", status: 503, retryAfter: until, times: 1 }]);
    const context = contextFor(server);
    await download(videoRequest(server, folder), context);
    expect(context.clock.slept).toHaveLength(1);
    expect(context.clock.slept[0]).toBeGreaterThanOrEqual(58_000);
    expect(context.clock.slept[0]).toBeLessThanOrEqual(61_000);
  });

  test("a pause longer than two minutes is left to the next run", async () => {
    server.put(videoPath, video, [{ kind: "status", status: 429, retryAfter: "3600" }]);
    const context = contextFor(server);
    const error = await failureOf(download(videoRequest(server, folder), context));
    expect(error).toMatchObject({ class: "busy", retryAfterMs: 3_600_000, status: 429 });
    expect(context.clock.slept).toEqual([]);
    expect(server.count(videoPath)).toBe(1);
  });
});

describe("redirects", () => {
  test("are followed to the file", async () => {
    server.put(videoPath, video, [{ kind: "redirect", to: "/b?token=1" }]);
    server.put("/b", video, [{ kind: "redirect", to: server.address("/c"), status: 307 }]);
    server.put("/c", video);
    const result = await download(videoRequest(server, folder), contextFor(server));
    expect(result.sha256).toBe(sha256(video));
  });

  test("to another host are refused before anything is asked of it", async () => {
    const other = await startMediaServer();
    other.put("/steal", video);
    server.put(videoPath, video, [{ kind: "redirect", to: other.address("/steal", signature) }]);
    const error = await failureOf(download(videoRequest(server, folder), contextFor(server)));
    expect(error.class).toBe("host-refused");
    expect(error.host).toBe(other.host);
    expect(other.requests).toHaveLength(0);
    expect(server.count(videoPath)).toBe(1);
    await other.close();
  });

  test.each([
    "file:///etc/passwd",
    "http://user:pass@127.0.0.1/",
    "http://169.254.169.254/latest",
    "https://evil.example/",
  ])("to %s are refused", async (to) => {
    server.put(videoPath, video, [{ kind: "redirect", to }]);
    const error = await failureOf(download(videoRequest(server, folder), contextFor(server)));
    expect(error.class).toBe("host-refused");
  });

  test("that never end are given up after five", async () => {
    server.put(videoPath, video, [{ kind: "redirect", to: videoPath }]);
    const context = contextFor(server, { retries: 0 });
    const error = await failureOf(download(videoRequest(server, folder), context));
    expect(error.class).toBe("not-media");
    expect(server.count(videoPath)).toBe(6);
  });
});

test("no error tells the path or the query of the address", async () => {
  const faults: Fault[][] = [
    [{ kind: "status", status: 403 }],
    [{ kind: "status", status: 404 }],
    [{ kind: "status", status: 429 }],
    [{ kind: "status", status: 500 }],
    [{ kind: "html" }],
    [{ kind: "empty" }],
    [{ kind: "cut", after: 100 }],
    [{ kind: "stall", after: 100 }],
    [{ kind: "redirect", to: `https://evil.example/secret-path?${signature}` }],
    [{ kind: "redirect", to: `//[bad?${signature}` }],
    [{ kind: "redirect", to: `${videoPath}?${signature}` }],
  ];
  const timeouts = { connect: 1000, response: 80, idle: 80 };
  for (const each of faults) {
    server.put(videoPath, video, each);
    const context = contextFor(server, { retries: 0, timeouts });
    const error = await failureOf(download(videoRequest(server, folder), context));
    const told = [error.message, error.stack, JSON.stringify(error), String(error.cause)].join(
      "\n",
    );
    expect(told).not.toMatch(/SECRETSIGNATURE|x-expires|object1|storage|secret-path/);
  }
  const notes = (await readdir(folder)).filter((name) => name.endsWith(".json"));
  expect(notes).toEqual(["video.part.json"]);
  expect(await readFile(join(folder, "video.part.json"), "utf8")).not.toMatch(
    /SECRET|http|object1/,
  );
});
