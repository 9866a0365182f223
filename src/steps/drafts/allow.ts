import type { Draft } from "../../core/draft.ts";
import type { Problem } from "../../core/problem.ts";

/** The draft with these stop problems made warnings, since a person allowed them; itself when it has none of them. */
export function allowStops<Allowed extends Draft>(
  draft: Allowed,
  codes: ReadonlySet<string>,
): Allowed {
  return allowWhere(draft, (each) => codes.has(each.code));
}

/** What is about the post itself: it stays allowed whatever the words are, as long as it says the same. */
const aboutPost: ReadonlySet<string> = new Set(["ambiguous-join", "others-work"]);

/**
 * What a person allowed stays allowed as long as the words are the same; that it is no other post, as long
 * as the same others are in question; that someone else's work may go out, always.
 */
export function keepAllowed<Kept extends Draft>(before: Draft | null, draft: Kept): Kept {
  if (before === null) return draft;
  const sameWords = before.title === draft.title && before.body === draft.body;
  return allowWhere(draft, (stop) =>
    before.problems.some((each) => {
      if (each.severity !== "warn" || each.code !== stop.code) return false;
      if (aboutPost.has(stop.code) && !sameWords) return each.message === stop.message;
      // Words of one kind may both stop and only warn: what was a warning all along allows nothing.
      return sameWords && (stop.where === undefined || each.message === stop.message);
    }),
  );
}

function allowWhere<Allowed extends Draft>(
  draft: Allowed,
  isAllowed: (stop: Problem) => boolean,
): Allowed {
  const isFreed = (each: Problem) => each.severity === "stop" && isAllowed(each);
  if (!draft.problems.some(isFreed)) return draft;
  const problems = draft.problems.map((each) =>
    isFreed(each) ? { ...each, severity: "warn" as const } : each,
  );
  return { ...draft, problems };
}
