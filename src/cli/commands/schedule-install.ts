import type { Step } from "../../core/event.ts";
import { planInstall, scheduleWords } from "../../steps/schedule.ts";
import { readEvery, usualMinutes } from "../../timer/every.ts";
import { timerKinds } from "../../timer/job.ts";
import type { CommandCall, Outcome } from "../command.ts";
import { withLibrary } from "../library.ts";
import { textOption, wordsOption } from "../options.ts";
import {
  changeEvents,
  changeLines,
  handsOf,
  mayChange,
  ownProgram,
  programFolders,
} from "../schedule-parts.ts";

/** Shows what would be written, asks, and lets this computer look by itself. */
export function run(call: CommandCall): Step {
  const given = textOption(call, "every");
  const every = given === undefined ? null : readEvery(given);
  const [wanted = null] = wordsOption(call, "with", timerKinds) ?? [];
  const dryRun = call.options["dryRun"] === true;
  return withLibrary(call, async function* ({ id, root }) {
    const plan = await planInstall({
      hands: handsOf(call),
      wanted,
      job: { id, node: process.execPath, bin: ownProgram, library: root },
      every,
      usual: usualMinutes,
      folders: programFolders(call),
      variables: shellOnly(call),
      uid: process.getuid?.() ?? null,
    });
    const { hand, job } = plan;
    const events = changeEvents(plan);
    const words = hand === null ? "" : scheduleWords(job.every, hand);
    const summary = {
      type: "summary" as const,
      command: "schedule install",
      schemaVersion: 1 as const,
      with: hand?.kind ?? null,
      every: job.every,
      node: job.node,
      bin: job.bin,
      library: job.library,
      changed: events.length,
      installed: !dryRun,
      dryRun,
      words,
      manners: hand?.manners ?? [],
    };
    yield* events;
    if (dryRun || events.length === 0) {
      yield* plan.notes;
      return { exit: "done", summary };
    }
    const heading = `Your computer would look ${words} for what is due in ${root}.`;
    yield {
      type: "say",
      text: [heading, "", ...changeLines(events), "", ...summary.manners, ""].join("\n"),
    };
    if (!(await mayChange(call, "Do this?"))) {
      return { exit: "done", summary: { ...summary, changed: 0, installed: false } };
    }
    await plan.apply();
    yield* plan.notes;
    return { exit: "done", summary };
  });
}

/** What was installed, or would be. */
export function text({ events, result, paint }: Outcome): string[] {
  const { changed, installed, dryRun, words, manners, library } = result.summary;
  const what = `Your computer looks ${String(words)} for what is due in ${String(library)}.`;
  if (dryRun === true) {
    if (changed === 0) return [what, "It is so already: nothing would change."];
    const would = what.replace("looks", "would look");
    return [
      would,
      "",
      ...changeLines(events),
      "",
      ...(manners as string[]),
      "",
      "Nothing was changed.",
    ];
  }
  if (installed !== true) return ["Nothing was changed."];
  if (changed === 0) return [what, "It was so already: nothing was changed."];
  return [
    paint.strong(what),
    "See it: findmehere schedule show",
    "Undo it: findmehere schedule remove",
  ];
}

/** Names of what is set in this window only. What only a person's own commands need is left out. */
function shellOnly({ machine: { environment } }: CommandCall): string[] {
  const others = /^FINDMEHERE_(LIBRARY|NOW|TEST(_\w+)?|(DEEPL|LIBRETRANSLATE|OPENAI)_\w+)$/;
  return Object.keys(environment)
    .filter((name) => name.startsWith("FINDMEHERE_") && !others.test(name))
    .filter((name) => environment[name] !== "")
    .toSorted();
}
