import { existsSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";

import { afterAll, beforeAll, expect, test } from "vitest";

import {
  draftFolder,
  keys,
  linesOf,
  migrateWords,
  queueOf,
  startMigrated,
  testInCopies,
} from "./sample-journey.ts";
import type { Journey, OpenJourney } from "./sample-journey.ts";

let sample: OpenJourney;

beforeAll(async () => {
  sample = await startMigrated();
});
afterAll(() => sample.close());

const inCopy = testInCopies(() => sample);

inCopy("a person's words survive every later prepare, until --force", async (journey) => {
  const folder = draftFolder(journey, keys.newest, "rednote");
  const before = JSON.parse(journey.read(`${folder}/draft.json`)) as { title: string };
  journey.write(`${folder}/title.txt`, "夜空");
  journey.write(`${folder}/body.txt`, "我自己写的话 🌙\n\n第二段");
  for (let turn = 0; turn < 2; turn += 1) {
    const run = await journey.run(["prepare", "--json"]);
    expect(run.code).toBe(0);
    expect(run.summary).toMatchObject({ drafts: 34, made: turn === 0 ? 1 : 0 });
    const draft = linesOf(run, "draft").find(
      ({ post, to }) => post === keys.newest && to === "rednote",
    );
    expect(draft).toMatchObject({ title: "夜空", body: "我自己写的话 🌙\n\n第二段", edited: true });
    expect(JSON.parse(journey.read(`${folder}/draft.json`))).toEqual(draft);
    expect(journey.read(`${folder}/title.txt`).trim()).toBe("夜空");
  }
  const forced = await journey.run([
    "prepare",
    "--force",
    "--to",
    "rednote",
    "--post",
    keys.newest,
    "--json",
  ]);
  expect(forced.summary).toMatchObject({ posts: 1, drafts: 1, made: 1 });
  expect(linesOf(forced, "draft")[0]).toMatchObject({ title: before.title, edited: false });
  expect(journey.read(`${folder}/title.txt`).trim()).toBe(before.title);
});

inCopy("line ends and a last line break of an editor are no edit", async (journey) => {
  const folder = draftFolder(journey, keys.elevenPhotos, "lemon8");
  const body = journey.read(`${folder}/body.txt`);
  journey.write(`${folder}/body.txt`, `\uFEFF${body.replaceAll("\n", "\r\n")}\r\n`);
  journey.write(`${folder}/title.txt`, `${journey.read(`${folder}/title.txt`)}\r\n`);
  const run = await journey.run(["prepare", "--json"]);
  expect(run.summary).toMatchObject({ made: 0, unchanged: 34 });
  expect(linesOf(run, "draft").some(({ edited }) => edited === true)).toBe(false);
});

inCopy("an edit over the limit is a stop problem and holds the draft", async (journey) => {
  const folder = draftFolder(journey, keys.noCaption, "rednote");
  journey.write(`${folder}/title.txt`, "这个标题实在是太长了所以小红书一定不会让它过去的");
  const run = await journey.run(["prepare", "--json"]);
  const told = linesOf(run, "problem").filter(({ severity }) => severity === "stop");
  expect(told).toContainEqual(
    expect.objectContaining({ code: "title-too-long", post: keys.noCaption, to: "rednote" }),
  );
  const release = await journey.run(["queue", "release", `${keys.noCaption}@rednote`, "--json"]);
  expect(release.code).toBe(0);
  expect(release.summary).toMatchObject({ planned: 0, held: 1 });
  expect(linesOf(release, "problem")[0]).toMatchObject({ code: "title-too-long" });
  const list = await journey.run(["queue", "list", "--state", "held", "--json"]);
  expect(queueOf(list)).toContain(`${keys.noCaption}@rednote held null`);
});

inCopy(
  "an edit over the limit of a draft that is not planned yet is held by queue add",
  async (journey) => {
    rmSync(join(journey.library, "findmehere.db"));
    expect((await journey.run(migrateSteps(journey, "export"))).code).toBe(0);
    expect((await journey.run(["prepare"])).code).toBe(0);
    const folder = draftFolder(journey, keys.newest, "rednote");
    journey.write(`${folder}/body.txt`, "长".repeat(1001));
    const run = await journey.run(["queue", "add", "--json"]);
    expect(linesOf(run, "problem")).toContainEqual(
      expect.objectContaining({ code: "body-too-long", post: keys.newest, to: "rednote" }),
    );
    const list = await journey.run(["queue", "list", "--state", "held", "--json"]);
    expect(queueOf(list)).toContain(`${keys.newest}@rednote held null`);
    expect(queueOf(list)).not.toContain(`${keys.newest}@lemon8 held null`);
  },
);

inCopy("the private post is drafted only by its key and a yes", async (journey) => {
  const words = ["prepare", "--post", keys.private, "--json"];
  const refused = await journey.run(words);
  expect(refused.code).toBe(2);
  expect(refused.summary).toMatchObject({ command: "prepare", error: "not-public" });
  expect(refused.lines[0]).toMatchObject({
    type: "problem",
    fix: `If you want that, type \`findmehere prepare --post ${keys.private} --yes\`.`,
  });
  expect(readdirSync(join(journey.library, "drafts/rednote")).join()).not.toContain(keys.private);
  const agreed = await journey.run([...words, "--yes"]);
  expect(agreed.code).toBe(0);
  expect(agreed.summary).toMatchObject({ posts: 1, drafts: 2, made: 2 });
  expect(draftFolder(journey, keys.private, "rednote")).toContain("2024-11-05");
});

inCopy("a post or destination that does not exist exits 2", async (journey) => {
  const post = await journey.run(["prepare", "--post", "7000000000000000000"]);
  expect(post.code).toBe(2);
  expect(post.error).toContain("There is no post 7000000000000000000 in this library.");
  const to = await journey.run(["prepare", "--to", "rednot"]);
  expect(to.code).toBe(2);
  expect(to.error).toContain("rednote");
});

inCopy("--dry-run says what would be made and changes nothing", async (journey) => {
  const before = snapshot(journey);
  const run = await journey.run(["prepare", "--force", "--dry-run", "--json"]);
  expect(run.code).toBe(0);
  expect(linesOf(run, "draft")).toHaveLength(34);
  expect(snapshot(journey)).toEqual(before);
  const alone = await journey.run([
    "prepare",
    "--post",
    keys.private,
    "--yes",
    "--dry-run",
    "--json",
  ]);
  expect(linesOf(alone, "draft")).toHaveLength(2);
  expect(snapshot(journey)).toEqual(before);
});

test("media of drafts are the originals under another name, not copies", () => {
  const posts = new Set(
    filesBelow(join(sample.library, "posts")).map((file) => statSync(file).ino),
  );
  const media = filesBelow(join(sample.library, "drafts")).filter((file) =>
    /(video|cover|\d{2})\.[a-z0-9]+$/.test(file),
  );
  expect(media.length).toBeGreaterThan(40);
  for (const file of media) expect(posts.has(statSync(file).ino)).toBe(true);
});

test("eleven photos go to RedNote whole and to Lemon8 as the first ten, in order", async () => {
  const run = await sample.run(["prepare", "--post", keys.elevenPhotos, "--json"]);
  const [rednote, lemon8] = linesOf(run, "draft");
  expect(rednote).toMatchObject({ to: "rednote" });
  expect(rednote?.["media"]).toHaveLength(11);
  expect(lemon8).toMatchObject({ to: "lemon8" });
  const numbers = ["01", "02", "03", "04", "05", "06", "07", "08", "09", "10"];
  expect(lemon8?.["media"]).toEqual(numbers.map((number) => `${number}.jpg`));
  const told = linesOf(run, "problem").filter(({ code }) => code === "photos-left-out");
  expect(told).toHaveLength(1);
  expect(told[0]).toMatchObject({ severity: "warn", post: keys.elevenPhotos, to: "lemon8" });
  const folder = join(sample.library, draftFolder(sample, keys.elevenPhotos, "lemon8"));
  const original = join(
    sample.library,
    "posts",
    readdirSync(join(sample.library, "posts")).find((name) => name.endsWith(keys.elevenPhotos)) ??
      "",
  );
  for (const number of numbers) {
    expect(readFileSync(join(folder, `${number}.jpg`))).toEqual(
      readFileSync(join(original, `${number}.jpg`)),
    );
  }
  expect(existsSync(join(folder, "11.jpg"))).toBe(false);
});

inCopy("a draft whose media was deleted gets it back", async (journey) => {
  const folder = draftFolder(journey, keys.newest, "lemon8");
  rmSync(join(journey.library, folder, "video.mp4"));
  const run = await journey.run(["prepare", "--post", keys.newest]);
  expect(run.code).toBe(0);
  expect(existsSync(join(journey.library, folder, "video.mp4"))).toBe(true);
});

function migrateSteps(journey: Journey, command: string): string[] {
  return [command, ...migrateWords(journey).slice(1)];
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

/** Every file of the library that is not the database's own, with what is in it. */
function snapshot(journey: Journey): Map<string, string> {
  const files = filesBelow(journey.library).filter((file) => !/findmehere\.db|lock/.test(file));
  return new Map(files.toSorted().map((file) => [file, readFileSync(file, "latin1")]));
}
