import type { Step } from "../../core/event.ts";
import { routesOf } from "../../steps/publish/routes.ts";
import { snapshotFollowers } from "../../steps/followers/snapshot.ts";
import type { CommandCall, Outcome } from "../command.ts";
import { countedPlaces, followerTable, titlesOf } from "../follower-table.ts";
import { accountsOf, withLibrary } from "../library.ts";

/** Notes how many follow the creator where. */
export function run(call: CommandCall): Step {
  const { clock, interrupt } = call.machine;
  return withLibrary(call, async function* ({ store, settings, destinations }) {
    const places = countedPlaces(call, settings);
    const result = yield* snapshotFollowers({
      ...{ store, clock, places, zone: settings.creator.timeZone },
      routes: routesOf(settings, destinations, accountsOf(call, settings)),
      ...{ drain: interrupt.drain, stop: interrupt.stop },
    });
    return { ...result, summary: { ...result.summary, titles: titlesOf(places) } };
  });
}

/** Each place with its number. */
export function text({ events, result, paint }: Outcome): string[] {
  const counts = events.filter((event) => event.type === "followers");
  return followerTable(counts, result.summary["titles"] as Record<string, string>, paint);
}
