import { ExpectedError } from "../core/error.ts";
import { counted } from "../core/counted.ts";

/** Minutes between two looks that every timer can keep evenly, through every hour. */
const possible = [1, 2, 3, 4, 5, 6, 10, 12, 15, 20, 30, 60];

/** Minutes between two looks when nobody says. */
export const usualMinutes = 10;

/**
 * Minutes of words such as `10`, `10m`, `15 minutes` or `1h`. Throws ExpectedError (exit `usage`). An hour is
 * the most: a post that is due in the evening would otherwise wait into the quiet hours.
 */
export function readEvery(text: string): number {
  const [, number = "", unit = ""] =
    /^(\d{1,3})\s*(|m|min|mins|minutes?|h|hours?)$/i.exec(text.trim()) ?? [];
  const minutes = Number(number) * (unit.toLowerCase().startsWith("h") ? 60 : 1);
  if (possible.includes(minutes)) return minutes;
  throw new ExpectedError({
    exit: "usage",
    code: "wrong-option",
    what: `--every cannot be "${text}".`,
    fix: `It takes one of these: ${possible.slice(0, -1).join(", ")} minutes, or 1h.`,
  });
}

/** For people: `10 minutes`, `hour`. */
export function everyWords(minutes: number): string {
  if (minutes === 60) return "hour";
  return minutes === 1 ? "minute" : counted(minutes, "minute");
}
