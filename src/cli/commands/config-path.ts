import type { Step } from "../../core/event.ts";
import type { CommandCall, Outcome } from "../command.ts";
import { withLibrary } from "../library.ts";

/** Prints where the settings file lies. */
export function run(call: CommandCall): Step {
  return withLibrary(call, async function* ({ paths }) {
    yield { type: "say", text: "Your settings lie here:" };
    return {
      exit: "done",
      summary: { type: "summary", command: "config path", schemaVersion: 1, path: paths.settings },
    };
  });
}

/** The path alone. */
export function text({ result }: Outcome): string[] {
  return [String(result.summary["path"])];
}
