import type { Step } from "../../core/event.ts";
import { changeText, runChange } from "../change-queue.ts";
import type { CommandCall, Outcome } from "../command.ts";

/** Leaves items out. */
export function run(call: CommandCall): Step {
  return runChange(call, "skip");
}

/** What was changed, and the next command. */
export function text(outcome: Outcome): string[] {
  const next =
    outcome.result.summary["changed"] === 0
      ? []
      : ["To take one back: `findmehere queue remove ITEM`."];
  return [...changeText(outcome, "left out"), ...next];
}
