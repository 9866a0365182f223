import { stat } from "node:fs/promises";
import { join } from "node:path";
import type { Clock, Random } from "../../core/clock.ts";
import type { ProgressEvent } from "../../core/event.ts";
import { counted } from "../../core/counted.ts";
import { problem } from "../../core/problem.ts";
import type { Problem, ProblemCode } from "../../core/problem.ts";
import { DownloadError } from "../../download/error.ts";
import type { DownloadErrorClass } from "../../download/error.ts";
import type { HostRule } from "../../download/hosts.ts";
import { judgeMedia } from "../../download/media-type.ts";
import { downloadAll } from "../../download/pool.ts";
import { hashFile } from "../../library/manifest.ts";
import type { Store } from "../../store/open.ts";
import { putFile } from "../../store/posts.ts";
import type { KeptPost } from "./keep-records.ts";
import { byUrgency } from "./media-plan.ts";
import type { MediaJob, MediaPlan } from "./media-plan.ts";

/** What the fetching needs. */
export interface FetchContext {
  root: string;
  store: Store;
  clock: Clock;
  random: Random;
  hosts: HostRule;
  concurrency: number;
  drain: AbortSignal;
  stop: AbortSignal;
}

/** What came of the fetching; filled while it runs. */
export interface FetchOutcome {
  bytes: number;
  /** Posts that got at least one new file. */
  arrived: Set<string>;
  /** Why a file of a post is missing, by post key; covers are not counted. */
  failed: Map<string, ProblemCode>;
}

/** Fetches what a plan wants, several files at once; every file's row is written when it is whole. */
export async function* fetchMedia(
  plan: MediaPlan,
  kept: readonly KeptPost[],
  context: FetchContext,
  outcome: FetchOutcome,
): AsyncGenerator<Problem | ProgressEvent> {
  const folders = new Map(kept.map(({ post }) => [post.key, post.folder]));
  const jobs = [...plan.jobs];
  for (const stray of plan.strays) {
    if (!(await adoptStray(stray, context, outcome))) jobs.push(stray.job);
  }
  yield* expiredProblems(jobs, outcome);
  const open = jobs.filter((job) => !job.expired).toSorted(byUrgency);
  const progress = () => ({
    type: "progress" as const,
    what: "Fetching media",
    done,
    total: open.length,
    bytes: outcome.bytes,
  });
  let done = 0;
  if (open.length > 0) yield progress();
  const pool = downloadAll(open, {
    concurrency: context.concurrency,
    drain: context.drain,
    context: {
      allowedHosts: context.hosts,
      clock: context.clock,
      random: context.random,
      signal: context.stop,
    },
  });
  for await (const ended of pool) {
    const { job } = ended;
    done += 1;
    if ("result" in ended) {
      const { file, bytes, sha256, mediaType } = ended.result;
      const path = `${folders.get(job.post) ?? ""}/${file}`;
      await keepFile(job, { path, bytes, sha256, mediaType }, context);
      outcome.bytes += bytes;
      outcome.arrived.add(job.post);
    } else if (ended.error.class !== "stopped") {
      yield failure(job, ended.error, outcome);
    }
    yield progress();
  }
}

/** Takes in a whole file that a killed run left without a row; false when it is not what it seems. */
async function adoptStray(
  { job, path }: MediaPlan["strays"][number],
  context: FetchContext,
  outcome: FetchOutcome,
): Promise<boolean> {
  const file = join(context.root, path);
  const { size } = await stat(file);
  let mediaType: string;
  try {
    ({ mediaType } = await judgeMedia(file, size, job.request.expect, null));
  } catch (error) {
    if (error instanceof DownloadError) return false;
    throw error;
  }
  const sha256 = await hashFile(file);
  await keepFile(job, { path, bytes: size, sha256, mediaType }, context);
  outcome.arrived.add(job.post);
  return true;
}

async function keepFile(
  job: MediaJob,
  file: { path: string; bytes: number; sha256: string; mediaType: string },
  { store }: FetchContext,
): Promise<void> {
  await store.transaction((transaction) =>
    putFile(transaction, {
      path: file.path,
      post: job.post,
      role: job.media.role,
      position: job.media.position,
      bytes: file.bytes,
      sha256: file.sha256,
      media_type: file.mediaType,
      object_id: job.media.objectId,
    }),
  );
}

function* expiredProblems(jobs: readonly MediaJob[], outcome: FetchOutcome): Generator<Problem> {
  const expired = jobs.filter((job) => job.expired);
  for (const job of expired) {
    if (job.media.role !== "cover") outcome.failed.set(job.post, "links-expired");
  }
  const byDay = Map.groupBy(expired, (job) => (job.media.expires ?? "").slice(0, 10));
  for (const [day, own] of [...byDay].toSorted(([a], [b]) => (a < b ? -1 : 1))) {
    const needed = own.some((job) => job.media.role !== "cover");
    const posts = new Set(own.map((job) => job.post)).size;
    yield problem(
      "links-expired",
      `The ${own.length === 1 ? "link" : "links"} to ${counted(own.length, needed ? "file" : "cover")} of ${counted(posts, "post")} died on ${day}. Nothing was asked for.`,
      needed
        ? "Ask TikTok for a new archive (Settings, Account, Download your data, JSON) and type `findmehere export NEW-ARCHIVE.zip`. It completes this library."
        : "",
      { severity: needed ? "warn" : "note" },
    );
  }
}

const reasons: Record<
  Exclude<DownloadErrorClass, "stopped">,
  { code: ProblemCode; why: string | null; fix: string }
> = {
  expired: {
    code: "links-expired",
    why: "the link in the archive has died",
    fix: "Ask TikTok for a new archive and type `findmehere export NEW-ARCHIVE.zip`.",
  },
  forbidden: {
    code: "download-failed",
    why: "the server refused it (403); the link may have died early",
    fix: "Ask TikTok for a new archive and type `findmehere export NEW-ARCHIVE.zip`.",
  },
  gone: {
    code: "file-gone",
    why: "the server no longer has it",
    fix: "Ask TikTok for a new archive; if it is gone there too, only your phone may still have it.",
  },
  busy: {
    code: "download-failed",
    why: "the server asked to slow down",
    fix: "Type the same command again in an hour; it goes on where it stopped.",
  },
  server: {
    code: "download-failed",
    why: "the server had a fault",
    fix: "Type the same command again later; it goes on where it stopped.",
  },
  network: {
    code: "download-failed",
    why: "the connection failed",
    fix: "Look at your internet connection and type the same command again; it goes on where it stopped.",
  },
  transfer: {
    code: "download-failed",
    why: "the file did not arrive whole",
    fix: "Type the same command again; it goes on where it stopped.",
  },
  "not-media": {
    code: "not-media",
    // It may be empty, a page, or a picture in the place of a video: the finding itself says it best.
    why: null,
    fix: "Type the same command again later; if it stays, ask TikTok for a new archive.",
  },
  "host-refused": {
    code: "host-refused",
    why: "its address is not on a known TikTok media host",
    fix: "If you trust that host, add it: `findmehere config set network.allowHosts HOST`.",
  },
  disk: {
    code: "download-failed",
    why: "the disk is full or cannot be written",
    fix: "Make room on the disk and type the same command again; it goes on where it stopped.",
  },
};

function failure(job: MediaJob, error: DownloadError, outcome: FetchOutcome): Problem {
  const { code, why, fix } = reasons[error.class as Exclude<DownloadErrorClass, "stopped">];
  const isCover = job.media.role === "cover";
  if (!isCover) outcome.failed.set(job.post, code);
  const what = job.media.role === "photo" ? `photo ${job.media.position}` : job.media.role;
  const host = error.host === null ? "" : ` (${error.host})`;
  return problem(code, `The ${what} could not be fetched: ${why ?? error.reason}${host}.`, fix, {
    post: job.post,
    ...(isCover ? { severity: "note" as const } : {}),
  });
}
