#!/usr/bin/env node
// The door: answers what must be quick without loading anything, checks the Node version, then loads the
// built command line. Plain JavaScript that an old Node can read too.
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const words = process.argv.slice(2);

if (words.length === 1 && (words[0] === "--version" || words[0] === "-V")) {
  const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  process.stdout.write(`${version}\n`);
} else if (Number(process.versions.node.split(".")[0]) < 24) {
  await handOver();
} else if (!existsSync(join(root, "dist"))) {
  process.stderr.write("findmehere is not built yet. Type `npm run build` in its folder.\n");
  process.exitCode = 69;
} else if (words[0] !== "publish" || !(await isQuietTick())) {
  const { main } = await import("../dist/cli/main.js");
  process.exitCode = await main(words);
}

/** `publish --due` from a timer with nothing due: answered with built-in modules only. */
async function isQuietTick() {
  const { quietTick } = await import("../dist/cli/quiet-tick.js");
  return quietTick(words.slice(1));
}

/** On an older Node: go on with the newer one that was installed beside us, or say which is needed. */
async function handOver() {
  let folder = root;
  let newer;
  const name = process.platform === "win32" ? "node.exe" : "node";
  for (;;) {
    const candidate = join(folder, "node_modules", "node", "bin", name);
    if (existsSync(candidate)) {
      newer = candidate;
      break;
    }
    if (dirname(folder) === folder) break;
    folder = dirname(folder);
  }
  if (newer === undefined) {
    process.stderr.write(
      `findmehere needs Node 24 or later; this is Node ${process.versions.node}.\n` +
        "Get the newest from https://nodejs.org, then try again.\n",
    );
    process.exitCode = 69;
    return;
  }
  const { spawn } = await import("node:child_process");
  const child = spawn(newer, process.argv.slice(1), { stdio: "inherit" });
  // A terminal sends Ctrl-C to both; a plain `kill` reaches only us and is passed on.
  process.on("SIGINT", () => {});
  process.on("SIGTERM", () => child.kill("SIGTERM"));
  process.on("SIGHUP", () => child.kill("SIGHUP"));
  process.exitCode = await new Promise((resolve) => {
    child.on("error", () => resolve(69));
    child.on("exit", (code, signal) => resolve(code ?? (signal === "SIGINT" ? 130 : 143)));
  });
}
