import type { Clock, Random } from "../../core/clock.ts";
import type { ProgressEvent, SayEvent } from "../../core/talk.ts";
import { counted } from "../../core/counted.ts";
import type { Post } from "../../core/post.ts";
import { problem } from "../../core/problem.ts";
import type { Problem, ProblemCode } from "../../core/problem.ts";
import type { DownloadError } from "../../download/error.ts";
import type { HostRule } from "../../download/hosts.ts";
import { downloadAll } from "../../download/pool.ts";
import type { Store } from "../../store/open.ts";
import { adoptFile, keepFile } from "./adopt.ts";
import { failureWords } from "./failure-words.ts";
import { byUrgency, mediaExpiry } from "./media-plan.ts";
import type { MediaJob, MediaPlan } from "./media-plan.ts";
import { fetchSentence } from "./time-left.ts";

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
  /** Of these the posts that miss something only because a server asked to slow down. */
  busy: Set<string>;
}

/** An outcome with nothing in it. */
export function emptyOutcome(): FetchOutcome {
  return { bytes: 0, arrived: new Set(), failed: new Map(), busy: new Set() };
}

/** Fetches what a plan wants, several files at once; every file's row is written when it is whole. */
export async function* fetchMedia(
  plan: MediaPlan,
  posts: readonly Pick<Post, "key" | "folder">[],
  context: FetchContext,
  outcome: FetchOutcome,
): AsyncGenerator<Problem | ProgressEvent | SayEvent> {
  const folders = new Map(posts.map(({ key, folder }) => [key, folder]));
  const jobs = [...plan.jobs];
  for (const stray of plan.strays) {
    const { post, media, request } = stray.job;
    const { role, position, objectId } = media;
    const { folder, name, expect } = request;
    const place = { post, role, position, objectId, folder, name, expect, path: stray.path };
    if (await adoptFile(context.root, context.store, place)) outcome.arrived.add(post);
    else jobs.push(stray.job);
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
  let told = 0;
  let broken: DownloadError | null = null;
  if (open.length > 0) {
    yield { type: "say", text: fetchSentence(open, context.clock.calendar()) };
    yield progress();
  }
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
      const { file, resumed: _resumed, ...whole } = ended.result;
      const { role, position, objectId } = job.media;
      const path = `${folders.get(job.post) ?? ""}/${file}`;
      await keepFile(context.store, { ...whole, path, post: job.post, role, position, objectId });
      outcome.bytes += whole.bytes;
      outcome.arrived.add(job.post);
      told += 1;
    } else if (ended.error.class !== "stopped") {
      if (ended.error.class === "disk") broken = ended.error;
      yield failure(job, ended.error, outcome);
      told += 1;
    }
    yield progress();
  }
  if (broken !== null && told < open.length) yield notAsked(open.length - told, broken);
}

function* expiredProblems(jobs: readonly MediaJob[], outcome: FetchOutcome): Generator<Problem> {
  const expired = jobs.filter((job) => job.expired);
  for (const job of expired) {
    if (job.media.role !== "cover") outcome.failed.set(job.post, "links-expired");
  }
  const byDay = Map.groupBy(expired, (job) => (mediaExpiry(job.media) ?? "").slice(0, 10));
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

/** The disk failed for one file and so for all: what was therefore not fetched. */
function notAsked(count: number, error: DownloadError): Problem {
  return problem(
    "download-failed",
    `${counted(count, "more file")} ${count === 1 ? "was" : "were"} not fetched: ${error.reason}.`,
    failureWords(error).fix,
  );
}

function failure(job: MediaJob, error: DownloadError, outcome: FetchOutcome): Problem {
  const { code, why, fix } = failureWords(error);
  const isCover = job.media.role === "cover";
  if (!isCover) {
    const onlyBusy = !outcome.failed.has(job.post) || outcome.busy.has(job.post);
    if (error.class === "busy" && onlyBusy) outcome.busy.add(job.post);
    else outcome.busy.delete(job.post);
    outcome.failed.set(job.post, code);
  }
  const what = job.media.role === "photo" ? `photo ${job.media.position}` : job.media.role;
  const host = error.host === null ? "" : ` (${error.host})`;
  return problem(code, `The ${what} could not be fetched: ${why}${host}.`, fix, {
    post: job.post,
    ...(isCover ? { severity: "note" as const } : {}),
  });
}
