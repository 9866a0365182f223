import { ExpectedError } from "../../core/error.ts";
import type { Problem } from "../../core/problem.ts";
import type { TimerHand } from "../../timer/hand.ts";
import { readSchedules } from "../schedule.ts";

/**
 * Whether this computer looks by itself what is due: `none` where it could and does not, `impossible` where it
 * has no timer, `unknown` where its timers do not answer.
 */
export type ScheduleSight =
  | { is: "installed" | "none" | "impossible" | "unknown" }
  | { is: "broken"; problem: Problem };

/** Looks for the schedule of a library, as `schedule show` does. */
export async function seeSchedule(
  hands: readonly TimerHand[],
  own: { id: string | null; root: string },
): Promise<ScheduleSight> {
  try {
    const seen = await readSchedules(hands, own);
    const [mine] = seen.filter(({ entry }) => entry.id === own.id);
    if (mine !== undefined) {
      const [problem] = mine.problems;
      return problem === undefined ? { is: "installed" } : { is: "broken", problem };
    }
    for (const hand of hands) if ((await hand.obstacle()) === null) return { is: "none" };
    return { is: "impossible" };
  } catch (error) {
    // What stands in a timer is told by `schedule show`; here it must not hide the rest.
    if (error instanceof ExpectedError) return { is: "unknown" };
    throw error;
  }
}
