import type { DestinationLimits } from "../../core/destination.ts";

/** RedNote's limits. None is published; the title's is what the web editor's counter refuses. */
export const limits: DestinationLimits = {
  asOf: "2026-11-20",
  source:
    "the counters of the web editor, open-source publishers, and 1,400 published notes; " +
    "the phone app is a little laxer with emoji in titles, and whether topics count in the text is not known, so they do",
  title: { unit: "rednote", hard: 20, advice: null, inApp: "rednote-app" },
  body: { unit: "rednote", hard: 1000, advice: { unit: "utf16", most: 900 } },
  topics: { usual: 5, hard: 10 },
  photos: { hard: 18 },
};
