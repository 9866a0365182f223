import { counted } from "../../core/counted.ts";
import { problem } from "../../core/problem.ts";
import type { Problem } from "../../core/problem.ts";
import type { DownloadResult } from "../../download/download.ts";
import type { DownloadError } from "../../download/error.ts";
import { failureWords, newLinks } from "./failure-words.ts";
import type { MediaJob } from "./media-plan.ts";
import { isExtra, mediaExpiry } from "./offered-media.ts";

const newArchive =
  "Ask TikTok for a new archive (Settings, Account, Download your data, JSON) and type `findmehere export NEW-ARCHIVE.zip`. It completes this library.";

/** What is said of jobs whose links have died, by the day they died on. */
export function* expiredProblems(expired: readonly MediaJob[]): Generator<Problem> {
  const byDay = Map.groupBy(expired, (job) => (mediaExpiry(job.media) ?? "").slice(0, 10));
  for (const [day, own] of [...byDay].toSorted(([a], [b]) => (a < b ? -1 : 1))) {
    const needed = own.some((job) => !isExtra(job.media.role));
    const covers = own.every((job) => job.media.role === "cover");
    const posts = new Set(own.map((job) => job.post)).size;
    yield problem(
      "links-expired",
      `The ${own.length === 1 ? "link" : "links"} to ${counted(own.length, covers ? "cover" : "file")} of ${counted(posts, "post")} died on ${day}. Nothing was asked for.`,
      !needed ? "" : own.every(isOfPage) ? newLinks : newArchive,
      { severity: needed ? "warn" : "note" },
    );
  }
}

/** The disk failed for one file and so for all: what was therefore not fetched. */
export function notAsked(count: number, error: DownloadError): Problem {
  return problem(
    "download-failed",
    `${counted(count, "more file")} ${count === 1 ? "was" : "were"} not fetched: ${error.reason}.`,
    failureWords(error).fix,
  );
}

/** Hard links were wanted, and the disk made none of some files. */
export function notLinked(count: number): Problem {
  return problem(
    "not-linked",
    `${counted(count, "file")} ${count === 1 ? "was" : "were"} copied and not linked: your library and what you gave lie on two disks, or the disk makes no links.`,
    "",
  );
}

/** What is to be said of a file that came, but not in its best form. */
export function* formProblems(job: MediaJob, result: DownloadResult): Generator<Problem> {
  const { post } = job;
  if (result.origin.watermarked === true) {
    yield problem(
      "with-watermark",
      `The ${fileName(job)} could be had only with TikTok's mark in it.`,
      "Export again later, or export TikTok's archive: a form without the mark takes its place.",
      { post },
    );
  }
  if (result.silent) {
    yield problem(
      "no-sound",
      "Every form of the video that could be had lacks sound, or does not play everywhere. The best of them was kept.",
      "Play it once. If something is missing, export TikTok's archive too.",
      { post },
    );
  }
}

/** What is said of a file that could not be had. */
export function failureProblem(job: MediaJob, error: DownloadError): Problem {
  const { code, why, fix } = failureWords(error, isOfPage(job));
  const host = error.host === null ? "" : ` (${error.host})`;
  const what =
    job.replaces === undefined
      ? `The ${fileName(job)}`
      : `The ${fileName(job)} without TikTok's mark`;
  const done = error.class === "source" ? "taken over" : "fetched";
  const minor = isExtra(job.media.role) || job.replaces !== undefined;
  return problem(code, `${what} could not be ${done}: ${why}${host}.`, fix, {
    post: job.post,
    ...(minor ? { severity: "note" as const } : {}),
  });
}

/** True when an address came from the creator's own page, open in the browser or saved. */
function isOfPage({ media }: MediaJob): boolean {
  return media.origins.some((origin) => origin.at === "web" && origin.headers !== undefined);
}

function fileName({ media: { role, position } }: MediaJob): string {
  if (role === "photo") return `photo ${position}`;
  return role.startsWith("subtitle.") ? `subtitle (${role.slice("subtitle.".length)})` : role;
}
