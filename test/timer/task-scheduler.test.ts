import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { TimerHand } from "../../src/timer/hand.ts";
import { taskSchedulerHand } from "../../src/timer/task-scheduler.ts";
import { taskDefinition } from "../../src/timer/task-text.ts";
import { workFolder } from "../support/cli.ts";
import { putProgram } from "../support/programs.ts";
import { jobFor } from "./paths.ts";

// No Windows is here: `schtasks` is played after Microsoft's pages, and keeps the file it was given.
let folder: ReturnType<typeof workFolder>;
let hand: TimerHand;
const job = jobFor(String.raw`C:\Users\Mira & Pepper\My Library`, {
  node: String.raw`C:\Program Files\nodejs\node.exe`,
});
const name = `findmehere-${job.id}`;

beforeEach(() => {
  folder = workFolder();
  const programs = join(folder.path, "programs");
  putProgram(
    programs,
    "schtasks",
    `cd '${folder.path}'; echo "$*" >> calls
[ -e refuse ] && [ "$1" != /Query ] && { echo "ERROR: Access is denied." >&2; exit 1; }
case "$*" in
"/Query /TN ${name} /XML") [ -e task ] || exit 1; cat task ;;
"/Query /TN ${name} /FO CSV /NH") [ -e task ] || exit 1; printf '%s\\n' '"\\${name}","21/11/2026 09:00:00","Ready"' ;;
"/Query /FO CSV /NH") echo '"\\Adobe Updater","N/A","Ready"'; if [ -e task ]; then printf '%s\\n' '"\\${name}","21/11/2026 09:00:00","Ready"'; fi ;;
"/Create /TN ${name} /XML "*" /F") cp "$5" task ;;
"/Delete /TN ${name} /F") rm task ;;
*) exit 64 ;;
esac`,
  );
  hand = taskSchedulerHand({
    platform: "win32",
    environment: { PATH: `${programs}:/usr/bin:/bin` },
    home: folder.path,
    uid: null,
    now: () => 0,
  });
});
afterEach(() => folder.dispose());

const task = () => join(folder.path, "task");

describe("Task Scheduler", () => {
  test("takes the task as UTF-16, reads it back, replaces it and deletes it", async () => {
    expect(await hand.obstacle()).toBeNull();
    expect(await hand.entries()).toEqual([]);
    const plan = await hand.install(job);
    expect(plan.changes.map(({ action }) => action)).toEqual(["write", "run"]);
    await plan.apply();
    expect(readFileSync(task(), "utf16le")).toBe(`\uFEFF${taskDefinition(job)}`);
    const [entry] = await hand.entries();
    expect(entry).toMatchObject({ kind: "task-scheduler", id: job.id, job, asWritten: true });
    expect(await hand.state(entry!)).toMatchObject({ active: true, next: "21/11/2026 09:00:00" });
    expect((await hand.install(job)).changes).toEqual([]);
    await (await hand.install({ ...job, every: 30 })).apply();
    expect(readFileSync(task(), "utf16le")).toContain("<Interval>PT30M</Interval>");
    await (await hand.remove(job.id)).apply();
    expect(existsSync(task())).toBe(false);
    expect((await hand.remove(job.id)).changes).toEqual([]);
  });

  test("a refusal is told", async () => {
    writeFileSync(join(folder.path, "refuse"), "");
    await expect((await hand.install(job)).apply()).rejects.toMatchObject({
      details: {
        exit: "machine",
        why: expect.stringContaining("Access is denied") as string,
      },
    });
    expect(existsSync(task())).toBe(false);
  });

  test("a path that it would fill in is refused before anything is written", async () => {
    const odd = { ...job, library: "C:\\%TEMP%\\library" };
    await expect(hand.install(odd)).rejects.toMatchObject({
      details: { code: "schedule-path-unwritable" },
    });
  });
});
