import { mkdirSync, readFileSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { recordHar } from "../look-alike/tiktok/har.ts";
import { creatorOf, startTikTok } from "../look-alike/tiktok/index.ts";
import type { LookAlikePost, TikTokLookAlike } from "../look-alike/tiktok/index.ts";
import type { ArchiveRow } from "../support/archive.ts";
import type { CliRun } from "../support/cli.ts";
import { sidecar, writeGalleryFile, writeSidecar } from "../support/sidecar.ts";
import { needChromium } from "../tasks/system.ts";
import { csvRows, filesBelow, jsonRows, problemsOf, startExportJourney } from "./export-journey.ts";
import type { ExportJourney } from "./export-journey.ts";
import { archiveKey, archiveSecond, lookAlikeRow, serveRow, sha256 } from "./look-alike-archive.ts";
import { startPageJourney } from "./page-journey.ts";
import type { PageJourney } from "./page-journey.ts";

/** What each post is for, by its place in the creator's list; 4 and 9 are photos. */
const at = { afterArchive: 0, pinned: 3, private: [6, 11], hiddenSince: 11, edited: 7, typed: 4 };
/** Whose object the archive names otherwise, so that only the second joins them. */
const byTimeAlone = [2, 5, 10];
/** Saved earlier with yt-dlp, and one with gallery-dl. */
const saved = [2, at.edited, 8, at.hiddenSince];
const savedPhotos = 9;
const archiveMade = Date.parse("2026-11-14T12:00:00Z");
const typedCaption = "Typed by hand, months later #paper";
const captionBefore = "Before the edit #watercolour";

const creator = creatorOf("mira.paints.daily", 14, {
  change: (_, index) => ({
    pinned: index === at.pinned,
    privateItem: at.private.includes(index),
  }),
});

type Input = "archive" | "har" | "folder" | "captions" | "page";

let journey: ExportJourney;
let tiktok: TikTokLookAlike;
const paths = new Map<Input, string>([["page", `@${creator.handle}`]]);

beforeAll(async () => {
  journey = await startExportJourney();
  tiktok = await startTikTok({ creator, scenario: { pageSize: 6, overlap: 2, strangers: 4 } });
  const profile = { userName: creator.handle };
  const rows = creator.posts
    .slice(at.afterArchive + 1)
    .map((post, index) => rowOf(post, index + 1, archiveMade));
  paths.set("archive", await journey.zip("TikTok_Data.zip", rows, { profile }));
  const har = await recordHar(tiktok);
  paths.set("har", join(journey.folder, "page.har"));
  writeFileSync(join(journey.folder, "page.har"), JSON.stringify(har));
  paths.set("folder", await savedFolder(har.log.entries.map(({ response }) => response.content)));
  paths.set("captions", join(journey.folder, "captions.csv"));
  const { id } = creator.posts[at.typed]!;
  const page = `https://www.tiktok.com/@${creator.handle}/photo/${id}`;
  const hidden = archiveKey(creator.posts[at.private[0]!]!, at.private[0]!);
  writeFileSync(
    join(journey.folder, "captions.csv"),
    `key,url,caption\r\n,${page},"${typedCaption}"\r\n${hidden},,Only for me\r\n`,
  );
});

afterAll(async () => {
  await tiktok.close();
  await journey.dispose();
});

/** Each order is a list of commands, and each command a list of inputs. */
const orders: readonly (readonly (readonly Input[])[])[] = [
  [["archive", "har", "folder", "captions"]],
  [["captions", "folder", "har", "archive"]],
  [["archive"], ["har"], ["folder"], ["captions"]],
  [["captions"], ["folder"], ["har"], ["archive"]],
  [["har"], ["archive"], ["captions"], ["folder"]],
  [
    ["folder", "captions"],
    ["archive", "har"],
  ],
  [["har", "folder"], ["captions"], ["archive"]],
  [["folder"], ["archive"], ["har", "captions"]],
  [["captions", "archive"], ["folder"], ["har"]],
  [["archive"], ["archive", "har"], ["folder", "captions"], ["har"], ["archive"]],
  [["archive"], ["page"], ["folder"], ["captions"]],
  [["page"], ["captions", "folder"], ["archive"]],
];

describe("one creator told by four sources", () => {
  let first: Told;

  it.each(orders.map((order) => [order.map((each) => each.join(" + ")).join(", then "), order]))(
    "%s",
    async (name, order) => {
      const library = String(name).replaceAll(/[^a-z]+/g, "-");
      let last: CliRun | undefined;
      for (const inputs of order as (typeof orders)[number]) {
        last = await exportInputs(inputs, library);
        expect(last.code, last.out + last.error).toBe(0);
      }
      const told = toldBy(library);
      expect(told.posts).toHaveLength(creator.posts.length);
      if (String(name).includes("page")) {
        // The page itself says what the record of it says.
        expect(renamed(told, "tiktok-profile", "har")).toEqual(first);
      } else {
        first ??= told;
        expect(told).toEqual(first);
      }
    },
  );
});

describe("what they say together", () => {
  let told: Told;
  let run: CliRun;

  beforeAll(async () => {
    run = await exportInputs(["archive", "har", "folder", "captions"], "together");
    told = toldBy("together");
  });

  it("is each post once, with the best word of each", () => {
    expect(run.summary).toMatchObject({ found: 14, exported: 14, unjoined: 0 });
    expect(problemsOf(run, "ambiguous-join")).toEqual([]);
    expect(told.posts).toMatchObject(creator.posts.map(truth).toReversed());
  });

  it("and what was said at other times, with its date and who said it", () => {
    const byArchive = { observed: "2026-11-14T12:00:00Z", source: "tiktok-archive", likes: 5 };
    const histories = told.histories.toReversed();
    expect(histories[at.afterArchive]).toEqual([]);
    expect(histories[1]).toEqual([byArchive]);
    expect(histories[at.edited]).toEqual([
      expect.objectContaining({ source: "media-folder", caption: captionBefore, views: 12_345 }),
      byArchive,
    ]);
    expect(histories[at.private[0]!]).toEqual([]);
    // Here the archive looked last.
    expect(histories[at.hiddenSince]).toEqual([
      expect.objectContaining({ source: "media-folder", likes: 678 }),
    ]);
  });
});

describe("the archive's file and the page's file of one post", () => {
  /** The third is private; the newest is younger than the archive; the fifth is photos. */
  const few = creatorOf("mira.paints", 6, { change: (_, index) => ({ privateItem: index === 2 }) });
  const [newest, ...archived] = few.posts as [LookAlikePost, ...LookAlikePost[]];
  let page: PageJourney;
  let zip: string;
  let environment: Record<string, string>;
  /** SHA-256 of the archive's files of each post, by their names in the library. */
  const ofArchive = new Map<string, Record<string, string>>();

  beforeAll(async () => {
    const rows = archived.map((post, before) => rowOf(post, before + 1, Date.now() - 3_600_000));
    for (const [place, { id }] of archived.entries()) {
      ofArchive.set(id, serveRow(journey.server, rows[place] ?? {}, id));
    }
    zip = await journey.zip("few.zip", rows, { profile: { userName: few.handle } });
  });

  beforeEach(async () => {
    page = await startPageJourney(few);
    const hosts = `${page.tiktok.mediaHost},${journey.server.host}`;
    environment = { FINDMEHERE_NETWORK_ALLOW_HOSTS: hosts };
  });

  afterEach(async () => {
    await page.expectClean([]);
    await page.dispose();
  });

  /** Names and SHA-256 of the videos and photos of a post. */
  function filesOf(post: LookAlikePost): Record<string, string> {
    const row = jsonRows(page.library).find(
      ({ id, date }) =>
        id === post.id || Math.abs(Date.parse(String(date)) / 1000 - post.createTime) < 6,
    );
    const folder = join(page.library, String(row?.["folder"]));
    const names = filesBelow(folder).filter((name) => /^(?:video|\d)/.test(name));
    return Object.fromEntries(
      names.map((name) => [name, sha256(readFileSync(join(folder, name)))]),
    );
  }

  function playOf(post: LookAlikePost): string | undefined {
    return page.tiktok.media(post.id).find(({ form }) => form === "play")?.sha256;
  }

  it("read together are one file, that of the link which lives longer", async () => {
    const run = await page.run(["export", zip, `@${few.handle}`, "--headless"], { environment });
    expect(run.code, run.out + run.error).toBe(0);
    expect(run.summary).toMatchObject({ found: 6, exported: 6, failed: 0 });
    for (const post of archived) expect(filesOf(post)).toEqual(ofArchive.get(post.id));
    expect(filesOf(newest)).toEqual({ "video.mp4": playOf(newest) });
    const covers = filesBelow(page.library).filter((path) => path.endsWith("/cover.jpg"));
    expect(covers).toHaveLength(5);
  });

  it("the page first: its file stays, but one with the mark gives way to the archive's", async () => {
    const marked = archived[0]!;
    few.posts[1] = { ...marked, forms: ["download"] };
    const first = await page.run(["export", `@${few.handle}`, "--headless"], { environment });
    expect(first.code, first.out + first.error).toBe(0);
    expect(problemsOf(first, "with-watermark")).toMatchObject([{ post: marked.id }]);
    const before = journey.server.requests.length;

    const second = await page.run(["export", zip], { environment });
    expect(second.code, second.out + second.error).toBe(0);
    expect(second.summary).toMatchObject({ found: 5, exported: 2, unchanged: 3, failed: 0 });
    const asked = journey.server.requests.slice(before).map(({ path }) => path);
    const hidden = archived[1]!;
    expect(asked).toHaveLength(2);
    expect(Object.values(filesOf(marked))).toEqual(Object.values(ofArchive.get(marked.id)!));
    expect(filesOf(hidden)).toEqual(ofArchive.get(hidden.id));
    for (const post of [newest, archived[2]!, archived[4]!]) {
      expect(filesOf(post)).toEqual({ "video.mp4": playOf(post) });
    }
    expect(csvRows(page.library).map((row) => row["problem"])).not.toContain("with-watermark");
    const again = await page.run(["export", zip], { environment });
    expect(again.summary).toMatchObject({ exported: 0, unchanged: 5, bytes: 0 });
  });
});

/** What is true of a post after all four have spoken. */
function truth(post: LookAlikePost, index: number): Record<string, unknown> {
  const { id, kind, stats } = post;
  const page = { id, views: stats.plays, likes: stats.likes, visibility: "public" };
  const date = archiveSecond(post, index);
  const caption = index === at.typed ? typedCaption : post.desc;
  const sources = [
    ...(index === at.typed ? ["captions-table"] : []),
    "har",
    ...(saved.includes(index) || index === savedPhotos ? ["media-folder"] : []),
    ...(index === at.afterArchive ? [] : ["tiktok-archive"]),
  ];
  if (index === at.private[0]) {
    const words = { caption: "Only for me", visibility: "private", views: null, likes: 5 };
    return { id: null, kind, date, ...words, sources: ["captions-table", "tiktok-archive"] };
  }
  if (index === at.hiddenSince) {
    const words = { caption, visibility: "private", views: 12_345, likes: 5 };
    return { id, kind, date, ...words, sources: ["media-folder", "tiktok-archive"] };
  }
  return { kind, date, caption, ...page, sources, pinned: index === at.pinned ? true : null };
}

/** What a library says, without keys, folders and what is named after them. */
interface Told {
  posts: Record<string, unknown>[];
  histories: unknown[];
}

async function exportInputs(inputs: readonly Input[], library: string): Promise<CliRun> {
  const live = inputs.includes("page");
  const words = inputs.map((input) => paths.get(input) ?? "");
  return journey.run(["export", ...words, "--skip-media", ...(live ? ["--headless"] : [])], {
    library,
    environment: {
      FINDMEHERE_TIKTOK_ORIGIN: tiktok.origin,
      FINDMEHERE_TEST: "1",
      FINDMEHERE_TEST_PACE: "40",
      FINDMEHERE_NOW: "2026-11-20T10:30:00Z",
      FINDMEHERE_BROWSER_EXECUTABLE: needChromium(),
      XDG_STATE_HOME: join(journey.folder, "state"),
      DISPLAY: "",
      WAYLAND_DISPLAY: "",
    },
  });
}

function toldBy(library: string): Told {
  const root = join(journey.folder, library);
  const rows = jsonRows(root).toSorted((a, b) => (String(a["date"]) < String(b["date"]) ? -1 : 1));
  const histories = rows.map((row) => {
    const file = join(root, String(row["folder"]), "post.json");
    return (JSON.parse(readFileSync(file, "utf8")) as { history: unknown }).history;
  });
  const posts = rows.map(({ key: _key, folder: _folder, ...fields }) => fields);
  return { posts, histories };
}

function renamed(told: Told, from: string, to: string): Told {
  const text = JSON.stringify(told).replaceAll(`"${from}"`, `"${to}"`);
  const { posts, histories } = JSON.parse(text) as Told;
  const sorted = ({ sources, ...post }: Record<string, unknown>) => ({
    ...post,
    sources: (sources as string[]).toSorted(),
  });
  return { posts: posts.map(sorted), histories };
}

function rowOf(post: LookAlikePost, index: number, made: number): ArchiveRow {
  const { origin } = journey.server;
  return lookAlikeRow(post, index, { made, origin, otherObject: byTimeAlone.includes(index) });
}

/** What was saved with yt-dlp and gallery-dl when some captions were others, and one post was still public. */
async function savedFolder(
  bodies: readonly { text?: string; encoding?: string }[],
): Promise<string> {
  const folder = join(journey.folder, "saved");
  mkdirSync(folder);
  for (const index of saved) {
    const { id, createTime, desc, videoObject, cover } = creator.posts[index]!;
    const record = sidecar({
      ...{ id, timestamp: createTime, uploader: creator.handle, channel: creator.displayName },
      description: index === at.edited ? captionBefore : desc,
      ...{ objectIds: [videoObject], coverId: cover },
    });
    await writeSidecar(folder, record);
  }
  const items = bodies.flatMap(({ text = "" }) =>
    text.startsWith("{") ? ((JSON.parse(text) as { itemList?: Item[] }).itemList ?? []) : [],
  );
  const { id } = creator.posts[savedPhotos]!;
  const item = items.find((each) => each.id === id);
  if (item === undefined) throw new Error("the list lacks the photos");
  const pictures = tiktok.creator.posts[savedPhotos]!.images.entries();
  for (const [place, fileId] of pictures) {
    const name = await writeGalleryFile(folder, {
      ...{ item, type: "image", num: place + 1, fileId, extension: "jpg" },
      bytes: Buffer.from("ffd8ffe000104a46494600010100000100010000ffd9", "hex"),
    });
    const seen = new Date("2026-11-18T08:00:00Z");
    for (const path of [name, `${name}.json`]) utimesSync(join(folder, path), seen, seen);
  }
  return folder;
}

type Item = Record<string, unknown> & { id: string };
