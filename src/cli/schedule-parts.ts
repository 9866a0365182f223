import { homedir } from "node:os";
import { delimiter } from "node:path";
import { fileURLToPath } from "node:url";
import { ExpectedError } from "../core/error.ts";
import type { ScheduleChangeEvent, StepEvent } from "../core/event.ts";
import type { SchedulePlan } from "../steps/schedule.ts";
import type { TimerHand } from "../timer/hand.ts";
import { timerHands } from "../timer/index.ts";
import type { CommandCall } from "./command.ts";

/** The program that a timer runs: this very findmehere. */
export const ownProgram = fileURLToPath(new URL("../../bin/findmehere.js", import.meta.url));

/** The timers of this machine. */
export function handsOf({ machine: { environment, clock } }: CommandCall): TimerHand[] {
  return timerHands({
    platform: process.platform,
    environment,
    home: environment["HOME"] ?? homedir(),
    uid: process.getuid?.() ?? null,
    now: () => clock.wall(),
  });
}

/** The folders in which this machine looks for programs. */
export function programFolders({ machine: { environment } }: CommandCall): string[] {
  return (environment["PATH"] ?? "").split(delimiter);
}

/** The plan, one event for each change. */
export function changeEvents({ changes }: SchedulePlan): ScheduleChangeEvent[] {
  return changes.map((change) => ({ type: "schedule-change", ...change }));
}

/** What changes, for people. */
export function changeLines(events: readonly StepEvent[]): string[] {
  return events.flatMap((event) => {
    if (event.type !== "schedule-change") return [];
    const { action, place, text } = event;
    if (action === "run") return [`Run: ${text}`];
    const lines = text.replace(/\r?\n$/, "").split(/\r?\n/);
    const verb = action === "write" ? "Written into" : "Taken out of";
    return [`${verb} ${place}:`, ...lines.map((line) => (line === "" ? "" : `    ${line}`))];
  });
}

/** Asks whether the plan may happen. Throws ExpectedError (exit `usage`) where nobody can be asked. */
export async function mayChange(call: CommandCall, question: string): Promise<boolean> {
  if (call.common.yes) return true;
  if (!call.machine.interactive || call.common.json) {
    throw new ExpectedError({
      exit: "usage",
      code: "missing-answer",
      what: "Nobody can be asked here. Nothing was changed.",
      fix: "If you want that, add `--yes`. To see it first, add `--dry-run`.",
    });
  }
  const { askYes } = await import("./questions.ts");
  return askYes(question);
}
