import { createHash } from "node:crypto";
import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { creatorOf } from "../look-alike/tiktok/index.ts";
import type { KnownMedia, LookAlikePost, SeenRequest } from "../look-alike/tiktok/index.ts";
import type { CliRun } from "../support/cli.ts";
import { csvRows, filesBelow, jsonRows, problemsOf } from "./export-journey.ts";
import { startPageJourney } from "./page-journey.ts";
import type { PageJourney } from "./page-journey.ts";

const words = ["export", "@mira.paints", "--headless"];

/** What each post is for, by its place in the list; 4 and 9 are photos. */
const at = {
  ...{ marked: 1, silent: 2, silentToo: 3, photos: 4, unplayable: 5, movedOn: 6, cut: 7, dead: 8 },
  ...{ gone: 10, edited: 11 },
};

const creator = creatorOf("mira.paints", 12, {
  change: (_, index) => {
    if (index === at.silent) return { forms: ["h264-silent"] };
    if (index === at.silentToo) return { forms: ["h264-silent", "play", "download"] };
    if (index === at.unplayable) return { forms: ["bytevc2", "h265-missing", "h264", "download"] };
    return {};
  },
});

/** The forms of a video that are not `play`, the best that is to be had of these posts. */
const otherForms: Readonly<Record<number, string>> = {
  [at.marked]: "download",
  [at.silent]: "h264-silent",
  [at.unplayable]: "h264",
};

let journey: PageJourney;
let first: CliRun;
let second: CliRun;
/** Hosts that may be asked, as `network.allowHosts` has them. */
let both: Record<string, string>;

beforeAll(async () => {
  journey = await startPageJourney(creator, {
    mediaFaults: [
      { path: objectAt(at.movedOn), answer: { to: "redirect" } },
      { path: objectAt(at.cut), on: [1], answer: { to: "cut", after: 4096 } },
      { path: objectAt(at.dead), answer: { to: "status", status: 403 } },
    ],
  });
  both = {
    FINDMEHERE_NETWORK_ALLOW_HOSTS: `${journey.tiktok.mediaHost},${journey.tiktok.secondMediaHost}`,
  };
  replacePost(at.marked, { forms: ["download"] });
  first = await journey.run(words);
});

afterAll(async () => {
  await journey.expectClean([first, second].flatMap(({ out, error }) => [out, error]));
  await journey.dispose();
});

describe("the first run", () => {
  it("says of each post what became of it", () => {
    expect(first.code, first.out + first.error).toBe(3);
    expect(first.summary).toMatchObject({ found: 12, exported: 10, failed: 2 });
    expect(told(first, "with-watermark")).toEqual([idAt(at.marked)]);
    expect(told(first, "no-sound")).toEqual([idAt(at.silent)]);
    expect(told(first, "host-refused")).toEqual(Array(2).fill(idAt(at.movedOn)));
    expect(told(first, "download-failed")).toEqual([idAt(at.dead)]);
    expect(problemsOf(first, "download-failed")[0]).toMatchObject({
      fix: expect.stringMatching(/^Your page gives new links: /),
    });
    expect(columns("problem")).toMatchObject({
      [idAt(at.marked)]: "with-watermark",
      [idAt(at.movedOn)]: "host-refused",
      [idAt(at.dead)]: "download-failed",
      [idAt(0)]: "",
    });
  });

  it("asks no host that is not allowed", () => {
    const { tiktok } = journey;
    expect(tiktok.mediaRequests().some(({ status }) => status === 302)).toBe(true);
    expect(tiktok.mediaRequests().filter(({ host }) => host !== tiktok.mediaHost)).toEqual([]);
  });

  it("asks once more for a transfer that was cut", () => {
    const asked = requestsOf(creator.posts[at.cut]!);
    expect(asked).toHaveLength(2);
    expect(asked[0]).toMatchObject({ status: 200, range: null });
    expect([200, 206]).toContain(asked[1]?.status);
  });

  it("asks for no form without sound, or that does not play, where a better one came", () => {
    expect(requestsOf(creator.posts[0]!)).toHaveLength(1);
    // The silent form looks better, and is asked for once, not at each of its mirrors.
    const silent = requestsOf(creator.posts[at.silentToo]!).map(({ path }) => fileOf(path));
    expect(silent).toEqual([expect.anything(), creator.posts[at.silentToo]?.videoObject]);
    expect(new Set(silent).size).toBe(2);
  });
});

describe("the second run", () => {
  let asked: string[];

  beforeAll(async () => {
    journey.tiktok.change({
      mediaFaults: [{ path: objectAt(at.movedOn), answer: { to: "redirect" } }],
    });
    const before = journey.tiktok.mediaRequests().length;
    second = await journey.run(words, { environment: both });
    asked = own(journey.tiktok.mediaRequests().slice(before)).map(
      ({ host, path, status }) => `${host} ${fileOf(path)} ${status}`,
    );
  });

  it("fetches what was missing and nothing else", () => {
    expect(second.code, second.out + second.error).toBe(0);
    expect(second.summary).toMatchObject({ found: 12, exported: 2, unchanged: 10, failed: 0 });
    const { mediaHost, secondMediaHost } = journey.tiktok;
    const [moved, dead] = [at.movedOn, at.dead].map((index) => creator.posts[index]!.videoObject);
    expect(asked.toSorted()).toEqual(
      [
        ...[`${mediaHost} ${moved} 302`, `${secondMediaHost} ${moved} 200`],
        ...[`${mediaHost} ${moved}.eng-US.vtt 302`, `${secondMediaHost} ${moved}.eng-US.vtt 200`],
        `${mediaHost} ${dead} 200`,
      ].toSorted(),
    );
  });

  it("carries no cookie to a second host", () => {
    const { tiktok } = journey;
    const there = tiktok.mediaRequests().filter(({ host }) => host === tiktok.secondMediaHost);
    expect(there).toHaveLength(2);
    expect(there.flatMap(({ cookies }) => cookies)).toEqual([]);
    const videos = own(tiktok.mediaRequests()).filter(({ query }) => "tk" in query);
    for (const { cookies } of videos) expect(cookies).toContain("tt_chain_token");
  });

  it("leaves every file as the page has it, byte for byte", () => {
    expect(filesNow()).toEqual(filesWanted());
    const left = Object.entries(columns("problem")).filter(([, problem]) => problem !== "");
    expect(left).toEqual([[idAt(at.marked), "with-watermark"]]);
  });
});

describe("a run after nothing but the counts moved", () => {
  let before: Map<string, string>;
  let run: CliRun;
  let asked: number;

  beforeAll(async () => {
    before = snapshot();
    for (const [index, post] of creator.posts.entries()) {
      const { stats } = post;
      replacePost(index, { stats: { ...stats, plays: stats.plays + 1000, likes: 17 + index } });
    }
    const requests = own(journey.tiktok.mediaRequests()).length;
    run = await journey.run(words, { environment: both });
    asked = own(journey.tiktok.mediaRequests()).length - requests;
  });

  it("asks for no media at all and finds everything unchanged", () => {
    expect(run.code, run.out + run.error).toBe(0);
    expect(run.summary).toMatchObject({ found: 12, exported: 0, unchanged: 12, bytes: 0 });
    expect(asked).toBe(0);
    const changes = run.lines.flatMap((line) => (line.type === "post" ? [line["changed"]] : []));
    expect(changes).toEqual(creator.posts.map(() => ["views", "likes"]));
  });

  it("writes the new counts, and keeps the old ones with their date and source", () => {
    const rows = new Map(jsonRows(journey.library).map((row) => [row["id"], row]));
    for (const { id, stats } of creator.posts) {
      expect(rows.get(id)).toMatchObject({ views: stats.plays, likes: stats.likes });
      const { history } = postFile(id);
      // Two looks before this one, and both saw the same.
      expect(history).toEqual([
        {
          observed: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
          source: "tiktok-profile",
          likes: expect.any(Number),
          views: stats.plays - 1000,
        },
      ]);
    }
  });

  it("changes nothing else on the disk", () => {
    const after = snapshot();
    expect([...after.keys()]).toEqual([...before.keys()]);
    const changed = [...after].flatMap(([path, mark]) => (before.get(path) === mark ? [] : path));
    const posts = jsonRows(journey.library).map((row) => folderOf(String(row["id"])));
    expect(changed.toSorted()).toEqual(
      [...posts.map((folder) => `${folder}/post.json`), "posts.csv", "posts.jsonl"].toSorted(),
    );
  });
});

describe("a run after posts were edited, taken away, and had a better form", () => {
  const caption = "Painted over, and told anew #watercolour";
  let run: CliRun;
  let gone: LookAlikePost;
  let goneFiles: KnownMedia[];
  let oldCaption: string;

  beforeAll(async () => {
    oldCaption = creator.posts[at.edited]!.desc;
    replacePost(at.edited, { desc: caption });
    replacePost(at.marked, { forms: ["play", "h264", "download"] });
    goneFiles = journey.tiktok.media(idAt(at.gone));
    [gone] = creator.posts.splice(at.gone, 1) as [LookAlikePost];
    run = await journey.run(words, { environment: both });
  });

  it("says which caption is another one now, and keeps the older", () => {
    expect(run.code, run.out + run.error).toBe(0);
    const [{ id }] = creator.posts.slice(at.edited - 1) as [LookAlikePost];
    expect(told(run, "caption-edited")).toEqual([id]);
    expect(columns("caption")[id]).toBe(caption);
    expect(readFileSync(join(journey.library, folderOf(id), "caption.txt"), "utf8")).toBe(caption);
    expect(postFile(id).history).toContainEqual(expect.objectContaining({ caption: oldCaption }));
  });

  it("marks the post that is gone, and keeps it and its files", () => {
    expect(told(run, "post-gone")).toEqual([gone.id]);
    expect(columns("problem")[gone.id]).toBe("post-gone");
    expect(csvRows(journey.library)).toHaveLength(12);
    const path = join(journey.library, folderOf(gone.id), "video.mp4");
    const [play] = goneFiles.filter(({ form }) => form === "play");
    expect(sha256(path)).toBe(play?.sha256);
  });

  it("puts the form without the mark in the place of the marked one", async () => {
    const id = idAt(at.marked);
    const [play] = journey.tiktok.media(id).filter(({ form }) => form === "play");
    const folder = folderOf(id);
    const videos = filesBelow(join(journey.library, folder)).filter((name) =>
      name.startsWith("video"),
    );
    expect(videos).toHaveLength(1);
    expect(sha256(join(journey.library, folder, videos[0]!))).toBe(play?.sha256);
    expect(columns("problem")[id]).toBe("");
    expect(columns("media_files")[id]).toContain(`${folder}/${videos[0]}`);
    expect(told(run, "with-watermark")).toEqual([]);
    const verified = await journey.run(["verify", "--library", journey.library]);
    expect([verified.code, verified.out.includes('"type":"problem"')]).toEqual([0, false]);
  });

  it("and afterwards nothing is new", async () => {
    const requests = own(journey.tiktok.mediaRequests()).length;
    const again = await journey.run(words, { environment: both });
    expect(again.summary).toMatchObject({ found: 11, exported: 0, unchanged: 11, bytes: 0 });
    expect(own(journey.tiktok.mediaRequests())).toHaveLength(requests);
    expect(told(again, "post-gone")).toEqual([]);
    expect(columns("problem")[gone.id]).toBe("post-gone");
  });
});

describe("links that are dead before they are asked for", () => {
  it("are not asked for, which is said, and the next run has new ones", async () => {
    const few = creatorOf("mira.paints", 5);
    let late = 3 * 24 * 60 * 60 * 1000;
    const old = await startPageJourney(few, {}, () => Date.now() - late);
    try {
      const dead = await old.run(words);
      expect(dead.code, dead.out + dead.error).toBe(3);
      expect(dead.summary).toMatchObject({ found: 5, exported: 0, failed: 5, bytes: 0 });
      expect(problemsOf(dead, "links-expired")).toMatchObject([
        {
          message: expect.stringMatching(
            /^The links to 13 files of 5 posts died on \d{4}-\d\d-\d\d\./,
          ),
          fix: expect.stringMatching(/^Your page gives new links: /),
        },
      ]);
      expect(own(old.tiktok.mediaRequests())).toEqual([]);
      late = 0;
      const whole = await old.run(words);
      expect([whole.code, whole.summary["exported"]], whole.out + whole.error).toEqual([0, 5]);
      await old.expectClean([dead, whole].flatMap(({ out, error }) => [out, error]));
    } finally {
      await old.dispose();
    }
  });
});

function idAt(index: number): string {
  return creator.posts[index]?.id ?? "";
}

/** What the paths of all forms of a video begin with. */
function objectAt(index: number): string {
  return `/${creator.posts[index]?.videoObject.slice(0, 8) ?? ""}`;
}

/** On TikTok a post is another one from now on. */
function replacePost(index: number, changes: Partial<LookAlikePost>): void {
  creator.posts[index] = { ...creator.posts[index]!, ...changes };
}

/** Posts that a run said this of. */
function told(run: CliRun, code: string): unknown[] {
  return problemsOf(run, code).map(({ post }) => post);
}

/** A column of posts.csv by id. */
function columns(name: string): Record<string, string> {
  return Object.fromEntries(
    csvRows(journey.library).map((row) => [row["id"] ?? "", row[name] ?? ""]),
  );
}

/** Requests that the browser's page did not make by showing pictures. */
function own(requests: readonly SeenRequest[]): SeenRequest[] {
  return requests.filter(({ userAgent }) => userAgent === "findmehere");
}

function requestsOf(post: LookAlikePost): SeenRequest[] {
  const object = `/${post.videoObject.slice(0, 8)}`;
  return own(journey.tiktok.mediaRequests()).filter(
    ({ path }) => path.includes(object) && !path.endsWith(".vtt"),
  );
}

/** The stored object's name in a path. */
function fileOf(path: string): string {
  return path.split("/").findLast((part) => part !== "") ?? "";
}

function folderOf(id: string): string {
  const post = jsonRows(journey.library).find((row) => row["id"] === id);
  return `posts/${String(post?.["date"]).slice(0, 10)}_${id}`;
}

function postFile(id: string): { history: unknown[] } {
  const path = join(journey.library, folderOf(id), "post.json");
  return JSON.parse(readFileSync(path, "utf8")) as { history: unknown[] };
}

function sha256(path: string): string {
  return createHash("sha256").update(readFileSync(path)).digest("hex");
}

/** Every media file of the library by its place, with its SHA-256. */
function filesNow(): Record<string, string> {
  const files = filesBelow(journey.library).filter((path) =>
    /^(?:posts\/.*|avatar)\.(?:mp4|jpg|webp|vtt)$/.test(path),
  );
  return Object.fromEntries(
    files.map((path) => [path.replace(/\.\w+$/, ""), sha256(join(journey.library, path))]),
  );
}

/** The same as the page has it, each file in its right form. */
function filesWanted(): Record<string, string> {
  const [avatar] = journey.tiktok.media("avatar");
  const wanted = creator.posts.flatMap(({ id, kind }, index) => {
    const forms = new Map(journey.tiktok.media(id).map(({ form, sha256 }) => [form, sha256]));
    const places = [...forms.keys()].flatMap((form): [string, string][] => {
      if (form === "cover") return [["cover", form]];
      const [, photo] = /^image (\d+)$/.exec(form) ?? [];
      if (photo !== undefined) return [[photo.padStart(2, "0"), form]];
      const [, language] = /^subtitles (.+)$/.exec(form) ?? [];
      return language === undefined ? [] : [[`subtitle.${language}`, form]];
    });
    if (kind === "video") places.push(["video", otherForms[index] ?? "play"]);
    return places.map(([name, form]) => [`${folderOf(id)}/${name}`, forms.get(form) ?? ""]);
  });
  return Object.fromEntries([["avatar", avatar?.sha256 ?? ""], ...wanted.toSorted()]) as Record<
    string,
    string
  >;
}

/** Every file that people see: its bytes, and of media also what would show that it was written again. */
function snapshot(): Map<string, string> {
  const files = filesBelow(journey.library).filter(
    (path) => !/^(?:findmehere\.db|logs)/.test(path),
  );
  return new Map(
    files.map((path) => {
      const { mtimeMs, ino } = statSync(join(journey.library, path));
      const written = /\.(?:csv|jsonc?|jsonl|txt)$/.test(path) ? "" : `${mtimeMs} ${ino} `;
      return [path, `${written}${sha256(join(journey.library, path))}`];
    }),
  );
}
