import type { Destination } from "../../core/destination.ts";
import { parseGap } from "../../queue/parse.ts";
import type { MissedRules } from "../../queue/missed.ts";
import type { Settings } from "../../settings/schema.ts";
import { queueRules } from "../queue-rules.ts";
import type { Route } from "./request.ts";

/** How each destination is reached, from the settings. Throws ExpectedError (exit `settings`). */
export function routesOf(
  settings: Settings,
  destinations: readonly Destination[],
  accounts: ReadonlyMap<string, string>,
): Route[] {
  return destinations.map((destination) => {
    const own = settings.destinations[destination.id];
    return {
      destination,
      rules: queueRules(settings, destination),
      way: own?.way ?? destination.ways[0] ?? "handoff",
      press: own?.press ?? "human",
      account: accounts.get(destination.id) ?? "",
    };
  });
}

/** What happens to slots that passed, from the settings. Throws ExpectedError (exit `settings`). */
export function missedRules({ queue }: Settings): MissedRules {
  return { policy: queue.missed, graceMinutes: parseGap(queue.grace, "queue.grace") };
}
