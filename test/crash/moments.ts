import type { Random } from "../../src/core/clock.ts";
import type { CrashMoment, Undisturbed } from "./harness.ts";

/** Before and after every rename; with `every` before and after every change to the disk. */
export function renameMoments({ changes }: Undisturbed, every = false): CrashMoment[] {
  return changes
    .filter((change) => every || change.startsWith("rename:"))
    .flatMap((change) => [
      { at: `${change}:before` },
      // What was not there cannot be gone: the time after it is the time before the next change.
      ...(change.startsWith("unlink:") ? [] : [{ at: `${change}:after` }]),
    ]);
}

/** Moments anywhere in the run, which is a little faster when nobody writes down its changes. */
export function randomMoments(
  { milliseconds }: Undisturbed,
  count: number,
  random: Random,
): CrashMoment[] {
  return Array.from({ length: count }, () => ({ afterMs: random() * milliseconds * 0.8 }));
}

/** A few of each kind, other ones for each seed. */
export function quickMoments(undisturbed: Undisturbed, random: Random): CrashMoment[] {
  const draw = (moments: CrashMoment[], count: number) =>
    Array.from({ length: count }, () => moments[Math.floor(random() * moments.length)]).filter(
      (moment) => moment !== undefined,
    );
  return [
    ...draw(renameMoments(undisturbed), 6),
    ...draw(renameMoments(undisturbed, true), 3),
    ...randomMoments(undisturbed, 3, random),
  ];
}

/** Does the work for each, two at a time. */
export async function inPairs<Item>(
  items: readonly Item[],
  work: (item: Item) => Promise<void>,
): Promise<void> {
  const waiting = [...items];
  const worker = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) await work(next);
  };
  await Promise.all([worker(), worker()]);
}
