import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { creatorOf } from "../look-alike/tiktok/index.ts";
import { buildArchive, writeArchiveZip } from "../support/archive.ts";
import type { CliRun } from "../support/cli.ts";
import { startMediaServer } from "../support/media-server.ts";
import type { MediaServer } from "../support/media-server.ts";
import { csvRows, filesBelow, jsonRows, problemsOf } from "./export-journey.ts";
import { archiveKey, archiveSecond, lookAlikeRow, serveRow } from "./look-alike-archive.ts";
import { startPageJourney } from "./page-journey.ts";
import type { PageJourney } from "./page-journey.ts";
import { linesOf, publicationSums } from "./sample-journey.ts";

/** The third and the eighth are private; the fifth and the tenth are photos, the fifth without a caption or title. */
const hidden = [2, 7];
const creator = creatorOf("mira.paints", 10, {
  change: (post, index) => ({
    privateItem: hidden.includes(index),
    title: index === 4 ? "" : post.title,
  }),
});

/** A morning, so that no slot is near. */
const now = "2026-11-20T12:00:00Z";

let journey: PageJourney;
let server: MediaServer;

beforeAll(async () => {
  server = await startMediaServer();
  journey = await startPageJourney(creator, {}, () => Date.parse(now));
  const made = Date.parse(now) - 3_600_000;
  const posts = creator.posts.map((post, index) => {
    const row = lookAlikeRow(post, index, { made, origin: server.origin });
    serveRow(server, row, post.id);
    return row;
  });
  const profile = { userName: creator.handle, profilePhoto: "N/A" };
  await writeArchiveZip(join(journey.folder, "TikTok_Data.zip"), buildArchive({ profile, posts }));
});

function run(words: readonly string[], text = false): Promise<CliRun> {
  const hosts = `${journey.tiktok.mediaHost},${server.host}`;
  const environment = { FINDMEHERE_NETWORK_ALLOW_HOSTS: hosts, FINDMEHERE_NOW: now };
  return journey.run(words, { environment, text });
}

afterAll(async () => {
  await journey.expectClean([]);
  await journey.dispose();
  await server.close();
});

/** Keys that the archive gave: all of them, since it came first. */
const keys = creator.posts.map(archiveKey);
const shown = creator.posts.flatMap((post, index) => (hidden.includes(index) ? [] : [post]));
/** Its caption is known to be empty, and it has no title of its own. */
const wordless = keys[4];

describe("the first evening: the archive, then the page, then the queue", () => {
  let planned: string[];

  it("migrate keeps every file; without captions only the introduction is planned", async () => {
    const migrated = await run(["migrate", "TikTok_Data.zip"]);
    expect(migrated.code, migrated.out + migrated.error).toBe(0);
    expect(migrated.summary).toMatchObject({ found: 10, exported: 10, planned: 2, held: 16 });
    expect(csvRows(journey.library).map((row) => row["key"])).toEqual(keys.toReversed());
    const [told] = problemsOf(migrated, "no-caption");
    expect(told?.["fix"]).toContain("findmehere export @mira.paints");
  });

  it("the page brings captions, ids and counts to the same posts, and what the archive lacks", async () => {
    const exported = await run(["export", "@mira.paints", "--headless"]);
    expect(exported.code, exported.out + exported.error).toBe(0);
    expect(exported.summary).toMatchObject({ found: 8, exported: 8, failed: 0, unjoined: 0 });
    const rows = new Map(jsonRows(journey.library).map((row) => [row["key"], row]));
    expect([...rows.keys()]).toEqual(keys.toReversed());
    for (const [index, { id, desc, stats, privateItem }] of creator.posts.entries()) {
      const words = privateItem
        ? { id: null, caption: null, views: null, visibility: "private" }
        : { id, caption: desc, views: stats.plays, visibility: "public" };
      const date = archiveSecond(creator.posts[index]!, index);
      expect(rows.get(keys[index])).toMatchObject({ ...words, date });
    }
    const kinds = (names: RegExp) => filesBelow(journey.library).filter((path) => names.test(path));
    expect(kinds(/^posts\/.*\/video/)).toHaveLength(8);
    // The archive has the covers of photos only, and no subtitles.
    expect(kinds(/^posts\/.*\/cover/)).toHaveLength(8);
    expect(kinds(/^posts\/.*\/subtitle/)).toHaveLength(3);
    const own = journey.tiktok.mediaRequests().filter((each) => each.userAgent === "findmehere");
    expect(own.filter(({ query }) => query["mime_type"] === "video_mp4")).toEqual([]);
  });

  it("the captions fill the drafts that were there", async () => {
    const prepared = await run(["prepare"]);
    expect(prepared.code, prepared.out + prepared.error).toBe(0);
    expect(prepared.summary).toMatchObject({ posts: 8, drafts: 16, needTitleOrMedia: 2 });
    for (const [index, post] of creator.posts.entries()) {
      if (hidden.includes(index) || post.desc === "") continue;
      const day = archiveSecond(post, index).slice(0, 10);
      const folder = join(journey.library, "drafts/rednote", `${day}_${keys[index]}`);
      const [title, body] = ["title.txt", "body.txt"].map((name) =>
        readFileSync(join(folder, name), "utf8"),
      );
      expect(title).not.toBe("");
      const [first = ""] = post.desc.split(/[ \n]/);
      expect(`${title} ${body}`).toContain(first.split("#")[1] ?? first);
    }
  });

  it("queue add takes in what the captions mended, nothing twice, and names the command for the rest", async () => {
    const added = await run(["queue", "add"]);
    expect(added.summary).toMatchObject({ planned: 14, held: 0, heldBefore: 2, skipped: 4 });
    const again = await run(["queue", "add"]);
    expect(again.summary).toMatchObject({ planned: 0, held: 0, heldBefore: 2, skipped: 18 });
    const said = await run(["queue", "add"], true);
    expect(said.out).toContain("2 drafts were held before.");
    expect(said.out).toContain("`findmehere queue release --all`");

    const released = await run(["queue", "release", "--all"]);
    expect(released.summary).toMatchObject({ planned: 0, held: 2 });
    expect(problemsOf(released, "needs-title").map(({ post }) => post)).toEqual([
      ...[wordless, wordless],
    ]);
    planned = await queued();
    expect(new Set(planned).size).toBe(planned.length);
    const posts = shown.flatMap((post) => keys[creator.posts.indexOf(post)] ?? []);
    expect(planned).toEqual(
      ["hello", ...posts.filter((key) => key !== wordless)]
        .flatMap((key) => [`${key}@lemon8`, `${key}@rednote`])
        .toSorted(),
    );
  });

  it("status adds up", async () => {
    const { code, summary } = await run(["status"]);
    expect(code).toBe(0);
    expect(summary).toMatchObject({
      ...{ posts: 10, postsByVisibility: { public: 8, private: 2 }, postsIncomplete: 0 },
      ...{ drafts: 18, captionsMissing: 2, dueNow: 0, needsPerson: 2 },
      publications: { rednote: { held: 1, queued: 8 }, lemon8: { held: 1, queued: 8 } },
    });
    expect(publicationSums(summary)).toEqual({ rednote: 9, lemon8: 9 });
  });

  it("and all of it once more changes nothing", async () => {
    const asked = server.requests.length;
    const again = await run(["migrate", "TikTok_Data.zip"]);
    expect(again.summary).toMatchObject({ found: 10, exported: 0, unchanged: 10, planned: 0 });
    const page = await run(["export", "@mira.paints", "--headless"]);
    expect(page.summary).toMatchObject({ found: 8, exported: 0, unchanged: 8, bytes: 0 });
    const prepared = await run(["prepare"]);
    expect(prepared.summary).toMatchObject({ drafts: 16, made: 0, unchanged: 16 });
    expect((await run(["queue", "add"])).summary).toMatchObject({ planned: 0, held: 0 });
    expect(await queued()).toEqual(planned);
    expect(server.requests).toHaveLength(asked);
    expect((await run(["verify"])).code).toBe(0);
  });
});

/** What is in the queue, as `KEY@DESTINATION`, sorted. */
async function queued(): Promise<string[]> {
  const list = await run(["queue", "list", "--state", "queued"]);
  const names = linesOf(list, "publication").map(({ post, to }) => `${String(post)}@${String(to)}`);
  return names.toSorted();
}
