import type { Draft } from "../../core/draft.ts";
import type { DraftEdit } from "../../core/draft-edit.ts";
import { lineDifference, shortDifference } from "../../text/difference.ts";

/** More lines than this are counted, not shown. */
const mostLines = 40;

/** What a person changed, part by part; words that are the same as ours are no edit. */
export function editsOf(
  draft: Pick<Draft, "post" | "to" | "title" | "body">,
  theirs: { title?: string; body?: string },
): DraftEdit[] {
  return (["title", "body"] as const).flatMap((part) => {
    const yours = theirs[part];
    const ours = draft[part];
    if (yours === undefined || yours === ours) return [];
    const difference = shortDifference(lineDifference(ours, yours), mostLines);
    return [
      { type: "edit" as const, post: draft.post, to: draft.to, part, yours, ours, difference },
    ];
  });
}
