import type { FollowersEvent } from "../../core/event.ts";
import { unknownCounts } from "../../core/follower-count.ts";
import type { FollowerCount } from "../../core/follower-count.ts";
import { localDay } from "../../queue/local.ts";

/** Where the creator comes from; every other place is a destination. */
export const homePlace = "tiktok";

/** A place as people know it, and the creator's name there. */
export interface CountedPlace {
  /** `tiktok`, or the id of a destination. */
  id: string;
  title: string;
  /** May be empty. */
  account: string;
}

/** The oldest first; what a person typed for a day stands behind what was read on it, since it is the later word. */
export function inOrder(
  counts: readonly FollowerCount[],
  places: readonly CountedPlace[],
  zone: string,
): FollowerCount[] {
  const ids = places.map(({ id }) => id);
  const keyOf = (count: FollowerCount) => `${dayOf(count, zone) ?? ""} ${instantOf(count) ?? "~"}`;
  return counts
    .map((count) => ({ count, key: keyOf(count), place: ids.indexOf(count.place) }))
    .toSorted((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : a.place - b.place))
    .map(({ count }) => count);
}

/** The newest count of each place; null where there is none. */
export function newestCounts(
  counts: readonly FollowerCount[],
  places: readonly CountedPlace[],
  zone: string,
): Map<string, FollowerCount | null> {
  const ordered = inOrder(counts, places, zone);
  return new Map(
    places.map(({ id }) => [id, ordered.findLast(({ place }) => place === id) ?? null]),
  );
}

/** A count as scripts see it. */
export function followersEvent(count: FollowerCount, zone: string): FollowersEvent {
  const { place, account, followers, following, posts, likes, saves, source } = count;
  return {
    ...{ type: "followers", place, account, followers, following, posts, likes, saves },
    ...{ date: dayOf(count, zone), at: instantOf(count), source },
  };
}

/** Nothing became known of a place. */
export function unknownEvent({ id, account }: CountedPlace): FollowersEvent {
  return {
    ...{ type: "followers", place: id, account, ...unknownCounts },
    ...{ date: null, at: null, source: null, result: "unknown" },
  };
}

function dayOf({ observed }: FollowerCount, zone: string): string | null {
  if (observed.length <= 10) return observed === "" ? null : observed;
  return localDay(Date.parse(observed), zone);
}

function instantOf({ observed }: FollowerCount): string | null {
  return observed.length <= 10 ? null : observed;
}
