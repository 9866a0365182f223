import { existsSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { cronHand } from "../../src/timer/cron.ts";
import type { TimerHand } from "../../src/timer/hand.ts";
import { workFolder } from "../support/cli.ts";
import { ownCrontab } from "../support/crontab.ts";
import type { OwnCrontab } from "../support/crontab.ts";
import { jobFor } from "./paths.ts";

let folder: ReturnType<typeof workFolder>;
let crontab: OwnCrontab;
let hand: TimerHand;
const job = jobFor("/home/mira/My Library");

beforeEach(() => {
  folder = workFolder();
  const programs = join(folder.path, "programs");
  crontab = ownCrontab(programs);
  hand = cronHand({
    platform: "linux",
    environment: { PATH: `${programs}:/usr/bin:/bin`, HOME: folder.path },
    home: folder.path,
    uid: 501,
    now: () => Date.parse("2026-11-21T09:07:30Z"),
  });
});
afterEach(() => {
  crontab.dispose();
  folder.dispose();
});

describe("cron", () => {
  test("writes nothing over a crontab that changed while the person was asked", async () => {
    const install = await hand.install(job);
    crontab.write("@daily /bin/true\n");
    await expect(install.apply()).rejects.toMatchObject({
      details: { exit: "later", code: "schedule-changed" },
    });
    expect(crontab.read()).toBe("@daily /bin/true\n");
    await (await hand.install(job)).apply();
    const removal = await hand.remove(job.id);
    const changed = (crontab.read() ?? "").replace("@daily", "@hourly");
    crontab.write(changed);
    await expect(removal.apply()).rejects.toMatchObject({ details: { exit: "later" } });
    expect(crontab.read()).toBe(changed);
  });

  test("keeps its lock outside the library, and takes it away with the lines", async () => {
    await (await hand.install(job)).apply();
    const [entry] = await hand.entries();
    const lock = entry?.job?.guard?.at(-1) ?? "";
    expect(lock).toBe(join(folder.path, ".local/state/findmehere/ticks", `${job.id}.lock`));
    expect(existsSync(join(lock, ".."))).toBe(true);
    await (await hand.remove(job.id)).apply();
    expect(existsSync(lock)).toBe(false);
    expect(crontab.read()).toBeNull();
  });

  test("knows when the next look is", async () => {
    await (await hand.install(job)).apply();
    const [entry] = await hand.entries();
    const { active, next } = await hand.state(entry!);
    expect(next).toBe(active === false ? null : "2026-11-21T09:10:00.000Z");
  });
});
