import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { jobWords } from "../../src/timer/job.ts";
import type { TimerJob } from "../../src/timer/job.ts";
import { serviceUnit, timerUnit } from "../../src/timer/systemd-text.ts";
import { workFolder } from "../support/cli.ts";
import { jobFor, oddPaths } from "./paths.ts";

let folder: ReturnType<typeof workFolder>;
beforeAll(() => {
  folder = workFolder();
});
afterAll(() => folder.dispose());

/** What systemd itself understands of a job's two units; it names in `complaints` whatever it does not. */
function readBySystemd(job: TimerJob, status = 0): { text: string; complaints: string[] } {
  const files = { "findmehere-x.service": serviceUnit(job), "findmehere-x.timer": timerUnit(job) };
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder.path, name), text);
  const runtime = join(folder.path, "run");
  mkdirSync(runtime, { recursive: true, mode: 0o700 });
  const read = (level: string) =>
    spawnSync(
      "systemd-analyze",
      ["verify", "--user", ...Object.keys(files).map((name) => join(folder.path, name))],
      {
        env: {
          PATH: process.env["PATH"],
          HOME: folder.path,
          XDG_RUNTIME_DIR: runtime,
          SYSTEMD_LOG_LEVEL: level,
        },
        encoding: "utf8",
      },
    );
  const quiet = read("warning");
  expect(quiet.error).toBeUndefined();
  expect(quiet.status).toBe(status);
  const loud = read("debug");
  return {
    text: loud.stdout + loud.stderr,
    complaints: quiet.stderr.split("\n").filter((line) => line.includes("findmehere-x")),
  };
}

/** The words of the command line that systemd prints, quoted as it quotes them. */
function commandOf(text: string): string {
  return /Command Line: (.*)$/m.exec(text)?.[1] ?? "";
}

/** A word as systemd prints it: in quotes, with backslashes before what a shell would treat, where it has to be. */
function printed(word: string): string {
  if (!/[\s"\\`$']|[*?[]|[;&|<>()#!~]/.test(word) && word !== "") return word;
  return `"${word.replaceAll(/["\\`$]/g, String.raw`\$&`)}"`;
}

describe("systemd's own parser", () => {
  test.each(oddPaths)("takes both units without a complaint and reads %s", (path) => {
    const job = jobFor(path, { node: process.execPath });
    const { text, complaints } = readBySystemd(job);
    expect(complaints).toEqual([]);
    const words = jobWords(job);
    // A dollar sign is doubled until systemd runs the command.
    const library = printed((words.at(-1) ?? "").replaceAll("$", "$$$$"));
    expect(commandOf(text)).toBe([...words.slice(0, -1), library].join(" "));
  });

  test("takes a Node whose path has quotes, a backslash and a dollar sign", () => {
    const place = join(folder.path, "a 'b' \"c\" d\\e $f");
    mkdirSync(place, { recursive: true });
    const node = join(place, "node");
    writeFileSync(node, "#!/bin/sh\n");
    chmodSync(node, 0o755);
    const { text, complaints } = readBySystemd(jobFor("/home/mira/Library", { node }));
    expect(complaints).toEqual([]);
    expect(commandOf(text)).toMatch(/^\/bin\/sh -c "exec \\"\\\$\\\$@\\"" findmehere /);
    expect(commandOf(text)).toContain(printed(node.replaceAll("$", "$$$$")));
  });

  test.each([
    [1, "*-*-* *:*:00", 6],
    [10, "*-*-* *:00/10:00", 60],
    [60, "*-*-* *:00:00", 120],
  ])("looks every %i minutes at %s, and makes up for what was missed", (every, calendar, delay) => {
    const job = jobFor("/home/mira/My Library", { every, node: process.execPath });
    const { text } = readBySystemd(job);
    expect(text).toContain(`OnCalendar: ${calendar}`);
    expect(text).toContain("Persistent: yes");
    expect(timerUnit(job)).toContain(`RandomizedDelaySec=${delay}\n`);
    expect(text).toContain("Unit: findmehere-x.service");
  });

  test("complains of what it does not know, so that its silence means something", () => {
    const job = jobFor("/home/mira/My Library", { node: "/no/such/node" });
    expect(readBySystemd(job, 1).complaints.join()).toContain("/no/such/node");
  });
});
