import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { afterEach, beforeEach, expect, test } from "vitest";

import { findmehere, workFolder } from "../support/cli.ts";
import type { CliRun } from "../support/cli.ts";
import { linesOf } from "./sample-journey.ts";

let folder: ReturnType<typeof workFolder>;

beforeEach(() => {
  folder = workFolder();
});
afterEach(() => folder.dispose());

const run = (...words: string[]): Promise<CliRun> => findmehere(words, { cwd: folder.path });

test("flags answer every question, and the settings file says so with comments", async () => {
  const made = await run(
    ...["init", "--tiktok", "@mira.paints", "--name", "Mira", "--lemon8", "@mira"],
    ...["--rednote", "Mira paints", "--rednote-id", "mira2025", "--niche", "watercolour"],
    ...["--shares", "tutorials,tips", "--city", "Lisbon", "--pet", "cat"],
    ...["--time-zone", "Europe/Madrid", "--per-week", "4", "--deadline", "2026-12-24"],
  );
  expect(made.code, made.error).toBe(0);
  const library = join(folder.path, "FindMeHere", "mira.paints");
  expect(made.error.startsWith(`Library: ${library}\n`)).toBe(true);
  expect(made.out).toContain(`Your library: ${library}`);
  expect(made.out).toContain("findmehere migrate");
  const settings = readFileSync(join(library, "findmehere.jsonc"), "utf8");
  expect(settings).toContain("// your time zone, such as America/New_York\n");
  expect(settings).toContain('"timeZone": "Europe/Madrid",');
  expect(settings).toContain('// "quietHours": "22:00-08:00",');
  const show = await run("config", "show", "--json");
  const given = linesOf(show, "setting").filter(({ origin }) => origin === "file");
  expect(Object.fromEntries(given.map(({ path, value }) => [path, value]))).toEqual({
    "creator.name": "Mira",
    "creator.handles.tiktok": "mira.paints",
    "creator.handles.rednote": "Mira paints",
    "creator.handles.rednoteId": "mira2025",
    "creator.handles.lemon8": "mira",
    "creator.niche": "watercolour",
    "creator.shares": ["tutorials", "tips"],
    "creator.city": "Lisbon",
    "creator.pet": "cat",
    "creator.timeZone": "Europe/Madrid",
    "creator.deadline": "2026-12-24",
    "queue.perWeek": 4,
  });
  expect((await run("config", "validate")).code).toBe(0);
});

test("without a terminal a missing handle exits 2, names the flag and makes nothing", async () => {
  const made = await run("init");
  expect(made.code).toBe(2);
  expect(made.out).toBe("");
  expect(made.error).toContain("--tiktok is missing: your TikTok handle.");
  expect(made.error).toContain("Add --tiktok.");
  const json = await run("init", "--json");
  expect(json.summary).toMatchObject({ command: "init", error: "missing-answer" });
  expect(existsSync(join(folder.path, "FindMeHere"))).toBe(false);
});

test("a library that is there is never overwritten", async () => {
  const words = ["init", "--tiktok", "mira", "--library", "mine"];
  expect((await run(...words)).code).toBe(0);
  const file = join(folder.path, "mine", "findmehere.jsonc");
  const before = readFileSync(file, "utf8");
  const again = await run(...words, "--city", "Porto");
  expect(again.code).toBe(2);
  expect(again.error).toContain("init never overwrites settings.");
  expect(again.error).toContain("findmehere config set");
  expect(readFileSync(file, "utf8")).toBe(before);
  expect((await run("init", "--tiktok", "mira")).code).toBe(0);
  const home = join(folder.path, "FindMeHere", "mira", "findmehere.jsonc");
  const atHome = readFileSync(home, "utf8");
  const twice = await run("init", "--tiktok", "mira", "--city", "Porto");
  expect(twice.code).toBe(2);
  expect(readFileSync(home, "utf8")).toBe(atHome);
  // Another creator gets a library of their own.
  expect((await run("init", "--tiktok", "other")).code).toBe(0);
  expect(existsSync(join(folder.path, "FindMeHere", "other", "findmehere.jsonc"))).toBe(true);
});

test("a wrong answer makes nothing", async () => {
  const wrong: [string[], string][] = [
    [["--time-zone", "Mars/Olympus"], "Mars/Olympus"],
    [["--deadline", "soon"], "2026-12-24"],
    [["--per-week", "many"], "whole number"],
  ];
  for (const [words, said] of wrong) {
    const made = await run("init", "--tiktok", "mira", ...words);
    expect(made.code).toBe(78);
    expect(made.error).toContain(said);
  }
  expect(existsSync(join(folder.path, "FindMeHere"))).toBe(false);
});

test("--list prints what there is to choose from, in both languages", async () => {
  const list = await run("init", "--list");
  expect(list.code).toBe(0);
  expect(list.out).toMatch(/^creator\.niche +makeup: makeup looks \| 美妆$/m);
  for (const setting of ["creator.shares", "creator.city", "creator.pet"]) {
    expect(list.out).toContain(setting);
  }
  for (const line of list.out.trim().split("\n")) expect(line).toMatch(/^creator\.\S+ +.+ \| .+/);
  expect(existsSync(join(folder.path, "FindMeHere"))).toBe(false);
});
