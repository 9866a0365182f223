import type { Step } from "../../core/event.ts";
import { changeText, runChange } from "../change-queue.ts";
import type { CommandCall, Outcome } from "../command.ts";

/** Keeps items back until a person releases them. */
export function run(call: CommandCall): Step {
  return runChange(call, "hold");
}

/** What was changed, and the next command. */
export function text(outcome: Outcome): string[] {
  const next =
    outcome.result.summary["changed"] === 0
      ? []
      : ["They wait until you type `findmehere queue release ITEM`, which plans them anew."];
  return [...changeText(outcome, "held"), ...next];
}
