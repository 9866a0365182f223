import type { Step } from "../../core/event.ts";
import type { CommandCall } from "../command.ts";
import { withLibrary } from "../library.ts";
import { itemsOf, textOption } from "../options.ts";
import { enqueueInto } from "./queue-add.ts";

export { text } from "./queue-add.ts";

/** Takes held posts into the queue. */
export function run(call: CommandCall): Step {
  const allow = new Set((textOption(call, "allow") ?? "").split(",").filter(Boolean));
  return withLibrary(call, async function* (library) {
    return yield* enqueueInto(call, library, { release: itemsOf(call), allow });
  });
}
