import type { Destination } from "../../core/destination.ts";
import { isProfile, recognise } from "./address.ts";
import { limits } from "./limits.ts";
import { steps } from "./steps.ts";

/** RedNote (Xiaohongshu, 小红书). Facts as of 2026-11-20. */
export const rednote: Destination = {
  id: "rednote",
  title: "RedNote",
  titleZh: "小红书",
  limits,
  ways: ["handoff"],
  // More than two or three notes a week from one account looks automated.
  usualPerWeek: 3,
  topicColumn: "rednote",
  readers: "zh",
  layout: "zh-first",
  settable: { titleMost: { least: 5, most: 30 }, bodyMost: { least: 50, most: 2000 } },
  removesLinks: true,
  needsMedia: true,
  handoff: {
    // `xhsdiscover://post_note` opens a photo picker in which people got stuck; the plain scheme opens the app.
    openApp: { address: "xhsdiscover://", fallback: "https://www.rednote.com/" },
    // The form that published notes have (2026-11); a plain `#name` that is pasted stays text until it is picked.
    editorTopic: { before: "#", after: "[话题]#" },
    steps,
  },
  shortLinks: {
    origin: "auto",
    load: async (reach) => (await import("./follow.ts")).rednoteFollower(reach),
  },
  recognise,
  isProfile,
};
