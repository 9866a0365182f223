import { ExpectedError } from "../../core/error.ts";
import type { Step } from "../../core/event.ts";
import { nearestWord } from "../../core/nearest.ts";
import { localDay } from "../../queue/local.ts";
import { addFollowers } from "../../steps/followers/add.ts";
import type { TypedCount } from "../../steps/followers/add.ts";
import type { CountedPlace } from "../../steps/followers/order.ts";
import type { CommandCall, Outcome } from "../command.ts";
import { countedPlaces, followerTable, titlesOf } from "../follower-table.ts";
import { withLibrary } from "../library.ts";
import { pastDayOption } from "../options.ts";

/** More than there are people is a slip of the finger. */
const most = 10_000_000_000;

/** Notes the numbers that the creator typed. */
export function run(call: CommandCall): Step {
  const { clock } = call.machine;
  return withLibrary(call, async function* ({ store, settings }) {
    const zone = settings.creator.timeZone;
    const now = clock.calendar();
    const places = countedPlaces(call, settings);
    const typed = typedCounts(call.words, places);
    const day = pastDayOption(call, "on", localDay(now, zone));
    const at = new Date(now).toISOString();
    const result = yield* addFollowers({ store, typed, day, at, zone });
    return { ...result, summary: { ...result.summary, titles: titlesOf(places) } };
  });
}

/** What is noted now. */
export function text({ events, result, paint }: Outcome): string[] {
  const counts = events.filter((event) => event.type === "followers");
  const titles = result.summary["titles"] as Record<string, string>;
  const known = Number(result.summary["unchanged"]);
  return [
    ...followerTable(counts, titles, paint),
    ...(known > 0 ? [`${known === counts.length ? "All" : String(known)} noted already.`] : []),
  ];
}

/** Each number with its place; throws ExpectedError (exit `usage`). */
function typedCounts(words: readonly string[], places: readonly CountedPlace[]): TypedCount[] {
  const typed = words.map((word) => typedCount(word, places));
  const twice = typed.find(
    ({ place }, index) => typed.findIndex((each) => each.place.id === place.id) !== index,
  );
  if (twice === undefined) return typed;
  throw wrongNumber(
    `${twice.place.id} stands there twice.`,
    "Nothing was noted. A day has one number for each place.",
  );
}

function typedCount(word: string, places: readonly CountedPlace[]): TypedCount {
  const sign = word.indexOf("=");
  const name = word.slice(0, sign).trim().toLowerCase();
  const number = word.slice(sign + 1).trim();
  if (sign === -1) throw wrongNumber(`"${word}" has no = in it.`, "Nothing was noted.");
  const place = places.find(({ id }) => id === name);
  if (place === undefined) {
    const ids = places.map(({ id }) => id);
    const near = nearestWord(name, ids);
    throw new ExpectedError({
      exit: "usage",
      code: "unknown-place",
      what: `Nobody can follow you on "${name}" as far as findmehere knows.`,
      why: "Nothing was noted.",
      fix: `${near === null ? "" : `Did you mean ${near}? `}It takes ${ids.join(", ")}.`,
    });
  }
  // In groups of three, as apps show them, or without any sign.
  const digits = /^\d{1,3}(,\d{3})+$/.test(number) ? number.replaceAll(",", "") : number;
  if (/^\d+$/.test(digits) && Number(digits) <= most) return { place, followers: Number(digits) };
  throw wrongNumber(
    `"${number}" is not a whole number.`,
    "Nothing was noted. What an app shows rounded, such as 1.2K or 10+, is not the number.",
  );
}

function wrongNumber(what: string, why: string): ExpectedError {
  return new ExpectedError({
    exit: "usage",
    code: "not-a-count",
    what,
    why,
    fix: "Type a place, = and the whole number: `findmehere followers add PLACE=1234`.",
  });
}
