import { mkdir, readdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { runProgram } from "../edge/program.ts";
import type { ProgramRun } from "../edge/program.ts";
import { refused } from "./fault.ts";
import { readFiles, swapFiles } from "./files.ts";
import type { TimerChange, TimerHand, TimerMachine } from "./hand.ts";
import { idInName, jobName, readJobMark } from "./job.ts";
import { launchAgent } from "./launchd-text.ts";

/** launchd: a launch agent of the person's own. Its answers are read after Apple's manual; never tried on a Mac. */
export function launchdHand(machine: TimerMachine): TimerHand {
  const { environment, home, platform, uid } = machine;
  const folder = join(home, "Library", "LaunchAgents");
  const domain = `gui/${uid ?? 0}`;
  const file = (id: string): string => join(folder, `${jobName(id)}.plist`);
  const log = (id: string): string => join(home, "Library", "Logs", "findmehere", `${id}.log`);
  const target = (id: string): string => `${domain}/${jobName(id)}`;
  const launchctl = (...words: string[]): Promise<ProgramRun | null> =>
    runProgram("launchctl", words, { environment });

  async function load(id: string): Promise<void> {
    const done = await launchctl("bootstrap", domain, file(id));
    if (done?.code === 0) return;
    throw refused(
      "launchd did not take the schedule.",
      done,
      "Sign in at the Mac's own screen and type the same command again. If it still fails, restart the Mac first.",
    );
  }
  const isLoaded = async (id: string): Promise<boolean> =>
    (await launchctl("print", target(id)))?.code === 0;

  return {
    kind: "launchd",
    title: "launchd",
    manners: [
      "While the Mac sleeps or is off, nothing happens and nothing is lost: it looks again within minutes after it wakes, and posts that became due go out one by one, never all at once.",
      "It runs while you are signed in on the Mac.",
    ],
    notes: async () => [],

    async obstacle() {
      if (platform !== "darwin") {
        return {
          code: "no-launchd",
          what: "launchd is a part of macOS, and this is another system.",
          fix: "Leave --with out: findmehere takes what this computer has.",
        };
      }
      const run = await launchctl("print", domain);
      if (run?.code === 0) return null;
      return {
        code: "no-launchd",
        what: "launchd does not answer for you.",
        why: "You are not signed in at the Mac's own screen, as when you came over ssh.",
        fix: "Sign in there, or choose cron: `findmehere schedule install --with cron`.",
      };
    },

    async entries() {
      const names = platform === "darwin" ? await readdir(folder).catch(() => []) : [];
      const ids = names.flatMap((name) => idInName(name.replace(/\.plist$/, "")) ?? []);
      return Promise.all(
        ids.map(async (id) => {
          const text = (await readFiles([file(id)])).get(file(id)) ?? "";
          const job = readJobMark(text);
          const asWritten = job !== null && job.id === id && text === launchAgent(job, log(id));
          return { kind: "launchd", id, job, places: [file(id)], asWritten };
        }),
      );
    },

    async state({ id }) {
      const run = await launchctl("print", target(id));
      const active = run?.code === 0;
      const said = active ? run.out.toString("utf8") : "";
      return {
        active,
        why: active ? "" : "launchd has not loaded the schedule.",
        fix: active ? "" : "Type `findmehere schedule install`.",
        last: null,
        next: null,
        result: /last exit code = (.+)/.exec(said)?.[1]?.trim() ?? null,
      };
    },

    async install(job) {
      const path = file(job.id);
      const text = launchAgent(job, log(job.id));
      const before = (await readFiles([path])).get(path) ?? null;
      const wasLoaded = await isLoaded(job.id);
      if (before === text && wasLoaded) return { changes: [], apply: async () => {} };
      const unload: TimerChange[] = wasLoaded ? [command("bootout", target(job.id))] : [];
      return {
        changes: [
          ...unload,
          { action: "write", place: path, text },
          command("bootstrap", domain, path),
        ],
        async apply() {
          if (wasLoaded) await launchctl("bootout", target(job.id));
          await swapFiles(
            new Map([[path, text]]),
            async () => {
              await mkdir(dirname(log(job.id)), { recursive: true });
              await load(job.id);
            },
            async () => {
              if (wasLoaded && before !== null) await load(job.id);
            },
          );
        },
      };
    },

    async remove(id) {
      const path = file(id);
      const before = (await readFiles([path])).get(path) ?? null;
      const wasLoaded = await isLoaded(id);
      const removal: TimerChange[] =
        before === null ? [] : [{ action: "remove", place: path, text: before }];
      return {
        changes: [...(wasLoaded ? [command("bootout", target(id))] : []), ...removal],
        async apply() {
          if (wasLoaded) {
            const done = await launchctl("bootout", target(id));
            if (done?.code !== 0 && (await isLoaded(id))) {
              throw refused(
                "launchd did not let go of the schedule.",
                done,
                "Restart the Mac and type the same command again.",
              );
            }
          }
          await swapFiles(
            new Map([[path, null]]),
            async () => {},
            async () => (wasLoaded ? load(id) : undefined),
          );
        },
      };
    },
  };
}

function command(...words: readonly string[]): TimerChange {
  return { action: "run", place: "launchctl", text: `launchctl ${words.join(" ")}` };
}
