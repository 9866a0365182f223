import type { Problem } from "../core/problem.ts";
import type { CommonOptions, Paint } from "./command.ts";

/** How many single items of one kind are shown before the rest is only counted. */
const shownEach = 5;

const marks = { stop: "✗", warn: "!", note: "·" } as const;

/**
 * Problems for people, worst first, those of one code and one cure together. `--quiet` leaves out the
 * notes, `--verbose` shows every single one.
 */
export function problemLines(
  problems: readonly Problem[],
  common: Pick<CommonOptions, "quiet" | "verbose">,
  paint: Paint,
): string[] {
  const lines: string[] = [];
  for (const severity of ["stop", "warn", "note"] as const) {
    if (severity === "note" && common.quiet) continue;
    const own = problems.filter((problem) => problem.severity === severity);
    const groups = Map.groupBy(own, (problem) => `${problem.code}\n${problem.fix}`);
    const colour = { stop: paint.bad, warn: paint.warm, note: paint.faint }[severity];
    for (const group of groups.values()) {
      const most = common.verbose ? group.length : shownEach;
      const fix = group[0]?.fix ?? "";
      for (const problem of group.slice(0, most)) {
        lines.push(`${colour(marks[severity])} ${about(problem)}${problem.message}`);
      }
      if (group.length > most) {
        lines.push(`  … and ${group.length - most} more like this (--verbose shows all).`);
      }
      if (fix !== "") lines.push(`  ${paint.faint("→")} ${fix}`);
    }
  }
  return lines;
}

function about(problem: Problem): string {
  if (problem.post === undefined) return "";
  return `${problem.post}${problem.to === undefined ? "" : `@${problem.to}`}: `;
}
