import { beforeAll, describe, expect, it } from "vitest";

import { seededRandom } from "../../src/edge/random.ts";
import { crashAndGoOn, momentName, runUndisturbed } from "../crash/harness.ts";
import type { CrashResult, Undisturbed } from "../crash/harness.ts";
import { inPairs, quickMoments } from "../crash/moments.ts";

// A few moments of the many that `npm run crash` tries, the same ones every time.
describe.each(["export", "migrate"] as const)("%s, killed in the middle", (command) => {
  let undisturbed: Undisturbed;
  const results: CrashResult[] = [];

  beforeAll(async () => {
    undisturbed = await runUndisturbed(command);
    const moments = quickMoments(undisturbed, seededRandom(`journey ${command}`));
    await inPairs(moments, async (moment) => {
      results.push(await crashAndGoOn(undisturbed, moment));
    });
  });

  it("writes nothing without a rename, and ends well when nobody disturbs it", () => {
    expect(undisturbed.left.code).toBe(0);
    const kinds = new Set(undisturbed.changes.map((change) => change.split(":")[0]));
    expect([...kinds]).toEqual(
      expect.arrayContaining(["rename", "mkdir", "write", "fsync", "unlink", "commit"]),
    );
    const renames = undisturbed.changes.filter((change) => change.startsWith("rename:"));
    expect(renames.length).toBeGreaterThan(20);
  });

  it("leaves what the next run completes: whole files, a true manifest, the same tables, nothing asked for twice", () => {
    const faults = results.flatMap((each) =>
      each.faults.map((fault) => `${momentName(each.moment)}: ${fault}`),
    );
    expect(faults).toEqual([]);
    expect(results.length).toBeGreaterThanOrEqual(12);
    // A random moment may come after the end; a change to the disk never does.
    const late = results.filter(({ killed, moment }) => !killed && "at" in moment);
    expect(late).toEqual([]);
  });
});
