import { spawnSync } from "node:child_process";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { needChromium, needScreen, needTimers } from "./system.ts";

// `npm test`: gets what the tests need, builds, and runs everything. Words after `--` go to vitest.
const root = fileURLToPath(new URL("../../", import.meta.url));
const vitest = join(
  dirname(createRequire(import.meta.url).resolve("vitest/package.json")),
  "vitest.mjs",
);
const words = process.argv.slice(2);

const chromium = findOrSay();
const build = spawnSync("npm", ["run", "--silent", "build"], {
  cwd: root,
  stdio: "inherit",
  shell: process.platform === "win32",
});
if (build.status !== 0) process.exit(build.status ?? 1);

const run = spawnSync(
  process.execPath,
  [
    vitest,
    "run",
    "--reporter=default",
    "--reporter=json",
    "--outputFile.json=test-results/vitest.json",
    ...words,
  ],
  {
    cwd: root,
    stdio: "inherit",
    env: {
      ...process.env,
      FINDMEHERE_TEST_CHROMIUM: chromium,
      // Thousands of runs of one build: each need not compile it again.
      NODE_COMPILE_CACHE: join(root, "test-results", "compiled"),
    },
  },
);
process.exit(run.status ?? 1);

/** What a machine lacks is one sentence, not a stack. */
function findOrSay(): string {
  try {
    needScreen();
    needTimers();
    return needChromium();
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  }
}
