import type { Destination } from "../../core/destination.ts";
import { isProfile, recognise } from "./address.ts";
import { limits } from "./limits.ts";
import { lemon8Origin } from "./site.ts";
import { steps } from "./steps.ts";

/** Lemon8. It has no web publisher, so the phone is the only way. Facts as of 2026-11-20. */
export const lemon8: Destination = {
  id: "lemon8",
  title: "Lemon8",
  titleZh: "Lemon8",
  limits,
  ways: ["handoff"],
  usualPerWeek: 7,
  topicColumn: "lemon8",
  readers: "en",
  // Its readers are in America, Japan and South-East Asia; a Chinese half would only push the rest down.
  layout: "en-only",
  settable: { titleMost: { least: 10, most: 100 }, bodyMost: { least: 100, most: 5000 } },
  removesLinks: true,
  needsMedia: true,
  handoff: {
    // Both phones answer this scheme; nothing is known that opens the editor itself.
    openApp: { address: "snssdk2657://main?tab=home", fallback: `${lemon8Origin}/` },
    editorTopic: null,
    steps,
  },
  publicPages: { origin: lemon8Origin },
  load: async (_way, reach) => (await import("./way.ts")).lemon8Way(reach),
  shortLinks: {
    origin: lemon8Origin,
    load: async (reach) => (await import("./follow.ts")).lemon8Follower(reach),
  },
  recognise,
  isProfile,
};
