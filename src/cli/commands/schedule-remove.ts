import type { Step } from "../../core/event.ts";
import { libraryPaths } from "../../library/layout.ts";
import { planRemoval } from "../../steps/schedule.ts";
import { peekLibraryId } from "../../store/peek.ts";
import type { CommandCall, Outcome } from "../command.ts";
import { findLibrary, isLibrary, usedLibrary } from "../library.ts";
import { changeEvents, changeLines, handsOf, mayChange } from "../schedule-parts.ts";

/** Shows what would go, asks, and takes the schedule away. The library itself may be gone already. */
export async function* run(call: CommandCall): Step {
  const root = findLibrary(call)?.root ?? usedLibrary(call);
  call.useLibrary(root, false);
  const id = isLibrary(root) ? peekLibraryId(libraryPaths(root).database) : null;
  const dryRun = call.options["dryRun"] === true;
  const plan = await planRemoval(handsOf(call), (entry) =>
    id === null ? entry.job?.library === root : entry.id === id,
  );
  const events = changeEvents(plan);
  const summary = {
    type: "summary" as const,
    command: "schedule remove",
    schemaVersion: 1 as const,
    with: plan.hand?.kind ?? null,
    library: root,
    changed: events.length,
    dryRun,
  };
  yield* events;
  if (dryRun || events.length === 0) return { exit: "done", summary };
  yield { type: "say", text: [...changeLines(events), ""].join("\n") };
  if (!(await mayChange(call, "Take the schedule away?"))) {
    return { exit: "done", summary: { ...summary, changed: 0 } };
  }
  await plan.apply();
  return { exit: "done", summary };
}

/** What was taken away, or would be. */
export function text({ events, result }: Outcome): string[] {
  const { changed, dryRun, library } = result.summary;
  if (changed === 0) return ["Nothing was changed: nothing is scheduled, or you said no."];
  if (dryRun === true) return [...changeLines(events), "", "Nothing was changed."];
  return [
    `Your computer no longer looks by itself for what is due in ${String(library)}.`,
    "Posts wait until you type `findmehere publish --due`, or `findmehere schedule install` again.",
  ];
}
