import { hostname } from "node:os";
import type { Random } from "../core/clock.ts";

/** A name for this run that tells others on this machine whether it still lives: `host/pid/number`. */
export function runName(random: Random): string {
  const number = Math.floor(random() * 0x1_0000_0000).toString(36);
  return `${hostname()}/${process.pid}/${number}`;
}

/**
 * True when the run of this name was on this machine and its process is gone. A process that got the same
 * number since counts as alive; then the claim's own end decides.
 */
export function isRunGone(name: string): boolean {
  const [host, pid] = name.split("/");
  if (host !== hostname() || !/^[1-9]\d*$/.test(pid ?? "")) return false;
  try {
    process.kill(Number(pid), 0);
    return false;
  } catch (error) {
    // A process of another user answers EPERM, and lives.
    return (error as NodeJS.ErrnoException).code === "ESRCH";
  }
}
