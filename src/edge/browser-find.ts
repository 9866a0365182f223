import { execFile } from "node:child_process";
import { existsSync, readFileSync, statSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { posix, win32 } from "node:path";
import { promisify } from "node:util";
import { ExpectedError } from "../core/error.ts";

/** A browser of this machine that can be driven. */
export interface FoundBrowser {
  /** For people. */
  name: string;
  /** Absolute path of the program. */
  path: string;
}

/** What the search needs of the machine. */
export interface BrowserSearch {
  platform: NodeJS.Platform;
  environment: Readonly<Record<string, string | undefined>>;
  isFile(path: string): boolean;
}

/** The browsers that we look for, the first that is there wins. */
const names: readonly {
  name: string;
  /** On the PATH. */
  commands: readonly string[];
  mac: string;
  windows: string;
  /** Outside of the PATH, where Linux packages put them. */
  linux: readonly string[];
}[] = [
  {
    name: "Google Chrome",
    commands: ["google-chrome", "google-chrome-stable"],
    mac: "Google Chrome.app/Contents/MacOS/Google Chrome",
    windows: "Google\\Chrome\\Application\\chrome.exe",
    linux: ["/opt/google/chrome/chrome"],
  },
  {
    name: "Microsoft Edge",
    commands: ["microsoft-edge", "microsoft-edge-stable"],
    mac: "Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    windows: "Microsoft\\Edge\\Application\\msedge.exe",
    linux: ["/opt/microsoft/msedge/msedge"],
  },
  {
    name: "Chromium",
    commands: ["chromium", "chromium-browser"],
    mac: "Chromium.app/Contents/MacOS/Chromium",
    windows: "Chromium\\Application\\chrome.exe",
    linux: ["/snap/bin/chromium"],
  },
];

/** The machine that we run on. */
export const thisMachine: BrowserSearch = {
  platform: process.platform,
  environment: process.env,
  isFile: (path) => statSync(path, { throwIfNoEntry: false })?.isFile() === true,
};

/**
 * Finds the browser: the one of the setting, else a system browser, else Playwright's own; null when there is
 * none. Throws ExpectedError (exit `settings`) when the setting names no program.
 */
export async function findBrowser(
  setting: string,
  search: BrowserSearch = thisMachine,
): Promise<FoundBrowser | null> {
  if (setting !== "") return ofSetting(setting, search);
  const system = systemBrowser(search);
  if (system !== null) return system;
  const { chromium } = await import("playwright-core");
  const path = chromium.executablePath();
  return path !== "" && search.isFile(path) ? { name: "Playwright's Chromium", path } : null;
}

/** The first Chrome, Edge or Chromium that the system has. */
export function systemBrowser(search: BrowserSearch): FoundBrowser | null {
  for (const each of names) {
    for (const path of placesOf(each, search)) {
      if (search.isFile(path)) return { name: each.name, path };
    }
  }
  return null;
}

/** The version of a browser, such as `131.0.6778.85`; null where it does not tell. */
export async function browserVersion(path: string): Promise<string | null> {
  const shape = /\d+(?:\.\d+){2,3}/;
  if (process.platform === "win32") {
    // There the program opens a window instead of answering; a folder beside it has the version's name.
    const names = await readdir(win32.dirname(path)).catch(() => []);
    return names.filter((name) => shape.exec(name)?.[0] === name).at(-1) ?? null;
  }
  return promisify(execFile)(path, ["--version"], { timeout: 20_000 }).then(
    ({ stdout }) => shape.exec(stdout)?.[0] ?? null,
    () => null,
  );
}

/** The error for a machine without a browser, with the command that brings one. */
export function noBrowser(): ExpectedError {
  return new ExpectedError({
    exit: "machine",
    code: "no-browser",
    what: "There is no Chrome, Edge or Chromium on this computer.",
    why: "Reading your TikTok page needs a browser.",
    fix: browserHelp(),
  });
}

/** How this system gets a browser: the command to type, or the page to open. */
export function browserHelp(search: BrowserSearch = thisMachine): string {
  const own = "Or name one that you have: `findmehere config set browser.executable PATH`.";
  const page = "Get Google Chrome from https://www.google.com/chrome.";
  if (search.platform === "win32") return `Type \`winget install Google.Chrome\`. ${own}`;
  if (search.platform === "darwin") {
    return onPath("brew", search) === null
      ? `${page} ${own}`
      : `Type \`brew install --cask google-chrome\`. ${own}`;
  }
  // Ubuntu's Chromium is a Snap, which may not use the folder that keeps the sign-in.
  const manager = isUbuntu() ? undefined : managers.find(([program]) => onPath(program, search));
  return manager === undefined ? `${page} ${own}` : `Type \`${manager[1]}\`. ${own}`;
}

const managers: readonly [string, string][] = [
  ["apt-get", "sudo apt-get install chromium"],
  ["dnf", "sudo dnf install chromium"],
  ["pacman", "sudo pacman -S chromium"],
  ["zypper", "sudo zypper install chromium"],
  ["apk", "sudo apk add chromium"],
];

function isUbuntu(): boolean {
  const file = "/etc/os-release";
  return existsSync(file) && /^ID=.?ubuntu/m.test(readFileSync(file, "utf8"));
}

function ofSetting(setting: string, search: BrowserSearch): FoundBrowser {
  const inside = names.find(({ mac }) => setting.endsWith(mac.slice(0, mac.indexOf("/"))));
  const plain = /[/\\]/.test(setting) ? setting : (onPath(setting, search) ?? setting);
  const path =
    search.platform === "darwin" && inside !== undefined && !search.isFile(setting)
      ? `${setting}${inside.mac.slice(inside.mac.indexOf("/"))}`
      : plain;
  if (search.isFile(path)) return { name: "the browser of your settings", path };
  throw new ExpectedError({
    exit: "settings",
    code: "bad-setting",
    what: `browser.executable names no program: ${setting}`,
    why: "It has to be the path of Chrome, Edge or Chromium.",
    fix: 'Correct it, or let one be found: `findmehere config set browser.executable ""`.',
  });
}

function placesOf(each: (typeof names)[number], search: BrowserSearch): string[] {
  const { platform, environment } = search;
  if (platform === "win32") {
    const roots = ["PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA"];
    return roots.flatMap((name) => {
      const root = environment[name] ?? "";
      return root === "" ? [] : win32.join(root, each.windows);
    });
  }
  if (platform === "darwin") {
    const home = environment["HOME"] ?? "";
    return ["/Applications", ...(home === "" ? [] : [posix.join(home, "Applications")])].map(
      (folder) => posix.join(folder, each.mac),
    );
  }
  return [...each.commands.flatMap((name) => onPath(name, search) ?? []), ...each.linux];
}

/** Absolute path of a command; null when the PATH has none of this name. */
function onPath(name: string, { platform, environment, isFile }: BrowserSearch): string | null {
  const { join, delimiter, isAbsolute } = platform === "win32" ? win32 : posix;
  const folders = (environment["PATH"] ?? environment["Path"] ?? "").split(delimiter);
  const file = platform === "win32" && !/\.exe$/i.test(name) ? `${name}.exe` : name;
  const paths = folders.filter((folder) => isAbsolute(folder)).map((folder) => join(folder, file));
  return paths.find((path) => isFile(path)) ?? null;
}
