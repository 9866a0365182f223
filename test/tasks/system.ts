import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** Where Chromium may be, the first that is there wins. */
const chromiumPlaces = [
  process.env["FINDMEHERE_TEST_CHROMIUM"] ?? "",
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/usr/bin/google-chrome-stable",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
  "C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe",
];

/** The Chromium or Chrome of this machine; on Debian as root it is installed when there is none. */
export function needChromium(): string {
  const found = findChromium();
  if (found !== null) return found;
  if (isDebianAsRoot()) {
    console.log("Installing Chromium and fonts for the tests of pages …");
    apt(["update", "-qq"]);
    apt(["install", "-y", "-qq", "chromium", "fonts-noto-cjk", "fonts-noto-color-emoji"]);
    const installed = findChromium();
    if (installed !== null) return installed;
  }
  throw new Error(
    "The tests of pages need Chromium or Chrome. Install one, or name it in FINDMEHERE_TEST_CHROMIUM.",
  );
}

/** Makes sure that there is a curl to measure against; on Debian as root it is installed when there is none. */
export function needCurl(): void {
  const there = () => spawnSync("curl", ["--version"], { stdio: "ignore" }).status === 0;
  if (there()) return;
  if (isDebianAsRoot()) {
    apt(["update", "-qq"]);
    apt(["install", "-y", "-qq", "curl"]);
    if (there()) return;
  }
  throw new Error("The bench of downloads needs curl. Install it first.");
}

/** On Linux a screen that nobody sees, for the tests of windows; on Debian as root it is installed when there is none. */
export function needScreen(): void {
  if (process.platform !== "linux" || findOnPath("Xvfb")) return;
  if (isDebianAsRoot()) {
    console.log("Installing Xvfb for the tests of windows …");
    apt(["update", "-qq"]);
    apt(["install", "-y", "-qq", "xvfb"]);
    if (findOnPath("Xvfb")) return;
  }
  throw new Error("The tests of windows need Xvfb. Install it (its package is called xvfb).");
}

/** On Linux cron and systemd's own reader of units, for the tests of schedules; on Debian as root they are installed when there are none. */
export function needTimers(): void {
  if (process.platform !== "linux") return;
  const programs = { crontab: "cron", "systemd-analyze": "systemd" };
  const missing = () => Object.entries(programs).filter(([program]) => !findOnPath(program));
  if (missing().length === 0) return;
  const names = missing().map(([, name]) => name);
  if (isDebianAsRoot()) {
    console.log(`Installing ${names.join(" and ")} for the tests of schedules …`);
    apt(["update", "-qq"]);
    apt(["install", "-y", "-qq", "--no-install-recommends", ...names]);
    if (missing().length === 0) return;
  }
  throw new Error(`The tests of schedules need ${names.join(" and ")}. Install it first.`);
}

function findOnPath(name: string): boolean {
  const folders = (process.env["PATH"] ?? "").split(":");
  return folders.some((folder) => folder !== "" && existsSync(join(folder, name)));
}

function findChromium(): string | null {
  return chromiumPlaces.find((place) => place !== "" && existsSync(place)) ?? null;
}

function isDebianAsRoot(): boolean {
  if (process.getuid?.() !== 0 || !existsSync("/etc/os-release")) return false;
  return /^ID(_LIKE)?=.*(debian|ubuntu)/m.test(readFileSync("/etc/os-release", "utf8"));
}

function apt(words: readonly string[]): void {
  const run = spawnSync("apt-get", words, {
    stdio: ["ignore", "ignore", "inherit"],
    env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
  });
  if (run.status !== 0) throw new Error(`apt-get ${words[0] ?? ""} failed`);
}
