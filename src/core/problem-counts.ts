import type { Problem, Severity } from "./problem.ts";

/** How many problems of each severity a run met. */
export type ProblemCounts = Record<Severity, number>;

/** Counts problems by severity. */
export function countProblems(problems: Iterable<Problem>): ProblemCounts {
  const counts: ProblemCounts = { stop: 0, warn: 0, note: 0 };
  for (const each of problems) counts[each.severity] += 1;
  return counts;
}
