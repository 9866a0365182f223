import { execFile } from "node:child_process";
import { statfs } from "node:fs/promises";
import { promisify } from "node:util";
import { ExpectedError } from "../../core/error.ts";
import type { CheckEvent, Step } from "../../core/event.ts";
import { browserHelp, browserVersion, findBrowser } from "../../edge/browser-find.ts";
import type { CommandCall, Outcome } from "../command.ts";
import { findLibrary, isLibrary, loadSettings } from "../library.ts";
import { noticeOffice } from "../notice-office.ts";
import { megabytes } from "../output.ts";
import { tryServices } from "../../steps/notices/try.ts";

type Check = Omit<CheckEvent, "type">;

/** Says what is missing on this machine and how to get it. */
export async function* run(call: CommandCall): Step {
  const checks = [
    nodeCheck(),
    libraryCheck(call),
    await diskCheck(call),
    await browserCheck(call),
    await captionToolCheck(),
    ...(await noticeChecks(call)),
  ];
  for (const check of checks) yield { ...check, type: "check" };
  const missing = checks.filter((check) => check.needed && !check.good).length;
  return {
    exit: missing > 0 ? "machine" : "done",
    summary: {
      type: "summary",
      command: "doctor",
      schemaVersion: 1,
      checks: checks.length,
      missing,
    },
  };
}

/** One line for each look. */
export function text({ events, paint }: Outcome): string[] {
  return events.flatMap((event) => {
    if (event.type !== "check") return [];
    const mark = event.good ? paint.good("✓") : event.needed ? paint.bad("✗") : paint.warm("·");
    const line = `${mark} ${event.name}: ${event.detail}`;
    return event.good ? [line] : [line, `  → ${event.fix}`];
  });
}

function nodeCheck(): Check {
  const good = Number(process.versions.node.split(".")[0]) >= 24;
  return {
    name: "Node",
    good,
    needed: true,
    detail: `version ${process.versions.node}`,
    fix: "Get Node 24 or later from https://nodejs.org.",
  };
}

function libraryCheck(call: CommandCall): Check {
  const root = findLibrary(call)?.root ?? null;
  const good = root !== null && isLibrary(root);
  return {
    name: "Library",
    good,
    needed: false,
    detail: good ? root : "none yet",
    fix: "Make one: findmehere migrate my-tiktok-archive.zip",
  };
}

async function diskCheck(call: CommandCall): Promise<Check> {
  const { bavail, bsize } = await statfs(call.machine.workingFolder);
  const free = bavail * bsize;
  return {
    name: "Disk",
    good: free > 5_000_000_000,
    needed: false,
    detail: `${megabytes(free)} free`,
    fix: "A few hundred videos take several GB. Make room, or put the library on another disk with --library.",
  };
}

async function browserCheck(call: CommandCall): Promise<Check> {
  const root = findLibrary(call)?.root ?? null;
  const { settings } = await loadSettings(call, root);
  const base = { name: "Browser (reads your TikTok page; TikTok's zip needs none)", needed: false };
  try {
    const found = await findBrowser(settings.browser.executable);
    if (found === null) return { ...base, good: false, detail: "none found", fix: browserHelp() };
    const version = await browserVersion(found.path);
    const detail = `${found.name}${version === null ? "" : ` ${version}`}, ${found.path}`;
    return { ...base, good: true, detail, fix: "" };
  } catch (error) {
    if (!(error instanceof ExpectedError)) throw error;
    const { what, fix = "" } = error.details;
    return { ...base, good: false, detail: what, fix };
  }
}

/** One for each service that the settings name; with `--notify` each is sent a test message. */
async function noticeChecks(call: CommandCall): Promise<Check[]> {
  const root = findLibrary(call)?.root ?? null;
  const { settings } = await loadSettings(call, root);
  const { clock, interrupt } = call.machine;
  const wanted = call.options["notify"] === true;
  const office = noticeOffice(call, root ?? "", settings);
  if (wanted && office.services.length === 0) throw nobodyToTell();
  const test = wanted ? { clock, signal: interrupt.drain } : null;
  return Array.fromAsync(tryServices(office, test));
}

function nobodyToTell(): ExpectedError {
  return new ExpectedError({
    exit: "settings",
    code: "no-notices",
    what: "No service is set up that could tell you anything.",
    fix: "Choose a topic that nobody guesses and type `findmehere config set notify.ntfy TOPIC`; or set notify.telegram or notify.webhook.",
  });
}

async function captionToolCheck(): Promise<Check> {
  const base = {
    name: "yt-dlp (fetches captions, which TikTok's archive leaves out)",
    needed: false,
    fix: "Windows: winget install yt-dlp.  macOS: brew install yt-dlp.  Linux: pipx install yt-dlp.",
  };
  try {
    const { stdout } = await promisify(execFile)("yt-dlp", ["--version"], { timeout: 20_000 });
    return { ...base, good: true, detail: `version ${stdout.trim()}` };
  } catch (error) {
    const absent = (error as NodeJS.ErrnoException).code === "ENOENT";
    return { ...base, good: false, detail: absent ? "not installed" : "does not start" };
  }
}
