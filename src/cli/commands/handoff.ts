import type { Step } from "../../core/event.ts";
import type { CommandCall, Outcome } from "../command.ts";
import { writeForPhone, writtenText } from "../handoff-folder.ts";

/** Writes what is ready for the phone into a folder or a zip. */
export function run(call: CommandCall): Step {
  return writeForPhone(call);
}

/** What lies where, and how the links come back. */
export function text(outcome: Outcome): string[] {
  return writtenText(outcome);
}
