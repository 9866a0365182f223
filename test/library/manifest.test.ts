import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { beforeEach, describe, expect, test } from "vitest";
import {
  hashFile,
  manifestName,
  readManifest,
  verifyFiles,
  writeManifest,
  type ManifestEntry,
} from "../../src/library/manifest.ts";

let folder: string;
const names = [
  "posts/2024-09-17_7415000000000000001/video.mp4",
  "posts/2024-09-17_7415000000000000001/cover.jpg",
  "avatar.webp",
  "with spaces/ a  file .jpg",
  "小红书/你好 🚅.jpg",
  "back\\slash.jpg",
  "line\nbreak.jpg",
  "both\\n and \n.jpg",
  "*star.jpg",
];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "findmehere-manifest-"));
});

async function library(): Promise<ManifestEntry[]> {
  const entries: ManifestEntry[] = [];
  for (const path of names) {
    const file = join(folder, path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, `the bytes of ${path}`);
    entries.push({ path, sha256: await hashFile(file) });
  }
  return entries;
}

async function states(entries: ManifestEntry[]): Promise<string[]> {
  const found: string[] = [];
  const signal = new AbortController().signal;
  for await (const each of verifyFiles(folder, entries, { signal, concurrency: 3 })) {
    found.push(`${each.state} ${each.path}`);
  }
  return found;
}

test("sha256sum -c accepts the manifest, whatever the names", async () => {
  await writeManifest(folder, await library());
  const run = promisify(execFile);
  const { stdout } = await run("sha256sum", ["--check", "--strict", manifestName], { cwd: folder });
  const lines = stdout.trim().split("\n");
  expect(lines).toHaveLength(names.length);
  expect(lines.every((line) => line.endsWith(": OK"))).toBe(true);

  await writeFile(join(folder, "avatar.webp"), "changed");
  await expect(
    run("sha256sum", ["--check", "--strict", manifestName], { cwd: folder }),
  ).rejects.toThrow();
});

test("what sha256sum writes is read", async () => {
  const entries = await library();
  const { stdout } = await promisify(execFile)("sha256sum", ["--", ...names], { cwd: folder });
  await writeFile(join(folder, manifestName), stdout);
  const found = await readManifest(folder);
  expect(found.brokenLines).toEqual([]);
  expect(found.entries).toEqual(entries);
});

test("written and read back it is the same, sorted by path, one line feed a line", async () => {
  const entries = [...(await library()), { path: "carriage\rreturn.jpg", sha256: "0".repeat(64) }];
  await writeManifest(folder, entries);
  const text = await readFile(join(folder, manifestName), "utf8");
  expect(text).not.toContain("\r");
  const found = await readManifest(folder);
  expect(found.brokenLines).toEqual([]);
  expect(found.entries.map((each) => each.path)).toEqual(entries.map((each) => each.path).sort());
  expect(new Set(found.entries.map((each) => JSON.stringify(each)))).toEqual(
    new Set(entries.map((each) => JSON.stringify(each))),
  );
  await writeManifest(folder, found.entries.toReversed());
  expect(await readFile(join(folder, manifestName), "utf8")).toBe(text);
});

describe("reading", () => {
  test("a library without a manifest has an empty one", async () => {
    expect(await readManifest(folder)).toEqual({ entries: [], brokenLines: [] });
  });

  test("broken lines are told by number and the others are read", async () => {
    const sum = "ab".repeat(32);
    const lines = [
      `${sum}  good.jpg`,
      "not a line",
      `${sum}  ../outside.jpg`,
      `${sum}  /etc/passwd`,
      `${sum.toUpperCase()} *binary.jpg`,
      "",
      `${sum.slice(1)}  short.jpg`,
      `\\${sum}  wrong\\escape.jpg`,
      `${sum}  a/../../outside.jpg`,
    ];
    await writeFile(join(folder, manifestName), `\uFEFF${lines.join("\r\n")}\r\n`);
    expect(await readManifest(folder)).toEqual({
      entries: [
        { path: "good.jpg", sha256: sum },
        { path: "binary.jpg", sha256: sum },
      ],
      brokenLines: [2, 3, 4, 7, 8, 9],
    });
  });
});

describe("verifying", () => {
  test("tells whole, missing and differing files in the order of the list", async () => {
    const entries = await library();
    expect(await states(entries)).toEqual(names.map((path) => `whole ${path}`));
    await writeFile(join(folder, "avatar.webp"), "changed");
    await rm(join(folder, "小红书"), { recursive: true });
    await rm(join(folder, "*star.jpg"));
    await mkdir(join(folder, "*star.jpg"));
    expect(await states(entries)).toEqual(
      names.map((path) => {
        if (path.startsWith("小红书")) return `missing ${path}`;
        return `${path === "avatar.webp" || path === "*star.jpg" ? "differs" : "whole"} ${path}`;
      }),
    );
  });

  test("stops when it is told to", async () => {
    const entries = await library();
    const stop = new AbortController();
    const found: string[] = [];
    const work = async () => {
      for await (const each of verifyFiles(folder, entries, {
        signal: stop.signal,
        concurrency: 1,
      })) {
        found.push(each.state);
        stop.abort();
      }
    };
    await expect(work()).rejects.toThrow("aborted");
    expect(found).toEqual(["whole"]);
  });
});
