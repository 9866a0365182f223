import { counted } from "../../core/counted.ts";
import type { MediaJob } from "./media-plan.ts";
import { mediaExpiry } from "./offered-media.ts";

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

const kinds = [
  ["photo", /^photo$/],
  ["video", /^video$/],
  ["cover", /^cover$/],
  ["subtitle", /^subtitle\./],
] as const;

/** What is about to be fetched, and when the first link of each kind dies; what is here already is copied. */
export function fetchSentence(jobs: readonly MediaJob[], now: number): string {
  const { web = [], here = [] } = Object.groupBy(jobs, ({ media }) =>
    media.origins[0].at === "web" ? "web" : "here",
  );
  const fetched = byKind(web, (own, kind) => {
    const ends = own.flatMap(({ media }) => {
      const expires = mediaExpiry(media);
      return expires === null ? [] : [Date.parse(expires)];
    });
    const left = ends.reduce((first, end) => Math.min(first, end), Number.POSITIVE_INFINITY) - now;
    if (left > year) return counted(own.length, kind);
    const whose = own.length === 1 ? "its link dies" : "the first link dies";
    return `${counted(own.length, kind)} (${whose} in ${timeLeft(left)})`;
  });
  const taken = byKind(here, (own, kind) => counted(own.length, kind));
  const sentences = [
    ...(fetched === "" ? [] : [`Fetching ${fetched}.`]),
    ...(taken === "" ? [] : [`Taking over ${taken} from what you gave.`]),
  ];
  return sentences.join(" ");
}

function byKind(
  jobs: readonly MediaJob[],
  words: (own: readonly MediaJob[], kind: string) => string,
): string {
  return kinds
    .flatMap(([kind, role]) => {
      const own = jobs.filter((job) => role.test(job.media.role));
      return own.length === 0 ? [] : [words(own, kind)];
    })
    .join(", ");
}
