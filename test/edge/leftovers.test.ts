import { mkdir, mkdtemp, readdir, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { beforeEach, expect, test } from "vitest";
import { removeLeftovers } from "../../src/edge/leftovers.ts";

let root: string;
const now = Date.parse("2026-11-20T12:00:00Z");

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "findmehere-leftovers-"));
});

async function put(path: string, age: number): Promise<void> {
  const file = join(root, path);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, "x");
  await utimes(file, (now - age) / 1000, (now - age) / 1000);
}

async function files(): Promise<string[]> {
  const found = await readdir(root, { recursive: true, withFileTypes: true });
  return found
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1))
    .toSorted();
}

const minute = 60_000;
const ours = [
  "drafts/rednote/2024-01-01_1/title.txt.77",
  "findmehere.jsonc.4053478331",
  "posts.csv.1256928040",
  "posts/2024-01-01_1/post.json.1",
  "posts/2024-01-01_1/video.part.json.3595172007",
];
const kept = [
  "findmehere.jsonc",
  "my-plan.2024",
  "notes.txt.bak",
  "posts/2024-01-01_1/post.json",
  "posts/2024-01-01_1/video.part",
  "posts/2024-01-01_1/video.part.json",
];

test("what an unfinished write left goes, everything else stays", async () => {
  for (const path of [...ours, ...kept]) await put(path, minute);
  await removeLeftovers(root, true, now);
  expect(await files()).toEqual(kept);
});

test("only the top folder is looked at unless the last run died", async () => {
  for (const path of [...ours, ...kept]) await put(path, minute);
  await removeLeftovers(root, false, now);
  const top = ["findmehere.jsonc.4053478331", "posts.csv.1256928040"];
  const expected = [...ours.filter((path) => !top.includes(path)), ...kept];
  expect(await files()).toEqual(expected.toSorted());
});

test("what another run may be writing at this moment is left to it", async () => {
  for (const path of ours) await put(path, 1000);
  await removeLeftovers(root, true, now);
  expect(await files()).toEqual([
    "drafts/rednote/2024-01-01_1/title.txt.77",
    "findmehere.jsonc.4053478331",
    "posts.csv.1256928040",
  ]);
});

test("a library with no folders yet is fine", async () => {
  await removeLeftovers(root, true, now);
  expect(await files()).toEqual([]);
});
