import type { Problem } from "../core/problem.ts";
import type { CommonOptions, Paint } from "./command.ts";

/** How many single items of one kind are shown before the rest is only counted. */
const shownEach = 5;

/** Words have a cure each; `check` shows them. */
const aboutWords = "Where they stand and what to say instead: `findmehere check`.";

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
    const groups = Map.groupBy(own, groupOf);
    const colour = { stop: paint.bad, warn: paint.warm, note: paint.faint }[severity];
    for (const group of groups.values()) {
      const [first] = group;
      const ofWords = first?.where !== undefined;
      const usual = ofWords && severity === "note" ? 1 : shownEach;
      const most = common.verbose ? group.length : usual;
      const fix = ofWords ? aboutWords : (first?.fix ?? "");
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

function groupOf({ code, fix, where }: Problem): string {
  return where === undefined ? `${code}\n${fix}` : code;
}

function about(problem: Problem): string {
  if (problem.post === undefined) return "";
  return `${problem.post}${problem.to === undefined ? "" : `@${problem.to}`}: `;
}
