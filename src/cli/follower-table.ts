import type { FollowersEvent } from "../core/event.ts";
import type { CountSource } from "../core/follower-count.ts";
import { homePlace } from "../steps/followers/order.ts";
import type { CountedPlace } from "../steps/followers/order.ts";
import type { Settings } from "../settings/schema.ts";
import type { CommandCall, Paint } from "./command.ts";
import { accountsOf } from "./library.ts";
import { textWidth } from "./text-width.ts";

/** Every place where people follow the creator: TikTok, then each destination. */
export function countedPlaces(call: CommandCall, settings: Settings): CountedPlace[] {
  const accounts = accountsOf(call, settings);
  return [
    { id: homePlace, title: "TikTok", account: settings.creator.handles.tiktok },
    ...call.machine.destinations.map(({ id, title }) => ({
      ...{ id, title, account: accounts.get(id) ?? "" },
    })),
  ];
}

/** Numbers as lines for people: day, place, how many, how it is known. */
export function followerTable(
  events: readonly FollowersEvent[],
  titles: Readonly<Record<string, string>>,
  paint: Paint,
): string[] {
  const rows = events.map(({ date, place, followers, source }) => [
    date ?? (source === null ? "" : "no day"),
    titles[place] ?? place,
    followers === null ? "unknown" : followers.toLocaleString("en-US"),
    source === null ? "" : sources[source],
  ]);
  const widths = [0, 1, 2].map((column) =>
    Math.max(0, ...rows.map((row) => textWidth(row[column] ?? ""))),
  );
  return rows.map(([day = "", place = "", number = "", source = ""]) =>
    [
      ...(widths[0] === 0 ? [] : [paint.faint(day.padEnd(widths[0] ?? 0))]),
      place.padEnd(widths[1] ?? 0),
      number.padStart(widths[2] ?? 0),
      paint.faint(source),
    ]
      .join("  ")
      .trimEnd(),
  );
}

/** The titles of places by their ids, for a summary. */
export function titlesOf(places: readonly CountedPlace[]): Record<string, string> {
  return Object.fromEntries(places.map(({ id, title }) => [id, title]));
}

const sources: Record<CountSource, string> = {
  read: "read from your page",
  "by-hand": "noted by you",
  page: "told by an export of your page",
  archive: "told by TikTok's zip",
};
