import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterEach, beforeEach, expect, test } from "vitest";

import { fillFolder } from "../../src/library/fill-folder.ts";
import { planFolder, readFolderManifest, textFile } from "../../src/library/phone-folder.ts";
import type { FolderFile, FolderPlan } from "../../src/library/phone-folder.ts";

const packs = [{ post: "1", to: "lemon8", folder: "2026-10-05_1_lemon8" }];
const path = "2026-10-05_1_lemon8/title.txt";
const going = new AbortController().signal;
const stopped = AbortSignal.abort();

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), "findmehere-phone-"))));
afterEach(() => rmSync(folder, { recursive: true }));

async function bring(wanted: readonly FolderFile[], signal: AbortSignal): Promise<FolderPlan> {
  const manifest = await readFolderManifest(folder, "mine");
  const plan = await planFolder(folder, wanted, manifest, () => false);
  const filled = await fillFolder(folder, manifest, plan, packs, signal);
  expect(filled.stopped).toBe(signal.aborted && plan.write.length + plan.remove.length > 0);
  return plan;
}

const read = () => readFileSync(join(folder, path), "utf8");

test("whatever a stopped run left, old or new, is still findmehere's own", async () => {
  await bring([textFile(path, "one")], going);
  // Stopped after it noted what it was about to write: the old words are there yet.
  await bring([textFile(path, "two")], stopped);
  expect(read()).toBe("one");
  expect(await bring([textFile(path, "three")], going)).toMatchObject({ theirs: [] });
  expect(read()).toBe("three");
  // Stopped after the new words were in their place, before that was noted.
  await bring([textFile(path, "four")], stopped);
  writeFileSync(join(folder, path), "four");
  const plan = await bring([textFile(path, "four")], going);
  expect(plan).toMatchObject({ write: [], theirs: [] });
  await bring([], going);
  expect(readdirSync(folder)).toEqual(["findmehere-folder.json"]);
});

test("what a person changed or made is theirs, from then on", async () => {
  await bring([textFile(path, "ours")], going);
  writeFileSync(join(folder, path), "OURS");
  expect((await bring([textFile(path, "newer")], going)).theirs).toEqual([path]);
  expect((await bring([], going)).remove).toEqual([]);
  expect(read()).toBe("OURS");
});

test("a file of the same words that was there before is taken on", async () => {
  mkdirSync(join(folder, "2026-10-05_1_lemon8"));
  writeFileSync(join(folder, path), "same");
  expect(await bring([textFile(path, "same")], going)).toMatchObject({ write: [], theirs: [] });
  await bring([], going);
  expect(readdirSync(folder)).toEqual(["findmehere-folder.json"]);
});

test("a folder in the place of a file is left, and its insides too", async () => {
  mkdirSync(join(folder, path), { recursive: true });
  writeFileSync(join(folder, path, "note"), "mine");
  expect((await bring([textFile(path, "ours")], going)).theirs).toEqual([path]);
  expect(readFileSync(join(folder, path, "note"), "utf8")).toBe("mine");
});
