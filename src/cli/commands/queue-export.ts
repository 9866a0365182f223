import { resolve } from "node:path";
import { counted } from "../../core/counted.ts";
import type { Step } from "../../core/event.ts";
import { publicationStates } from "../../core/publication.ts";
import { exportQueue } from "../../steps/queue/export.ts";
import type { CommandCall, Outcome } from "../command.ts";
import { withLibrary } from "../library.ts";
import { destinationsOption, wordsOption } from "../options.ts";

/** Writes the queue into a table or a calendar. */
export function run(call: CommandCall): Step {
  const { machine, common } = call;
  const [word = ""] = call.words;
  const asNamed = /\.ics$/i.test(word) ? "ics" : "csv";
  const format = wordsOption(call, "format", ["csv", "ics"] as const)?.[0] ?? asNamed;
  const states = wordsOption(call, "state", publicationStates);
  return withLibrary(call, ({ store, settings, id, destinations }) =>
    exportQueue({
      store,
      clock: machine.clock,
      destinations: destinationsOption(call, destinations),
      file: resolve(machine.workingFolder, word),
      format,
      states,
      zone: settings.queue.zone || settings.creator.timeZone,
      library: id,
      overwrite: common.yes,
    }),
  );
}

/** Where the file is and what to do with it. */
export function text({ result, paint }: Outcome): string[] {
  const { rows, file, format, zone } = result.summary;
  const typed = /\s/.test(String(file)) ? `"${String(file)}"` : String(file);
  if (format === "ics") {
    return [
      paint.strong(`${counted(Number(rows), "post")} written to ${String(file)}.`),
      "Open it with your calendar, on the computer or the phone. Made anew, it moves what was moved here.",
    ];
  }
  return [
    paint.strong(`${counted(Number(rows), "row")} written to ${String(file)}.`),
    `Change the columns due (times of ${String(zone)}) and state (draft, held, queued, skipped); leave item as it is.`,
    `Then: findmehere queue import ${typed}`,
  ];
}
