import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { TimerHand } from "../../src/timer/hand.ts";
import { launchdHand } from "../../src/timer/launchd.ts";
import { launchAgent } from "../../src/timer/launchd-text.ts";
import { workFolder } from "../support/cli.ts";
import { putProgram } from "../support/programs.ts";
import { jobFor } from "./paths.ts";

// No Mac is here: `launchctl` is played after Apple's manual, and keeps what it was told to load.
let folder: ReturnType<typeof workFolder>;
let hand: TimerHand;
let agent: string;
let log: string;
const job = jobFor("/Users/mira/My Library");

beforeEach(() => {
  folder = workFolder();
  const programs = join(folder.path, "programs");
  putProgram(
    programs,
    "launchctl",
    `cd '${folder.path}'; echo "$*" >> calls
case "$1 $2" in
"print gui/501") exit 0 ;;
"print gui/501/"*) [ -e loaded ] || exit 113; printf '\\truns = 3\\n\\tlast exit code = 0\\n' ;;
"bootstrap gui/501") [ -e refuse ] && { echo "Bootstrap failed: 5: Input/output error" >&2; exit 5; }; touch loaded ;;
"bootout gui/501/"*) rm loaded ;;
*) exit 64 ;;
esac`,
  );
  hand = launchdHand({
    platform: "darwin",
    environment: { PATH: `${programs}:/usr/bin:/bin` },
    home: folder.path,
    uid: 501,
    now: () => 0,
  });
  agent = join(folder.path, "Library/LaunchAgents", `findmehere-${job.id}.plist`);
  log = join(folder.path, "Library/Logs/findmehere", `${job.id}.log`);
});
afterEach(() => folder.dispose());

const calls = () =>
  readFileSync(join(folder.path, "calls"), "utf8")
    .split("\n")
    .filter((line) => line.startsWith("boot"));

describe("launchd", () => {
  test("loads the agent, reads it back, replaces it and lets go of it", async () => {
    expect(await hand.obstacle()).toBeNull();
    const plan = await hand.install(job);
    expect(plan.changes.map(({ action }) => action)).toEqual(["write", "run"]);
    expect(existsSync(agent)).toBe(false);
    await plan.apply();
    expect(readFileSync(agent, "utf8")).toBe(launchAgent(job, log));
    expect(existsSync(join(log, ".."))).toBe(true);
    const [entry] = await hand.entries();
    expect(entry).toEqual({ kind: "launchd", id: job.id, job, places: [agent], asWritten: true });
    expect(await hand.state(entry!)).toMatchObject({ active: true, result: "0" });
    expect((await hand.install(job)).changes).toEqual([]);
    await (await hand.install({ ...job, every: 5 })).apply();
    expect(readFileSync(agent, "utf8")).toContain("<integer>300</integer>");
    const removal = await hand.remove(job.id);
    expect(removal.changes.map(({ action }) => action)).toEqual(["run", "remove"]);
    await removal.apply();
    expect(existsSync(agent)).toBe(false);
    expect(await hand.entries()).toEqual([]);
    expect((await hand.remove(job.id)).changes).toEqual([]);
    expect(calls()).toEqual([
      `bootstrap gui/501 ${agent}`,
      `bootout gui/501/findmehere-${job.id}`,
      `bootstrap gui/501 ${agent}`,
      `bootout gui/501/findmehere-${job.id}`,
    ]);
  });

  test("a refusal is told, and leaves no agent that would start at the next sign-in", async () => {
    writeFileSync(join(folder.path, "refuse"), "");
    const plan = await hand.install(job);
    await expect(plan.apply()).rejects.toMatchObject({
      details: {
        exit: "machine",
        why: expect.stringContaining("Bootstrap failed: 5: Input/output error") as string,
      },
    });
    expect(existsSync(agent)).toBe(false);
  });

  test("an agent that a person changed, or that is not loaded, is told apart", async () => {
    mkdirSync(join(agent, ".."), { recursive: true });
    writeFileSync(agent, launchAgent(job, log).replace("600", "60"));
    const [entry] = await hand.entries();
    expect(entry).toMatchObject({ job, asWritten: false });
    expect(await hand.state(entry!)).toMatchObject({
      active: false,
      fix: expect.stringContaining("findmehere schedule install") as string,
    });
  });
});
