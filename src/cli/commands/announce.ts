import type { Step } from "../../core/event.ts";
import { announce } from "../../steps/announce.ts";
import type { CommandCall, Outcome } from "../command.ts";
import { accountsOf, withLibrary } from "../library.ts";
import type { OpenLibrary } from "../library.ts";
import { locked } from "../locked.ts";
import { languagesOption, toneOption } from "../options.ts";

/** Writes the announcement. */
export function run(call: CommandCall): Step {
  const { clock } = call.machine;
  return withLibrary(call, (library) =>
    locked(library.root, { command: "announce", clock }, () => announceInto(call, library)),
  );
}

/** The announcement of a library that is open and locked. */
export function announceInto(call: CommandCall, { root, store, settings }: OpenLibrary): Step {
  return announce({
    root,
    store,
    clock: call.machine.clock,
    creator: settings.creator,
    tone: toneOption(call),
    languages: languagesOption(call),
    destinations: call.machine.destinations,
    accounts: accountsOf(call, settings),
  });
}

/** What was written. */
export function text({ events, result, library, paint }: Outcome): string[] {
  const lines = events.flatMap((event) =>
    event.type === "text" ? [`  ${event.files.join(", ")}`] : [],
  );
  const { written, notWritten, hellos } = result.summary;
  return [
    paint.strong(`${String(written)} texts written, ${String(notWritten)} not.`) +
      ` ${String(hellos)} introductions are ready as drafts.`,
    ...lines,
    `They lie in ${library}. Copy the TikTok caption first, post it, and pin that post.`,
    "Next: findmehere queue add",
  ];
}
