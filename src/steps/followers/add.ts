import type { Step } from "../../core/event.ts";
import { unknownCounts } from "../../core/follower-count.ts";
import type { FollowerCount } from "../../core/follower-count.ts";
import { putFollowerCount } from "../../store/follower-counts.ts";
import type { Store } from "../../store/open.ts";
import { followersEvent } from "./order.ts";
import type { CountedPlace } from "./order.ts";

/** A number that the creator typed. */
export interface TypedCount {
  place: CountedPlace;
  followers: number;
}

/** Records numbers by hand, all or none; what was noted before stays. `day`: `2026-10-05`, `at`: ISO 8601 UTC. */
export async function* addFollowers({
  store,
  typed,
  day,
  at,
  zone,
}: {
  store: Store;
  typed: readonly TypedCount[];
  day: string;
  at: string;
  zone: string;
}): Step {
  const noted = await store.transaction(async (transaction) => {
    const results = [];
    for (const { place, followers } of typed) {
      const count: FollowerCount = {
        ...{ place: place.id, account: place.account, observed: day, source: "by-hand" },
        ...{ ...unknownCounts, followers },
      };
      results.push({ count, isNew: await putFollowerCount(transaction, count, at) });
    }
    return results;
  });
  for (const { count, isNew } of noted) {
    yield { ...followersEvent(count, zone), result: isNew ? "recorded" : "unchanged" };
  }
  const recorded = noted.filter(({ isNew }) => isNew).length;
  return {
    exit: "done",
    summary: {
      ...{ type: "summary", command: "followers add", schemaVersion: 1 },
      ...{ recorded, unchanged: noted.length - recorded, date: day },
    },
  };
}
