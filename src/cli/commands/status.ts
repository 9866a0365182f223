import type { Step } from "../../core/event.ts";
import { isRunGone } from "../../edge/run-name.ts";
import { configuredServices } from "../../notify/index.ts";
import { queueRules } from "../../steps/queue-rules.ts";
import { status } from "../../steps/status.ts";
import type { CommandCall, Outcome } from "../command.ts";
import { accountsOf } from "../library.ts";
import { withLibraryToRead } from "../read-library.ts";
import type { ReadableLibrary } from "../read-library.ts";
import { handsOf } from "../schedule-parts.ts";
import { statusLines } from "../status-screen.ts";

/** Shows where everything stands. */
export function run(call: CommandCall): Step {
  return withLibraryToRead(call, (library) => statusOf(call, library));
}

/** The status of a library that is open. */
export async function* statusOf(call: CommandCall, library: ReadableLibrary): Step {
  const { root, store, settings, id, destinations } = library;
  const result = yield* status({
    ...{ root, store, id, destinations, isRunGone },
    clock: call.machine.clock,
    sittings: new Set(
      destinations.flatMap((destination) => {
        const own = settings.destinations[destination.id];
        return own?.way === "browser" && own.press !== "auto" ? destination.id : [];
      }),
    ),
    rules: () => new Map(destinations.map((each) => [each.id, queueRules(settings, each)])),
    deadline: settings.creator.deadline,
    zone: settings.creator.timeZone,
    handle: settings.creator.handles.tiktok,
    services: configuredServices(settings.notify),
    hands: handsOf(call),
    exitCode: call.options["exitCode"] === true,
  });
  const accounts = Object.fromEntries(accountsOf(call, settings));
  return { ...result, summary: { ...result.summary, accounts } };
}

/** One screen. */
export function text(outcome: Outcome): string[] {
  return statusLines(outcome);
}
