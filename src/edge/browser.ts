import { chmod, mkdir, readlink, rm } from "node:fs/promises";
import { existsSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import type { BrowserContext, Page } from "playwright-core";
import { ExpectedError } from "../core/error.ts";
import type { BrowserWish } from "../core/source.ts";
import { browserHelp, findBrowser, noBrowser } from "./browser-find.ts";
import { holdFolder } from "./hold.ts";
import type { LockHolder } from "./hold.ts";

/** Which profile is wanted, and how. */
export interface BrowserRequest {
  wish: BrowserWish;
  /** Name of the profile among those of the library: the place that one signs in at, such as `tiktok`. */
  place: string;
  holder: LockHolder;
  /** What to do where a window is wanted and there is no screen. */
  withoutScreen: string;
}

/** A browser that runs; the one who opened it closes it. */
export interface OpenBrowser {
  context: BrowserContext;
  /** The tab that is there from the start. */
  page: Page;
  /** Ends the browser and gives the profile back; may be called twice. */
  close(): Promise<void>;
}

/**
 * Starts the browser in the library's own profile. It is a plain browser: nothing is hidden of what drives
 * it. Throws ExpectedError: exit `machine` without a browser or a screen, `settings` where the setting is
 * wrong, `later` when another run uses the profile.
 */
export async function openBrowser(request: BrowserRequest): Promise<OpenBrowser> {
  const { wish } = request;
  const found = await findBrowser(wish.executable);
  if (found === null) throw noBrowser();
  if (!wish.headless && isWithoutScreen()) throw noScreen(request.withoutScreen);
  const release = await holdProfile(request);
  try {
    await assertUnused(profileFolder(request));
    const context = await launch(found.path, request);
    const page = context.pages()[0] ?? (await context.newPage());
    let closing: Promise<void> | null = null;
    const close = async (): Promise<void> => {
      try {
        await context.close();
      } catch (error) {
        // A person who closes the last window ends the browser too, at times just before us.
        if (!isGone(error)) throw error;
      } finally {
        await release();
      }
    };
    return { context, page, close: () => (closing ??= close()) };
  } catch (error) {
    await release();
    throw error;
  }
}

/** Playwright gives this error no class that could be asked for, only these words. */
function isGone(error: unknown): boolean {
  return error instanceof Error && error.message.includes("has been closed");
}

/** True when the profile of this place is there, signed in or not. */
export function hasProfile(request: Pick<BrowserRequest, "wish" | "place">): boolean {
  return existsSync(profileFolder(request));
}

/** Removes the profile with all that the browser kept in it. Throws like `openBrowser` when it is in use. */
export async function removeProfile(
  request: Pick<BrowserRequest, "wish" | "place" | "holder">,
): Promise<void> {
  const release = await holdProfile(request);
  try {
    await assertUnused(profileFolder(request));
    await rm(profileFolder(request), { recursive: true, force: true, maxRetries: 5 });
  } finally {
    await release();
  }
}

/** What the browser calls its user data folder. */
function profileFolder({ wish, place }: Pick<BrowserRequest, "wish" | "place">): string {
  return join(wish.profiles, place, "profile");
}

async function launch(executablePath: string, request: BrowserRequest): Promise<BrowserContext> {
  const { headless } = request.wish;
  const { chromium } = await import("playwright-core");
  try {
    return await chromium.launchPersistentContext(profileFolder(request), {
      executablePath,
      headless,
      // The sandbox does not start for root; everybody else keeps it.
      chromiumSandbox: process.getuid?.() !== 0,
      // Signals are ours to heed; what was read is kept before the browser is closed.
      handleSIGINT: false,
      handleSIGTERM: false,
      handleSIGHUP: false,
      acceptDownloads: false,
      viewport: headless ? { width: 1280, height: 900 } : null,
      // The browser is to speak with the page alone.
      args: [
        "--disable-sync",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-quic",
        "--no-first-run",
        ...(headless ? ["--disable-gpu"] : []),
      ],
    });
  } catch (error) {
    throw new ExpectedError(
      {
        exit: "machine",
        code: "browser-failed",
        what: `The browser does not start: ${executablePath}`,
        why: "It may be damaged, or not be Chrome, Edge or Chromium. A Chromium from the Snap store may not use the folder that keeps your sign-in.",
        fix: browserHelp(),
      },
      { cause: error },
    );
  }
}

/** Only the creator may look into these folders: they hold sign-ins. */
async function holdProfile(
  request: Pick<BrowserRequest, "wish" | "place" | "holder">,
): Promise<() => Promise<void>> {
  const { wish, holder } = request;
  const folder = join(wish.profiles, request.place);
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    for (const each of [wish.profiles, folder]) await chmod(each, 0o700);
  } catch (error) {
    throw noFolder(folder, error);
  }
  return holdFolder(folder, holder, {
    busy,
    failed: async (cause) => noFolder(folder, cause),
  });
}

/** A killed run may leave its browser behind for a moment; two in one profile would damage it. */
async function assertUnused(profile: string): Promise<void> {
  // Chrome's own mark on Linux and macOS: `<host>-<pid>`.
  const mark = await readlink(join(profile, "SingletonLock")).catch(() => "");
  const [, host = "", pid = ""] = /^(.+)-(\d+)$/.exec(mark) ?? [];
  if (host !== hostname() || !isAlive(Number(pid))) return;
  throw busy(`a browser window that is still open (process ${pid})`);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

function busy(holder: string | null): ExpectedError {
  return new ExpectedError({
    exit: "later",
    code: "browser-busy",
    what:
      holder === null
        ? "Another run of findmehere uses this library's browser."
        : `This library's browser is in use by ${holder}.`,
    why: "Two runs cannot share one sign-in at the same time.",
    fix: "Wait until it is done and try again, or close its window.",
  });
}

function noFolder(folder: string, cause: unknown): ExpectedError {
  return new ExpectedError(
    {
      exit: "machine",
      code: "profile-not-writable",
      what: `The folder for the browser's sign-in cannot be made: ${folder}`,
      why: "Its disk may be read-only or full, or the folder belongs to another user of this computer.",
      fix: "Make it writable for you, or choose another place with the environment variable XDG_STATE_HOME (Linux).",
    },
    { cause },
  );
}

/** Windows and macOS always have a screen to draw on; elsewhere it is named in the environment. */
function isWithoutScreen(): boolean {
  if (process.platform === "win32" || process.platform === "darwin") return false;
  return !process.env["DISPLAY"] && !process.env["WAYLAND_DISPLAY"];
}

function noScreen(fix: string): ExpectedError {
  return new ExpectedError({
    exit: "machine",
    code: "no-screen",
    what: "There is no screen here for the browser's window.",
    why: "This computer was started without a desktop, or you are connected to it from afar.",
    fix,
  });
}
