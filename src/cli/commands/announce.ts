import { basename, join } from "node:path";
import { announcementStages, announcementSurfaces } from "../../announce/surfaces.ts";
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
export function announceInto(
  call: CommandCall,
  { root, store, settings, destinations }: OpenLibrary,
): Step {
  return announce({
    root,
    store,
    clock: call.machine.clock,
    creator: settings.creator,
    tone: toneOption(call),
    languages: languagesOption(call),
    destinations,
    accounts: accountsOf(call, settings),
  });
}

/** What was written, in the order in which it is pasted. */
export function text({ events, result, library, paint }: Outcome): string[] {
  const { written, notWritten, hellos, folder } = result.summary;
  const files = Map.groupBy(
    events.filter((event) => event.type === "text"),
    ({ surface }) => surface,
  );
  const lines = announcementStages.flatMap(({ id, title }) => {
    const own = announcementSurfaces.flatMap((surface) => {
      const texts = surface.stage === id ? files.get(surface.id) : undefined;
      if (texts === undefined) return [];
      const names = texts.map((each) => basename(each.files.at(-1) ?? ""));
      // The title lies beside its text, under a name that is easy to find.
      if (surface.title !== null) names.push("and a .title.txt of each");
      return [`  ${surface.label}: ${surface.use}`, `    ${paint.faint(names.join("  "))}`];
    });
    return own.length === 0 ? [] : ["", paint.strong(title), ...own];
  });
  return [
    paint.strong(`${String(written)} texts written, ${String(notWritten)} not.`) +
      ` ${String(hellos)} introductions are ready as drafts.`,
    `They lie in ${join(library, String(folder))}. Go from top to bottom:`,
    ...lines,
    "",
    "Next: findmehere queue add",
  ];
}
