import type { Clock } from "../../core/clock.ts";
import type { FollowersEvent, Step, StepEvent } from "../../core/event.ts";
import type { ExitName } from "../../core/exit.ts";
import type { FollowerCount } from "../../core/follower-count.ts";
import { problem } from "../../core/problem.ts";
import type { Problem } from "../../core/problem.ts";
import { shortestBetweenLooks } from "../../queue/patience.ts";
import { claimPageLook } from "../../store/accounts.ts";
import { allFollowerCounts, putFollowerCount } from "../../store/follower-counts.ts";
import type { Store } from "../../store/open.ts";
import { accountOf } from "../publish/request.ts";
import type { Route } from "../publish/request.ts";
import { tooEarly } from "../confirm/too-early.ts";
import { adoptKnownCount } from "./told.ts";
import { followersEvent, homePlace, newestCounts, unknownEvent } from "./order.ts";
import type { CountedPlace } from "./order.ts";

/** What counting needs. */
export interface SnapshotRequest {
  store: Store;
  clock: Clock;
  /** Where the creator comes from, then each destination. */
  places: readonly CountedPlace[];
  routes: readonly Route[];
  /** The creator's zone, for days. */
  zone: string;
  /** Finish the place at hand. */
  drain: AbortSignal;
  /** Stop now. */
  stop: AbortSignal;
}

/** What became of one place, and how the run ends because of it. */
interface Counted {
  event: FollowersEvent;
  problem: Problem | null;
  exit: ExitName;
}

/**
 * Notes how many follow the creator where: what exports have told of TikTok, and what a destination's own public
 * page tells now. What cannot be read is unknown, and said.
 */
export async function* snapshotFollowers(request: SnapshotRequest): Step {
  const all: Counted[] = [];
  for (const place of request.places) {
    if (request.drain.aborted) break;
    const counted =
      place.id === homePlace ? await countHome(request, place) : await countPlace(request, place);
    all.push(counted);
    yield* eventsOf(counted);
  }
  const count = (result: FollowersEvent["result"]) =>
    all.filter(({ event }) => event.result === result).length;
  return {
    exit: request.drain.aborted ? "interrupted" : worstOf(all.map(({ exit }) => exit)),
    summary: {
      ...{ type: "summary", command: "followers snapshot", schemaVersion: 1 },
      ...{ recorded: count("recorded"), unchanged: count("unchanged"), unknown: count("unknown") },
      counts: Object.fromEntries(all.map(({ event }) => [event.place, event.followers])),
    },
  };
}

function* eventsOf({ event, problem: said }: Counted): Generator<StepEvent> {
  yield event;
  if (said !== null) yield said;
}

/** What needs a person is said before what only takes time. */
function worstOf(exits: readonly ExitName[]): ExitName {
  return (["needsPerson", "later"] as const).find((exit) => exits.includes(exit)) ?? "done";
}

/** Nothing is asked of TikTok: what the exports told is all there is. */
async function countHome(
  { store, clock, places, zone }: SnapshotRequest,
  place: CountedPlace,
): Promise<Counted> {
  const at = new Date(clock.calendar()).toISOString();
  const { count, isNew } = await store.transaction(async (transaction) => {
    const before = await allFollowerCounts(transaction);
    await adoptKnownCount(transaction, at);
    const after = await allFollowerCounts(transaction);
    const newest = newestCounts(after, places, zone).get(homePlace) ?? null;
    return { count: newest, isNew: after.length > before.length };
  });
  if (count !== null) {
    const result = isNew ? "recorded" : "unchanged";
    return { event: { ...followersEvent(count, zone), result }, problem: null, exit: "done" };
  }
  const handle = place.account === "" ? "YOUR-HANDLE" : place.account;
  const said = problem(
    "count-unknown",
    `No export has told how many follow you on ${place.title}.`,
    `Type \`findmehere export @${handle}\`, which reads your page, or note it by hand: \`findmehere followers add ${homePlace}=1234\`.`,
  );
  return { event: unknownEvent(place), problem: said, exit: "done" };
}

async function countPlace(request: SnapshotRequest, place: CountedPlace): Promise<Counted> {
  const { store, clock, zone } = request;
  const route = request.routes.find(({ destination }) => destination.id === place.id);
  const unknown = (said: Problem, exit: ExitName): Counted => ({
    ...{ event: unknownEvent(place), exit },
    problem: { ...said, to: place.id },
  });
  const read = (await route?.open(route.way))?.counts;
  const known = async (said: Problem, exit: ExitName): Promise<Counted> => {
    const newest = await newestOf(request, place);
    if (newest === null) return unknown(said, exit);
    const event: FollowersEvent = { ...followersEvent(newest, zone), result: "unchanged" };
    return { event, exit, problem: { ...said, to: place.id } };
  };
  if (route === undefined || read === undefined) return known(notReadable(place), "done");
  if (place.account.trim() === "") return unknown(noAccount(place), "done");
  const now = clock.calendar();
  const last = await store.transaction((transaction) =>
    claimPageLook(transaction, accountOf(route), { now, rest: shortestBetweenLooks }),
  );
  if (last !== null) {
    const said = tooEarly(place.title, { last, now }, "findmehere followers snapshot");
    return known(said, "later");
  }
  const found = await read(place.account, request.stop);
  if (found.is === "unknown") return unknown(found.problem, exitOf(found.problem));
  const observed = new Date(now).toISOString();
  const count: FollowerCount = {
    ...{ place: place.id, account: found.handle, observed, source: "read", ...found.counts },
  };
  await store.transaction((transaction) => putFollowerCount(transaction, count, observed));
  const isTold = count.followers !== null;
  return {
    event: { ...followersEvent(count, zone), result: isTold ? "recorded" : "unknown" },
    problem: isTold ? null : { ...notTold(place), to: place.id },
    exit: "done",
  };
}

/** The newest that was ever noted of a place. */
async function newestOf(
  { store, places, zone }: SnapshotRequest,
  { id }: CountedPlace,
): Promise<FollowerCount | null> {
  const counts = await store.transaction(allFollowerCounts);
  return newestCounts(counts, places, zone).get(id) ?? null;
}

/** What time mends, and what only the creator can. */
function exitOf({ code }: Problem): ExitName {
  return code === "page-blocked" || code === "page-unreachable" ? "later" : "needsPerson";
}

function notReadable({ id, title }: CountedPlace): Problem {
  return problem(
    "count-unknown",
    `How many follow you on ${title} cannot be read without a sign-in there.`,
    `Look in the app and note it by hand: \`findmehere followers add ${id}=1234\`.`,
  );
}

function noAccount({ id, title }: CountedPlace): Problem {
  return problem(
    "count-unknown",
    `findmehere does not know your name on ${title}, so it looked nowhere.`,
    `Type \`findmehere config set creator.handles.${id} YOUR-HANDLE\`.`,
  );
}

function notTold({ id, title }: CountedPlace): Problem {
  return problem(
    "count-unknown",
    `Your page on ${title} is there, but does not tell how many follow you.`,
    `Look in the app and note it by hand: \`findmehere followers add ${id}=1234\`.`,
  );
}
