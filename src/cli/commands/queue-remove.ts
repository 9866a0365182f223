import type { Step } from "../../core/event.ts";
import { changeText, runChange } from "../change-queue.ts";
import type { CommandCall, Outcome } from "../command.ts";

/** Takes items out of the queue; they are drafts again. */
export function run(call: CommandCall): Step {
  return runChange(call, "remove");
}

/** What was changed, and the next command. */
export function text(outcome: Outcome): string[] {
  const next =
    outcome.result.summary["changed"] === 0
      ? []
      : ["Next: `findmehere queue add` plans them again."];
  return [...changeText(outcome, "taken back to drafts"), ...next];
}
