import { existsSync } from "node:fs";
import {
  link,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  stat,
  symlink,
  writeFile,
} from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { DiskOrigin, HeldOrigin, MediaOrigin } from "../../src/core/post.ts";
import { download, type DownloadContext } from "../../src/download/download.ts";
import { startMediaServer, type MediaServer } from "../support/media-server.ts";
import { contextFor, failureOf, freshFolder, pictureBytes, sha256, videoBytes } from "./helpers.ts";

let server: MediaServer;
let root: string;
let given: string;
const video = videoBytes(3_000_000);

beforeAll(async () => {
  server = await startMediaServer();
});
afterAll(() => server.close());
beforeEach(async () => {
  server.reset();
  root = await freshFolder();
  given = await freshFolder();
});

function request(first: MediaOrigin, ...others: MediaOrigin[]) {
  const origins = [first, ...others] as const;
  return { origins, folder: join(root, "posts", "1"), name: "video", expect: "video" as const };
}

function context(changes: Partial<DownloadContext> = {}): DownloadContext {
  return { ...contextFor(server), root, ...changes };
}

async function onDisk(name: string, bytes: Buffer = video): Promise<DiskOrigin> {
  const path = join(given, name);
  await writeFile(path, bytes);
  return { at: "disk", path };
}

const ownFolder = () => readdir(join(root, "posts", "1"));

describe("a file of this machine", () => {
  test("is copied whole, and the original stays as it was", async () => {
    const origin = await onDisk("Day one ⧸ #art [1].MP4");
    const before = await stat(origin.path);
    const result = await download(request(origin), context());
    expect(result).toMatchObject({
      ...{ file: "video.mp4", bytes: video.length, sha256: sha256(video) },
      ...{ unlinked: false, silent: false, origin },
    });
    expect(await readFile(join(root, "posts", "1", "video.mp4"))).toEqual(video);
    expect(await ownFolder()).toEqual(["video.mp4"]);
    const after = await stat(origin.path);
    expect([after.ino, after.mtimeMs, after.size, after.nlink]).toEqual([
      before.ino,
      before.mtimeMs,
      before.size,
      1,
    ]);
  });

  test.each([
    ["matroska", "mkv"],
    ["webm", "webm"],
  ])("in the container %s keeps its kind", async (type, ending) => {
    // EBML: the head, its length, then the element DocType with its length.
    const mark = Buffer.from(`1a45dfa3${(0x80 + type.length + 3).toString(16)}4282`, "hex");
    const doctype = Buffer.concat([Buffer.from([0x80 + type.length]), Buffer.from(type, "latin1")]);
    const bytes = Buffer.concat([mark, doctype, Buffer.alloc(5000, 7)]);
    const result = await download(request(await onDisk(`a.${ending}`, bytes)), context());
    expect(result).toMatchObject({ file: `video.${ending}`, sha256: sha256(bytes) });
  });

  test("is linked where that is wanted", async () => {
    const origin = await onDisk("a.mp4");
    const result = await download(request(origin), context({ link: true }));
    expect(result).toMatchObject({ unlinked: false, sha256: sha256(video) });
    const [one, two] = [await stat(origin.path), await stat(join(root, "posts", "1", "video.mp4"))];
    expect(two.ino).toBe(one.ino);
    expect(await ownFolder()).toEqual(["video.mp4"]);
  });

  test("of another disk is copied although a link was wanted, which is told", async () => {
    const disk = existsSync("/dev/shm") ? "/dev/shm" : given;
    const elsewhere = await mkdtemp(join(disk, "findmehere-"));
    const path = join(elsewhere, "a.mp4");
    await writeFile(path, video);
    try {
      const result = await download(request({ at: "disk", path }), context({ link: true }));
      const [from, to] = [await stat(path), await stat(join(root, "posts", "1", "video.mp4"))];
      expect(result.unlinked).toBe(from.dev !== to.dev);
      expect(to.ino === from.ino && to.dev === from.dev).toBe(from.dev === to.dev);
      expect(result.sha256).toBe(sha256(video));
    } finally {
      await rm(elsewhere, { recursive: true });
    }
  });

  test("is found through a symbolic link; what is linked is the file", async () => {
    const { path } = await onDisk("real.mp4");
    await symlink(path, join(given, "shortcut.mp4"));
    const origin: DiskOrigin = { at: "disk", path: join(given, "shortcut.mp4") };
    await download(request(origin), context({ link: true }));
    const file = join(root, "posts", "1", "video.mp4");
    expect((await stat(file)).ino).toBe((await stat(path)).ino);
    expect(existsSync(path)).toBe(true);
  });

  test("takes the place of a part that an earlier run left, without touching what that was linked to", async () => {
    const older = await onDisk("older.mp4", videoBytes(5000));
    await mkdir(join(root, "posts", "1"), { recursive: true });
    await link(older.path, join(root, "posts", "1", "video.part"));
    const origin = await onDisk("a.mp4");
    expect((await download(request(origin), context())).sha256).toBe(sha256(video));
    expect(await readFile(older.path)).toEqual(videoBytes(5000));
  });

  test.each([
    [
      "that is gone",
      async () => ({ at: "disk", path: join(given, "gone.mp4") }),
      '"gone.mp4" is no longer there (ENOENT)',
    ],
    [
      "that is a folder",
      async () => {
        await mkdir(join(given, "folder.mp4"));
        return { at: "disk", path: join(given, "folder.mp4") };
      },
      '"folder.mp4" is not a file',
    ],
    [
      "that is a link to nothing",
      async () => {
        await symlink(join(given, "nothing"), join(given, "dangling.mp4"));
        return { at: "disk", path: join(given, "dangling.mp4") };
      },
      '"dangling.mp4" is no longer there (ENOENT)',
    ],
    [
      "that lies in the library itself",
      async () => {
        await writeFile(join(root, "inside.mp4"), video);
        return { at: "disk", path: join(root, "inside.mp4") };
      },
      '"inside.mp4" lies inside this library',
    ],
  ] as [string, () => Promise<DiskOrigin>, string][])(
    "%s is told by its name, and leads to the next way",
    async (_name, make, message) => {
      const origin = await make();
      const error = await failureOf(download(request(origin), context()));
      expect(error).toMatchObject({ class: "source", message });
      server.put("/v", video);
      const web = { at: "web", address: server.address("/v"), expires: null } as const;
      expect((await download(request(origin, web), context())).origin).toBe(web);
    },
  );

  test.each([
    ["a picture", pictureBytes(), "the file was a picture, not a video"],
    ["nothing", Buffer.alloc(0), "the file was empty"],
    [
      "a page of 640 bytes",
      Buffer.from(`<html>${"Please wait...".repeat(60)}`.slice(0, 640)),
      "the file was not a video but a check for robots",
    ],
    ["JSON", Buffer.from('{"statusCode":10204}'), "the file was not a video but a message in JSON"],
  ])(
    "%s under the name of a video is refused before it is copied",
    async (_name, bytes, reason) => {
      const error = await failureOf(download(request(await onDisk("a.mp4", bytes)), context()));
      expect(error).toMatchObject({ class: "not-media", reason });
      expect(await ownFolder()).toEqual([]);
    },
  );

  test("a stop in the middle leaves nothing, neither here nor there", async () => {
    const origin = await onDisk("a.mp4");
    const stopped = context({ signal: AbortSignal.abort() });
    expect((await failureOf(download(request(origin), stopped))).class).toBe("stopped");
    expect(existsSync(join(root, "posts"))).toBe(false);
    expect(await readFile(origin.path)).toEqual(video);
  });

  test("a folder that may not be written to is the disk's fault, not the file's", async () => {
    const origin = await onDisk("a.mp4");
    await writeFile(join(root, "posts"), "in the way");
    expect((await failureOf(download(request(origin), context()))).class).toBe("file");
  });
});

describe("bytes inside an input", () => {
  function held(bytes: Buffer, wrong?: Error): HeldOrigin {
    return {
      at: "held",
      async *bytes() {
        for (let at = 0; at < bytes.length; at += 100_000) yield bytes.subarray(at, at + 100_000);
        if (wrong !== undefined) throw wrong;
      },
    };
  }

  test("are kept whole", async () => {
    const origin = held(video);
    const result = await download(request(origin), context());
    expect(result).toMatchObject({ file: "video.mp4", sha256: sha256(video), origin });
    expect(await ownFolder()).toEqual(["video.mp4"]);
  });

  test("are judged like an answer", async () => {
    const error = await failureOf(download(request(held(Buffer.from("<html>"))), context()));
    expect(error).toMatchObject({
      class: "not-media",
      reason: "the file was not a video but a web page",
    });
    expect(await ownFolder()).toEqual([]);
  });

  test("that break off leave nothing, and lead to the next way", async () => {
    const broken = held(video.subarray(0, 5000), Object.assign(new Error("x"), { code: "EIO" }));
    const error = await failureOf(download(request(broken), context()));
    expect(error).toMatchObject({
      class: "source",
      message: "what you gave could not be read to its end (EIO)",
    });
    expect(await ownFolder()).toEqual([]);
    const result = await download(request(broken, held(video)), context());
    expect(result.sha256).toBe(sha256(video));
  });

  test("a bug in their reading stays a bug", async () => {
    const bug = new TypeError("a bug");
    await expect(download(request(held(video, bug)), context())).rejects.toBe(bug);
  });
});

describe("subtitles", () => {
  const subtitle = (text: string) =>
    download(
      {
        ...request({
          at: "held",
          async *bytes() {
            yield Buffer.from(text);
          },
        }),
        name: "subtitle.eng-US",
        expect: "subtitle",
      },
      context(),
    );

  test.each(["WEBVTT\n\n00:00.000 --> 00:02.000\nHi\n", "\uFEFFWEBVTT - by TikTok\r\n", "WEBVTT"])(
    "%j is one",
    async (text) => {
      expect(await subtitle(text)).toMatchObject({
        file: "subtitle.eng-US.vtt",
        mediaType: "text/vtt",
      });
    },
  );

  test.each([
    ["WEBVTTX\n", "the file was not a subtitle"],
    ["<!doctype html>", "the file was not a subtitle but a web page"],
    ['{"code":1}', "the file was not a subtitle but a message in JSON"],
    ["", "the file was empty"],
  ])("%j is none", async (text, reason) => {
    expect(await failureOf(subtitle(text))).toMatchObject({ class: "not-media", reason });
  });
});
