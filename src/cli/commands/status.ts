import type { Step, SummaryEvent } from "../../core/event.ts";
import { localTime } from "../../queue/local.ts";
import { status } from "../../steps/status.ts";
import type { FirstThing } from "../../steps/first-things.ts";
import type { Need } from "../../steps/status.ts";
import type { CommandCall, Outcome, Paint } from "../command.ts";
import { withLibrary } from "../library.ts";
import type { OpenLibrary } from "../library.ts";
import { publicationTable } from "../publication-table.ts";

/** How many needs are shown before the rest is only counted. */
const shownNeeds = 8;

/** Shows where everything stands. */
export function run(call: CommandCall): Step {
  return withLibrary(call, (library) => statusOf(call, library));
}

/** The status of a library that is open. */
export async function* statusOf(call: CommandCall, { store, settings }: OpenLibrary): Step {
  const result = yield* status({
    store,
    clock: call.machine.clock,
    destinations: call.machine.destinations,
    deadline: settings.creator.deadline,
    handle: settings.creator.handles.tiktok,
    exitCode: call.options["exitCode"] === true,
  });
  return { ...result, summary: { ...result.summary, zone: settings.creator.timeZone } };
}

/** One screen. */
export function text({ events, result, library, paint }: Outcome): string[] {
  const summary = result.summary;
  const zone = String(summary["zone"]);
  const lines = [
    `${paint.strong("Library")}  ${library}`,
    `  ${String(summary["posts"])} posts (${counts(summary["postsByVisibility"])}), ${String(summary["drafts"])} drafts`,
  ];
  lines.push("", paint.strong("Where they go"));
  const publications = summary["publications"] as Record<string, Record<string, number>>;
  for (const [destination, states] of Object.entries(publications)) {
    const total = Object.values(states).reduce((sum, count) => sum + count, 0);
    lines.push(`  ${destination.padEnd(8)} ${total} in all: ${counts(states) || "none"}`);
  }
  const next = events.filter((event) => event.type === "publication");
  if (next.length > 0) {
    lines.push("", paint.strong("Next"));
    lines.push(...publicationTable(next, zone, paint).map((line) => `  ${line}`));
  }
  lines.push(...firstLines(summary, paint));
  const needs = summary["needs"] as Need[];
  lines.push("", paint.strong(needs.length === 0 ? "Nothing needs you now" : "Needs you"));
  for (const { what, command } of needs.slice(0, shownNeeds)) {
    lines.push(`  ${paint.warm("!")} ${what}`, `    ${paint.faint(command)}`);
  }
  if (needs.length > shownNeeds) {
    lines.push(`  … and ${needs.length - shownNeeds} more: findmehere queue list`);
  }
  lines.push("");
  const last = summary["lastDue"];
  lines.push(
    last === null
      ? "Nothing is planned. Next: findmehere queue add"
      : `The move ends ${localTime(String(last), zone)} (${zone}).`,
  );
  if (summary["deadline"] !== null) lines.push(`Your deadline: ${String(summary["deadline"])}.`);
  return lines;
}

/** What only works while TikTok is there; what is done is left out. */
function firstLines(summary: SummaryEvent, paint: Paint): string[] {
  const open = (summary["first"] as FirstThing[]).filter(({ done }) => done !== true);
  const deadline = summary["deadline"];
  const head = deadline === null ? "While TikTok is there" : `Before ${String(deadline)}`;
  return [
    "",
    paint.strong(head),
    ...open.flatMap(({ done, what, command }) => [
      `  ${done === false ? paint.warm("!") : "·"} ${what}`,
      ...(command === "" ? [] : [`    ${paint.faint(command)}`]),
    ]),
  ];
}

function counts(value: unknown): string {
  return Object.entries(value as Record<string, number>)
    .map(([name, count]) => `${count} ${name}`)
    .join(", ");
}
