import type { Draft } from "../../core/draft.ts";

/** The draft with these stop problems made warnings, since a person allowed them; itself when it has none of them. */
export function allowStops<Allowed extends Draft>(
  draft: Allowed,
  codes: ReadonlySet<string>,
): Allowed {
  const isAllowed = (each: Draft["problems"][number]) =>
    each.severity === "stop" && codes.has(each.code);
  if (!draft.problems.some(isAllowed)) return draft;
  const problems = draft.problems.map((each) =>
    isAllowed(each) ? { ...each, severity: "warn" as const } : each,
  );
  return { ...draft, problems };
}

/**
 * What a person allowed stays allowed as long as the words are the same; that it is no other post, as long
 * as the same others are in question.
 */
export function keepAllowed<Kept extends Draft>(before: Draft | null, draft: Kept): Kept {
  if (before === null) return draft;
  if (before.title !== draft.title || before.body !== draft.body) {
    const doubt = draft.problems.find((each) => each.code === "ambiguous-join");
    const isSame = (each: Draft["problems"][number]) =>
      each.severity === "warn" && each.code === doubt?.code && each.message === doubt.message;
    return before.problems.some(isSame) ? allowStops(draft, new Set(["ambiguous-join"])) : draft;
  }
  const allowed = before.problems.filter((each) => each.severity === "warn");
  return allowStops(draft, new Set(allowed.map((each) => each.code)));
}
