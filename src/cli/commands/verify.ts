import { counted } from "../../core/counted.ts";
import { ExpectedError } from "../../core/error.ts";
import type { Step } from "../../core/event.ts";
import { repair } from "../../steps/repair.ts";
import { verify } from "../../steps/verify.ts";
import type { CommandCall, Outcome } from "../command.ts";
import { withLibrary } from "../library.ts";
import { locked } from "../locked.ts";
import { megabytes } from "../output.ts";
import { readInputs } from "../read-inputs.ts";
import { withLibraryToRead } from "../read-library.ts";
import { concurrencyOf, hostsOf, speedOption } from "../options.ts";

/** Checks the library's files; `--repair` fetches again what a source still gives. */
export function run(call: CommandCall): Step {
  const { clock, random, interrupt } = call.machine;
  const repairs = call.options["repair"] === true;
  if (repairs !== call.words.length > 0) throw whatToRepair(repairs);
  // Looking changes nothing, so there is no item to finish: the first Ctrl-C stops it.
  const looking = { concurrency: 2, stop: interrupt.drain };
  if (!repairs) {
    return withLibraryToRead(call, ({ root, store }) => verify({ root, store, ...looking }));
  }
  return withLibrary(call, async function* ({ root, store, settings }) {
    const { read } = yield* readInputs(call);
    const { drain, stop } = interrupt;
    const hosts = hostsOf(settings);
    const pace = {
      concurrency: concurrencyOf(call),
      bytesPerSecond: speedOption(call),
      link: false,
    };
    const context = { root, store, clock, random, hosts, ...pace, drain, stop };
    return yield* locked(root, { command: "verify", clock }, () => repair({ ...context, read }));
  });
}

function whatToRepair(repairs: boolean): ExpectedError {
  return new ExpectedError({
    exit: "usage",
    code: "what-to-repair",
    what: repairs
      ? "--repair needs a source to fetch from."
      : "Checking takes no source; only --repair does.",
    fix: "For example: findmehere verify --repair NEW-ARCHIVE.zip",
  });
}

/** What was found, and what was fetched again. */
export function text({ result, paint }: Outcome): string[] {
  const { files, whole, missing, differs, repaired, bytes } = result.summary;
  const again =
    Number(repaired) > 0
      ? [`${counted(Number(repaired), "file")} fetched again (${megabytes(Number(bytes))}).`]
      : [];
  if (files === whole && result.exit === "done") {
    const all = files === 1 ? "The file is whole." : `All ${String(files)} files are whole.`;
    return [...again, paint.good(all)];
  }
  return [
    ...again,
    paint.bad(`${String(whole)} of ${String(files)} files are whole.`) +
      ` ${String(missing)} missing, ${String(differs)} changed.`,
  ];
}
