import type { Destination, WayId } from "../../core/destination.ts";
import type { Reach, Way } from "../../core/way.ts";
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
      open: wayOpener(destination, reachOf(settings, destination)),
      ...followerOf(destination, reachOf(settings, destination)),
      // What is no public page is the place that findmehere itself pressed on.
      looksByItself: destination.publicPages === undefined || own?.tiktokSync === "on",
      tiktokSync: own?.tiktokSync === "on",
    };
  });
}

/** Opens each way of a destination once, so that all posts of a run share what it asks for. */
export function wayOpener(
  destination: Destination,
  reach: Reach,
): (way: WayId) => Promise<Way | undefined> {
  const opened = new Map<WayId, Promise<Way>>();
  return async (way) => {
    const known = opened.get(way) ?? destination.load?.(way, reach);
    if (known !== undefined) opened.set(way, known);
    return known;
  };
}

/** What follows short links is loaded when the first one comes. */
function followerOf({ shortLinks }: Destination, reach: Reach): Pick<Route, "follow"> {
  if (shortLinks === undefined) return {};
  return { follow: async (short, signal) => (await shortLinks.load(reach))(short, signal) };
}

function reachOf(
  { destinations, network }: Settings,
  { id, publicPages, shortLinks }: Destination,
): Reach {
  const usual = publicPages?.origin ?? shortLinks?.origin ?? "";
  const origin = destinations[id]?.origin ?? usual;
  return { origin, allowHosts: network.allowHosts };
}

/** What happens to slots that passed, from the settings. Throws ExpectedError (exit `settings`). */
export function missedRules({ queue }: Settings): MissedRules {
  return { policy: queue.missed, graceMinutes: parseGap(queue.grace, "queue.grace") };
}
