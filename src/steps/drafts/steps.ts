import type { Bilingual, Destination } from "../../core/destination.ts";
import type { Draft } from "../../core/draft.ts";
import { isVideoName } from "../../core/media-ending.ts";
import type { Post } from "../../core/post.ts";
import { tickStep } from "./declarations.ts";

/** One step as a page shows it. */
export interface ShownStep extends Bilingual {
  /** True for what does harm when it is forgotten. */
  important: boolean;
}

/**
 * The steps of this draft, in their order: those of its kind of media, those of this page, and instead of "declare it
 * if it is true" what has to be ticked, where that is known. An introduction has no files of ours: its photo is the
 * creator's own.
 * @param post null for an introduction
 */
export function stepsOf(
  { handoff }: Destination,
  draft: Pick<Draft, "media" | "problems">,
  post: Post | null,
  page: "folder" | "served",
): ShownStep[] {
  const drawn = draft.media.some(isVideoName) ? "video" : "photos";
  const kind = post?.kind ?? (draft.media.length === 0 ? "own" : drawn);
  const ticked = tickStep(draft, post);
  return handoff.steps
    .filter((step) => step.kind === undefined || step.kind === kind)
    .filter((step) => step.page === undefined || step.page === page)
    .map(({ text, important, declares }) =>
      declares === true && ticked !== null
        ? { ...ticked, important: true }
        : { ...text, important: important === true },
    );
}
