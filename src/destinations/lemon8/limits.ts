import type { DestinationLimits } from "../../core/destination.ts";

/** Lemon8's limits. No official page gives numbers, so only what blocks publishing is hard. */
export const limits: DestinationLimits = {
  asOf: "2026-11-20",
  source:
    "69 published posts of 2026 (longest title 56 code points, never more than 5 hashtags), " +
    "reports of the app's warning above 5 hashtags; title and text lengths are advice only",
  title: { unit: "code-points", hard: null, advice: { unit: "code-points", most: 50 } },
  body: { unit: "utf16", hard: null, advice: { unit: "utf16", most: 2200 } },
  topics: { usual: 5, hard: 5 },
  photos: { hard: 10 },
};
