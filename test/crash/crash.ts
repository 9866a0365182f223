import { parseArgs } from "node:util";
import { seededRandom } from "../../src/edge/random.ts";
import { crashAndGoOn, momentName, runUndisturbed } from "./harness.ts";
import type { CrashCommand, CrashResult } from "./harness.ts";
import { crashPublish, crashSizes } from "./publish/run.ts";
import { inPairs, quickMoments, randomMoments, renameMoments } from "./moments.ts";

// `npm run crash`: kills `export` and `migrate` the way a pulled plug would, at every rename and at random
// moments, runs them once more, and says what is wrong afterwards. Then it kills `publish` and `confirm` at
// every statement and request, in storms of several processes, on full disks and under a clock that jumps, and
// counts what was sent twice. It ends with 1 when anything is wrong.
const { values: options } = parseArgs({
  options: {
    /** A few moments of each kind. */
    quick: { type: "boolean", default: false },
    /** Every change to the disk, not only every rename. */
    every: { type: "boolean", default: false },
    random: { type: "string", default: "30" },
    seed: { type: "string", default: "findmehere" },
    command: { type: "string" },
  },
});
const isWanted = (command: string) => options.command === undefined || options.command === command;
const commands: CrashCommand[] = (["export", "migrate"] as const).filter(isWanted);
const results: CrashResult[] = [];

for (const command of commands) {
  const undisturbed = await runUndisturbed(command);
  const random = seededRandom(`${options.seed} ${command}`);
  const moments = options.quick
    ? quickMoments(undisturbed, random)
    : [
        ...renameMoments(undisturbed, options.every),
        ...randomMoments(undisturbed, Number(options.random), random),
      ];
  console.error(`${command}: ${undisturbed.changes.length} changes, ${moments.length} moments`);
  await inPairs(moments, async (moment) => {
    const result = await crashAndGoOn(undisturbed, moment);
    results.push(result);
    for (const fault of result.faults) console.log(`${command} ${momentName(moment)}: ${fault}`);
  });
}
const killed = results.filter((result) => result.killed).length;
const wrong = results.filter((result) => result.faults.length > 0).length;
console.log(`${results.length} moments, ${killed} runs killed, ${wrong} libraries damaged.`);
process.exitCode = wrong === 0 ? 0 : 1;

if (isWanted("publish")) {
  const size = options.quick ? crashSizes.quick : crashSizes.whole;
  const random = seededRandom(`${options.seed} publish`);
  const report = await crashPublish(size, random, (line) => console.error(line));
  for (const fault of report.faults) console.log(fault);
  const { kills, twice, asked, naive } = report;
  console.log(
    `publish and confirm: ${kills} runs killed, ${twice} posts sent twice, ${report.faults.length} faults; ${asked} times a person was asked and looked.`,
  );
  console.log(
    `A loop that sends again on an error: ${naive.kills} runs killed, ${naive.twice} of ${naive.posts} posts sent twice.`,
  );
  if (report.faults.length > 0) process.exitCode = 1;
}
