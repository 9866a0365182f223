import stringWidth from "string-width";
import { counted } from "../../core/counted.ts";
import type { Step } from "../../core/event.ts";
import type { Problem } from "../../core/problem.ts";
import { checkDrafts } from "../../steps/check.ts";
import type { CommandCall, Outcome, Paint } from "../command.ts";
import { withLibrary } from "../library.ts";
import { destinationsOption, severityOption } from "../options.ts";

/** The answer is the list of problems. */
export const showsProblems = true;

/** Says what is wrong with the drafts. */
export function run(call: CommandCall): Step {
  const posts = call.options["post"];
  destinationsOption(call);
  const severity = severityOption(call);
  return withLibrary(call, ({ root, store, destinations }) =>
    checkDrafts({
      root,
      store,
      destinations: destinationsOption(call, destinations),
      posts: Array.isArray(posts) ? (posts as string[]) : null,
      severity: call.common.quiet && severity === "note" ? "warn" : severity,
    }),
  );
}

/** A line for each problem, like a compiler's, with its cure below; then what to do. */
export function text({ events, result, library, paint }: Outcome): string[] {
  const problems = events.filter((event) => event.type === "problem");
  const { drafts, clean, all, told } = result.summary;
  if (Number(drafts) === 0) {
    return ["There is no draft to look at.", "Next: findmehere prepare"];
  }
  const lines = table(problems, paint);
  const count = (severity: Problem["severity"]): number =>
    problems.filter((each) => each.severity === severity).length;
  const counts = [
    [count("stop"), "stop"],
    [count("warn"), "warn"],
    [count("note"), "note"],
  ].flatMap(([number, word]) => (number === 0 ? [] : [`${number} ${word}`]));
  lines.push(
    paint.strong(
      `${counted(Number(drafts), "draft")}, ${String(clean)} without a remark${counts.length === 0 ? "" : `: ${counts.join(", ")}`}.`,
    ),
  );
  if (Number(all) > Number(told))
    lines.push(`${Number(all) - Number(told)} milder ones not shown.`);
  const folders = Object.values(result.summary["folders"] as Record<string, string>);
  if (problems.length > 0) {
    const folder = folders.length === 1 ? folders[0] : "drafts/PLACE/DAY_KEY";
    lines.push(
      `Change title.txt and body.txt in ${library}/${folder}, then type findmehere check again.`,
    );
  }
  if (count("stop") > 0) {
    lines.push(
      "What stops a draft holds it until it is mended: findmehere queue release --all",
      "Or let it go as it is: findmehere queue release KEY@PLACE --allow CODE",
    );
  }
  return lines;
}

function table(problems: readonly Problem[], paint: Paint): string[] {
  const colours = { stop: paint.bad, warn: paint.warm, note: paint.faint };
  const rows = problems.map((each) => [
    `${each.post ?? ""}@${each.to ?? ""}`,
    placeOf(each),
    each.severity,
    each.code,
  ]);
  const widths = [0, 1, 2, 3].map((column) =>
    Math.max(0, ...rows.map((row) => stringWidth(row[column] ?? ""))),
  );
  return problems.flatMap((each, index) => {
    const [item = "", place = "", severity = "", code = ""] = (rows[index] ?? []).map(
      (cell, column) => cell.padEnd(widths[column] ?? 0),
    );
    const line = `${item}  ${place}  ${colours[each.severity](severity)}  ${code}  ${each.message}`;
    // What cures several in a row is said once, below the last of them.
    const isSaidBelow = problems[index + 1]?.fix === each.fix;
    return each.fix === "" || isSaidBelow ? [line] : [line, `  ${paint.faint("→")} ${each.fix}`];
  });
}

/** The stretch of words, as `title:1:5`; which file it is about where there is no stretch. */
function placeOf({ where, code }: Problem): string {
  if (where !== undefined) return `${where.field}:${where.line}:${where.column}`;
  if (/title/.test(code)) return "title";
  return /body|no-translation/.test(code) ? "body" : "";
}
