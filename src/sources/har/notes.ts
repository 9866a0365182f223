import { counted } from "../../core/counted.ts";
import { type Problem, problem } from "../../core/problem.ts";
import type { HarPosts } from "./posts.ts";

const again =
  "Open your profile again, scroll down to its end, and save all as HAR with content. What was read is kept.";

/** What is known beside the posts. */
export interface NotesAbout {
  handle: string;
  /** How many posts the profile says there are; null when it does not. */
  counts: number | null;
  /** Posts whose video the browser did not save. */
  withoutVideo: number;
}

/** What a person should know about what was read. */
export function* harNotes(
  told: HarPosts,
  { handle, counts, withoutVideo }: NotesAbout,
): Generator<Problem> {
  const { posts, others, bad, answers } = told;
  if (others > 0) {
    yield problem(
      "not-yours",
      `${counted(others, "post")} of other accounts than @${handle} stood in the HAR file and ${others === 1 ? "was" : "were"} left out.`,
      posts.size > 0
        ? ""
        : "None was yours. If one of them is you under an older name, set creator.handles.tiktok to it and export again.",
      posts.size > 0 ? {} : { severity: "warn" },
    );
  }
  if (bad.length > 0) {
    yield problem(
      "bad-record",
      `${counted(bad.length, "item")} of the HAR file could not be read, the first at ${bad[0]}; the others went on.`,
      "TikTok's zip has every post: `findmehere export my-tiktok-archive.zip`.",
    );
  }
  const unsaved = answers.filter(({ page }) => page === null).length;
  if (unsaved > 0) {
    yield problem(
      "list-page-missing",
      `The answers to ${counted(unsaved, "page")} of your list were not saved in the HAR file.`,
      again,
    );
  }
  const troubles = Map.groupBy(
    answers.flatMap(({ page }) => page?.trouble ?? []),
    ({ message }) => message,
  );
  for (const [message, same] of troubles) {
    yield problem(
      "list-page-missing",
      `${counted(same.length, "page")} of your list ${same.length === 1 ? "is" : "are"} missing. ${message}`,
      again,
    );
  }
  if (counts !== null && counts > posts.size) {
    yield problem(
      "posts-missing",
      `Your profile says ${counted(counts, "post")}; the HAR file has ${posts.size}.`,
      `${again} Or: TikTok's zip has them all, \`findmehere export my-tiktok-archive.zip\`.`,
    );
  }
  if (withoutVideo > 0) {
    yield problem(
      "no-media",
      `The HAR file has ${withoutVideo === 1 ? "no video of 1 post" : `no videos of ${withoutVideo} posts`}: the browser saves only what was played, and TikTok gives the rest to that browser alone.`,
      `TikTok's zip brings them: \`findmehere export my-tiktok-archive.zip\`. Or: \`findmehere export @${handle}\`.`,
      { severity: "note" },
    );
  }
}
