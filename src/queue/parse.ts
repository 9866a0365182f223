import { ExpectedError } from "../core/error.ts";

/** Reads "19:30" into minutes since midnight. */
export function parseClockTime(text: string, setting = "queue.times"): number {
  const found = /^(\d{1,2}):(\d{2})$/.exec(text.trim());
  const hour = Number(found?.[1]);
  const minute = Number(found?.[2]);
  if (found === null || hour > 23 || minute > 59) {
    throw unreadable(
      setting,
      text,
      "A time of the day is written like 19:30, from 00:00 to 23:59.",
    );
  }
  return hour * 60 + minute;
}

/** Writes minutes since midnight as "HH:MM". */
export function clockText(minutes: number): string {
  const hour = String(Math.floor(minutes / 60)).padStart(2, "0");
  return `${hour}:${String(minutes % 60).padStart(2, "0")}`;
}

/** Reads "22:00-08:00"; "none", "off" and an empty text mean that no hour is quiet. */
export function parseQuietHours(
  text: string,
  setting = "queue.quietHours",
): { from: string; to: string } | null {
  if (["", "none", "off"].includes(text.trim().toLowerCase())) return null;
  const found = /^\s*(\d{1,2}:\d{2})\s*[-–]\s*(\d{1,2}:\d{2})\s*$/.exec(text);
  if (found === null) {
    throw unreadable(setting, text, "Quiet hours are written like 22:00-08:00, or none.");
  }
  const from = parseClockTime(found[1] ?? "", setting);
  const to = parseClockTime(found[2] ?? "", setting);
  if (from === to) {
    throw unreadable(setting, text, "Both ends are the same time; write none for no quiet hours.");
  }
  return { from: clockText(from), to: clockText(to) };
}

/** Reads "4h", "20m", "90m" or "1h30m" into minutes; "0" is no gap. */
export function parseGap(text: string, setting = "queue.minGap"): number {
  const trimmed = text.trim().toLowerCase();
  if (trimmed === "0") return 0;
  const found = /^(?:(\d{1,5})h)?(?:(\d{1,6})m)?$/.exec(trimmed);
  if (trimmed === "" || found === null) {
    throw unreadable(setting, text, "A length of time is written like 4h, 20m or 1h30m.");
  }
  return Number(found[1] ?? 0) * 60 + Number(found[2] ?? 0);
}

function unreadable(setting: string, text: string, why: string): ExpectedError {
  return new ExpectedError({
    exit: "settings",
    code: "bad-setting",
    what: `${setting} cannot be read: "${text}".`,
    why,
    fix: `Correct ${setting} in findmehere.jsonc, or give the value again.`,
  });
}
