import { epochDate } from "./time.ts";

/**
 * When TikTok gave an id, ISO 8601 UTC: its upper half is a second, some before the post is public (2025-10).
 * Null for a number that holds no such time, so that it is no id either.
 */
export function dateOfId(id: string): string | null {
  if (!/^\d{15,20}$/.test(id)) return null;
  const seconds = Number(BigInt(id) >> 32n);
  // TikTok's ids of this form began in 2014; what is outside is no time.
  return seconds > 1_388_000_000 && seconds < 4_102_444_800 ? epochDate(seconds) : null;
}

/**
 * True where a program took the whole id for a number and rounded it: JavaScript and jq keep sixteen or
 * seventeen digits.
 */
export function isRoundedId(told: string, whole: string): boolean {
  if (!/^\d{17,20}$/.test(told) || !/^\d{17,20}$/.test(whole) || !told.endsWith("00")) return false;
  const apart = BigInt(told) - BigInt(whole);
  return told !== whole && apart > -1024n && apart < 1024n;
}
