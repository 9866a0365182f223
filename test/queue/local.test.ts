import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { localMoment, localTime } from "../../src/queue/local.ts";
import { dayNumber, wallClock } from "./support.ts";

describe("localTime", () => {
  test.each([
    ["2026-12-04T00:32:00Z", "America/New_York", "Thu 3 Dec 2026, 19:32"],
    ["2026-12-03T16:00:00Z", "Asia/Shanghai", "Fri 4 Dec 2026, 00:00"],
    ["2026-09-06T22:05:59Z", "Europe/Madrid", "Mon 7 Sep 2026, 00:05"],
  ])("%s in %s", (iso, zone, text) => {
    expect(localTime(iso, zone)).toBe(text);
  });
});

describe("localMoment", () => {
  test("agrees with Temporal at any moment in any zone", () => {
    const zones = ["America/New_York", "Australia/Lord_Howe", "Pacific/Apia", "Asia/Kathmandu"];
    const moment = fc.integer({ min: 0, max: 4_000_000_000_000 });
    fc.assert(
      fc.property(moment, fc.constantFrom(...zones), (at, zone) => {
        const clock = wallClock(at, zone);
        expect(localMoment(at, zone)).toEqual({
          day: dayNumber(at, zone),
          minute: clock.hour * 60 + clock.minute,
        });
      }),
      { numRuns: 200, seed: 7 },
    );
  });
});

test("what a tick needs does not load Temporal", () => {
  const url = (path: string): string => new URL(`../../src/queue/${path}`, import.meta.url).href;
  const script = `
    import { registerHooks } from "node:module";
    const loaded = [];
    registerHooks({ load(address, context, next) { loaded.push(address); return next(address, context); } });
    await import(${JSON.stringify(url("hand-off.ts"))});
    const light = loaded.filter((address) => address.includes("temporal")).length;
    await import(${JSON.stringify(url("plan.ts"))});
    const heavy = loaded.filter((address) => address.includes("temporal")).length;
    console.log(JSON.stringify({ light, planning: heavy > 0 }));
  `;
  const ran = spawnSync(process.execPath, ["--input-type=module", "--eval", script], {
    cwd: fileURLToPath(new URL("../..", import.meta.url)),
    encoding: "utf8",
  });
  expect(ran.stdout.trim()).toBe('{"light":0,"planning":true}');
});
