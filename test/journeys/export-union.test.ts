import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { photoLink } from "../support/archive.ts";
import { sidecar, writeSidecar } from "../support/sidecar.ts";
import {
  csvRows,
  filesBelow,
  folderOf,
  jsonRows,
  keyOf,
  photoBytes,
  problemsOf,
  servePost,
  startExportJourney,
  videoBytes,
  videoPath,
} from "./export-journey.ts";
import type { ExportJourney } from "./export-journey.ts";

const date = "2024-04-01 10:00:00";
const key = keyOf(date);
const id = "7352800000000000001";
let journey: ExportJourney;

beforeEach(async () => {
  journey = await startExportJourney();
});

afterEach(() => journey.dispose());

/** A folder with what yt-dlp wrote of a post; answers its path. */
async function captions(
  name: string,
  at: string,
  parts: { id?: string; objectIds?: string[]; description?: string } = {},
): Promise<string> {
  const folder = join(journey.folder, name);
  const timestamp = Date.parse(`${at.replace(" ", "T")}Z`) / 1000;
  await writeSidecar(folder, sidecar({ id, description: "Page words", ...parts, timestamp }));
  return folder;
}

function database<Row>(sql: string): Row[] {
  const db = new DatabaseSync(join(journey.library, "findmehere.db"));
  try {
    return db.prepare(sql).all() as Row[];
  } finally {
    db.close();
  }
}

function below(folder: string): string[] {
  return filesBelow(join(journey.library, folder));
}

/** The archive first, then a page whose time is two minutes off: two posts, as nothing tells that they are one. */
async function twoPosts(): Promise<void> {
  const zip = await journey.zip("archive.zip", [
    servePost(journey.server, { date, title: "Mine" }),
  ]);
  expect((await journey.run(["export", zip])).code).toBe(0);
  const page = await captions("page", "2024-04-01 10:02:00");
  const second = await journey.run(["export", page]);
  expect(problemsOf(second, "ambiguous-join")).toEqual([]);
  expect(csvRows(journey.library).map((row) => row["key"])).toEqual([key, id]);
}

/** A newer look at the page names the object that the archive knows. */
async function proof(): Promise<string> {
  const objectId = basename(videoPath(date));
  return captions("proof", "2024-04-01 10:02:00", { objectIds: [objectId] });
}

describe("two posts that prove to be one", () => {
  it("become one post of one folder, and the older key stays", async () => {
    await twoPosts();
    await journey.run(["prepare"]);
    await journey.run(["queue", "add"]);
    for (const to of ["rednote", "lemon8"]) {
      expect((await journey.run(["publish", "--post", key, "--to", to])).code).toBe(0);
    }
    // The page's post has no file; the creator posted it by hand, and says so by its key.
    const db = new DatabaseSync(join(journey.library, "findmehere.db"));
    db.prepare(
      "update publications set state = 'submitted' where post = ? and destination = 'lemon8'",
    ).run(id);
    db.close();

    const again = await journey.run(["export", await proof()]);
    expect(again.code).toBe(0);
    expect(problemsOf(again, "posts-united")).toEqual([
      {
        ...{ type: "problem", code: "posts-united", severity: "note", post: key, other: id },
        message: `Two posts of your library are one: ${id} is now another name of ${key}. One was handed-off, the other submitted on lemon8: it is submitted now. One was handed-off, the other held on rednote: it is handed-off now.`,
        fix: "Nothing to do. Every command takes both names.",
      },
    ]);
    expect(csvRows(journey.library)).toMatchObject([{ key, id, caption: "Page words" }]);
    expect(jsonRows(journey.library)).toMatchObject([{ key, id }]);
    expect(filesBelow(journey.library).filter((path) => path.includes(id))).toEqual([]);
    expect(below(folderOf(date))).toEqual(["caption.txt", "post.json", "video.mp4"]);
    expect((await journey.run(["verify"])).summary).toMatchObject({ files: 1, whole: 1 });
    const list = await journey.run(["queue", "list"]);
    const shown = list.lines.filter((line) => line.type === "publication");
    expect(shown.map(({ post, to, state }) => [post, to, state]).toSorted()).toEqual([
      [key, "lemon8", "submitted"],
      [key, "rednote", "handed-off"],
    ]);
    // Nothing is said a second time.
    expect(problemsOf(await journey.run(["export", await proof()]), "posts-united")).toEqual([]);
  });

  it("take a caption, and are removed and brought back, under either name", async () => {
    await twoPosts();
    await journey.run(["export", await proof()]);
    const table = join(journey.folder, "captions.csv");
    writeFileSync(table, `key,caption\n${id},By hand\n`);
    await journey.run(["export", table]);
    expect(csvRows(journey.library)).toMatchObject([{ key, caption: "By hand" }]);

    const gone = await journey.run(["remove", id, "--yes"]);
    expect(gone.summary).toMatchObject({ removed: 1, keys: [key] });
    expect((await journey.run(["remove", id, "--yes"])).summary).toMatchObject({
      removedBefore: 1,
    });
    const kept = await journey.run(["export", await proof()]);
    expect(kept.summary).toMatchObject({ found: 0, removed: 1 });
    const zip = join(journey.folder, "archive.zip");
    const restored = await journey.run(["export", zip, "--restore", id]);
    expect(restored.summary).toMatchObject({ found: 1, exported: 1 });
    expect(csvRows(journey.library)).toMatchObject([{ key }]);
  });

  it("are prepared, published and confirmed under either name", async () => {
    await twoPosts();
    await journey.run(["prepare"]);
    await journey.run(["queue", "add"]);
    await journey.run(["export", await proof()]);
    for (const to of ["rednote", "lemon8"]) {
      const out = await journey.run(["publish", "--post", id, "--to", to]);
      expect(out.summary).toMatchObject({ handedOff: 1 });
    }
    const back = ["confirm", "--post", id, "--to", "rednote", "--not-today"];
    expect((await journey.run(back)).summary).toMatchObject({ post: key, state: "queued" });
    expect((await journey.run(["prepare", "--post", id])).summary).toMatchObject({ posts: 1 });
    const url = "https://www.lemon8-app.com/@mira/7410000000000000123";
    const live = await journey.run(["confirm", "--post", id, "--to", "lemon8", "--url", url]);
    expect(live.summary).toMatchObject({ post: key, state: "live" });
    const release = await journey.run(["queue", "release", `${id}@rednote`]);
    expect(release.lines[0]?.["message"]).toContain(`${key}@rednote is queued`);
  });

  it("that both went out say where, and both addresses stay", async () => {
    await twoPosts();
    await journey.run(["prepare"]);
    const [one, two] = ["1", "2"].map(
      (end) => `https://www.lemon8-app.com/@mira/741000000000000012${end}`,
    );
    const db = new DatabaseSync(join(journey.library, "findmehere.db"));
    const live = db.prepare(
      "update publications set state = 'live', proof = 'pasted', url = ? where post = ? and destination = 'lemon8'",
    );
    live.run(one ?? "", key);
    live.run(two ?? "", id);
    db.close();
    const run = await journey.run(["export", await proof()]);
    const [note] = problemsOf(run, "posts-united");
    expect(note?.["message"]).toContain(
      `Both were live on lemon8: it is live now (${one}, and ${two}).`,
    );
    expect(note?.["fix"]).toContain("public twice");
    expect(database("select post, url from publications where destination = 'lemon8'")).toEqual([
      { post: key, url: one },
    ]);
    expect(
      database("select why from moves where by_whom = 'union' and destination = 'lemon8'"),
    ).toEqual([{ why: `${id} (live) proved to be the same post; it is also at ${two}` }]);
  });

  it("keep a person's words: into the draft where nobody wrote another, else beside it", async () => {
    await twoPosts();
    await journey.run(["prepare"]);
    const words = (to: string, name: string, file: string): string =>
      join(journey.library, "drafts", to, `2024-04-01_${name}`, file);
    // Typed since, so that the database has not seen any of it.
    writeFileSync(words("rednote", id, "title.txt"), "Typed on the younger");
    writeFileSync(words("lemon8", id, "body.txt"), "Younger body");
    writeFileSync(words("lemon8", key, "body.txt"), "Older body");
    await journey.run(["export", await proof()]);
    expect(filesBelow(journey.library).filter((path) => path.includes(`_${id}/`))).toEqual([]);
    expect(readFileSync(words("rednote", key, "title.txt"), "utf8")).toBe("Typed on the younger");
    expect(readFileSync(words("lemon8", key, "body.txt"), "utf8")).toBe("Older body");
    expect(readFileSync(words("lemon8", key, `body.from-${id}.txt`), "utf8")).toBe("Younger body");
    await journey.run(["prepare"]);
    expect(readFileSync(words("rednote", key, "title.txt"), "utf8")).toBe("Typed on the younger");
    expect(JSON.parse(readFileSync(words("rednote", key, "draft.json"), "utf8"))).toMatchObject({
      ...{ post: key, title: "Typed on the younger", edited: true },
    });
    await journey.run(["remove", key, "--yes"]);
    expect(filesBelow(journey.library).filter((path) => path.includes(key))).toEqual([]);
  });
});

describe("the files of two posts that prove to be one", () => {
  const younger = "2024-04-01 10:02:00";
  const cover = "0123456789abcdef0123456789abcdef";

  /** Two archives with a post each; the second has a cover, and so has the third for the post of the first. */
  async function threeArchives(same: boolean): Promise<string> {
    const { server } = journey;
    const link = photoLink({ id: cover, origin: server.origin });
    server.put(new URL(link).pathname, photoBytes("cover", 1));
    await journey.run(["export", await journey.zip("one.zip", [servePost(server, { date })])]);
    const row = servePost(server, { date: younger, cover: link });
    if (same) server.put(videoPath(younger), videoBytes(date));
    await journey.run(["export", await journey.zip("two.zip", [row])]);
    expect(csvRows(journey.library).map((each) => each["key"])).toEqual([key, keyOf(younger)]);
    return journey.zip("three.zip", [servePost(server, { date, cover: link })]);
  }

  it("come into one folder; what differs is kept beside it, and nothing is fetched again", async () => {
    const three = await threeArchives(false);
    writeFileSync(join(journey.library, folderOf(younger), "notes.txt"), "mine");
    const asked = journey.server.requests.length;
    const run = await journey.run(["export", three]);
    expect(problemsOf(run, "posts-united")).toHaveLength(1);
    expect(journey.server.requests.length).toBe(asked);
    expect(below(folderOf(date))).toEqual([
      ...["cover.jpg", "post.json", `video.from-${keyOf(younger)}.mp4`, "video.mp4"],
    ]);
    const folder = join(journey.library, folderOf(date));
    expect(readFileSync(join(folder, "video.mp4"))).toEqual(videoBytes(date));
    expect(readFileSync(join(folder, `video.from-${keyOf(younger)}.mp4`))).toEqual(
      videoBytes(younger),
    );
    // A person's own file is not ours to move.
    expect(below(folderOf(younger))).toEqual(["notes.txt"]);
    expect(problemsOf(run, "files-left")).toHaveLength(1);
    expect((await journey.run(["verify"])).summary).toMatchObject({ files: 2, whole: 2 });
    expect(database("select left_on_disk from aliases")).toEqual([{ left_on_disk: null }]);
    await journey.run(["remove", keyOf(younger), "--yes"]);
    expect(existsSync(folder)).toBe(false);
  });

  it("that has TikTok's mark gives its place to one that has not", async () => {
    const three = await threeArchives(false);
    const marked = new DatabaseSync(join(journey.library, "findmehere.db"));
    marked.exec(`update files set watermarked = 1 where post = '${key}' and role = 'video'`);
    marked.close();
    await journey.run(["export", three]);
    const folder = join(journey.library, folderOf(date));
    expect(readFileSync(join(folder, "video.mp4"))).toEqual(videoBytes(younger));
    expect(readFileSync(join(folder, `video.from-${key}.mp4`))).toEqual(videoBytes(date));
    expect(database("select path from files where role = 'video'")).toEqual([
      { path: `${folderOf(date)}/video.mp4` },
    ]);
    expect((await journey.run(["verify"])).summary).toMatchObject({ files: 2, whole: 2 });
  });

  it("that are the same bytes are there once", async () => {
    await journey.run(["export", await threeArchives(true)]);
    expect(below(folderOf(date))).toEqual(["cover.jpg", "post.json", "video.mp4"]);
    expect(existsSync(join(journey.library, folderOf(younger)))).toBe(false);
    expect((await journey.run(["verify"])).summary).toMatchObject({ files: 2, whole: 2 });
  });
});

describe("two posts that may be one", () => {
  it("that both have their place in the queue wait, until a person says that they are two", async () => {
    const row = servePost(journey.server, { date, title: "Mine" });
    const page = await captions("page", "2024-04-01 10:00:08");
    await journey.run(["export", await journey.zip("archive.zip", [row]), page]);
    await journey.run(["prepare", "--to", "rednote"]);
    const db = new DatabaseSync(join(journey.library, "findmehere.db"));
    db.prepare("update publications set state = 'queued', due = '2099-01-01T00:00:00.000Z'").run();
    db.close();
    await journey.run(["prepare", "--to", "rednote"]);
    const publish = ["publish", "--post", key, "--to", "rednote"];
    const stopped = await journey.run(publish);
    expect(stopped.summary).toMatchObject({ handedOff: 0, failed: 1 });
    const [told] = problemsOf(stopped, "ambiguous-join");
    expect(told?.["fix"]).toContain(`queue release ${key}@rednote --allow ambiguous-join`);
    const allow = ["queue", "release", `${key}@rednote`, "--allow", "ambiguous-join"];
    const allowed = await journey.run(allow);
    expect(allowed).toMatchObject({ code: 0, lines: [{ state: "queued", post: key }, {}] });
    expect((await journey.run(publish)).summary).toMatchObject({ handedOff: 1 });
  });

  it("are held, and freed by taking one out or by saying that they are two", async () => {
    const zip = await journey.zip("archive.zip", [
      servePost(journey.server, { date, title: "Mine" }),
    ]);
    const page = await captions("page", "2024-04-01 10:00:08");
    const run = await journey.run(["export", zip, page]);
    const notes = problemsOf(run, "ambiguous-join");
    expect(notes).toMatchObject([{ severity: "note", post: expect.any(String) }]);
    expect([notes[0]?.["post"], notes[0]?.["other"]].toSorted()).toEqual([key, id].toSorted());
    const rows = csvRows(journey.library);
    expect(rows.map((row) => row["key"])).toEqual([key, id]);
    await journey.run(["prepare"]);
    const added = await journey.run(["queue", "add"]);
    expect(added.summary).toMatchObject({ planned: 0 });
    const holding = problemsOf(added, "ambiguous-join").filter(({ post }) => post === key);
    expect(holding).toHaveLength(2);
    expect(holding[0]?.["message"]).toContain(`It may be the same post as ${id}`);
    expect(holding[0]?.["fix"]).toContain(`findmehere remove ${id}`);

    // A person says that they are two: it goes out, and stays so when drafts are made again.
    const allow = ["queue", "release", `${key}@rednote`, "--allow", "ambiguous-join"];
    expect((await journey.run(allow)).summary).toMatchObject({ planned: 1, held: 0 });
    await journey.run(["prepare"]);
    const out = await journey.run(["publish", "--post", key, "--to", "rednote"]);
    expect(out.summary).toMatchObject({ handedOff: 1, failed: 0 });

    // One is taken out: the other is free.
    await journey.run(["remove", id, "--yes"]);
    await journey.run(["prepare"]);
    const free = await journey.run(["queue", "release", "--all"]);
    expect(free.summary).toMatchObject({ planned: 1, held: 0 });
    const again = await journey.run(["export", zip, page]);
    expect(problemsOf(again, "ambiguous-join")).toEqual([]);
  });
});
