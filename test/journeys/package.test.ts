import { spawn } from "node:child_process";
import { existsSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { publint } from "publint";
import { formatMessage } from "publint/utils";
import { afterAll, beforeAll, expect, test } from "vitest";

import { sampleCaptions } from "../demo/sample.ts";
import { workFolder } from "../support/cli.ts";
import { startJourney } from "./sample-journey.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));

interface Packed {
  filename: string;
  files: { path: string }[];
}

let folder: ReturnType<typeof workFolder>;
let packed: Packed;

beforeAll(async () => {
  folder = workFolder();
  // The build is there; packing must not start another one under the other tests.
  const run = await npm(
    ["pack", "--json", "--ignore-scripts", "--pack-destination", folder.path],
    root,
  );
  expect(run.code, run.error).toBe(0);
  [packed] = JSON.parse(run.out) as [Packed];
});
afterAll(() => folder.dispose());

test("the package holds what a creator needs and nothing else", () => {
  const paths = packed.files.map(({ path }) => path);
  const tops = new Set(paths.map((path) => path.split("/")[0]));
  expect([...tops].toSorted()).toEqual(
    ["LICENSE", "README.md", "bin", "dist", "package.json", "templates"].toSorted(),
  );
  expect(paths).toContain("bin/findmehere.js");
  expect(paths).toContain("dist/cli/main.js");
  expect(paths).toContain("templates/pages/handoff.liquid");
  expect(paths.filter((path) => /\.ts$|\.test\.|fixtures|\.db$/.test(path))).toEqual([]);
});

test("publint finds nothing to say", async () => {
  const { buffer } = new Uint8Array(readFileSync(join(folder.path, packed.filename)));
  const { messages, pkg } = await publint({ pack: { tarball: buffer }, strict: true });
  expect(messages.map((message) => formatMessage(message, pkg))).toEqual([]);
});

test("installed into an empty folder it migrates an archive", async () => {
  const home = join(folder.path, "home");
  const journey = await startJourney({}, Date.now());
  try {
    writeFileSync(join(journey.folder, "package.json"), '{ "private": true }\n');
    const install = await npm(
      [
        "install",
        "--no-audit",
        "--no-fund",
        "--prefer-offline",
        join(folder.path, packed.filename),
      ],
      journey.folder,
    );
    expect(install.code, install.error).toBe(0);
    const own = join(journey.folder, "node_modules", "findmehere");
    expect(readdirSync(own).toSorted()).toEqual(
      ["LICENSE", "README.md", "bin", "dist", "package.json", "templates"].toSorted(),
    );
    const command = join(journey.folder, "node_modules", ".bin", "findmehere");
    const words = ["migrate", journey.archive, sampleCaptions, "--library", "library", "--json"];
    const run = await finished(process.execPath, [command, ...words], journey.folder, {
      ...journey.environment,
      HOME: home,
    });
    expect(run.code, run.error).toBe(0);
    expect(JSON.parse(run.out.trim().split("\n").at(-1) ?? "")).toMatchObject({
      type: "summary",
      command: "migrate",
      found: 18,
      exported: 18,
      failed: 0,
      announce: { hellos: 2 },
      prepare: { drafts: 34 },
    });
    expect(existsSync(join(journey.folder, "library", "posts.csv"))).toBe(true);
  } finally {
    await journey.close();
  }
});

interface Finished {
  code: number | null;
  out: string;
  error: string;
}

function npm(words: readonly string[], cwd: string): Promise<Finished> {
  return finished("npm", words, cwd);
}

function finished(
  command: string,
  words: readonly string[],
  cwd: string,
  environment: Record<string, string> = {},
): Promise<Finished> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, words, {
      cwd,
      env: { ...process.env, ...environment },
      stdio: ["ignore", "pipe", "pipe"],
      shell: process.platform === "win32",
    });
    const texts = { out: "", error: "" };
    child.stdout.on("data", (chunk: Buffer) => (texts.out += chunk.toString()));
    child.stderr.on("data", (chunk: Buffer) => (texts.error += chunk.toString()));
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, ...texts }));
  });
}
