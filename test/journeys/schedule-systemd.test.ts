import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { putProgram } from "../support/programs.ts";
import { scheduleDesk } from "./schedule-journey.ts";
import type { ScheduleDesk } from "./schedule-journey.ts";

let desk: ScheduleDesk;
let library: string;
let units: string;

beforeEach(async () => {
  desk = scheduleDesk();
  library = await desk.library("My Library");
  units = join(desk.home, ".config/systemd/user");
  // systemd itself needs to be the machine's first process; its parser is tested beside the texts.
  putProgram(
    desk.programs,
    "systemctl",
    `cd '${desk.folder}'; shift; echo "$*" >> calls
[ -e "refuse-$1" ] && { echo "Failed to $1 unit: the bus is gone" >&2; exit 1; }
case "$1" in
restart) touch active ;;
disable) rm -f active ;;
show) if [ -e active ]; then echo ActiveState=active; echo UnitFileState=enabled
  echo "LastTriggerUSec=Sat 2026-11-21 08:50:00 UTC"; echo "NextElapseUSecRealtime=Sat 2026-11-21 09:00:00 UTC"; echo Result=success
  else echo ActiveState=inactive; echo LastTriggerUSec=; fi ;;
esac
exit 0`,
  );
  putProgram(desk.programs, "loginctl", "echo no");
  // Whoever uses this desk has no crontab.
  putProgram(desk.programs, "crontab", 'echo "no crontab for mira" >&2; exit 1');
});
afterEach(() => desk.dispose());

const schedule = (...words: string[]) => desk.run(["schedule", ...words, "--library", library]);
const calls = (): string[] =>
  readFileSync(join(desk.folder, "calls"), "utf8")
    .split("\n")
    .filter((line) => line !== "" && !line.startsWith("show"));
const put = (name: string) => writeFileSync(join(desk.folder, name), "");
const unitNames = () => (existsSync(units) ? readdirSync(units).toSorted() : []);

describe("schedule, with systemd", () => {
  test("is chosen where it runs, says what it needs to go on alone, and goes without a trace", async () => {
    const dry = await schedule("install", "--dry-run", "--json");
    expect(dry.summary).toMatchObject({ with: "systemd", dryRun: true, installed: false });
    expect(unitNames()).toEqual([]);
    const install = await schedule("install", "--yes");
    expect(install.code, install.error).toBe(0);
    expect(install.out).toContain("looks every 10 minutes (systemd) for what is due in");
    expect(install.error).toContain("loginctl enable-linger");
    const [service = "", timer = ""] = unitNames();
    expect([service, timer].map((name) => name.replace(/^findmehere-[\w-]+/, ""))).toEqual([
      ".service",
      ".timer",
    ]);
    expect(calls().slice(-3)).toEqual(["daemon-reload", `enable ${timer}`, `restart ${timer}`]);
    expect(readFileSync(join(units, service), "utf8")).toContain(`--library" "${library}"`);

    const again = await schedule("install", "--yes", "--json");
    expect(again.summary).toMatchObject({ changed: 0 });
    const often = await schedule("install", "--yes", "--every", "1h", "--json");
    expect(often.summary).toMatchObject({ every: 60 });
    expect(readFileSync(join(units, timer), "utf8")).toContain("OnCalendar=*:00\n");

    const show = await schedule("show", "--json");
    expect(show.code, show.out).toBe(0);
    expect(show.lines[0]).toMatchObject({
      with: "systemd",
      own: true,
      every: 60,
      active: true,
      last: "2026-11-21T08:50:00.000Z",
      next: "2026-11-21T09:00:00.000Z",
      result: "success",
    });

    const stamps = join(desk.home, ".local/share/systemd/timers");
    mkdirSync(stamps, { recursive: true });
    writeFileSync(join(stamps, `stamp-${timer}`), "");
    expect((await schedule("remove", "--yes")).code).toBe(0);
    expect(calls().slice(-2)).toEqual([`disable --now ${timer}`, "daemon-reload"]);
    expect(unitNames()).toEqual([]);
    expect(readdirSync(stamps)).toEqual([]);
  });

  test("says that it stands still, and how to mend it", async () => {
    await schedule("install", "--yes");
    rmSync(join(desk.folder, "active"));
    const show = await schedule("show");
    expect(show.code).toBe(3);
    expect(show.error).toContain("systemd does not run the timer.");
    expect(show.error).toContain("findmehere schedule install");
    expect((await schedule("install", "--yes")).code).toBe(0);
    expect((await schedule("show")).code).toBe(0);
  });

  test.each(["daemon-reload", "enable", "restart"])(
    "a systemd that refuses %s leaves nothing half behind",
    async (word) => {
      put(`refuse-${word}`);
      const run = await schedule("install", "--yes");
      expect(run.code).toBe(69);
      expect(run.error).toContain(`systemctl --user ${word}`);
      expect(run.error).toContain("the bus is gone");
      expect(unitNames()).toEqual([]);
    },
  );

  test("a change that fails leaves the earlier schedule as it was", async () => {
    await schedule("install", "--yes");
    const before = unitNames().map((name) => readFileSync(join(units, name), "utf8"));
    put("refuse-enable");
    expect((await schedule("install", "--yes", "--every", "5")).code).toBe(69);
    expect(unitNames().map((name) => readFileSync(join(units, name), "utf8"))).toEqual(before);
    put("refuse-disable");
    expect((await schedule("remove", "--yes")).code).toBe(69);
    expect(unitNames()).toHaveLength(2);
  });

  test("a home folder that takes no files is told, and nothing was done", async () => {
    writeFileSync(join(desk.home, ".config"), "a file in the way");
    const run = await schedule("install", "--yes");
    expect(run.code).toBe(69);
    expect(run.error).toContain("The schedule cannot be written");
    expect(run.error).toContain("schedule install --with cron");
    expect(calls()).not.toContain("enable");
  });

  test("moves to another timer when the person says so: one schedule for a library", async () => {
    await schedule("install", "--yes");
    const file = join(desk.folder, "crontab");
    putProgram(
      desk.programs,
      "crontab",
      `case "$1" in -l) cat '${file}' 2>/dev/null || { echo "no crontab for mira" >&2; exit 1; } ;; -) cat > '${file}' ;; -r) rm '${file}' ;; esac`,
    );
    const move = await schedule("install", "--with", "cron", "--yes", "--json");
    expect(move.code, move.out).toBe(0);
    expect(unitNames()).toEqual([]);
    expect(readFileSync(file, "utf8")).toContain("# findmehere begin ");
    // It stays there, though systemd runs as well.
    const again = await schedule("install", "--yes", "--json");
    expect(again.summary).toMatchObject({ with: "cron", changed: 0 });
    expect((await schedule("show", "--json")).summary).toMatchObject({ schedules: 1, own: 1 });
  });

  test("the real systemctl without a bus is told, and the way out", async () => {
    rmSync(join(desk.programs, "systemctl"));
    const run = await schedule("install", "--with", "systemd", "--yes");
    expect(run.code).toBe(69);
    expect(run.error).toContain("systemd does not run for you on this computer.");
    expect(run.error).toContain("findmehere schedule install --with cron");
    expect(unitNames()).toEqual([]);
  });

  test("a timer of another system is named as such", async () => {
    for (const [kind, words] of [
      ["launchd", "a part of macOS"],
      ["task-scheduler", "a part of Windows"],
    ] as const) {
      const run = await schedule("install", "--with", kind, "--yes");
      expect(run.code).toBe(69);
      expect(run.error).toContain(words);
    }
    expect((await schedule("install", "--with", "crno", "--yes")).code).toBe(2);
  });

  test("warns of settings that only this window has, by name and never by value", async () => {
    const run = await desk.run(["schedule", "install", "--yes", "--library", library], {
      FINDMEHERE_NOTIFY_TOKEN: "s3cret-value",
      FINDMEHERE_QUEUE_PER_DAY: "2",
    });
    expect(run.code).toBe(0);
    expect(run.error).toContain("FINDMEHERE_NOTIFY_TOKEN, FINDMEHERE_QUEUE_PER_DAY");
    expect(run.error + run.out).not.toContain("s3cret-value");
  });
});
