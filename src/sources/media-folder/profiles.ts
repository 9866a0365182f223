import type { SourceProfile } from "../../core/source.ts";

/** A profile of which little more than the handle is known. */
export function profileHint(
  source: string,
  said: Pick<SourceProfile, "handle"> & Partial<SourceProfile>,
): SourceProfile {
  return {
    type: "profile",
    source,
    displayName: null,
    bio: null,
    followers: null,
    following: null,
    likes: null,
    posts: null,
    observed: null,
    avatar: [],
    lemon8: null,
    ...said,
  };
}

/** One profile for each handle: field by field what was seen last counts. */
export function mergeProfiles(hints: readonly SourceProfile[]): SourceProfile[] {
  const inOrder = hints.toSorted((a, b) => compare(a.observed ?? "", b.observed ?? ""));
  const byHandle = Map.groupBy(inOrder, ({ handle }) => (handle ?? "").toLowerCase());
  return [...byHandle.values()].flatMap(([first, ...others]) =>
    first === undefined ? [] : others.reduce(withNewer, first),
  );
}

function withNewer(older: SourceProfile, newer: SourceProfile): SourceProfile {
  const said = Object.entries(newer).filter(([, value]) => value !== null);
  const avatar = newer.avatar.length > 0 ? newer.avatar : older.avatar;
  return { ...older, ...Object.fromEntries(said), avatar };
}

function compare(left: string, right: string): number {
  return left < right ? -1 : Number(left > right);
}
