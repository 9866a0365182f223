import type { Random } from "../core/clock.ts";
import { fractionOf } from "../queue/fraction.ts";

/** Real randomness, for what nobody needs to repeat. */
export const systemRandom: Random = () => Math.random();

/** Numbers that are the same in every run with the same seed. */
export function seededRandom(seed: string): Random {
  let drawn = 0;
  return () => {
    drawn += 1;
    return fractionOf(`${seed}|${drawn}`);
  };
}
