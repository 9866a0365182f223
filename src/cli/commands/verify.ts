import type { Step } from "../../core/event.ts";
import { verify } from "../../steps/verify.ts";
import type { CommandCall, Outcome } from "../command.ts";
import { withLibrary } from "../library.ts";

/** Checks the library's files. */
export function run(call: CommandCall): Step {
  // Looking changes nothing, so there is no item to finish: the first Ctrl-C stops it.
  const { drain } = call.machine.interrupt;
  return withLibrary(call, ({ root }) => verify({ root, concurrency: 2, stop: drain }));
}

/** What was found. */
export function text({ result, paint }: Outcome): string[] {
  const { files, whole, missing, differs } = result.summary;
  if (files === whole && result.exit === "done") {
    return [
      paint.good(files === 1 ? "The file is whole." : `All ${String(files)} files are whole.`),
    ];
  }
  return [
    paint.bad(`${String(whole)} of ${String(files)} files are whole.`) +
      ` ${String(missing)} missing, ${String(differs)} changed.`,
  ];
}
