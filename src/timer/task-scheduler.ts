import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ExpectedError } from "../core/error.ts";
import { runProgram } from "../edge/program.ts";
import type { ProgramRun } from "../edge/program.ts";
import { refused } from "./fault.ts";
import type { TimerChange, TimerEntry, TimerHand, TimerMachine } from "./hand.ts";
import { idInName, jobMark, jobName, jobWords, readJobMark } from "./job.ts";
import { hasTaskVariable, taskDefinition, taskFile } from "./task-text.ts";

const place = "Task Scheduler";

/** Task Scheduler: a task of the person's own, through `schtasks`. Read after Microsoft's pages; never tried on Windows. */
export function taskSchedulerHand({ environment, platform }: TimerMachine): TimerHand {
  const schtasks = (...words: string[]): Promise<ProgramRun | null> =>
    runProgram("schtasks", words, { environment });

  async function find(id: string): Promise<TimerEntry | null> {
    const run = await schtasks("/Query", "/TN", jobName(id), "/XML");
    if (run?.code !== 0) return null;
    // The mark is plain ASCII; windows answers in one byte a letter, or in two.
    const text = run.out.toString("latin1").replaceAll("\0", "");
    const job = readJobMark(unescaped(text));
    return {
      kind: "task-scheduler",
      id,
      job,
      places: [`${place}: ${jobName(id)}`],
      asWritten: job?.id === id,
    };
  }

  return {
    kind: "task-scheduler",
    title: "Task Scheduler",
    manners: [
      "While the computer sleeps or is off, nothing happens and nothing is lost: a look that was missed is made up for once it is on again, and posts that became due go out one by one, never all at once.",
      "It runs while you are signed in to Windows. A black window may show for a moment when it looks.",
    ],
    notes: async () => [],

    async obstacle() {
      const run = platform === "win32" ? await schtasks("/Query", "/FO", "CSV", "/NH") : null;
      // Without any task it may end with another code; that it is there is enough.
      if (run !== null) return null;
      return {
        code: "no-task-scheduler",
        what: "There is no Task Scheduler: it is a part of Windows.",
        fix: "Leave --with out: findmehere takes what this computer has.",
      };
    },

    async entries() {
      const run = platform === "win32" ? await schtasks("/Query", "/FO", "CSV", "/NH") : null;
      const names = (run?.out.toString("latin1") ?? "").matchAll(/^"\\(findmehere-[\w-]+)"/gm);
      const ids = new Set([...names].flatMap(([, name = ""]) => idInName(name) ?? []));
      const found = await Promise.all([...ids].map(find));
      return found.filter((entry) => entry !== null);
    },

    async state({ id }) {
      const run = await schtasks("/Query", "/TN", jobName(id), "/FO", "CSV", "/NH");
      const active = run?.code === 0;
      // The second cell is the next run, in the words of the person's Windows.
      const [, next = ""] = /^"[^"]*","([^"]*)"/m.exec(run?.out.toString("utf8") ?? "") ?? [];
      return {
        active,
        why: active ? "" : "Task Scheduler does not have the task.",
        fix: active ? "" : "Type `findmehere schedule install`.",
        last: null,
        next: next === "" || next === "N/A" ? null : next,
        result: null,
      };
    },

    async install(job) {
      const odd = jobWords(job).find(hasTaskVariable);
      if (odd !== undefined) throw unwritable(odd);
      const earlier = await find(job.id);
      const same =
        earlier !== null && earlier.job !== null && jobMark(earlier.job) === jobMark(job);
      const text = taskDefinition(job);
      return {
        changes: same
          ? []
          : [
              { action: "write", place: `${place}: ${jobName(job.id)}`, text },
              command("/Create", "/TN", jobName(job.id), "/XML", "FILE", "/F"),
            ],
        async apply() {
          if (same) return;
          const folder = await mkdtemp(join(tmpdir(), "findmehere-"));
          try {
            const file = join(folder, "task.xml");
            await writeFile(file, taskFile(text));
            const done = await schtasks("/Create", "/TN", jobName(job.id), "/XML", file, "/F");
            if (done?.code !== 0) throw refusedTask(done);
          } finally {
            await rm(folder, { recursive: true, force: true });
          }
        },
      };
    },

    async remove(id) {
      const there = (await find(id)) !== null;
      return {
        changes: there ? [command("/Delete", "/TN", jobName(id), "/F")] : [],
        async apply() {
          const done = there ? await schtasks("/Delete", "/TN", jobName(id), "/F") : null;
          if (there && done?.code !== 0) throw refusedTask(done);
        },
      };
    },
  };
}

function command(...words: readonly string[]): TimerChange {
  return { action: "run", place: "schtasks", text: `schtasks ${words.join(" ")}` };
}

function unescaped(text: string): string {
  return text
    .replaceAll("&quot;", '"')
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&amp;", "&");
}

function refusedTask(run: ProgramRun | null): ExpectedError {
  return refused(
    "Task Scheduler did not do it.",
    run,
    "Type the same command in a PowerShell window of your own user, not as administrator of another one.",
  );
}

function unwritable(path: string): ExpectedError {
  return new ExpectedError({
    exit: "machine",
    code: "schedule-path-unwritable",
    what: `Task Scheduler cannot run what lies here: ${path}`,
    why: "It reads %NAME% and $( in a path as a place to fill in, and knows no way to write them otherwise.",
    fix: "Rename that folder, and type the same command again.",
  });
}
