import type { Clock, Random } from "../core/clock.ts";
import type { PostEvent, PostResult, Step, StepEvent } from "../core/event.ts";
import type { ExitName } from "../core/exit.ts";
import { counted } from "../core/counted.ts";
import { problem } from "../core/problem.ts";
import type { Problem } from "../core/problem.ts";
import type { HostRule } from "../download/hosts.ts";
import type { Store } from "../store/open.ts";
import { allFiles, setPostProblem } from "../store/posts.ts";
import { fetchAvatar } from "./export/avatar.ts";
import { fetchMedia } from "./export/fetch-media.ts";
import type { FetchOutcome } from "./export/fetch-media.ts";
import { filterPosts } from "./export/filter.ts";
import type { ExportFilter } from "./export/filter.ts";
import { judgePosts } from "./export/judge.ts";
import { keepRecords } from "./export/keep-records.ts";
import { planMedia } from "./export/media-plan.ts";
import type { ReadSources } from "./export/read-sources.ts";
import { writeLibrary, writeProfile } from "./export/write-library.ts";
import { captionCommand } from "./first-things.ts";

/** What an export needs. */
export interface ExportRequest {
  root: string;
  store: Store;
  clock: Clock;
  random: Random;
  hosts: HostRule;
  /** Finish the item in hand / stop now. */
  drain: AbortSignal;
  stop: AbortSignal;
  /** What the inputs said, already cut down to the creator's own. */
  read: ReadSources;
  filter: ExportFilter;
  skipMedia: boolean;
  concurrency: number;
  /** TikTok handle, for the command that fetches missing captions. */
  handle: string;
}

/** Brings the posts of what was read into the library: rows, media, text files, tables, manifest. */
export async function* exportPosts(request: ExportRequest): Step {
  const { root, store, read } = request;
  const now = new Date(request.clock.calendar()).toISOString();
  yield* read.problems;
  const wanted = filterPosts(read.posts, request.filter);
  const kept = await store.transaction((transaction) => keepRecords(transaction, wanted, now));
  yield* kept.problems;

  const outcome: FetchOutcome = { bytes: 0, arrived: new Set(), failed: new Map() };
  const files = await store.transaction(allFiles);
  if (!request.skipMedia) {
    const plan = planMedia(root, kept.posts, files, request.clock.calendar());
    yield* expirySoon(
      plan.jobs.map((job) => job.media.expires),
      request.clock.calendar(),
    );
    yield* fetchMedia(plan, kept.posts, request, outcome);
  }
  const profile =
    read.profiles.find((each) => each.source === "tiktok-archive") ?? read.profiles[0];
  if (profile !== undefined) {
    await writeProfile(root, profile);
    if (!request.skipMedia) yield* fetchAvatar(profile, request);
  }

  const interrupted = request.drain.aborted;
  const results = await judgePosts({ ...request, interrupted }, kept.posts, outcome);
  await store.transaction(async (transaction) => {
    for (const each of results) await setPostProblem(transaction, each.event.key, each.problem);
  });
  await writeLibrary(root, store);
  for (const { event, told } of results) {
    yield* told;
    yield event;
  }
  yield* captionHelp(
    results.map(({ event }) => event),
    request.handle,
  );

  const count = (result: PostResult) =>
    results.filter(({ event }) => event.result === result).length;
  const unjoined = kept.problems.length;
  const exit: ExitName = request.drain.aborted
    ? "interrupted"
    : count("failed") > 0
      ? "needsPerson"
      : "done";
  return {
    exit,
    summary: {
      type: "summary",
      command: "export",
      schemaVersion: 1,
      found: results.length,
      exported: count("exported"),
      unchanged: count("unchanged"),
      skipped: count("skipped"),
      failed: count("failed"),
      bytes: outcome.bytes,
      unjoined,
    },
  };
}

/** Names the one command that fetches the captions which are missing. */
function* captionHelp(posts: readonly PostEvent[], handle: string): Generator<StepEvent> {
  const fix = `Captions are not in TikTok's archive. Type \`${captionCommand(handle)}\`, then \`findmehere export captions\`.`;
  for (const post of posts) {
    if (post.caption !== null || post.visibility === "private" || post.visibility === "friends") {
      continue;
    }
    yield problem(
      "no-caption",
      `No caption was found for the post of ${post.date.slice(0, 10)}.`,
      fix,
      { post: post.key },
    );
  }
}

function* expirySoon(expiries: readonly (string | null)[], now: number): Generator<Problem> {
  const day = 86_400_000;
  const soon = expiries
    .filter((expires) => expires !== null)
    .map((expires) => Date.parse(expires))
    .filter((at) => at > now && at - now < day);
  if (soon.length === 0) return;
  const hours = Math.max(1, Math.floor((Math.min(...soon) - now) / 3_600_000));
  yield problem(
    "links-expire-soon",
    `${counted(soon.length, "link")} of the archive ${soon.length === 1 ? "dies" : "die"} within a day, the first in about ${counted(hours, "hour")}.`,
    "Leave this running until it is done. Photos are fetched first.",
  );
}
