import { setTimeout as wait } from "node:timers/promises";
import type { Clock } from "../core/clock.ts";
import { ExpectedError } from "../core/error.ts";

/** The environment variables, as `process.env` has them. */
export type Environment = Readonly<Record<string, string | undefined>>;

// Node's timers fire at once when they are asked to wait longer than this.
const longestTimer = 2_147_483_647;

/**
 * The clock of this machine; FINDMEHERE_NOW moves its calendar, which still flows from there. For tests
 * FINDMEHERE_TEST_PACE makes every wait so many times shorter.
 */
export function systemClock(environment: Environment): Clock {
  const offset = movedTo(environment);
  const pace = paceOf(environment);
  const shift = offset === null ? 0 : offset - Date.now();
  return {
    calendar: () => Date.now() + shift,
    wall: () => Date.now(),
    sleep: (milliseconds, signal) => sleepFor(milliseconds / pace, signal),
  };
}

/** True when FINDMEHERE_NOW moves the calendar. */
export function calendarIsMoved(environment: Environment): boolean {
  return (environment["FINDMEHERE_NOW"] ?? "").trim() !== "";
}

/** A command that changes anything takes a moved calendar only together with FINDMEHERE_TEST=1. */
export function assertCalendarAllowed(environment: Environment, changes: boolean): void {
  if (!changes || !calendarIsMoved(environment) || environment["FINDMEHERE_TEST"] === "1") return;
  throw new ExpectedError({
    exit: "usage",
    code: "calendar-moved",
    what: "FINDMEHERE_NOW is set, and this command would change your library.",
    why: "A moved calendar could send posts out on the wrong day.",
    fix: "Remove FINDMEHERE_NOW from the environment, or, in a test, set FINDMEHERE_TEST=1 as well.",
  });
}

/** Pages are read as slowly as a person would; only a test, which reads a page of its own, may be quicker. */
function paceOf(environment: Environment): number {
  const text = (environment["FINDMEHERE_TEST_PACE"] ?? "").trim();
  if (text === "") return 1;
  const pace = Number(text);
  if (environment["FINDMEHERE_TEST"] === "1" && pace >= 1) return pace;
  throw new ExpectedError({
    exit: "usage",
    code: "pace-changed",
    what: "FINDMEHERE_TEST_PACE is set, and it is only for findmehere's own tests.",
    why: "Pages are read at the pace of a person.",
    fix: "Remove it from the environment.",
  });
}

async function sleepFor(milliseconds: number, signal?: AbortSignal): Promise<void> {
  signal?.throwIfAborted();
  try {
    for (let left = milliseconds; left > 0; left -= longestTimer) {
      await wait(Math.min(left, longestTimer), undefined, signal === undefined ? {} : { signal });
    }
  } catch (error) {
    // Node rejects with an error of its own; callers were promised the signal's reason.
    signal?.throwIfAborted();
    throw error;
  }
}

function movedTo(environment: Environment): number | null {
  if (!calendarIsMoved(environment)) return null;
  const text = (environment["FINDMEHERE_NOW"] ?? "").trim();
  const time = isoTime(text);
  if (time !== null) return time;
  throw new ExpectedError({
    exit: "settings",
    code: "bad-setting",
    what: `FINDMEHERE_NOW cannot be read: "${text}".`,
    why: "It has to be a date and time as ISO 8601 writes it.",
    fix: "Write it like 2026-12-03T19:30:00Z, or remove it from the environment.",
  });
}

const isoShape =
  /^(\d{4})-(\d{2})-(\d{2})(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:?\d{2})?)?$/;

function isoTime(text: string): number | null {
  const found = isoShape.exec(text);
  if (found === null) return null;
  // Date.parse turns a 30 February into a day of March.
  const [year, month, day] = [Number(found[1]), Number(found[2]), Number(found[3])];
  const date = new Date(Date.UTC(year, month - 1, day));
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return null;
  const time = Date.parse(text.replace(/([+-]\d{2})(\d{2})$/, "$1:$2"));
  return Number.isNaN(time) ? null : time;
}
