import { execFileSync, spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { createHash } from "node:crypto";
import { chmodSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import type { Browser } from "playwright-core";
import { expect } from "vitest";
import { startTikTok } from "../look-alike/tiktok/index.ts";
import type { LookAlikeCreator, Scenario, TikTokLookAlike } from "../look-alike/tiktok/index.ts";
import { findmehere, workFolder } from "../support/cli.ts";
import type { CliRun } from "../support/cli.ts";
import { needChromium } from "../tasks/system.ts";
import { filesBelow, problemsOf } from "./export-journey.ts";

const bin = fileURLToPath(new URL("../../bin/findmehere.js", import.meta.url));

/** How one run differs from the usual one. */
interface RunOptions {
  environment?: Record<string, string>;
  /** Sentences instead of JSON lines. */
  text?: boolean;
  started?: (child: ChildProcess) => void;
}

/** A run that TikTok stopped ends as it should, tells it once and what to type, and no address of a sign-in page. */
export function expectToldOnce(
  run: CliRun,
  { exit, code, said }: { exit: number; code: string; said: string },
): void {
  expect(run.code, run.out + run.error).toBe(exit);
  const problems = problemsOf(run, code);
  expect(problems).toHaveLength(1);
  expect(problems[0]?.["message"]).toContain(said);
  expect(problems[0]?.["fix"]).toContain("findmehere");
  expect(run.out + run.error).not.toContain("/login?");
}

/** What came of a run on a terminal: everything that it showed. */
interface TerminalRun {
  code: number | null;
  shown: string;
}

/** A run on a terminal that is still going. */
export interface OpenTerminal {
  ended: Promise<TerminalRun>;
  /** Waits until these words were shown. */
  shows(words: string | RegExp): Promise<void>;
  /** Ctrl-C. */
  interrupt(): void;
}

/** A creator's folder, and the look-alike of TikTok. */
export interface PageJourney {
  /** Also HOME. */
  folder: string;
  library: string;
  /** Where the browsers' profiles are kept. */
  profiles: string;
  tiktok: TikTokLookAlike;
  run(words: readonly string[], options?: RunOptions): Promise<CliRun>;
  /** Runs as on a terminal: with a person who sits there. */
  terminal(words: readonly string[], environment: Record<string, string>): OpenTerminal;
  /** Drives the window that a run has open, as the person would. */
  person(): Promise<Browser>;
  /** Values that nobody but the browser may keep. */
  secrets: readonly string[];
  /** Fails when a browser of this journey still runs, or a secret stands in the library or in these texts. */
  expectClean(texts: readonly string[]): Promise<void>;
  dispose(): Promise<void>;
}

/** Starts a journey in a fresh folder; by `clock` the site signs its addresses. */
export async function startPageJourney(
  creator: LookAlikeCreator,
  scenario: Partial<Scenario> = {},
  clock: () => number = Date.now,
): Promise<PageJourney> {
  const tiktok = await startTikTok({ creator, scenario, clock });
  const work = workFolder();
  const folder = work.path;
  const library = join(folder, "FindMeHere", creator.handle);
  const state = join(folder, "state");
  const secrets = secretsOf(creator);
  const browser = browserOf(folder);
  const environment = {
    HOME: folder,
    XDG_STATE_HOME: state,
    FINDMEHERE_TEST: "1",
    FINDMEHERE_TEST_PACE: "40",
    FINDMEHERE_TIKTOK_ORIGIN: tiktok.origin,
    FINDMEHERE_NETWORK_ALLOW_HOSTS: tiktok.mediaHost,
    FINDMEHERE_BROWSER_EXECUTABLE: browser,
  };
  const profiles = join(state, "findmehere", "browsers");
  return {
    ...{ folder, library, profiles, tiktok, secrets },
    run: (words, options = {}) =>
      findmehere(options.text === true ? words : [...words, "--json"], {
        cwd: folder,
        environment: { DISPLAY: "", WAYLAND_DISPLAY: "", ...environment, ...options.environment },
        ...(options.started === undefined ? {} : { started: options.started }),
      }),
    terminal: (words, other) => openTerminal(words, folder, { ...environment, ...other }),
    async person() {
      const [file = ""] = filesBelow(profiles).filter((path) =>
        path.endsWith("DevToolsActivePort"),
      );
      const [port = ""] = readFileSync(join(profiles, file), "utf8").split("\n");
      return chromium.connectOverCDP(`http://127.0.0.1:${port}`);
    },
    async expectClean(texts) {
      await expectNoBrowser(folder);
      for (const secret of secrets) {
        for (const text of texts) expect(text).not.toContain(secret);
        for (const file of filesBelow(library)) {
          const bytes = readFileSync(join(library, file));
          expect(bytes.includes(secret), `${file} holds a secret`).toBe(false);
        }
      }
    },
    async dispose() {
      await tiktok.close();
      work.dispose();
    },
  };
}

/** Chromium with a port for the person of the test beside the pipe that findmehere drives it by. */
function browserOf(folder: string): string {
  const chromiumPath = needChromium();
  if (process.platform === "win32") return chromiumPath;
  const path = join(folder, "browser.sh");
  writeFileSync(path, `#!/bin/sh\nexec "${chromiumPath}" --remote-debugging-port=0 "$@"\n`);
  chmodSync(path, 0o755);
  return path;
}

/** The values of the look-alike's cookies for its first visitor, and of its session. */
function secretsOf({ handle, password }: LookAlikeCreator): string[] {
  const visitor = ["tt_chain_token", "ttwid", "msToken", "tt_csrf_token"].map((name) =>
    createHash("sha256").update(`${name} 1 ${handle}`).digest("base64url"),
  );
  return [...visitor, createHash("sha256").update(`session ${handle}`).digest("hex"), password];
}

/** A browser that is told to end takes a moment. */
async function expectNoBrowser(folder: string): Promise<void> {
  if (process.platform === "win32") return;
  const running = (): string[] =>
    execFileSync("ps", ["-eo", "args"], { encoding: "utf8", maxBuffer: 1 << 26 })
      .split("\n")
      .filter((line) => line.includes(`--user-data-dir=${folder}`));
  for (let look = 0; look < 50 && running().length > 0; look += 1) await wait(100);
  expect(running()).toEqual([]);
}

function openTerminal(
  words: readonly string[],
  cwd: string,
  environment: Record<string, string>,
): OpenTerminal {
  const command = [process.execPath, bin, ...words].map((word) => `'${word}'`).join(" ");
  const own = Object.entries(process.env).filter(([name]) => !name.startsWith("FINDMEHERE_"));
  // `script` gives its child a terminal; with -e it ends with the child's code.
  const child = spawn("script", ["-qefc", command, "/dev/null"], {
    cwd,
    env: { ...Object.fromEntries(own), NO_COLOR: "1", TERM: "dumb", ...environment },
    stdio: ["pipe", "pipe", "inherit"],
  });
  let shown = "";
  child.stdout.on("data", (chunk: Buffer) => (shown += chunk.toString("utf8")));
  const ended = new Promise<TerminalRun>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, shown }));
  });
  return {
    ended,
    interrupt: () => child.stdin.write("\x03"),
    async shows(words) {
      await new Promise<void>((resolve, reject) => {
        const look = (): void => {
          if (typeof words === "string" ? shown.includes(words) : words.test(shown)) resolve();
        };
        child.stdout.on("data", look);
        child.on("close", () => reject(new Error(`It ended without showing ${words}:\n${shown}`)));
        look();
      });
    },
  };
}
