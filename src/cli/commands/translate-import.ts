import { resolve } from "node:path";
import type { Step } from "../../core/event.ts";
import { importTexts } from "../../steps/translate/import.ts";
import type { CommandCall, Outcome } from "../command.ts";
import { withLibrary } from "../library.ts";

/** Takes a filled-in file. */
export function run(call: CommandCall): Step {
  const { clock, workingFolder } = call.machine;
  return withLibrary(call, ({ store }) =>
    importTexts({ store, clock, file: resolve(workingFolder, call.words[0] ?? "") }),
  );
}

/** What was taken, and the next command. */
export function text({ result, paint }: Outcome): string[] {
  const { rows, taken, unchanged, open, refused } = result.summary;
  const parts = [
    `${String(unchanged)} known already`,
    `${String(open)} not filled in`,
    ...(Number(refused) > 0 ? [`${String(refused)} that do not fit`] : []),
  ];
  return [
    `${paint.strong(`${String(taken)} of ${String(rows)} translations taken`)}, ${parts.join(", ")}.`,
    ...(Number(taken) > 0 ? ["Next: findmehere prepare"] : []),
  ];
}
