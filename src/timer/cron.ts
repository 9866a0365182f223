import { existsSync } from "node:fs";
import { mkdir, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { ExpectedError } from "../core/error.ts";
import { runProgram } from "../edge/program.ts";
import type { ProgramRun } from "../edge/program.ts";
import { stateFolder } from "../edge/state-folder.ts";
import {
  bytesAsText,
  cronBlock,
  cronBlocks,
  cronCommand,
  longestCronCommand,
  mayBeAltered,
  textAsBytes,
  tornBlocks,
  withCronBlock,
  withoutCronBlock,
} from "./crontab-text.ts";
import { cronDaemonRuns } from "./cron-daemon.ts";
import { trueCrontab } from "./crontab-copy.ts";
import { changedMeanwhile, firstLine, refused } from "./fault.ts";
import type { TimerChange, TimerEntry, TimerHand, TimerMachine, TimerObstacle } from "./hand.ts";
import type { TimerJob } from "./job.ts";

const place = "your crontab";
const again = "Try `crontab -l` in a terminal; once that works, type the same command again.";
/** Where util-linux and busybox put it; macOS has none, and its crontab is the second choice there anyway. */
const flocks = ["/usr/bin/flock", "/bin/flock"];

/** cron: lines in the person's own crontab. */
export function cronHand(machine: TimerMachine): TimerHand {
  const { environment, platform } = machine;
  const run = (words: readonly string[], input?: Buffer): Promise<ProgramRun | null> =>
    runProgram("crontab", words, { environment, ...(input === undefined ? {} : { input }) });

  /** The crontab, one character for each byte; null when the person has none. */
  async function read(): Promise<string | null> {
    const seen = await run(["-l"]);
    if (seen?.code === 0) {
      const listing = bytesAsText(seen.out);
      return platform === "linux" && mayBeAltered(listing) ? trueCrontab(environment) : listing;
    }
    if (seen !== null && saysNone(seen)) return null;
    throw new ExpectedError({ exit: "machine", ...obstacleOf(seen) });
  }

  async function write(before: string | null, after: string): Promise<void> {
    if ((await read()) !== before) throw changedMeanwhile("Your crontab");
    if (after === "") {
      const done = await run(["-r"]);
      if (done?.code !== 0) throw refused("Your crontab could not be removed.", done, again);
      return;
    }
    let done = await run(["-"], textAsBytes(after));
    // Most crons take no last line without an end, even where it stood there before.
    if (done?.code !== 0 && !after.endsWith("\n"))
      done = await run(["-"], textAsBytes(`${after}\n`));
    if (done?.code !== 0) throw refused("cron did not take the new crontab.", done, again);
  }

  function guarded(job: TimerJob): TimerJob {
    const flock = flocks.find((path) => existsSync(path));
    if (platform === "win32" || flock === undefined) return job;
    return { ...job, guard: [flock, "-n", lockFile(job.id)] };
  }
  const lockFile = (id: string): string =>
    join(stateFolder(environment, platform), "ticks", `${id}.lock`);

  return {
    kind: "cron",
    title: "cron",
    manners: [
      "While the computer sleeps or is off, nothing happens and nothing is lost: posts that became due wait, and go out one by one when it is on again, never all at once.",
      "You need not be signed in.",
    ],
    notes: async () => [],

    async obstacle() {
      if (platform === "win32") return obstacleOf(null);
      const seen = await run(["-l"]);
      return seen?.code === 0 || (seen !== null && saysNone(seen)) ? null : obstacleOf(seen);
    },

    async entries() {
      const seen = platform === "win32" ? null : await run(["-l"]);
      if (seen?.code !== 0) return [];
      const listing = bytesAsText(seen.out);
      const entry = (id: string, job: TimerJob | null, asWritten: boolean): TimerEntry => {
        return { kind: "cron", id, job, places: [place], asWritten };
      };
      return [
        ...cronBlocks(listing).map(({ id, job, text }) =>
          entry(id, job, job !== null && job.id === id && cronBlock(job) === text),
        ),
        ...tornBlocks(listing).map((id) => entry(id, null, false)),
      ];
    },

    async state({ job }) {
      const active = await cronDaemonRuns();
      const next = job === null ? null : nextLook(machine.now(), job.every);
      const idle = active === false;
      return {
        active,
        why: idle ? "No cron runs on this computer, so nobody reads the crontab." : "",
        fix: idle
          ? "Start it: `sudo service cron start` (on some systems `sudo systemctl enable --now crond`)."
          : "",
        last: null,
        next: idle ? null : next,
        result: null,
      };
    },

    async install(plain) {
      const job = guarded(plain);
      const length = Buffer.byteLength(cronCommand(job));
      if (length > longestCronCommand) throw tooLong(length);
      const before = await read();
      assertWhole(before);
      const after = withCronBlock(before ?? "", job);
      const changes: TimerChange[] = [
        ...withoutOld(before ?? "", job.id, cronBlock(job)),
        ...(after === before ? [] : [shown("write", cronBlock(job))]),
      ];
      return {
        changes,
        async apply() {
          if (job.guard !== undefined) {
            await mkdir(dirname(lockFile(job.id)), { recursive: true, mode: 0o700 });
          }
          if (after !== before) await write(before, after);
          const seen = cronBlocks((await read()) ?? "").filter(({ id }) => id === job.id);
          if (seen.length === 1 && seen[0]?.text === cronBlock(job)) return;
          throw refused(
            "The crontab does not have the new lines, though cron took them.",
            null,
            again,
          );
        },
      };
    },

    async remove(id) {
      const before = await read();
      assertWhole(before);
      const after = withoutCronBlock(before ?? "", id);
      return {
        changes: withoutOld(before ?? "", id, ""),
        async apply() {
          if (after !== (before ?? "")) await write(before, after);
          await rm(lockFile(id), { force: true });
        },
      };
    },
  };
}

/** What is taken out of the crontab for this library, unless it stays as it is. */
function withoutOld(text: string, ofId: string, stays: string): TimerChange[] {
  return cronBlocks(text)
    .filter((block) => block.id === ofId && block.text !== stays)
    .map((block) => shown("remove", block.text));
}

function shown(action: "write" | "remove", lines: string): TimerChange {
  return { action, place, text: textAsBytes(lines).toString("utf8") };
}

/** The next minute of the hour, in this computer's zone, that is a multiple of `every`; as ISO 8601 UTC. */
function nextLook(now: number, every: number): string {
  const date = new Date(now);
  date.setMinutes((Math.floor(date.getMinutes() / every) + 1) * every, 0, 0);
  return date.toISOString();
}

/** Vixie's, cronie's, Apple's and Solaris' words for an empty one, and busybox's. */
function saysNone({ error }: ProgramRun): boolean {
  return /no crontab for|can't open .*: No such file/i.test(error);
}

function obstacleOf(seen: ProgramRun | null): TimerObstacle {
  if (seen === null) {
    return {
      code: "no-cron",
      what: "There is no cron on this computer.",
      fix: "Install it (Debian, Ubuntu: `sudo apt install cron`; Fedora: `sudo dnf install cronie`), or choose another timer with --with.",
    };
  }
  return {
    code: "cron-refused",
    what: "cron does not let you have a crontab.",
    why: `It says: ${firstLine(seen)}.`,
    fix: "Whoever looks after this computer can allow it, in /etc/cron.allow or /etc/cron.deny. Or choose another timer with --with.",
  };
}

function assertWhole(text: string | null): void {
  if (text === null || tornBlocks(text).length === 0) return;
  throw new ExpectedError({
    exit: "needsPerson",
    code: "schedule-torn",
    what: "The lines of findmehere in your crontab are not whole: their first or last one is missing.",
    why: "Nobody can say where they end, so nothing was changed.",
    fix: "Type `crontab -e`, remove every line about findmehere, save, and type the same command again.",
  });
}

function tooLong(length: number): ExpectedError {
  return new ExpectedError({
    exit: "machine",
    code: "schedule-too-long",
    what: `The paths are too long for cron: the line would have ${length} bytes, and cron takes ${longestCronCommand}.`,
    fix: "Move the library to a folder with a shorter path, or choose another timer with --with.",
  });
}
