import { readFileSync } from "node:fs";

/**
 * The most memory that this process itself ever held, in kilobytes. Linux counts into `maxRSS` what the
 * process that started us held, so its own line of /proc is read where there is one.
 */
export function peakKilobytes(): number {
  try {
    const own = /^VmHWM:\s*(\d+) kB$/m.exec(readFileSync("/proc/self/status", "utf8"))?.[1];
    if (own !== undefined) return Number(own);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
  }
  return process.resourceUsage().maxRSS;
}
