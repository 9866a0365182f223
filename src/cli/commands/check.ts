import { join, relative, sep } from "node:path";

import { isAboutWords } from "../../compose/lint-draft.ts";
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

/** What is wrong, as a compiler says it: severity, code, message; the files below; the cure. Then what to do. */
export function text({ events, result, library, paint }: Outcome): string[] {
  const problems = events.filter((event) => event.type === "problem");
  const { drafts, clean, all, told } = result.summary;
  if (Number(drafts) === 0) {
    return ["There is no draft to look at.", "Next: findmehere prepare"];
  }
  const folders = result.summary["folders"] as Record<string, string>;
  const lines = list(
    problems,
    (item) => join(shownFolder(library ?? ""), folders[item] ?? ""),
    paint,
  );
  const counts = (["stop", "warn", "note"] as const).flatMap((severity) => {
    const count = problems.filter((each) => each.severity === severity).length;
    return count === 0 ? [] : [`${count} ${severity}`];
  });
  lines.push(
    paint.strong(
      `${counted(Number(drafts), "draft")}, ${String(clean)} without a remark${counts.length === 0 ? "" : `: ${counts.join(", ")}`}.`,
    ),
  );
  if (Number(all) > Number(told))
    lines.push(`${Number(all) - Number(told)} milder ones not shown.`);
  if (problems.length > 0) {
    lines.push("Change the files that are named, then type findmehere check again.");
  }
  const stops = problems.filter(({ severity }) => severity === "stop");
  if (stops.length > 0) {
    lines.push("What stops a draft holds it until it is mended: findmehere queue release --all");
    const [meant] = stops.filter(isAboutWords);
    if (meant !== undefined) {
      lines.push(
        `Or let one go as it is: findmehere queue release ${itemOf(meant)} --allow ${meant.code}`,
      );
    }
  }
  return lines;
}

/** What is said of several drafts alike is said once, above the places of all of them. */
function list(
  problems: readonly Problem[],
  folderOf: (item: string) => string,
  paint: Paint,
): string[] {
  const colours = { stop: paint.bad, warn: paint.warm, note: paint.faint };
  const alike = Map.groupBy(problems, ({ severity, code, message, fix }) =>
    JSON.stringify([severity, code, message, fix]),
  );
  return [...alike.values()].flatMap((own) => {
    const [{ severity, code, message, fix }] = own as [Problem];
    const places = own.map((each) => `${folderOf(itemOf(each))}${fileOf(each)}`);
    return [
      `${colours[severity](severity)}  ${code}  ${message}`,
      ...[...new Set(places)].map((place) => `  ${place}`),
      ...(fix === "" ? [] : [`  ${paint.faint("→")} ${fix}`]),
      "",
    ];
  });
}

function itemOf({ post, to }: Problem): string {
  return `${post ?? ""}@${to ?? ""}`;
}

/** The file that a problem is about with the place in it, as editors open it: `/title.txt:1:5`; the folder's end. */
function fileOf({ where, code }: Problem): string {
  if (where !== undefined) return `/${where.field}.txt:${where.line}:${where.column}`;
  if (code.includes("title")) return "/title.txt";
  return code.startsWith("body") || /^word-|^no-translation$/.test(code) ? "/body.txt" : "";
}

/** Seen from where the person is, so that a short path opens too. */
function shownFolder(library: string): string {
  const path = relative(process.cwd(), library);
  return path === ".." || path.startsWith(`..${sep}`) ? library : path;
}
