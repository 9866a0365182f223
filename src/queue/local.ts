import { ExpectedError } from "../core/error.ts";

/** A moment as the clock on the wall of a zone shows it. */
export interface LocalMoment {
  /** Days from 1970-01-01 to the local date. */
  day: number;
  /** Minutes since local midnight as the clock shows them. */
  minute: number;
}

const dayLength = 86_400_000;

// Making a formatter costs a hundred times more than using it; what a zone gives never changes.
const formats = new Map<string, Intl.DateTimeFormat>();

/** What the local clock shows at a moment (milliseconds since the epoch). Needs no Temporal. */
export function localMoment(at: number, zone: string): LocalMoment {
  const utcDay = Math.floor(at / dayLength);
  const offset = utcDay < firstWholeOffsets ? null : offsetAllDay(utcDay, zone);
  if (offset === null) return shownMoment(at, zone);
  const shown = at + offset;
  const day = Math.floor(shown / dayLength);
  return { day, minute: Math.floor((shown - day * dayLength) / 60_000) };
}

// Before 1973 some zones were off by seconds, which a clock of minutes does not show.
const firstWholeOffsets = Date.UTC(1973, 0, 1) / dayLength;

// A plan of years asks ten times about each day, and a formatter takes long to answer.
const midnights = new Map<string, Map<number, number>>();

/** What the zone adds to UTC (milliseconds) all through a day of UTC; null where the clock changes in it. */
function offsetAllDay(utcDay: number, zone: string): number | null {
  const offset = offsetAtMidnight(utcDay, zone);
  return offset === offsetAtMidnight(utcDay + 1, zone) ? offset : null;
}

/**
 * What the zone adds to UTC (milliseconds) all through a local day and around it; null near a change of the
 * clock, where only a calendar knows.
 */
export function steadyOffset(day: number, zone: string): number | null {
  if (day <= firstWholeOffsets) return null;
  const offset = offsetAtMidnight(day - 1, zone);
  const isSteady = [day, day + 1, day + 2].every((each) => offsetAtMidnight(each, zone) === offset);
  return isSteady ? offset : null;
}

function offsetAtMidnight(utcDay: number, zone: string): number {
  let known = midnights.get(zone);
  if (known === undefined) midnights.set(zone, (known = new Map<number, number>()));
  const before = known.get(utcDay);
  if (before !== undefined) return before;
  const { day, minute } = shownMoment(utcDay * dayLength, zone);
  const offset = (day - utcDay) * dayLength + minute * 60_000;
  known.set(utcDay, offset);
  return offset;
}

function shownMoment(at: number, zone: string): LocalMoment {
  const parts = localParts(at, zone);
  const number = (name: string): number => Number(parts[name]);
  const month = monthNames.indexOf(parts["month"] ?? "");
  return {
    day: Date.UTC(number("year"), month, number("day")) / dayLength,
    minute: number("hour") * 60 + number("minute"),
  };
}

/** The local date at a moment (milliseconds since the epoch): "2026-12-03". */
export function localDay(at: number, zone: string): string {
  return new Date(localMoment(at, zone).day * dayLength).toISOString().slice(0, 10);
}

/**
 * The first moment of a local date such as "2026-12-03", in milliseconds since the epoch; of a date that the zone
 * leaves out, the first moment after it.
 */
export function startOfDay(date: string, zone: string): number {
  const midnight = Date.parse(date.slice(0, 10));
  let at = midnight;
  // The second look is for the days on which the clock changes.
  for (let look = 0; look < 2; look += 1) {
    const { day, minute } = localMoment(at, zone);
    at -= day * dayLength + minute * 60_000 - midnight;
  }
  // Some clocks jump over midnight itself, as in Santiago and Havana.
  while (localMoment(at, zone).day < midnight / dayLength) at += 60_000;
  while (localMoment(at - 60_000, zone).day >= midnight / dayLength) at -= 60_000;
  return at;
}

/** A moment for people: "Thu 3 Dec 2026, 19:32". */
export function localTime(iso: string, zone: string): string {
  const parts = localParts(Date.parse(iso), zone);
  const { weekday, day, month, year, hour, minute } = parts;
  return `${weekday} ${day} ${month} ${year}, ${hour}:${minute}`;
}

/** True when this machine knows the zone. */
export function isZone(zone: string): boolean {
  try {
    formatOf(zone);
    return true;
  } catch {
    return false;
  }
}

/** Refuses a zone that this machine does not know, naming the setting. */
export function assertZone(zone: string, setting: string): void {
  try {
    formatOf(zone);
  } catch (error) {
    throw unknownZone(zone, setting, error);
  }
}

const monthNames = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ");

function localParts(at: number, zone: string): Record<string, string> {
  const found: Record<string, string> = {};
  for (const { type, value } of formatOf(zone).formatToParts(at)) found[type] = value;
  return found;
}

function formatOf(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone);
  if (known !== undefined) return known;
  const format = new Intl.DateTimeFormat("en-US", {
    timeZone: zone,
    hourCycle: "h23",
    weekday: "short",
    year: "numeric",
    month: "short",
    day: "numeric",
    hour: "2-digit",
    minute: "2-digit",
  });
  formats.set(zone, format);
  return format;
}

function unknownZone(zone: string, setting: string, cause: unknown): ExpectedError {
  return new ExpectedError(
    {
      exit: "settings",
      code: "unknown-zone",
      what: `${setting} is "${zone}", and there is no such time zone.`,
      why: "A time zone is written as continent and city, such as America/New_York or Asia/Shanghai.",
      fix: `Correct it: findmehere config set ${setting} America/New_York`,
    },
    { cause },
  );
}
