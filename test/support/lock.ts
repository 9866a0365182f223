import { holdLibraryLock } from "../../src/edge/lock.ts";
import type { LockHolder } from "../../src/edge/hold.ts";

/** Does the work under the lock. */
export async function withLibraryLock<Result>(
  folder: string,
  holder: LockHolder,
  work: () => Promise<Result>,
): Promise<Result> {
  const release = await holdLibraryLock(folder, holder);
  try {
    return await work();
  } finally {
    await release();
  }
}
