import type { Step } from "../../core/event.ts";
import { allFollowerCounts } from "../../store/follower-counts.ts";
import type { Store } from "../../store/open.ts";
import { followersEvent, inOrder, newestCounts } from "./order.ts";
import type { CountedPlace } from "./order.ts";

/** Every count that was ever noted, the oldest first, and the newest of each place. */
export async function* listFollowers({
  store,
  places,
  zone,
}: {
  store: Store;
  places: readonly CountedPlace[];
  zone: string;
}): Step {
  const counts = await store.transaction(allFollowerCounts);
  for (const count of inOrder(counts, places, zone)) yield followersEvent(count, zone);
  const newest = [...newestCounts(counts, places, zone)];
  return {
    exit: "done",
    summary: {
      ...{ type: "summary", command: "followers list", schemaVersion: 1, shown: counts.length },
      newest: Object.fromEntries(newest.map(([id, count]) => [id, count?.followers ?? null])),
      zone,
    },
  };
}
