import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, renameSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { ownCrontab } from "../support/crontab.ts";
import type { OwnCrontab } from "../support/crontab.ts";
import { putProgram } from "../support/programs.ts";
import { scheduleDesk } from "./schedule-journey.ts";
import type { ScheduleDesk } from "./schedule-journey.ts";

const before = `# mine, with a % and "quotes"\r\nMAILTO=mira@example.com\n\n*/5 * * * * echo 'it''s 100\\%'\n`;
const odd = `My "best" Library, it's 100% a\\b 小红书`;

const bin = join(import.meta.dirname, "../../bin/findmehere.js");

let desk: ScheduleDesk;
let crontab: OwnCrontab;
let library: string;

beforeEach(async () => {
  desk = scheduleDesk();
  crontab = ownCrontab(desk.programs);
  library = await desk.library(odd);
});
afterEach(() => {
  crontab.dispose();
  desk.dispose();
});

const schedule = (...words: string[]) => desk.run(["schedule", ...words, "--library", library]);

/** Runs our line the way cron does: by /bin/sh, with next to nothing in the environment. */
function tick(): { status: number | null; out: string } {
  const line = ourLine();
  const run = spawnSync("/bin/sh", ["-c", line.split(" ").slice(5).join(" ")], {
    cwd: desk.home,
    env: { HOME: desk.home, SHELL: "/bin/sh", PATH: "/usr/bin:/bin", LOGNAME: "mira" },
    encoding: "utf8",
  });
  return { status: run.status, out: run.stdout + run.stderr };
}

function ourLine(): string {
  const lines = (crontab.read() ?? "").split("\n");
  return lines[lines.findIndex((line) => line.startsWith("# findmehere job ")) + 1] ?? "";
}

/** What a terminal shows when a person gives this answer to the question. */
function answered(keys: string): Promise<string> {
  const words = ["schedule", "install", "--library", library];
  const quoted = [process.execPath, bin, ...words].map(
    (word) => `'${word.replaceAll("'", String.raw`'\''`)}'`,
  );
  const child = spawn("script", ["-qefc", quoted.join(" "), "/dev/null"], {
    cwd: desk.folder,
    env: { ...process.env, ...desk.environment, SHELL: "/bin/sh", NO_COLOR: "1", TERM: "dumb" },
    stdio: ["pipe", "pipe", "inherit"],
  });
  let shown = "";
  let isAsked = false;
  child.stdout.on("data", (chunk: Buffer) => {
    shown += chunk.toString("utf8");
    if (isAsked || !shown.includes("Do this?")) return;
    isAsked = true;
    child.stdin.write(keys);
  });
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", () => resolve(shown));
  });
}

describe("schedule install, with cron", () => {
  test("shows first, asks, writes its own lines once, and takes them away without a trace", async () => {
    crontab.write(before);
    const dry = await schedule("install", "--dry-run");
    expect(dry.code).toBe(0);
    expect(dry.out).toContain("Your computer would look every 10 minutes (cron)");
    expect(dry.out).toContain("Written into your crontab:\n    # findmehere begin ");
    expect(dry.out).toContain("While the computer sleeps or is off, nothing happens");
    const unasked = await schedule("install");
    expect(unasked.code).toBe(2);
    expect(unasked.error).toContain("--yes");
    expect(crontab.read()).toBe(before);

    const install = await schedule("install", "--yes", "--json");
    expect(install.code, install.error).toBe(0);
    expect(install.summary).toMatchObject({ with: "cron", every: 10, installed: true, changed: 1 });
    const after = crontab.read() ?? "";
    expect(after.startsWith(before)).toBe(true);
    expect(after.slice(before.length)).toBe(
      install.lines.find(({ type }) => type === "schedule-change")?.["text"],
    );
    // What was shown is what was written.
    for (const line of after.slice(before.length).trim().split("\n")) {
      expect(dry.out).toContain(`    ${line}\n`);
    }
    const again = await schedule("install", "--yes", "--json");
    expect(again.summary).toMatchObject({ changed: 0 });
    expect(crontab.read()).toBe(after);

    const often = await schedule("install", "--yes", "--every", "5m");
    expect(often.code).toBe(0);
    expect(crontab.read()).toBe(
      after.replace("*/10 * * * *", "*/5 * * * *").replace('"every":10', '"every":5'),
    );
    // Without --every it stays as often as it was.
    expect((await schedule("install", "--json", "--yes")).summary).toMatchObject({ every: 5 });

    expect((await schedule("remove")).code).toBe(2);
    const remove = await schedule("remove", "--yes");
    expect(remove.code).toBe(0);
    expect(crontab.read()).toBe(before);
    expect((await schedule("remove", "--yes", "--json")).summary).toMatchObject({ changed: 0 });
  });

  test("asks a person who sits there: Return alone is no, y is yes", async () => {
    const no = await answered("\r");
    expect(no).toContain("Written into your crontab:");
    expect(no).toContain("Nothing was changed.");
    expect(crontab.read()).toBeNull();
    const yes = await answered("y\r");
    expect(yes).toContain("Undo it: findmehere schedule remove");
    expect(crontab.read()).toContain("# findmehere begin ");
  });

  test("leaves no crontab behind where there was none", async () => {
    expect((await schedule("install", "--yes")).code).toBe(0);
    expect(crontab.read()).toContain("# findmehere begin ");
    expect((await schedule("remove", "--yes")).code).toBe(0);
    expect(crontab.read()).toBeNull();
    expect(existsSync(join(desk.home, ".local/state/findmehere/ticks"))).toBe(true);
  });

  test("keeps libraries apart", async () => {
    const other = await desk.library("Other");
    const both = (word: string, root: string) =>
      desk.run(["schedule", word, "--yes", "--library", root]);
    await both("install", library);
    const one = crontab.read();
    await both("install", other);
    const show = await desk.run(["schedule", "show", "--library", other, "--json"]);
    expect(show.summary).toMatchObject({ schedules: 2, own: 1 });
    await both("remove", other);
    expect(crontab.read()).toBe(one);
  });

  test("the line makes packs in cron's bare environment, and is silent when nothing is due", async () => {
    const past = { FINDMEHERE_NOW: "2024-01-08T08:00:00Z", FINDMEHERE_TEST: "1" };
    const inLibrary = ["--library", library, "--quiet"];
    for (const words of [
      ["config", "set", "queue.quietHours", ""],
      ["config", "set", "creator.handles.rednoteId", "4207318895"],
      ["config", "set", "creator.handles.lemon8", "mira.paints"],
      ["announce"],
    ]) {
      const run = await desk.run([...words, ...inLibrary]);
      expect(run.code, run.error).toBe(0);
    }
    const add = await desk.run(["queue", "add", "--json", "--library", library], past);
    expect(add.summary).toMatchObject({ planned: 2 });
    expect((await schedule("install", "--yes")).code).toBe(0);

    const first = tick();
    expect(first.out).toContain("Ready: hello@rednote");
    expect(first.status).toBe(0);
    const list = await desk.run(["queue", "list", "--json", "--library", library]);
    const states = list.lines.filter(({ type }) => type === "publication");
    expect(states.map(({ state, attempts }) => [state, attempts])).toEqual([
      ["handed-off", 1],
      ["handed-off", 1],
    ]);
    expect(tick()).toEqual({ status: 0, out: "" });
  });

  test("a look that hangs keeps others from piling up behind it", async () => {
    expect((await schedule("install", "--yes")).code).toBe(0);
    const [, lock = ""] = /flock -n (\S+) /.exec(ourLine()) ?? [];
    expect(lock).not.toBe("");
    const hanging = spawn("flock", ["-n", lock, "sh", "-c", "echo held; exec sleep 60"], {
      detached: true,
    });
    try {
      await once(hanging.stdout, "data");
      const second = tick();
      expect(second.out).toBe("");
      expect(second.status).toBe(1);
    } finally {
      process.kill(-(hanging.pid ?? 0));
    }
  });
});

describe("schedule show, with cron", () => {
  test("says that nothing is there, what is there, and what is broken about it", async () => {
    const nothing = await schedule("show");
    expect(nothing).toMatchObject({ code: 0 });
    expect(nothing.out).toContain("Nothing is scheduled for");
    await schedule("install", "--yes");
    const shown = await schedule("show", "--json");
    const [entry] = shown.lines.filter(({ type }) => type === "schedule");
    expect(entry).toMatchObject({ with: "cron", own: true, library, every: 10 });
    expect(entry?.["node"]).toBe(process.execPath);
    const messages = (run: typeof shown) =>
      run.lines.filter(({ type }) => type === "problem").map(({ message }) => String(message));
    // Whether a cron runs here is this machine's own affair.
    const quiet = messages(shown).filter((message) => !message.startsWith("No cron runs"));
    expect(quiet).toEqual([]);

    crontab.write((crontab.read() ?? "").replace("*/10 ", "*/2 "));
    const changed = await schedule("show", "--json");
    expect(changed.code).toBe(3);
    expect(messages(changed).join()).toContain("no longer as findmehere wrote it");
    expect((await schedule("install", "--yes")).code).toBe(0);
    expect(crontab.read()).toContain("\n*/10 ");

    const moved = join(desk.folder, "Moved");
    renameSync(library, moved);
    const afterMove = await desk.run(["schedule", "show", "--library", moved, "--json"]);
    expect(afterMove.code).toBe(3);
    expect(messages(afterMove).join()).toContain("a folder that is no longer there");
    const mend = await desk.run(["schedule", "install", "--library", moved, "--yes"]);
    expect(mend.code).toBe(0);
    expect(ourLine()).toContain(`--library ${moved}`);
  });

  test("says when findmehere or Node is gone, and a library that is gone can still be taken out", async () => {
    await schedule("install", "--yes");
    crontab.write((crontab.read() ?? "").replaceAll(process.execPath, "/gone/node"));
    const shown = await schedule("show");
    expect(shown.code).toBe(3);
    expect(shown.error).toContain("Node is no longer there: /gone/node.");
    expect(shown.error).toContain("findmehere schedule install");
    rmSync(library, { recursive: true });
    const remove = await schedule("remove", "--yes");
    expect(remove.code, remove.error).toBe(0);
    expect(crontab.read()).toBeNull();
  });

  test("warns of a Node that its version manager takes away, and takes a lasting name where there is one", async () => {
    const versions = join(desk.home, ".nvm/versions/node/v24.0.0/bin");
    mkdirSync(versions, { recursive: true });
    const node = join(versions, "node");
    spawnSync("cp", [process.execPath, node]);
    const install = () =>
      spawnSync(node, [bin, "schedule", "install", "--dry-run", "--json", "--library", library], {
        env: { ...process.env, ...desk.environment },
        encoding: "utf8",
      });
    expect(install().stdout).toContain('"code":"schedule-passing"');
    symlinkSync(node, join(desk.programs, "node"));
    const lasting = install();
    expect(lasting.stdout).not.toContain('"code":"schedule-passing"');
    expect(lasting.stdout).toContain(`"node":"${join(desk.programs, "node")}"`);
  });
});

describe("what can go wrong with cron", () => {
  test("cron that does not let the person have a crontab is told, and nothing is changed", async () => {
    putProgram(
      desk.programs,
      "crontab",
      'echo "You (mira) are not allowed to use this program (crontab)" >&2; exit 1',
    );
    const run = await schedule("install", "--with", "cron", "--yes");
    expect(run.code).toBe(69);
    expect(run.error).toContain("cron does not let you have a crontab.");
    expect(run.error).toContain("You (mira) are not allowed");
    expect((await schedule("install", "--yes")).code).toBe(69);
  });

  test("a crontab that cannot be read is never taken for an empty one", async () => {
    putProgram(
      desk.programs,
      "crontab",
      `[ "$1" = -l ] || touch '${desk.folder}/written'; echo "disk fault" >&2; exit 1`,
    );
    expect((await schedule("install", "--with", "cron", "--yes")).code).toBe(69);
    expect(existsSync(join(desk.folder, "written"))).toBe(false);
  });

  test("a machine without any timer is told, with what to install", async () => {
    const bare = { PATH: desk.folder };
    for (const words of [["--with", "cron"], []]) {
      const run = await desk.run(
        ["schedule", "install", ...words, "--yes", "--library", library],
        bare,
      );
      expect(run.code).toBe(69);
      expect(run.error).toContain("sudo apt install cron");
    }
  });

  test("lines that lost their end are left to the person", async () => {
    await schedule("install", "--yes");
    const torn = (crontab.read() ?? "").replace(/# findmehere end .*\n/, "");
    crontab.write(torn);
    for (const word of ["install", "remove"]) {
      const run = await schedule(word, "--yes");
      expect(run.code).toBe(3);
      expect(run.error).toContain("crontab -e");
    }
    expect(crontab.read()).toBe(torn);
  });

  test("paths that are too long for cron, and times that no timer keeps, are refused", async () => {
    const state = { XDG_STATE_HOME: `/${"long/".repeat(200)}` };
    const words = ["schedule", "install", "--yes", "--library", library];
    const run = await desk.run(words, state);
    expect(run.code).toBe(69);
    expect(run.error).toContain("too long for cron");
    for (const every of ["7", "0", "2h", "soon", "-5"]) {
      expect((await schedule("install", `--every=${every}`)).code).toBe(2);
    }
    expect(crontab.read()).toBeNull();
  });
});
