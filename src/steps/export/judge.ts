import type { PostEvent, PostResult } from "../../core/event.ts";
import { problem } from "../../core/problem.ts";
import type { Problem, ProblemCode } from "../../core/problem.ts";
import type { Store } from "../../store/open.ts";
import { allFiles, postProblems } from "../../store/posts.ts";
import type { FetchOutcome } from "./fetch-media.ts";
import type { KeptPost } from "./keep-records.ts";
import { isThere, placeName } from "./media-plan.ts";
import { isExtra } from "./offered-media.ts";

/** What became of one post in this run. */
export interface JudgedPost {
  event: PostEvent;
  /** What stands in posts.csv: a problem code, or "". */
  problem: string;
  told: Problem[];
}

/** What judging needs. */
export interface JudgeContext {
  root: string;
  store: Store;
  skipMedia: boolean;
  /** The run was asked to end. */
  interrupted: boolean;
}

/** Judges every post by what lies on the disk now, and by what this run was able to do about it. */
export async function judgePosts(
  context: JudgeContext,
  kept: readonly KeptPost[],
  outcome: FetchOutcome,
): Promise<JudgedPost[]> {
  const { files, problems } = await context.store.transaction(async (transaction) => ({
    files: await allFiles(transaction),
    problems: await postProblems(transaction),
  }));
  const there = files.filter((file) => !isExtra(file.role) && isThere(context.root, file));
  const whole = new Set(there.map((file) => placeName(file.post, file)));
  const withMedia = new Set(there.map((file) => file.post));
  const marked = new Set(there.flatMap((file) => (file.watermarked === 1 ? file.post : [])));
  return kept.map((each) => {
    const { key } = each.post;
    const misses = (media: readonly { role: string; position: number }[]) =>
      media.some((file) => !isExtra(file.role) && !whole.has(placeName(key, file)));
    const offered = each.offers.flatMap((offer) => offer.media);
    // A source of captions alone cannot mend what an earlier run missed; that is no failure of this run.
    const speaksOfMedia = each.offers.some((offer) => offer.promisesFiles);
    const told: Problem[] = [];
    let result = withoutMedia(each, outcome);
    let code: string = "";
    if (!context.skipMedia && misses(offered)) {
      const failed: ProblemCode | undefined = outcome.failed.get(key);
      if (failed === undefined && context.interrupted) result = "skipped";
      else {
        result = "failed";
        code = failed ?? "download-failed";
      }
    } else if (!context.skipMedia && speaksOfMedia && !withMedia.has(key)) {
      result = "failed";
      code = "no-media";
      told.push(noMedia(key));
    }
    const before = problems.get(key) ?? "";
    if (code === "" && (misses(each.named) || !withMedia.has(key)) && before !== "no-caption") {
      code = before;
    }
    if (code === "" && each.doubtful) code = "ambiguous-join";
    if (code === "" && marked.has(key)) code = "with-watermark";
    if (code === "" && each.post.caption === null) code = "no-caption";
    return { event: eventOf(each, result, outcome), problem: code, told };
  });
}

function withoutMedia({ post, isNew, changed }: KeptPost, outcome: FetchOutcome): PostResult {
  return isNew || outcome.arrived.has(post.key) || changed.includes("caption")
    ? "exported"
    : "unchanged";
}

function eventOf(
  { post, changed }: KeptPost,
  result: PostResult,
  { arrived }: FetchOutcome,
): PostEvent {
  const { key, id, url, date, kind, caption, visibility, pinned } = post;
  return {
    ...{ type: "post" as const, key, id, url, date, kind, caption, visibility, pinned },
    result,
    changed: [...changed, ...(arrived.has(key) ? ["media"] : [])],
  };
}

function noMedia(post: string): Problem {
  return problem(
    "no-media",
    "The source names no file for this post.",
    "Ask TikTok for a new archive and type `findmehere export NEW-ARCHIVE.zip`.",
    { post },
  );
}
