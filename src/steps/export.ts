import { foundAccounts } from "../announce/found-accounts.ts";
import type { Clock, Random } from "../core/clock.ts";
import type { Creator } from "../core/creator.ts";
import type { PostEvent, PostResult, Step, StepEvent } from "../core/event.ts";
import type { ExitName } from "../core/exit.ts";
import { counted } from "../core/counted.ts";
import { problem } from "../core/problem.ts";
import type { Problem } from "../core/problem.ts";
import type { HostRule } from "../download/hosts.ts";
import type { Store } from "../store/open.ts";
import { allFiles, postProblems, setPostProblem } from "../store/posts.ts";
import { fetchAvatar } from "./export/avatar.ts";
import { emptyOutcome, fetchMedia } from "./export/fetch-media.ts";
import { filterPosts } from "./export/filter.ts";
import type { ExportFilter } from "./export/filter.ts";
import { judgePosts } from "./export/judge.ts";
import type { JudgedPost } from "./export/judge.ts";
import { markGone, noteGone } from "./export/gone.ts";
import { keepProfile } from "./export/keep-profile.ts";
import { keepRecords } from "./export/keep-records.ts";
import type { KeptPost } from "./export/keep-records.ts";
import { planMedia } from "./export/media-plan.ts";
import { mediaExpiry } from "./export/offered-media.ts";
import type { ReadSources } from "./export/read-sources.ts";
import { writeLibrary, writePeople, writeProfile } from "./export/write-library.ts";
import { tidyUnited } from "./export/tidy-united.ts";
import { doubtNotes, unionNotes } from "./export/union-notes.ts";
import { finishRemovals } from "./finish-removals.ts";
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
  /** Write the tables of followers and of the people followed. */
  people: boolean;
  concurrency: number;
  /** The most that all downloads together take of the line; null: as much as there is. */
  bytesPerSecond: number | null;
  /** Make hard links of files of this machine, instead of copies. */
  link: boolean;
  /** TikTok handle, for the command that fetches missing captions. */
  handle: string;
  /** What the settings know of the creator's accounts. */
  creator: Pick<Creator, "handles">;
  /** Keys of removed posts to bring back. */
  restore: ReadonlySet<string>;
}

/** Brings the posts of what was read into the library: rows, media, text files, tables, manifest. */
export async function* exportPosts(request: ExportRequest): Step {
  const { root, store, read } = request;
  yield* finishRemovals(root, store);
  yield* tidyUnited(root, store);
  const now = new Date(request.clock.calendar()).toISOString();
  yield* read.problems;
  const wanted = filterPosts(read.posts, request.filter);
  const kept = await store.transaction((transaction) =>
    keepRecords(transaction, wanted, now, request.restore),
  );
  const goneNow = await store.transaction((transaction) => noteGone(transaction, read.coverage));
  yield* kept.problems;
  yield* goneNow.problems;
  yield* edited(kept.posts);
  yield* leftOut(kept.leftOut);
  yield* unionNotes(kept.unions);
  yield* doubtNotes(kept.doubts, new Set(kept.posts.map(({ post }) => post.key)));
  yield* tidyUnited(root, store);

  const outcome = emptyOutcome();
  const files = await store.transaction(allFiles);
  if (!request.skipMedia) {
    const plan = planMedia(root, kept.posts, files, request.clock.calendar());
    yield* expirySoon(
      plan.jobs.map((job) => mediaExpiry(job.media)),
      request.clock.calendar(),
    );
    const posts = kept.posts.map(({ post }) => post);
    yield* fetchMedia(plan, posts, request, outcome);
  }
  if (request.people) await writePeople(root, read.people);
  if (read.profiles.length > 0) {
    const shown = await store.transaction((transaction) =>
      keepProfile(transaction, read.profiles, now),
    );
    await writeProfile(root, shown);
    yield* foundAccounts(shown, request.creator);
    const [pictured] = read.profiles
      .filter(({ avatar }) => avatar.length > 0)
      .toSorted((a, b) => ((a.observed ?? "") < (b.observed ?? "") ? 1 : -1));
    if (!request.skipMedia && pictured !== undefined) yield* fetchAvatar(pictured, request);
  }

  const interrupted = request.drain.aborted;
  const results = await judgePosts({ ...request, interrupted }, kept.posts, outcome);
  await store.transaction(async (transaction) => {
    const before = await postProblems(transaction);
    for (const { event, problem: code } of results) {
      if (before.get(event.key) !== code) await setPostProblem(transaction, event.key, code);
    }
    await markGone(transaction, goneNow.gone);
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
  for (const stop of read.stops) yield stop.problem;
  const stopped = read.stops[0]?.exit ?? exitOf(results, outcome.busy);
  const exit: ExitName = request.drain.aborted ? "interrupted" : stopped;
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
      removed: kept.leftOut.length,
    },
  };
}

/** Where nothing else is wrong than that a server asked to slow down, nobody is needed: it only takes time. */
function exitOf(results: readonly JudgedPost[], busy: ReadonlySet<string>): ExitName {
  const failed = results.filter(({ event }) => event.result === "failed");
  if (failed.length === 0) return "done";
  return failed.every(({ event }) => busy.has(event.key)) ? "later" : "needsPerson";
}

/** TikTok lets captions be edited; the older words are not lost. */
function* edited(posts: readonly KeptPost[]): Generator<Problem> {
  for (const { post, captionBefore, offers } of posts) {
    // What a person typed is no news of TikTok's.
    if ((captionBefore ?? "") === "" || offers.some(({ named }) => named !== undefined)) continue;
    yield problem(
      "caption-edited",
      `The caption of the post of ${post.date.slice(0, 10)} is another one on TikTok now. Yours was updated; the older one is kept in post.json.`,
      "If you want the new words in your drafts, type `findmehere prepare`. Words that you edited yourself stay.",
      { post: post.key },
    );
  }
}

/** A removed post does not come back by itself. */
function* leftOut(keys: readonly string[]): Generator<Problem> {
  const [first] = keys;
  if (first === undefined) return;
  const shown = keys.slice(0, 5).join(", ") + (keys.length > 5 ? ", …" : "");
  yield problem(
    "removed-posts",
    `${counted(keys.length, "post")} that you removed ${keys.length === 1 ? "was" : "were"} left out: ${shown}.`,
    `To bring one back, type \`findmehere export ARCHIVE.zip --restore ${first}\`.`,
  );
}

/** Names the one command that fetches the captions which are missing. */
function* captionHelp(posts: readonly PostEvent[], handle: string): Generator<StepEvent> {
  const fix = `Captions are not in TikTok's archive. Type \`${captionCommand(handle)}\`: it reads them from your own page.`;
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
