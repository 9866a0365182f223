import type { Step, StepEvent, StepResult } from "../core/event.ts";
import type { Clock } from "../core/clock.ts";
import { holdLibraryLock } from "../edge/lock.ts";

/** Runs a step while no other process may write the library; the lock goes whatever happens. */
export async function* locked(
  root: string,
  holder: { command: string; clock: Clock },
  step: () => Step,
): AsyncGenerator<StepEvent, StepResult, undefined> {
  const release = await holdLibraryLock(root, holder);
  try {
    return yield* step();
  } finally {
    await release();
  }
}
