import type { Destination } from "../core/destination.ts";
import type { Post } from "../core/post.ts";
import { problem } from "../core/problem.ts";
import type { Problem, ProblemCode } from "../core/problem.ts";
import { creditOf } from "../text/caption.ts";

/** What the sources told of a post and what counts elsewhere, too. */
export type LintedFacts = Pick<
  Post,
  "key" | "kind" | "caption" | "soundOriginal" | "madeFrom" | "paidPartnership" | "aiGenerated"
>;

/** The codes that `lintFacts` uses. They are about the post, whatever its words are. */
export const factCodes: ReadonlySet<ProblemCode> = new Set<ProblemCode>([
  "licensed-sound",
  "others-work",
  "paid-partnership",
  "ai-content",
]);

/** What is known of a post and matters where it goes out. What nobody knows is not guessed. */
export function lintFacts(destination: Destination, post: LintedFacts): Problem[] {
  const { id, title: place } = destination;
  const about = { post: post.key, to: id };
  const problems: Problem[] = [];
  // The music of a slideshow stays on TikTok; its photos are all that is carried over.
  if (post.kind === "video" && post.soundOriginal === false) {
    problems.push(
      problem(
        "licensed-sound",
        `The video plays a sound that is not your own. TikTok's licence does not hold on ${place}, so it may be muted or limited.`,
        "Where the sound matters, choose one from the app's own list when you post.",
        about,
      ),
    );
  }
  // The zip and the folders tell of neither, but TikTok itself writes the credit, which no draft carries on.
  const credit = post.madeFrom === null ? creditOf(post.caption ?? "") : null;
  const madeFrom = credit ?? post.madeFrom;
  if (madeFrom === "duet" || madeFrom === "stitch") {
    problems.push(
      problem(
        "others-work",
        credit === null
          ? `It is a ${madeFrom}: a part of it is someone else's work.`
          : `Its caption says that it is a ${madeFrom}: a part of it is someone else's work.`,
        `Ask them first. With their yes, type \`findmehere queue release ${post.key}@${id} --allow others-work\`.`,
        about,
      ),
    );
  }
  if (post.paidPartnership === true) {
    problems.push(
      problem(
        "paid-partnership",
        "On TikTok it was declared as advertising.",
        `Declare it in the options on ${place}, too, when you post: advertising (广告合作).`,
        about,
      ),
    );
  }
  if (post.aiGenerated === true) {
    problems.push(
      problem(
        "ai-content",
        "On TikTok it was declared as made with AI.",
        `Declare it in the options on ${place}, too, when you post: made with AI (AI 生成).`,
        about,
      ),
    );
  }
  return problems;
}
