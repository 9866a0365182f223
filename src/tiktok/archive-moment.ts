import type { SourcePost } from "../core/post.ts";

const day = 86_400_000;

/**
 * How long the links of an archive live from its making, in milliseconds, by role: exactly so in the real
 * exports of 2024-12 to 2025-11 whose links were looked at (gathered 2026-11-20).
 */
const linkLife: Readonly<Record<string, number>> = { video: 10 * day, photo: 4 * day };

/**
 * When an archive was made, told by the death of its newest link: ISO 8601 UTC; null when no link says. An
 * archive itself names no date. `now` in milliseconds: nothing was made after it, but for a clock that is wrong.
 */
export function archiveMoment(posts: readonly SourcePost[], now: number): string | null {
  let made = Number.NEGATIVE_INFINITY;
  for (const { media } of posts) {
    for (const { role, origins } of media) {
      const life = linkLife[role];
      const [origin] = origins;
      if (life === undefined || origin.at !== "web" || origin.expires === null) continue;
      const then = Date.parse(origin.expires) - life;
      // A link that lives longer than links are known to says nothing about when it was made.
      if (then <= now + day) made = Math.max(made, then);
    }
  }
  if (!Number.isFinite(made)) return null;
  return new Date(Math.min(made, now)).toISOString().replace(/\.\d{3}Z$/, "Z");
}
