import { counted } from "../../core/counted.ts";
import { mediaExpiry } from "./media-plan.ts";
import type { MediaJob } from "./media-plan.ts";

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
/** A link that lives longer is in no hurry. */
const year = 365 * day;

/** How long something lasts, in words that are rather too short than too long. */
export function timeLeft(milliseconds: number): string {
  if (milliseconds >= 2 * day) return counted(Math.floor(milliseconds / day), "day");
  if (milliseconds >= 2 * hour) return counted(Math.floor(milliseconds / hour), "hour");
  return counted(Math.max(1, Math.floor(milliseconds / minute)), "minute");
}

/** What is about to be fetched, and when the first link of each kind dies. */
export function fetchSentence(jobs: readonly MediaJob[], now: number): string {
  const parts = (["photo", "video", "cover"] as const).flatMap((role) => {
    const own = jobs.filter((job) => job.media.role === role);
    if (own.length === 0) return [];
    const ends = own.flatMap(({ media }) => {
      const expires = mediaExpiry(media);
      return expires === null ? [] : [Date.parse(expires)];
    });
    const left = ends.reduce((first, end) => Math.min(first, end), Number.POSITIVE_INFINITY) - now;
    if (left > year) return [counted(own.length, role)];
    const whose = own.length === 1 ? "its link dies" : "the first link dies";
    return [`${counted(own.length, role)} (${whose} in ${timeLeft(left)})`];
  });
  return `Fetching ${parts.join(", ")}.`;
}
