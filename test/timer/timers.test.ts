import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { cronDaemonRuns } from "../../src/timer/cron-daemon.ts";
import { everyWords, readEvery } from "../../src/timer/every.ts";
import { lastingNames, passingOwner } from "../../src/timer/lasting.ts";
import { workFolder } from "../support/cli.ts";

test.each([
  ["10", 10],
  ["5m", 5],
  ["15 minutes", 15],
  ["1h", 60],
  ["1 hour", 60],
  ["60", 60],
])("--every %s is %i minutes", (text, minutes) => {
  expect(readEvery(text)).toBe(minutes);
});

test("an hour is the most, and only what comes evenly is taken", () => {
  for (const text of ["0", "7", "45", "2h", "1d", "", "1.5", "ten"]) {
    expect(() => readEvery(text)).toThrow("--every cannot be");
  }
  expect([1, 10, 60].map(everyWords)).toEqual(["minute", "10 minutes", "hour"]);
});

test.each([
  ["/home/mira/.npm/_npx/1f2e/node_modules/findmehere/bin/findmehere.js", "npx"],
  ["/home/mira/.nvm/versions/node/v24.1.0/bin/node", "nvm"],
  [String.raw`C:\Users\Mira\AppData\Roaming\nvm\v24.1.0\node.exe`, "nvm"],
  ["/home/mira/.local/share/fnm/node-versions/v24.1.0/installation/bin/node", "fnm"],
  ["/home/mira/.volta/tools/image/node/24.1.0/bin/node", "Volta"],
  ["/home/mira/.asdf/installs/nodejs/24.1.0/bin/node", "asdf"],
  ["/home/mira/.local/share/mise/installs/node/24.1.0/bin/node", "mise"],
  ["/opt/homebrew/Cellar/node/24.1.0/bin/node", "Homebrew"],
  [String.raw`C:\Users\Mira\scoop\apps\nodejs\24.1.0\node.exe`, "Scoop"],
  ["/snap/node/9000/bin/node", "snap"],
  ["/home/mira/.cache/pnpm/dlx/abc/node_modules/findmehere/bin/findmehere.js", "pnpm dlx"],
  ["/usr/bin/node", null],
  ["/usr/local/lib/node_modules/findmehere/bin/findmehere.js", null],
  [String.raw`C:\Program Files\nodejs\node.exe`, null],
  [String.raw`C:\Users\Mira\scoop\apps\nodejs\current\node.exe`, null],
  ["/snap/node/current/bin/node", null],
])("%s goes away with %s", (path, owner) => {
  expect(passingOwner(path)).toBe(owner);
});

test("knows the lasting names of a program that moves with each version", () => {
  const names = (path: string, folders: string[] = []) => lastingNames(path, folders);
  expect(names("/opt/homebrew/Cellar/node@24/24.1.0/bin/node", ["/opt/homebrew/bin"])).toEqual([
    "/opt/homebrew/opt/node@24/bin/node",
    "/opt/homebrew/bin/node",
  ]);
  expect(names("/snap/node/9000/bin/node")).toEqual(["/snap/node/current/bin/node"]);
  expect(names(String.raw`C:\scoop\apps\nodejs\24.1.0\node.exe`)).toEqual([
    String.raw`C:\scoop\apps\nodejs\current\node.exe`,
  ]);
  const nvm = "/home/mira/.nvm/versions/node/v24.1.0/bin";
  expect(names(`${nvm}/node`, [nvm, ""])).toEqual([]);
});

describe("whether a cron runs", () => {
  const seen = async (processes: Record<string, { comm: string; cmdline?: string }>) => {
    const folder = workFolder();
    for (const [id, { comm, cmdline = "" }] of Object.entries(processes)) {
      mkdirSync(join(folder.path, id));
      writeFileSync(join(folder.path, id, "comm"), `${comm}\n`);
      writeFileSync(join(folder.path, id, "cmdline"), cmdline);
    }
    return cronDaemonRuns(folder.path).finally(folder.dispose);
  };

  test("is told by the processes of Linux, and not guessed where they are hidden", async () => {
    expect(await seen({ 1: { comm: "systemd" }, 400: { comm: "cron" } })).toBe(true);
    expect(await seen({ 1: { comm: "init" }, 20: { comm: "crond" } })).toBe(true);
    const busybox = { comm: "busybox", cmdline: "/usr/sbin/crond\0-f\0" };
    expect(await seen({ 1: { comm: "init" }, 20: busybox })).toBe(true);
    expect(await seen({ 1: { comm: "bash" }, 20: { comm: "node" } })).toBe(false);
    expect(await seen({ 20: { comm: "cron" } })).toBeNull();
    expect(await seen({})).toBeNull();
  });
});
