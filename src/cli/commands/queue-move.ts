import type { Step } from "../../core/event.ts";
import { ExpectedError } from "../../core/error.ts";
import { changeText, runChange } from "../change-queue.ts";
import type { CommandCall, Outcome } from "../command.ts";

/** Gives queued items another slot. */
export function run(call: CommandCall): Step {
  if (call.options["all"] === true) {
    throw new ExpectedError({
      exit: "usage",
      code: "wrong-option",
      what: "--all would give every post the same minute.",
      fix: "Name the items. To move many, type `findmehere queue export FILE.csv`, change the column due, then `findmehere queue import FILE.csv`.",
    });
  }
  return runChange(call, "move");
}

/** What was changed, and the next command. */
export function text(outcome: Outcome): string[] {
  const next =
    outcome.result.summary["changed"] === 0
      ? []
      : ["`findmehere queue list` shows the whole queue."];
  return [...changeText(outcome, "moved"), ...next];
}
