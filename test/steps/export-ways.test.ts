import { mkdtempSync, rmSync } from "node:fs";
import { mkdir, readdir, readFile, rename, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { StepEvent, StepResult } from "../../src/core/event.ts";
import type { MediaOrigin, MediaRole, SourceMedia, WebOrigin } from "../../src/core/post.ts";
import { hostRule } from "../../src/download/hosts.ts";
import { readManifest } from "../../src/library/manifest.ts";
import { exportPosts } from "../../src/steps/export.ts";
import type { ExportRequest } from "../../src/steps/export.ts";
import { openStore } from "../../src/store/open.ts";
import type { Store } from "../../src/store/open.ts";
import { allFiles, moveFile } from "../../src/store/posts.ts";
import { fakeClock, sha256 } from "../download/helpers.ts";
import { startMediaServer, type Fault, type MediaServer } from "../support/media-server.ts";
import { unplayable, withoutSound, withSound } from "../support/sample-videos.ts";
import { archived } from "./library-of-records.ts";

const past = "2026-11-10T00:00:00Z";
const soon = "2026-11-21T12:00:00Z";
const late = "2026-11-28T12:00:00Z";
const marked = { watermarked: true } as const;
const post = "posts/2024-09-17_20240917T140700Z";

let server: MediaServer;
let folder: string;
let root: string;
let store: Store;

beforeEach(async () => {
  server = await startMediaServer();
  folder = mkdtempSync(join(tmpdir(), "findmehere-ways-"));
  root = join(folder, "library");
  await mkdir(root);
  store = await openStore(join(root, "findmehere.db"));
});
afterEach(async () => {
  await store.close();
  await server.close();
  rmSync(folder, { recursive: true, force: true });
});

function web(
  path: string,
  bytes: Buffer = withSound,
  more: Partial<WebOrigin> = {},
  faults: Fault[] = [],
): WebOrigin {
  server.put(path, bytes, faults);
  return { at: "web", address: server.address(path, "x-signature=SECRET"), expires: null, ...more };
}

async function disk(name: string, bytes: Buffer = withSound): Promise<MediaOrigin> {
  await writeFile(join(folder, name), bytes);
  return { at: "disk", path: join(folder, name) };
}

function file(role: MediaRole, ...origins: [MediaOrigin, ...MediaOrigin[]]): SourceMedia {
  return { role, position: 1, origins, objectId: null };
}

/** One run over these inputs; each has one post of the same second, with these files. */
async function run(
  inputs: SourceMedia[][],
  changes: Partial<ExportRequest> = {},
): Promise<{ events: StepEvent[]; result: StepResult; problems: string[] }> {
  const posts = inputs.map((media, input) => ({
    ...archived(0, "oA"),
    ...{ media, input, promisesFiles: true },
  }));
  const step = exportPosts({
    ...{ root, store, clock: fakeClock(), random: () => 0, hosts: hostRule([server.host]) },
    ...{ drain: new AbortController().signal, stop: new AbortController().signal },
    read: { posts, profiles: [], people: [], coverage: [], stops: [], problems: [] },
    filter: { since: null, until: null, limit: null, only: [], publicOnly: false },
    ...{ skipMedia: false, people: true, concurrency: 2, handle: "mira", restore: new Set() },
    ...{ creator: { handles: { tiktok: "mira", rednote: "", rednoteId: "", lemon8: "" } } },
    ...{ bytesPerSecond: null, link: false },
    ...changes,
  });
  const events: StepEvent[] = [];
  for (;;) {
    const next = await step.next();
    if (next.done === true) {
      const problems = events.flatMap((event) =>
        event.type === "problem" && event.code !== "no-caption" ? event.code : [],
      );
      return { events, result: next.value, problems };
    }
    events.push(next.value);
  }
}

const asked = () => server.requests.map((each) => each.path);
const rows = () => store.transaction(allFiles);
const media = async () =>
  (await readdir(join(root, post))).filter((name) => /^(video|subtitle)/.test(name)).toSorted();

/** Every row lies there with its sum, and the manifest names just these. */
async function expectSound(): Promise<void> {
  const files = await rows();
  for (const { path, sha256: sum } of files) {
    expect(sha256(await readFile(join(root, path)))).toBe(sum);
  }
  const { entries } = await readManifest(root);
  expect(entries).toEqual(files.map(({ path, sha256 }) => ({ path, sha256 })));
}

describe("the ways of several inputs", () => {
  test("become one list: here before web, clean before marked, long life before short, dead last", async () => {
    const refuse: Fault[] = [{ kind: "status", status: 404 }];
    const page = file(
      "video",
      web("/page", withSound, { expires: soon }, refuse),
      web("/marked", withSound, marked),
    );
    const old = file("video", web("/dead", withSound, { expires: past }));
    const archive = file("video", web("/archive", withSound, { expires: late }, refuse));
    const gone: MediaOrigin = { at: "disk", path: join(folder, "gone.mp4") };
    const { result } = await run([[old], [page], [archive], [file("video", gone)]]);
    expect(result.exit).toBe("done");
    expect(asked()).toEqual(["/page", "/archive", "/marked"]);
    expect(await rows()).toMatchObject([{ path: `${post}/video.mp4`, watermarked: 1 }]);
  });

  test("the link that lives longest comes first among equals", async () => {
    const short = file("video", web("/short", withSound, { expires: soon }));
    const long = file("video", web("/long", withSound, { expires: late }));
    await run([[short], [long]]);
    expect(asked()).toEqual(["/long"]);
  });

  test("nothing is asked for what lies on this machine already", async () => {
    const { result, events } = await run([
      [file("video", web("/page"))],
      [file("video", await disk("a.mp4"))],
    ]);
    expect(server.requests).toEqual([]);
    expect(result).toMatchObject({ exit: "done", summary: { exported: 1, failed: 0 } });
    expect(events).toContainEqual({
      type: "say",
      text: "Taking over 1 video from what you gave.",
    });
    await expectSound();
  });

  test("where all links are dead nothing is asked, and it is said once", async () => {
    const inputs = [
      [file("video", web("/a", withSound, { expires: past }))],
      [file("video", web("/b", withSound, { expires: "2026-11-12T00:00:00Z", ...marked }))],
    ];
    const { problems, result } = await run(inputs);
    expect(problems).toEqual(["links-expired"]);
    expect(result).toMatchObject({ exit: "needsPerson", summary: { failed: 1 } });
    expect(server.requests).toEqual([]);
  });

  test("an unsafe language becomes no file name", async () => {
    const bad = file("subtitle.../../../evil", await disk("s.vtt", Buffer.from("WEBVTT\n")));
    const good = file("subtitle.eng-US", await disk("t.vtt", Buffer.from("WEBVTT\n")));
    await run([[file("video", await disk("a.mp4")), bad, good]]);
    expect(await media()).toEqual(["subtitle.eng-US.vtt", "video.mp4"]);
    expect((await readdir(folder)).toSorted()).toEqual(["a.mp4", "library", "s.vtt", "t.vtt"]);
  });
});

describe("what is not the best form", () => {
  test("of a video without sound is a note", async () => {
    const video = file("video", web("/odd", unplayable), web("/silent", withoutSound));
    const { events, result } = await run([[video]]);
    expect(result.exit).toBe("done");
    const [note] = events.filter((event) => event.type === "problem" && event.code === "no-sound");
    expect(note).toMatchObject({ severity: "note", post: "20240917T140700Z" });
    expect(await rows()).toMatchObject([{ sha256: sha256(withoutSound), watermarked: 0 }]);
  });

  test("of a copy in place of a link is told once for all", async () => {
    const origin = await disk("a.mp4");
    const { problems } = await run([[file("video", origin)]], { link: true });
    expect(problems).toEqual([]);
    const [one, two] = await Promise.all([
      stat(join(folder, "a.mp4")),
      stat(join(root, post, "video.mp4")),
    ]);
    expect(one.ino).toBe(two.ino);
  });

  test("a file that cannot be read is told by its name", async () => {
    const { events, result } = await run([
      [file("video", { at: "disk", path: join(folder, "Day 1.mp4") })],
    ]);
    expect(result).toMatchObject({ exit: "needsPerson", summary: { failed: 1 } });
    expect(events).toContainEqual({
      type: "problem",
      code: "copy-failed",
      severity: "warn",
      message: 'The video could not be taken over: "Day 1.mp4" is no longer there.',
      fix: "See that the file is there and may be read, then type the same command again; it goes on where it stopped.",
      post: "20240917T140700Z",
    });
  });
});

describe("the form with TikTok's mark", () => {
  const clean = Buffer.from(withSound);
  const stamped = Buffer.concat([withSound, Buffer.alloc(8)]);

  async function stampedLibrary(): Promise<void> {
    const video = file("video", web("/marked", stamped, marked));
    const { events, result } = await run([[video]]);
    expect(events).toContainEqual(
      expect.objectContaining({ code: "with-watermark", post: "20240917T140700Z" }),
    );
    expect(result).toMatchObject({ exit: "done", summary: { exported: 1 } });
    server.reset();
  }

  test("is remembered, not fetched again, and gives way to a clean one", async () => {
    await stampedLibrary();
    expect(await rows()).toMatchObject([{ path: `${post}/video.mp4`, watermarked: 1 }]);
    const again = await run([[file("video", web("/marked", stamped, marked))]]);
    expect(again.result.summary).toMatchObject({ unchanged: 1 });
    expect(server.requests).toEqual([]);

    const both = file("video", web("/clean", clean), web("/marked", stamped, marked));
    const better = await run([[both]]);
    expect(better.result.summary).toMatchObject({ exported: 1, failed: 0 });
    expect(better.problems).toEqual([]);
    expect(asked()).toEqual(["/clean"]);
    expect(await rows()).toMatchObject([
      { path: `${post}/video.mp4`, watermarked: 0, sha256: sha256(clean) },
    ]);
    expect(await media()).toEqual(["video.mp4"]);
    await expectSound();

    server.reset();
    expect((await run([[both]])).result.summary).toMatchObject({ unchanged: 1 });
    expect(server.requests).toEqual([]);
  });

  test("stays where the clean one cannot be had, and fails nothing", async () => {
    await stampedLibrary();
    const refused = web("/clean", clean, {}, [{ kind: "status", status: 403 }]);
    const { result, events } = await run([[file("video", refused)]]);
    expect(result).toMatchObject({ exit: "done", summary: { unchanged: 1, failed: 0 } });
    expect(events).toContainEqual(
      expect.objectContaining({
        severity: "note",
        message: expect.stringContaining("without TikTok's mark could not be fetched"),
      }),
    );
    const silent = [web("/s1", withoutSound), web("/s2", withoutSound)] as const;
    expect((await run([[file("video", ...silent)]])).result.summary).toMatchObject({
      unchanged: 1,
    });
    expect(await media()).toEqual(["video.mp4"]);
    await expectSound();
  });

  test("goes when a run died between the clean one's row and its name", async () => {
    await stampedLibrary();
    const both = file("video", web("/clean", clean), web("/marked", stamped, marked));
    await run([[both]]);
    await rename(join(root, post, "video.mp4"), join(root, post, "video-clean.mp4"));
    await writeFile(join(root, post, "video.mp4"), stamped);
    await store.transaction((transaction) =>
      moveFile(transaction, `${post}/video.mp4`, `${post}/video-clean.mp4`),
    );
    await run([[both]]);
    expect(await media()).toEqual(["video.mp4"]);
    expect(await rows()).toMatchObject([{ watermarked: 0, sha256: sha256(clean) }]);
    await expectSound();
  });

  test("is taken for the clean one when a run died between that one's name and its row", async () => {
    await stampedLibrary();
    const both = file("video", web("/clean", clean), web("/marked", stamped, marked));
    await run([[both]]);
    await store.transaction((transaction) =>
      moveFile(transaction, `${post}/video.mp4`, `${post}/video-clean.mp4`),
    );
    server.reset();
    await run([[both]]);
    expect(server.requests).toEqual([]);
    expect(await media()).toEqual(["video.mp4"]);
    expect(await rows()).toMatchObject([{ path: `${post}/video.mp4`, sha256: sha256(clean) }]);
    await expectSound();
  });

  test("gives way to a clean one that came whole before the run died", async () => {
    await stampedLibrary();
    await writeFile(join(root, post, "video-clean.mp4"), clean);
    await run([[file("video", web("/clean", clean))]]);
    expect(server.requests).toEqual([]);
    expect(await media()).toEqual(["video.mp4"]);
    expect(await rows()).toMatchObject([{ watermarked: 0, sha256: sha256(clean) }]);
    await expectSound();
  });

  test("a lost clean one comes back under the usual name", async () => {
    await stampedLibrary();
    const both = file("video", web("/clean", clean), web("/marked", stamped, marked));
    await run([[both]]);
    await rename(join(root, post, "video.mp4"), join(folder, "away.mp4"));
    await run([[both]]);
    expect(await media()).toEqual(["video.mp4"]);
    await expectSound();
  });
});
