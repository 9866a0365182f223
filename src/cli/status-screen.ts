import { counted } from "../core/counted.ts";
import type { SummaryEvent } from "../core/event.ts";
import { localTime } from "../queue/local.ts";
import type { FirstThing } from "../steps/first-things.ts";
import type { Need, NeedKind } from "../steps/status/needs.ts";
import type { Outcome, Paint } from "./command.ts";
import { publicationTable } from "./publication-table.ts";
import { textWidth } from "./text-width.ts";
import { wrapped } from "./wrap.ts";

/** How many of one kind are shown before the rest is only counted. */
const shownOfKind = 2;

/** What a screen of the usual size holds above the line for the next command. */
const screen = { lines: 23, columns: 80 };

/** Where everything stands, on one screen where it can be: what needs nobody gives way first. */
export function statusLines(outcome: Outcome): string[] {
  const { result, paint, library } = outcome;
  const { summary } = result;
  const sections = (slots: readonly string[]): string[][] =>
    [
      libraryLines(summary, library, paint),
      [...slots],
      needLines(summary, paint),
      deadlineLines(summary, paint),
      endLines(summary),
    ].filter((lines) => lines.length > 0);
  const slots = nextLines(outcome);
  const spaced = sections(slots).flatMap((lines, index) => (index === 0 ? lines : ["", ...lines]));
  if (spaced.length <= screen.lines) return spaced;
  // The head of the slots and two of them say more than a screen that has scrolled away.
  const over = sections(slots).flat().length - screen.lines;
  return sections(slots.slice(0, Math.max(3, slots.length - Math.max(0, over)))).flat();
}

type Counts = Record<string, number>;

function libraryLines(summary: SummaryEvent, library: string, paint: Paint): string[] {
  const posts = Number(summary["posts"]);
  const shown = posts === 0 ? "" : ` (${counts(summary["postsByVisibility"] as Counts)})`;
  const drafts = counted(Number(summary["drafts"]), "draft");
  return [
    `${paint.strong("Library")}  ${library}`,
    `  ${counted(posts, "post")}${shown}, ${drafts}`,
    ...placeLines(summary),
  ];
}

/** Each destination: how many in each state, which add up. */
function placeLines(summary: SummaryEvent): string[] {
  const places = Object.entries(summary["publications"] as Record<string, Counts>);
  const proofs = summary["proofs"] as Record<string, Counts>;
  const accounts = summary["accounts"] as Record<string, string>;
  const names = new Map(
    places.map(([to]) => [to, accounts[to] ? `${to} (${accounts[to]})` : to] as const),
  );
  const width = Math.max(...[...names.values()].map((name) => textWidth(name)));
  return places.flatMap(([to, states]) => {
    const name = names.get(to) ?? to;
    const all = Object.values(states).reduce((sum, count) => sum + count, 0);
    const parts = Object.entries(states).map(([state, count]) =>
      `${count} ${state}${state === "live" ? proofWords(proofs[to] ?? {}) : ""}`.replaceAll(
        " ",
        together,
      ),
    );
    const head = `  ${name}${" ".repeat(width - textWidth(name))}  `;
    const line = `${all} in all${parts.length === 0 ? "" : `: ${parts.join(", ")}`}`;
    return wrapped(line, { ...screen, head }).map((each) => each.replaceAll(together, " "));
  });
}

/** Between words that stay on one line. */
const together = "\u00a0";

/** How it is known that they are live: an address that was pasted, or a look at the place itself. */
function proofWords(proof: Counts): string {
  const { pasted = 0, "read-back": seen = 0 } = proof;
  if (pasted > 0 && seen > 0) return ` (${pasted} pasted, ${seen} read back)`;
  return pasted > 0 ? " (pasted)" : seen > 0 ? " (read back)" : "";
}

function nextLines({ events, result, paint }: Outcome): string[] {
  const next = events.filter((event) => event.type === "publication").slice(0, 5);
  if (next.length === 0) return [];
  const zone = String(result.summary["zone"]);
  const due = Number(result.summary["dueNow"]);
  const head = due > 0 ? `Next, in ${zone} (${due} due now)` : `Next, in ${zone}`;
  return [paint.strong(head), ...publicationTable(next, zone, paint).map((line) => `  ${line}`)];
}

const kindWords: Partial<Record<NeedKind, string>> = {
  "press-died": "were being sent by a run that is no more; they are not sent again",
  unconfirmed: "went out or not, nobody knows. Look in the app; not there: --not-there",
  refused: "were refused",
  ready: "are ready for your phone (findmehere handoff); post them, then bring each link back",
  "link-missing": "were posted, and their links are still to come",
};

function needLines(summary: SummaryEvent, paint: Paint): string[] {
  const needs = summary["needs"] as Need[];
  if (needs.length === 0) return [paint.strong("Nothing needs you now")];
  const lines = [paint.strong(summary["needsPerson"] === 0 ? "Worth doing" : "Needs you")];
  for (const [kind, group] of Map.groupBy(needs, (need) => need.kind)) {
    const words = kindWords[kind];
    const several = words !== undefined && group.length > 1;
    const all = group.reduce((sum, { count }) => sum + count, 0);
    const head = `  ${all === 0 ? "·" : paint.warm("!")} `;
    if (several) lines.push(...wrapped(`${all} posts ${words}`, { ...screen, head }));
    const shown = several ? group.slice(0, shownOfKind) : group;
    for (const { what, command } of shown) {
      if (!several) lines.push(...wrapped(what, { ...screen, head }));
      lines.push(`    ${paint.faint(command)}`);
    }
    const left = all - shown.length;
    if (several && left > 0) lines.push(`    … and ${left} more: ${listCommand(kind)}`);
  }
  return lines;
}

function listCommand(kind: NeedKind): string {
  const states: Partial<Record<NeedKind, string>> = {
    ready: "handed-off",
    "link-missing": "submitted",
    "press-died": "submitting",
  };
  return `findmehere queue list --state ${states[kind] ?? kind}`;
}

/** What only works while TikTok is there, and what goes out only after the deadline; what is done is left out. */
function deadlineLines(summary: SummaryEvent, paint: Paint): string[] {
  const open = (summary["first"] as FirstThing[]).filter(({ done }) => done !== true);
  const deadline = summary["deadline"] === null ? null : String(summary["deadline"]);
  const lines = open.flatMap(({ done, what, command }) => [
    ...wrapped(what, { ...screen, head: `  ${done === false ? paint.warm("!") : "·"} ` }),
    ...(command === "" ? [] : [`    ${paint.faint(command)}`]),
  ]);
  const late = lateLines(summary, paint);
  if (lines.length + late.length === 0) return [];
  const head =
    deadline === null
      ? "While TikTok is there"
      : summary["deadlinePassed"] === true
        ? `Your deadline was ${deadline}`
        : `Before ${deadline}`;
  return [paint.strong(head), ...lines, ...late];
}

function lateLines(summary: SummaryEvent, paint: Paint): string[] {
  const late = Number(summary["afterDeadline"]);
  if (late === 0) return [];
  const faster = summary["faster"];
  const queued = Object.values(summary["publications"] as Record<string, Counts>).reduce(
    (sum, states) => sum + (states["queued"] ?? 0),
    0,
  );
  const told = `${late} of ${queued} queued go out after it; they need no TikTok.`;
  if (typeof faster !== "string") return wrapped(told, { ...screen, head: "  · " });
  return [
    ...wrapped(`${told} Done by then:`, { ...screen, head: "  · " }),
    `    ${paint.faint(`findmehere queue remove --all   and then   ${faster}`)}`,
  ];
}

/** When it all ends, or what comes next where nothing is planned. */
function endLines(summary: SummaryEvent): string[] {
  const zone = String(summary["zone"]);
  const ends = Object.entries(summary["ends"] as Record<string, string | null>);
  const planned = ends.flatMap(([to, end]) => (end === null ? [] : [{ to, end }]));
  if (planned.length > 0) {
    const each = planned.map(({ to, end }) => `${to} ${localTime(end, zone)}`);
    return wrapped(`The move ends: ${each.join("; ")}.`, screen);
  }
  const all: Counts = {};
  for (const states of Object.values(summary["publications"] as Record<string, Counts>)) {
    for (const [state, count] of Object.entries(states)) all[state] = (all[state] ?? 0) + count;
  }
  const over = (all["live"] ?? 0) + (all["synced"] ?? 0) + (all["skipped"] ?? 0);
  const sum = Object.values(all).reduce((total, count) => total + count, 0);
  if (summary["posts"] === 0 && sum === 0) {
    return ["Nothing is here yet. Next: findmehere migrate TikTok_Data.zip"];
  }
  if (sum > 0 && over === sum) return [`The move is done: ${counts(all)}.`];
  if ((all["draft"] ?? 0) > 0) {
    return [`${counted(all["draft"] ?? 0, "draft")} without a slot. Next: findmehere queue add`];
  }
  return sum === 0
    ? ["Nothing is planned. Next: findmehere prepare   and then   findmehere queue add"]
    : ["Nothing more is planned."];
}

function counts(value: Counts): string {
  return Object.entries(value)
    .map(([name, count]) => `${count} ${name}`)
    .join(", ");
}
