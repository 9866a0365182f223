import { ExpectedError } from "../../core/error.ts";
import type { ScheduleEvent, Step } from "../../core/event.ts";
import { libraryPaths } from "../../library/layout.ts";
import { readSchedules } from "../../steps/schedule.ts";
import type { SeenSchedule } from "../../steps/schedule.ts";
import { peekLibraryId } from "../../store/peek.ts";
import { everyWords } from "../../timer/every.ts";
import type { CommandCall, Outcome } from "../command.ts";
import { findLibrary, isLibrary } from "../library.ts";
import { handsOf } from "../schedule-parts.ts";

/** Reads back what is scheduled for whichever library, and looks whether it can work. */
export async function* run(call: CommandCall): Step {
  const root = ownRoot(call);
  if (root !== null) call.useLibrary(root, false);
  const isOne = root !== null && isLibrary(root);
  const id = isOne ? peekLibraryId(libraryPaths(root).database) : null;
  const seen = await readSchedules(handsOf(call), { id, root: isOne ? root : null });
  const own = seen.filter(({ entry }) => entry.id === id);
  for (const each of [...own, ...seen.filter((each) => !own.includes(each))]) {
    yield eventOf(each, own.includes(each));
    yield* each.problems;
  }
  const broken = seen.some(({ problems }) => problems.length > 0);
  return {
    exit: broken ? "needsPerson" : "done",
    summary: {
      type: "summary",
      command: "schedule show",
      schemaVersion: 1,
      library: root,
      schedules: seen.length,
      own: own.length,
      manners: own.flatMap(({ hand }) => hand.manners),
    },
  };
}

/** The schedule of this library first, then those of others. */
export function text({ events, result, paint }: Outcome): string[] {
  const schedules = events.filter((event) => event.type === "schedule");
  const { library, own, manners } = result.summary;
  const lines: string[] = [];
  if (own === 0 && library !== null) {
    lines.push(
      `Nothing is scheduled for ${String(library)}.`,
      "`findmehere schedule install` lets your computer look by itself.",
    );
  }
  for (const event of schedules) {
    const { every, places, last, next, node, bin, result: ended } = event;
    const often = every === null ? "" : ` every ${everyWords(every)}`;
    const head = `${event.with} looks${often} for what is due in ${event.library ?? event.id}.`;
    lines.push(
      ...(lines.length === 0 ? [] : [""]),
      event.active === false ? paint.warm(head) : paint.strong(head),
      ...(last === null ? [] : [`  Last: ${moment(last)}${ended === null ? "" : ` (${ended})`}`]),
      ...(next === null ? [] : [`  Next: ${moment(next)}`]),
      ...(node === null || bin === null ? [] : [`  Runs: ${bin}`, `  With: ${node}`]),
      `  Written in: ${places.join(", ")}`,
    );
  }
  if (schedules.length === 0 && lines.length === 0) lines.push("Nothing is scheduled.");
  return [...lines, ...(manners as string[])];
}

function ownRoot(call: CommandCall): string | null {
  try {
    return findLibrary(call)?.root ?? null;
  } catch (error) {
    // Where there are several libraries, the schedules of all are what is asked for.
    if (error instanceof ExpectedError && error.details.code === "which-library") return null;
    throw error;
  }
}

function eventOf({ hand, entry, state }: SeenSchedule, own: boolean): ScheduleEvent {
  return {
    type: "schedule",
    with: hand.kind,
    id: entry.id,
    own,
    library: entry.job?.library ?? null,
    every: entry.job?.every ?? null,
    node: entry.job?.node ?? null,
    bin: entry.job?.bin ?? null,
    places: entry.places,
    active: state.active,
    last: state.last,
    next: state.next,
    result: state.result,
  };
}

/** A moment in this computer's zone; the system's own words where they are no ISO 8601. */
function moment(text: string): string {
  const date = new Date(text);
  if (!/^\d{4}-/.test(text) || Number.isNaN(date.getTime())) return text;
  return date.toLocaleString("en-GB", { dateStyle: "medium", timeStyle: "short" });
}
