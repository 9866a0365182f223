import type { Step } from "../../core/event.ts";
import { checkServices } from "../../steps/notices/try.ts";
import { queueRules } from "../../steps/queue-rules.ts";
import type { CommandCall, Outcome } from "../command.ts";
import { withLibrary } from "../library.ts";

/** Checks the settings file; what is wrong is thrown with exit `settings` before it gets here. */
export function run(call: CommandCall): Step {
  return withLibrary(call, async function* ({ paths, settings, resolved }) {
    for (const destination of call.machine.destinations) queueRules(settings, destination);
    await checkServices(settings.notify);
    const fromFile = resolved.filter((each) => each.origin === "file").length;
    yield {
      type: "check",
      name: "Settings",
      good: true,
      needed: true,
      detail: paths.settings,
      fix: "",
    };
    return {
      exit: "done",
      summary: { type: "summary", command: "config validate", schemaVersion: 1, fromFile },
    };
  });
}

/** That they are right. */
export function text({ result }: Outcome): string[] {
  return [
    `The settings are right; ${String(result.summary["fromFile"])} of them stand in the file.`,
  ];
}
