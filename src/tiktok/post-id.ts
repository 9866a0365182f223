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
