import { describe, expect, it } from "vitest";
import { ExpectedError } from "../../src/core/error.ts";
import { browserHelp, findBrowser, systemBrowser } from "../../src/edge/browser-find.ts";
import type { BrowserSearch } from "../../src/edge/browser-find.ts";

/** A machine that has exactly these programs. */
function machine(
  platform: NodeJS.Platform,
  files: readonly string[],
  environment: Record<string, string> = {},
): BrowserSearch {
  return { platform, environment, isFile: (path) => files.includes(path) };
}

describe("the browser of the system", () => {
  const windows = {
    PROGRAMFILES: "C:\\Program Files",
    "PROGRAMFILES(X86)": "C:\\Program Files (x86)",
    LOCALAPPDATA: "C:\\Users\\mira\\AppData\\Local",
  };
  const local = "C:\\Users\\mira\\AppData\\Local\\Google\\Chrome\\Application\\chrome.exe";
  const edge = "C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe";
  const mac = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome";
  const own = "/Users/mira/Applications/Chromium.app/Contents/MacOS/Chromium";

  it.each([
    ["Windows, Chrome of one user", machine("win32", [local, edge], windows), local],
    ["Windows, only Edge", machine("win32", [edge], windows), edge],
    ["macOS", machine("darwin", [own, mac], { HOME: "/Users/mira" }), mac],
    ["macOS, a folder of one's own", machine("darwin", [own], { HOME: "/Users/mira" }), own],
    [
      "Linux, on the PATH",
      machine("linux", ["/usr/bin/chromium"], { PATH: "/bin:/usr/bin" }),
      "/usr/bin/chromium",
    ],
    [
      "Linux, Chrome before Chromium",
      machine("linux", ["/usr/bin/chromium", "/opt/google/chrome/chrome"], { PATH: "/usr/bin" }),
      "/opt/google/chrome/chrome",
    ],
    ["Linux, a Snap", machine("linux", ["/snap/bin/chromium"], { PATH: "" }), "/snap/bin/chromium"],
  ])("%s", (_name, search, path) => {
    expect(systemBrowser(search)?.path).toBe(path);
  });

  it("is none where there is none, and never one of the folder that one happens to be in", () => {
    expect(systemBrowser(machine("linux", ["chromium", "./chromium"], { PATH: ".::" }))).toBeNull();
    expect(systemBrowser(machine("win32", []))).toBeNull();
  });
});

describe("the browser of the setting", () => {
  it("comes first", async () => {
    const search = machine("linux", ["/opt/mine", "/usr/bin/chromium"], { PATH: "/usr/bin" });
    expect((await findBrowser("/opt/mine", search))?.path).toBe("/opt/mine");
    expect((await findBrowser("chromium", search))?.path).toBe("/usr/bin/chromium");
  });

  it("may be an application of macOS", async () => {
    const inside = "/Applications/Chromium.app/Contents/MacOS/Chromium";
    const found = await findBrowser("/Applications/Chromium.app", machine("darwin", [inside]));
    expect(found?.path).toBe(inside);
  });

  it("is refused when it names nothing, though there are others", async () => {
    const search = machine("linux", ["/usr/bin/chromium"], { PATH: "/usr/bin" });
    const error = await findBrowser("/nowhere/chrome", search).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ExpectedError);
    expect((error as ExpectedError).details).toMatchObject({
      exit: "settings",
      what: "browser.executable names no program: /nowhere/chrome",
    });
  });
});

describe("how this system gets a browser", () => {
  it.each([
    ["win32", [], {}, "winget install Google.Chrome"],
    ["darwin", ["/opt/homebrew/bin/brew"], { PATH: "/opt/homebrew/bin" }, "brew install --cask"],
    ["darwin", [], {}, "https://www.google.com/chrome"],
    ["linux", ["/usr/bin/dnf"], { PATH: "/usr/bin" }, "sudo dnf install chromium"],
    ["linux", ["/usr/bin/pacman"], { PATH: "/usr/bin" }, "sudo pacman -S chromium"],
    ["linux", [], { PATH: "/usr/bin" }, "https://www.google.com/chrome"],
  ] as const)("%s %j", (platform, files, environment, command) => {
    expect(browserHelp(machine(platform, files, { ...environment }))).toContain(command);
  });
});
