import { beforeAll, describe, expect, it } from "vitest";
import { seededRandom } from "../../src/edge/random.ts";
import { crashPublish, crashSizes } from "../crash/publish/run.ts";
import type { PublishCrashReport } from "../crash/publish/run.ts";

// A few moments of the many that `npm run crash` tries, the same ones every time.
describe("publish and confirm, killed, crowded, on bad disks and under a clock that jumps back", () => {
  let report: PublishCrashReport;

  beforeAll(async () => {
    report = await crashPublish(crashSizes.quick, seededRandom("journey publish"), () => {});
  }, 300_000);

  it("send nothing twice, lose nothing, and say of each post what is so", () => {
    expect(report.faults).toEqual([]);
    expect(report.twice).toBe(0);
    expect(report.kills).toBeGreaterThan(20);
  });

  it("where a loop that sends again on an error does send twice", () => {
    expect(report.naive.kills).toBeGreaterThan(0);
    expect(report.naive.twice).toBeGreaterThan(0);
  });
});
