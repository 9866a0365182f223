import { resolve } from "node:path";
import { counted } from "../../core/counted.ts";
import type { Step } from "../../core/event.ts";
import { publicationStates } from "../../core/publication.ts";
import { ExpectedError } from "../../core/error.ts";
import { metricoolNetworks } from "../../queue/metricool.ts";
import type { MetricoolNetwork } from "../../queue/metricool.ts";
import { exportQueue, queueFormats } from "../../steps/queue/export.ts";
import type { CommandCall, Outcome } from "../command.ts";
import { withLibrary } from "../library.ts";
import { destinationsOption, textOption, wordsOption } from "../options.ts";

/** Writes the queue into a table or a calendar. */
export function run(call: CommandCall): Step {
  const { machine, common } = call;
  const [word = ""] = call.words;
  const asNamed = /\.ics$/i.test(word) ? "ics" : "csv";
  const format = wordsOption(call, "format", queueFormats)?.[0] ?? asNamed;
  const networks = Object.keys(metricoolNetworks) as MetricoolNetwork[];
  const wish = {
    mediaBase: mediaBase(call),
    networks: wordsOption(call, "networks", networks) ?? [],
    drafts: call.options["drafts"] !== false,
  };
  const states = wordsOption(call, "state", publicationStates);
  return withLibrary(call, ({ root, store, settings, id, destinations }) =>
    exportQueue({
      ...{ root, store, wish },
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
  const head = paint.strong(`${counted(Number(rows), "row")} written to ${String(file)}.`);
  if (format === "metricool") {
    return [
      head,
      `In Metricool: Planning, Calendar, Import CSV. The times are those of ${String(zone)}, so that has to be the time zone of your brand there.`,
      "Nobody has tried this table against Metricool itself: look at what it shows before you accept.",
    ];
  }
  if (format === "generic") {
    return [head, "Paths of media begin at the library; times are in UTC and in your zone."];
  }
  return [
    head,
    `Change the columns due (times of ${String(zone)}) and state (draft, held, queued, skipped); leave item as it is.`,
    `Then: findmehere queue import ${typed}`,
  ];
}

/** The address of `--media-base-url`, with a slash at its end; null when it was not given. */
function mediaBase(call: CommandCall): string | null {
  const given = textOption(call, "mediaBaseUrl");
  if (given === undefined) return null;
  const address = URL.parse(given.trim());
  const plain = address !== null && /^https?:$/.test(address.protocol);
  const bare = address?.search === "" && address.hash === "" && address.username === "";
  if (plain && bare && address.password === "") return address.href.replace(/\/*$/, "/");
  throw new ExpectedError({
    exit: "usage",
    code: "wrong-option",
    what: "--media-base-url is not an address that media can lie under.",
    fix: "It takes an address without a password, `?` or `#`, such as https://media.example.org/mira.",
  });
}
