import { rm } from "node:fs/promises";
import { join } from "node:path";
import type { ProgressEvent, SayEvent } from "../../core/talk.ts";
import type { Post } from "../../core/post.ts";
import type { Problem, ProblemCode } from "../../core/problem.ts";
import type { DownloadError } from "../../download/error.ts";
import type { DownloadResult } from "../../download/download.ts";
import { adoptFile, keepFile } from "./adopt.ts";
import { failureWords } from "./failure-words.ts";
import { downloadContext } from "./fetch-context.ts";
import type { FetchContext } from "./fetch-context.ts";
import {
  expiredProblems,
  failureProblem,
  formProblems,
  notAsked,
  notLinked,
} from "./fetch-problems.ts";
import { byUrgency } from "./media-plan.ts";
import type { MediaJob, MediaPlan } from "./media-plan.ts";
import { isExtra } from "./offered-media.ts";
import { takePlace } from "./replace.ts";
import { fetchSentence } from "./time-left.ts";

/** What came of the fetching; filled while it runs. */
export interface FetchOutcome {
  bytes: number;
  /** Posts that got at least one new file. */
  arrived: Set<string>;
  /** Why a file of a post is missing, by post key; covers and subtitles are not counted. */
  failed: Map<string, ProblemCode>;
  /** Of these the posts that miss something only because a server asked to slow down. */
  busy: Set<string>;
  /** Posts of which only the form with TikTok's mark came in this run. */
  watermarked: Set<string>;
}

/** An outcome with nothing in it. */
export function emptyOutcome(): FetchOutcome {
  return {
    ...{ bytes: 0, arrived: new Set(), failed: new Map(), busy: new Set() },
    watermarked: new Set(),
  };
}

/** Fetches what a plan wants, several files at once; every file's row is written when it is whole. */
export async function* fetchMedia(
  plan: MediaPlan,
  posts: readonly Pick<Post, "key" | "folder">[],
  context: FetchContext,
  outcome: FetchOutcome,
): AsyncGenerator<Problem | ProgressEvent | SayEvent> {
  const folders = new Map(posts.map(({ key, folder }) => [key, folder]));
  for (const { clean, old } of plan.replaced) {
    await takePlace(context.root, context.store, clean, old);
  }
  const jobs = [...plan.jobs, ...(await adoptStrays(plan, context, outcome))];
  const expired = jobs.filter((job) => job.expired);
  for (const { post, media } of expired) {
    if (!isExtra(media.role)) outcome.failed.set(post, "links-expired");
  }
  yield* expiredProblems(expired);
  const open = jobs.filter((job) => !job.expired).toSorted(byUrgency);
  const progress = () => ({
    type: "progress" as const,
    what: "Fetching media",
    done,
    total: open.length,
    bytes: outcome.bytes,
  });
  let done = 0;
  let told = 0;
  let unlinked = 0;
  let broken: DownloadError | null = null;
  if (open.length === 0) return;
  yield { type: "say", text: fetchSentence(open, context.clock.calendar()) };
  yield progress();
  // A run with nothing to fetch starts without the network's libraries.
  const { downloadAll } = await import("../../download/pool.ts");
  const pool = downloadAll(open, {
    concurrency: context.concurrency,
    drain: context.drain,
    context: downloadContext(context, context.concurrency),
  });
  for await (const ended of pool) {
    const { job } = ended;
    done += 1;
    if ("result" in ended) {
      const { result } = ended;
      if (await keep(job, result, folders.get(job.post) ?? "", context)) {
        outcome.bytes += result.bytes;
        outcome.arrived.add(job.post);
        if (result.origin.watermarked === true) outcome.watermarked.add(job.post);
        yield* formProblems(job, result);
      }
      unlinked += Number(result.unlinked);
      told += 1;
    } else if (ended.error.class !== "stopped") {
      if (ended.error.class === "disk") broken = ended.error;
      noteFailure(job, ended.error, outcome);
      yield failureProblem(job, ended.error);
      told += 1;
    }
    yield progress();
  }
  if (unlinked > 0) yield notLinked(unlinked);
  if (broken !== null && told < open.length) yield notAsked(open.length - told, broken);
}

/** Takes in what a killed run left whole; answers the jobs that are open still. */
async function adoptStrays(
  { strays }: MediaPlan,
  context: FetchContext,
  outcome: FetchOutcome,
): Promise<MediaJob[]> {
  const open: MediaJob[] = [];
  for (const { job, path } of strays) {
    const { post, media, request } = job;
    const { role, position, objectId } = media;
    const { folder, name, expect } = request;
    const watermarked = media.origins.every((origin) => origin.watermarked === true);
    const own = { post, role, position, objectId, watermarked };
    const place = { ...own, folder, name, expect, path };
    if (await adoptFile(context.root, context.store, place)) {
      outcome.arrived.add(post);
      if (watermarked) outcome.watermarked.add(post);
      if (job.replaces !== undefined) {
        await takePlace(context.root, context.store, path, job.replaces);
      }
    } else open.push(job);
  }
  return open;
}

/** Writes the row of a file that came; false where it is no better than the one it was to replace. */
async function keep(
  job: MediaJob,
  result: DownloadResult,
  folder: string,
  { root, store }: FetchContext,
): Promise<boolean> {
  const { bytes, sha256, mediaType } = result;
  const path = `${folder}/${result.file}`;
  if (job.replaces !== undefined && result.silent) {
    await rm(join(root, path));
    return false;
  }
  const { role, position, objectId } = job.media;
  const watermarked = result.origin.watermarked === true;
  const own = { path, post: job.post, role, position, objectId, watermarked };
  await keepFile(store, { ...own, bytes, sha256, mediaType });
  if (job.replaces !== undefined) await takePlace(root, store, path, job.replaces);
  return true;
}

/** A file that a post can do without, or has in another form, fails no post. */
function noteFailure(job: MediaJob, error: DownloadError, outcome: FetchOutcome): void {
  if (isExtra(job.media.role) || job.replaces !== undefined) return;
  const onlyBusy = !outcome.failed.has(job.post) || outcome.busy.has(job.post);
  if (error.class === "busy" && onlyBusy) outcome.busy.add(job.post);
  else outcome.busy.delete(job.post);
  outcome.failed.set(job.post, failureWords(error).code);
}
