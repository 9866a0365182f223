import { readdir } from "node:fs/promises";
import { userInfo } from "node:os";
import { join } from "node:path";
import { problem } from "../core/problem.ts";
import { runProgram } from "../edge/program.ts";
import type { ProgramRun } from "../edge/program.ts";
import { refused } from "./fault.ts";
import { readFiles, swapFiles } from "./files.ts";
import type { WantedFiles } from "./files.ts";
import type { TimerChange, TimerHand, TimerMachine } from "./hand.ts";
import { idInName, jobName, readJobMark } from "./job.ts";
import { serviceUnit, timerUnit } from "./systemd-text.ts";

/** systemd: a service and a timer among the person's own units. */
export function systemdHand(machine: TimerMachine): TimerHand {
  const { environment, home, platform } = machine;
  const given = environment["XDG_CONFIG_HOME"] ?? "";
  const folder = join(given.startsWith("/") ? given : join(home, ".config"), "systemd", "user");
  const files = (id: string) => ({
    service: join(folder, `${jobName(id)}.service`),
    timer: join(folder, `${jobName(id)}.timer`),
  });
  const stamp = (id: string): string => {
    const data = environment["XDG_DATA_HOME"] ?? "";
    const root = data.startsWith("/") ? data : join(home, ".local", "share");
    return join(root, "systemd", "timers", `stamp-${jobName(id)}.timer`);
  };
  // In UTC its dates can be read whatever the zone is.
  const systemctl = (...words: string[]): Promise<ProgramRun | null> =>
    runProgram("systemctl", ["--user", ...words], { environment: { ...environment, TZ: "UTC" } });

  async function must(...words: string[]): Promise<void> {
    const done = await systemctl(...words);
    if (done?.code === 0) return;
    throw refused(
      `systemd did not do it: systemctl --user ${words.join(" ")}`,
      done,
      "Try that command in a terminal, or choose another timer, such as `findmehere schedule install --with cron`.",
    );
  }

  async function seen(id: string): Promise<Map<string, string>> {
    const names = "ActiveState,UnitFileState,LastTriggerUSec,NextElapseUSecRealtime,Result";
    const run = await systemctl("show", `${jobName(id)}.timer`, "--property", names);
    const lines = run?.code === 0 ? run.out.toString("utf8").split("\n") : [];
    return new Map(
      lines.map((line) => {
        const at = line.indexOf("=");
        return [line.slice(0, at), line.slice(at + 1)];
      }),
    );
  }

  return {
    kind: "systemd",
    title: "systemd",
    manners: [
      "While the computer sleeps or is off, nothing happens and nothing is lost: it looks once as soon as it is on again, and posts that became due go out one by one, never all at once.",
      "It runs while you are signed in; after `loginctl enable-linger` also when you are not.",
    ],

    async obstacle() {
      const run = platform === "linux" ? await systemctl("show-environment") : null;
      if (run?.code === 0) return null;
      return {
        code: "no-systemd",
        what: "systemd does not run for you on this computer.",
        ...(run === null || run.error === ""
          ? {}
          : { why: `It says: ${run.error.split("\n")[0]}.` }),
        fix: "Sign in as yourself (not with su or sudo), or choose another timer, such as `findmehere schedule install --with cron`.",
      };
    },

    async entries() {
      const names = platform === "linux" ? await readdir(folder).catch(() => []) : [];
      const ids = names.flatMap((name) => idInName(name.replace(/\.timer$/, "")) ?? []);
      return Promise.all(
        ids.map(async (id) => {
          const { service, timer } = files(id);
          const texts = await readFiles([service, timer]);
          const job = readJobMark(texts.get(service) ?? "");
          const asWritten =
            job !== null &&
            job.id === id &&
            texts.get(service) === serviceUnit(job) &&
            texts.get(timer) === timerUnit(job);
          return { kind: "systemd", id, job, places: [service, timer], asWritten };
        }),
      );
    },

    async state({ id }) {
      const facts = await seen(id);
      const active = facts.get("ActiveState") === "active";
      const last = moment(facts.get("LastTriggerUSec"));
      return {
        active: facts.size === 0 ? null : active,
        why: active ? "" : "systemd does not run the timer.",
        fix: active ? "" : "Type `findmehere schedule install`.",
        last,
        next: moment(facts.get("NextElapseUSecRealtime")),
        result: last === null ? null : (facts.get("Result") ?? null),
      };
    },

    async install(job) {
      const { service, timer } = files(job.id);
      const name = `${jobName(job.id)}.timer`;
      const wanted = new Map([
        [service, serviceUnit(job)],
        [timer, timerUnit(job)],
      ]);
      const before = await readFiles(wanted.keys());
      const writes = [...wanted].filter(([path, text]) => before.get(path) !== text);
      const facts = writes.length === 0 ? await seen(job.id) : new Map<string, string>();
      const runs =
        facts.get("ActiveState") === "active" && facts.get("UnitFileState") === "enabled";
      const commands = [["daemon-reload"], ["enable", name], ["restart", name]];
      return {
        changes: runs
          ? []
          : [
              ...writes.map(([place, text]): TimerChange => ({ action: "write", place, text })),
              ...commands.map(command),
            ],
        async apply() {
          if (runs) return;
          const wasThere = before.get(timer) !== null;
          await swapFiles(
            wanted,
            async () => {
              for (const words of commands) await must(...words);
            },
            async () => {
              if (!wasThere) await systemctl("disable", "--now", name);
              await systemctl("daemon-reload");
              if (wasThere) await systemctl("restart", name);
            },
          );
        },
      };
    },

    async remove(id) {
      const { service, timer } = files(id);
      const name = `${jobName(id)}.timer`;
      const before = await readFiles([service, timer, stamp(id)]);
      const there = [...before].flatMap(([path, text]) => (text === null ? [] : [{ path, text }]));
      const hasUnits = there.some(({ path }) => path !== stamp(id));
      const wanted: WantedFiles = new Map([...before.keys()].map((path) => [path, null]));
      return {
        changes: hasUnits
          ? [
              command(["disable", "--now", name]),
              ...there.map(({ path, text }): TimerChange => ({
                action: "remove",
                place: path,
                text,
              })),
              command(["daemon-reload"]),
            ]
          : [],
        async apply() {
          if (!hasUnits) return;
          // Before the files go: systemd finds what to disable in them.
          if (before.get(timer) !== null) await must("disable", "--now", name);
          await swapFiles(
            wanted,
            () => must("daemon-reload"),
            async () => {
              await must("daemon-reload");
              await must("enable", "--now", name);
            },
          );
        },
      };
    },

    async notes() {
      const run = await runProgram(
        "loginctl",
        ["show-user", userInfo().username, "--property=Linger", "--value"],
        { environment },
      );
      if (run?.out.toString("utf8").trim() !== "no") return [];
      return [
        problem(
          "schedule-signed-out",
          "systemd runs your timers only while you are signed in on this computer.",
          "To go on when you are not, type `loginctl enable-linger`.",
        ),
      ];
    },
  };
}

function command(words: readonly string[]): TimerChange {
  return { action: "run", place: "systemctl", text: `systemctl --user ${words.join(" ")}` };
}

/** `Sat 2026-11-21 08:50:00 UTC` as ISO 8601; null for `n/a` and nothing. */
function moment(text: string | undefined): string | null {
  const [, day, time] = /(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d)(?:\.\d+)? UTC/.exec(text ?? "") ?? [];
  return day === undefined || time === undefined ? null : `${day}T${time}.000Z`;
}
