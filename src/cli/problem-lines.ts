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
    const colour = { stop: paint.bad, warn: paint.warm, note: paint.faint }[severity];
    const group = (given: readonly Problem[], most: number): void => {
      const said = [
        ...new Set(given.map((each) => `${colour(marks[severity])} ${about(each)}${each.message}`)),
      ];
      const shown = common.verbose ? said : said.slice(0, most);
      lines.push(...shown);
      if (said.length > shown.length) {
        lines.push(`  … and ${said.length - shown.length} more like this (--verbose shows all).`);
      }
    };
    const others = own.filter(({ where }) => where === undefined);
    for (const each of Map.groupBy(others, ({ code, fix }) => `${code}\n${fix}`).values()) {
      group(each, shownEach);
      const fix = each[0]?.fix ?? "";
      if (fix !== "") lines.push(`  ${paint.faint("→")} ${fix}`);
    }
    const words = own.filter(({ where }) => where !== undefined);
    for (const each of Map.groupBy(words, ({ code }) => code).values()) {
      group(each, severity === "note" ? 1 : shownEach);
    }
    if (words.length > 0) lines.push(`  ${paint.faint("→")} ${aboutWords}`);
  }
  return lines;
}

function about(problem: Problem): string {
  if (problem.post === undefined) return "";
  return `${problem.post}${problem.to === undefined ? "" : `@${problem.to}`}: `;
}
