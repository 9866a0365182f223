import type { Random } from "../../../src/core/clock.ts";
import { inPairs } from "../moments.ts";
import { publishOnFullDisk, publishReadOnly } from "./disk.ts";
import { killOnce, undisturbedMoments } from "./harness.ts";
import type { PublishCase } from "./harness.ts";
import { makeDueLibrary, statesOf } from "./library.ts";
import { weather, weatherNaive } from "./storm.ts";
import type { StormResult } from "./storm.ts";

/** How much is tried. */
export interface PublishCrashSize {
  /** Every so many statement boundary; 1 is all of them. */
  everyMoment: number;
  /** Posts in the libraries that go through a storm, and how many runs are killed in each. */
  stormPosts: number;
  stormKills: number;
  /** How far files may grow, in KiB, on the full disks. */
  fullDisks: readonly number[];
}

/** The long form, and the one that continuous integration calls. */
export const crashSizes = {
  whole: {
    everyMoment: 1,
    stormPosts: 160,
    stormKills: 220,
    fullDisks: [8, 24, 40, 56, 72, 88, 104, 120, 136, 152, 168, 200, 240],
  },
  quick: { everyMoment: 29, stormPosts: 6, stormKills: 6, fullDisks: [104] },
} as const satisfies Record<string, PublishCrashSize>;

/** What came of all of it. */
export interface PublishCrashReport {
  kills: number;
  presses: number;
  /** Posts that were sent twice by findmehere, and by the loop that sends again on an error. */
  twice: number;
  naive: { kills: number; posts: number; twice: number };
  /** What is wrong, with the moment; empty when all is well. */
  faults: string[];
  /** Posts that only a person could tell of, and did. */
  asked: number;
}

/** Kills publishing and looking everywhere, and says what came of it. */
export async function crashPublish(
  size: PublishCrashSize,
  random: Random,
  say: (line: string) => void,
): Promise<PublishCrashReport> {
  const report: PublishCrashReport = {
    ...{ kills: 0, presses: 0, twice: 0, asked: 0 },
    naive: { kills: 0, posts: 0, twice: 0 },
    faults: [],
  };
  await killAtMoments(size, random, report, say);
  await stormyWeather(size, random, report, say);
  await badDisks(size, report, say);
  return report;
}

async function killAtMoments(
  size: PublishCrashSize,
  random: Random,
  report: PublishCrashReport,
  say: (line: string) => void,
): Promise<void> {
  const made = await makeDueLibrary(2);
  try {
    const cases: Omit<PublishCase, "name">[] = [];
    for (const command of ["publish", "confirm"] as const) {
      const moments = await undisturbedMoments(made, command);
      const first = Math.floor(random() * size.everyMoment);
      for (let index = first; index < moments.length * 2; index += size.everyMoment) {
        const at = `${moments[index >> 1]}:${index % 2 === 0 ? "before" : "after"}`;
        cases.push({ command, moment: { at }, fault: "accept" });
      }
      say(`${command}: ${moments.length} statements and requests`);
    }
    const faults = [
      "hang",
      "fail-before",
      "fail-after",
      "half-answer",
      "refuse",
      "captcha",
    ] as const;
    for (let round = 0; round < Math.ceil(12 / size.everyMoment); round += 1) {
      for (const fault of faults) {
        cases.push({ command: "publish", moment: { afterMs: 250 + random() * 500 }, fault });
      }
    }
    say(`${cases.length} runs to kill`);
    await inPairs([...cases.entries()], async ([number, it]) => {
      const result = await killOnce(made, { ...it, name: `case-${number}` });
      if (result.killed) report.kills += 1;
      const when = "at" in it.moment ? it.moment.at : `after ${Math.round(it.moment.afterMs)} ms`;
      for (const fault of result.faults) {
        if (/was sent \d+ times/.test(fault)) report.twice += 1;
        report.faults.push(`${it.command}, ${it.fault}, ${when}: ${fault}`);
      }
    });
  } finally {
    made.dispose();
  }
}

async function stormyWeather(
  { stormPosts, stormKills }: PublishCrashSize,
  random: Random,
  report: PublishCrashReport,
  say: (line: string) => void,
): Promise<void> {
  const made = await makeDueLibrary(stormPosts);
  try {
    const anHour = 3_600_000;
    const storms = [
      { name: "one-process", processes: 1 },
      { name: "four-processes", processes: 4 },
      { name: "clock-back", processes: 2, jump: () => (random() < 0.5 ? -anHour : 0) },
    ];
    const add = (name: string, { kills, presses, twice, asked, faults }: StormResult): void => {
      report.kills += kills;
      report.presses += presses;
      report.twice += twice;
      report.asked += asked;
      report.faults.push(...faults.map((fault) => `${name}: ${fault}`));
      say(`${name}: ${kills} runs killed, ${presses} presses, ${twice} posts twice`);
    };
    for (const storm of storms) {
      add(storm.name, await weather(made, { ...storm, kills: stormKills, random }));
    }
    const library = made.copy("posts");
    const posts = statesOf(library).map(({ post }) => post);
    const naive = await weatherNaive(
      { name: "naive", kills: stormKills, processes: 1, random },
      posts,
    );
    report.naive = { kills: naive.kills, posts: posts.length, twice: naive.twice };
    say(`a loop that sends again on an error: ${naive.kills} killed, ${naive.twice} posts twice`);
  } finally {
    made.dispose();
  }
}

async function badDisks(
  { fullDisks }: PublishCrashSize,
  report: PublishCrashReport,
  say: (line: string) => void,
): Promise<void> {
  const made = await makeDueLibrary(2);
  try {
    for (const kibibytes of fullDisks) {
      const { code, faults } = await publishOnFullDisk(made, kibibytes);
      if (![0, 69].includes(code ?? -1)) faults.push(`it ended with ${code}`);
      report.faults.push(...faults.map((fault) => `full at ${kibibytes} KiB: ${fault}`));
    }
    const { code, presses, faults } = await publishReadOnly(made);
    if (code !== 69 || presses !== 0) faults.push(`it ended with ${code} and pressed ${presses}`);
    report.faults.push(...faults.map((fault) => `read-only: ${fault}`));
    say(`${fullDisks.length} full disks and a read-only one`);
  } finally {
    made.dispose();
  }
}
