import { rmSync } from "node:fs";
import { join } from "node:path";
import { readFileSync } from "node:fs";
import { startCountingSite } from "../../look-alike/counting/site.ts";
import type { CountingSite, SubmitFault } from "../../look-alike/counting/site.ts";
import { runCounting, statesOf, watched } from "./library.ts";
import type { DueLibrary, PublishRun } from "./library.ts";

/** When a run is killed: at one of its statements or requests, or so many milliseconds after its start. */
export type PublishMoment = { at: string } | { afterMs: number };

/** One killed run. */
export interface PublishCase {
  /** A name of its own, for the folder. */
  name: string;
  /** Which run is killed: the one that presses, or the one that looks. */
  command: "publish" | "confirm";
  moment: PublishMoment;
  /** What the site does with each press. */
  fault: SubmitFault;
}

/** What came of it. */
export interface PublishResult {
  /** False when the run ended before its moment came. */
  killed: boolean;
  /** Empty when all is well. */
  faults: string[];
  /** Pressed or nearly, and nobody knows: a person is asked. */
  unconfirmed: number;
}

/** Later than every look that can still be due. */
const muchLater = "2026-12-04T12:00:00Z";
const soon = "2026-12-01T12:11:00Z";

/** Every statement and request of an undisturbed run, as `statement:7`. */
export async function undisturbedMoments(
  made: DueLibrary,
  command: PublishCase["command"],
): Promise<string[]> {
  const site = await startCountingSite();
  const library = made.copy(`undisturbed-${command}`);
  const log = join(library, "..", "changes.log");
  try {
    const environment = watched({ CRASH_LOG: log, CRASH_STATEMENTS: "1" });
    if (command === "confirm") {
      site.hide(true);
      await runCounting(["publish", "--due"], { library, origin: site.origin });
      site.hide(false);
    }
    const words = command === "publish" ? ["publish", "--due"] : ["confirm"];
    const now = command === "publish" ? {} : { now: soon };
    const run = await runCounting(words, { library, origin: site.origin, environment, ...now });
    if (run.code !== 0) throw new Error(run.error + run.out);
    return readFileSync(log, "utf8")
      .split("\n")
      .filter((line) => /^(statement|request)\t/.test(line))
      .map((line) => line.split("\t").slice(0, 2).join(":"));
  } finally {
    await site.close();
    rmSync(join(library, ".."), { recursive: true, force: true });
  }
}

/** Kills one run, lets later runs go on, and says what is wrong. */
export async function killOnce(made: DueLibrary, it: PublishCase): Promise<PublishResult> {
  const site = await startCountingSite({ fault: () => it.fault });
  const library = made.copy(it.name);
  try {
    const { origin } = site;
    const killing =
      "at" in it.moment
        ? { environment: watched({ CRASH_AT: it.moment.at, CRASH_STATEMENTS: "1" }) }
        : { killAfter: it.moment.afterMs };
    let killed: PublishRun;
    if (it.command === "publish") {
      killed = await runCounting(["publish", "--due"], { library, origin, ...killing });
    } else {
      site.hide(true);
      await runCounting(["publish", "--due"], { library, origin });
      site.hide(false);
      killed = await runCounting(["confirm"], { library, origin, now: soon, ...killing });
    }
    await site.quiet();
    const rest = await goOn(library, site);
    return {
      killed: killed.code === null,
      faults: [...rest, ...(await whatIsWrong(library, site))],
      unconfirmed: statesOf(library).filter(({ state }) => state === "unconfirmed").length,
    };
  } finally {
    await site.close();
    rmSync(join(library, ".."), { recursive: true, force: true });
  }
}

/** The next ticks, undisturbed, and a look after two days. */
export async function goOn(library: string, site: CountingSite): Promise<string[]> {
  const { origin } = site;
  const faults: string[] = [];
  const ticks: [string[], string][] = [
    [["publish", "--due"], "2026-12-01T12:30:00Z"],
    [["publish", "--due"], "2026-12-02T12:30:00Z"],
    [["confirm"], muchLater],
  ];
  for (const [words, now] of ticks) {
    const run = await runCounting(words, { library, origin, now });
    // 3 and 77 are true words about this run: something is unconfirmed, refused, or wants a person.
    if (![0, 3, 77].includes(run.code ?? -1)) {
      faults.push(
        `${words.join(" ")} ended with ${run.code}: ${(run.error + run.out).slice(-500)}`,
      );
    }
  }
  return faults;
}

/** Posts sent twice, posts lost, and states that say what is not so. */
export async function whatIsWrong(library: string, site: CountingSite): Promise<string[]> {
  const faults: string[] = [];
  const states = statesOf(library);
  for (const { post, state } of states) {
    const times = site.accepted.get(post) ?? 0;
    if (times > 1) faults.push(`${post} was sent ${times} times`);
    // Whatever the site has must be known as live, or a person is asked; nothing of it may be queued again.
    if (times > 0 && state !== "live" && !isStopped(state)) {
      faults.push(`${post} is there and the library says ${state}`);
    }
    if (times === 0 && !["queued", "unconfirmed", "refused"].includes(state)) {
      faults.push(`${post} is not there and the library says ${state}`);
    }
    if (state === "submitting") faults.push(`${post} is still called submitting`);
  }
  const { origin } = site;
  const run = await runCounting(["status", "--json"], { library, origin, now: muchLater });
  const summary = JSON.parse(run.out.trim().split("\n").at(-1) ?? "{}") as {
    publications?: { counting?: Record<string, number> };
    needs?: { what: string }[];
  };
  const counts = Object.values(summary.publications?.counting ?? {});
  const sum = counts.reduce((total, count) => total + count, 0);
  if (sum !== states.length) faults.push(`status counts ${sum} of ${states.length}`);
  for (const { post, state } of states) {
    if (state !== "unconfirmed" && state !== "refused") continue;
    const told = (summary.needs ?? []).some(({ what }) => what.includes(post));
    if (!told) faults.push(`status does not explain ${post}, which is ${state}`);
  }
  return faults;
}

function isStopped(state: string): boolean {
  // After a captcha nobody looks until a person has.
  return state === "unconfirmed";
}
