import type { Step } from "../../core/event.ts";
import { listFollowers } from "../../steps/followers/list.ts";
import type { CommandCall, Outcome } from "../command.ts";
import { countedPlaces, followerTable, titlesOf } from "../follower-table.ts";
import { withLibraryToRead } from "../read-library.ts";

/** Shows every number that was noted. */
export function run(call: CommandCall): Step {
  return withLibraryToRead(call, async function* ({ store, settings }) {
    const places = countedPlaces(call, settings);
    const zone = settings.creator.timeZone;
    const result = yield* listFollowers({ store, places, zone });
    return { ...result, summary: { ...result.summary, titles: titlesOf(places) } };
  });
}

/** The table, and below it the newest number of each place. */
export function text({ events, result, paint }: Outcome): string[] {
  const counts = events.filter((event) => event.type === "followers");
  if (counts.length === 0) {
    return ["No number was noted yet.", "Next: findmehere followers snapshot"];
  }
  const titles = result.summary["titles"] as Record<string, string>;
  const newest = Object.entries(result.summary["newest"] as Record<string, number | null>);
  const now = newest.map(
    ([place, number]) =>
      `${titles[place] ?? place} ${number?.toLocaleString("en-US") ?? "unknown"}`,
  );
  return [
    ...followerTable(counts, titles, paint),
    `Newest: ${now.join(", ")}.`,
    paint.faint(`Days in ${String(result.summary["zone"])}.`),
  ];
}
