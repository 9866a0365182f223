import { rmSync } from "node:fs";
import { join } from "node:path";
import type { Random } from "../../../src/core/clock.ts";
import { workFolder } from "../../support/cli.ts";
import { startCountingSite } from "../../look-alike/counting/site.ts";
import type { CountingSite, SubmitFault } from "../../look-alike/counting/site.ts";
import { whatIsWrong } from "./harness.ts";
import { runCounting, statesOf } from "./library.ts";
import type { DueLibrary } from "./library.ts";
import { runNaive } from "./naive.ts";

/** A storm: one library, runs that die again and again, a site that misbehaves. */
export interface Storm {
  name: string;
  /** How many runs are killed before peace comes. */
  kills: number;
  /** How many run at once. */
  processes: number;
  random: Random;
  /** How far each later run's calendar and machine clock jump, in milliseconds; both may go back. */
  jump?: () => number;
}

/** What came of a storm. */
export interface StormResult {
  kills: number;
  presses: number;
  /** Posts that the site has more than once. */
  twice: number;
  faults: string[];
  /** Posts of which only a person could tell, and did. */
  asked: number;
}

const mixed: readonly SubmitFault[] = [
  ...(["accept", "accept", "accept", "hang", "hang"] as const),
  ...(["fail-before", "fail-after", "half-answer"] as const),
];

/** Kills runs until the wished number is reached, then lets the rest go out and asks a person about what nobody saw. */
export async function weather(made: DueLibrary, storm: Storm): Promise<StormResult> {
  const { random, processes } = storm;
  const site = await startCountingSite({ fault: faultsOf(random), hang: 150 });
  const library = made.copy(storm.name);
  const { origin } = site;
  let kills = 0;
  try {
    let day = 0;
    while (kills < storm.kills && left(library) > 0) {
      // A day takes no more than its cap, so the days go by.
      day = Math.floor(kills / 10);
      const runs = Array.from({ length: processes }, () => {
        const moved = storm.jump?.() ?? 0;
        const now = atDay(day, moved);
        return runCounting(["publish", "--due"], {
          ...{ library, origin, killAfter: 250 + random() * 600, now },
          environment: { COUNTING_WALL: String(moved) },
        });
      });
      for (const { code } of await Promise.all(runs)) if (code === null) kills += 1;
    }
    await site.quiet();
    const asked = await settle(library, site, day + 1);
    const faults = await whatIsWrong(library, site);
    for (const { post, state } of statesOf(library)) {
      if (site.accepted.get(post) !== 1)
        faults.push(`${post} is ${state} and was sent ${site.accepted.get(post) ?? 0} times`);
    }
    return { kills, presses: site.presses(), twice: twiceOn(site), faults, asked };
  } finally {
    await site.close();
    rmSync(join(library, ".."), { recursive: true, force: true });
  }
}

/** The same weather for the loop that everybody writes first: send, and on an error or after a crash send again. */
export async function weatherNaive(storm: Storm, posts: readonly string[]): Promise<StormResult> {
  const { random } = storm;
  const site = await startCountingSite({ fault: faultsOf(random), hang: 150 });
  const work = workFolder();
  let kills = 0;
  try {
    for (let done = false; !done;) {
      const killAfter = kills < storm.kills ? 90 + random() * 160 : undefined;
      const code = await runNaive(work.path, site.origin, posts, killAfter);
      if (code === null) kills += 1;
      done = code === 0;
    }
    return { kills, presses: site.presses(), twice: twiceOn(site), faults: [], asked: 0 };
  } finally {
    await site.close();
    work.dispose();
  }
}

/** Peace: everything goes out, and where nobody knows a person looks at the site and says so. */
async function settle(library: string, site: CountingSite, from: number): Promise<number> {
  const { origin } = site;
  let asked = 0;
  let day = from;
  for (; day < from + 30 && left(library) > 0; day += 1) {
    const now = atDay(day, 0);
    await runCounting(["publish", "--due"], { library, origin, now });
    await runCounting(["confirm"], { library, origin, now: atDay(day, 3_600_000) });
    for (const { post, state } of statesOf(library)) {
      if (state !== "unconfirmed" || site.accepted.has(post)) continue;
      asked += 1;
      const words = ["confirm", "--post", post, "--to", "counting", "--not-there"];
      await runCounting(words, { library, origin, now });
    }
  }
  await runCounting(["confirm"], { library, origin, now: atDay(day + 3, 0) });
  return asked;
}

function faultsOf(random: Random): () => SubmitFault {
  return () => mixed[Math.floor(random() * mixed.length)] ?? "accept";
}

function left(library: string): number {
  return statesOf(library).filter(({ state }) => state !== "live").length;
}

function twiceOn({ accepted }: CountingSite): number {
  return [...accepted.values()].filter((times) => times > 1).length;
}

function atDay(day: number, moved: number): string {
  return new Date(Date.parse("2026-12-01T12:00:00Z") + day * 86_400_000 + moved).toISOString();
}
