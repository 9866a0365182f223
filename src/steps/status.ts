import type { Clock } from "../core/clock.ts";
import type { Destination } from "../core/destination.ts";
import type { Step } from "../core/event.ts";
import type { NoticeServiceId } from "../core/notice.ts";
import type { Publication } from "../core/publication.ts";
import { writeMoment } from "../queue/read-moment.ts";
import type { QueueRules } from "../queue/rules.ts";
import type { Store } from "../store/open.ts";
import { publicationRecord } from "../store/publications.ts";
import type { StoredPublication } from "../store/publications.ts";
import type { TimerHand } from "../timer/hand.ts";
import { firstThings } from "./first-things.ts";
import { endOfDeadline, fasterPace } from "./status/beyond.ts";
import { needsOf } from "./status/needs.ts";
import { seeSchedule } from "./status/schedule.ts";
import type { ScheduleSight } from "./status/schedule.ts";
import { lookAround, sumStates } from "./status/sight.ts";
import type { Sight } from "./status/sight.ts";

/** Problems of a post that has all its files. */
const wholeAllTheSame: ReadonlySet<string> = new Set([
  ...["", "no-caption", "post-gone", "ambiguous-join", "with-watermark", "no-sound"],
]);

/** What the status needs. */
export interface StatusRequest {
  root: string;
  store: Store;
  clock: Clock;
  /** The library's own id; null while it has none. */
  id: string | null;
  destinations: readonly Destination[];
  /** Ids of the destinations where a person presses the last button in a browser window. */
  sittings: ReadonlySet<string>;
  /** By destination id; asked for only where something lies beyond the deadline. */
  rules(): ReadonlyMap<string, QueueRules>;
  /** ISO 8601 day; empty when there is none. */
  deadline: string;
  /** The creator's IANA zone. */
  zone: string;
  /** TikTok handle, for the command that fetches captions. */
  handle: string;
  /** The services by which the creator is told. */
  services: readonly NoticeServiceId[];
  /** The timers of this machine. */
  hands: readonly TimerHand[];
  isRunGone(run: string): boolean;
  exitCode: boolean;
}

/** A publication that goes out soon. */
export interface NextPublication extends Publication {
  /** Its slot as the clock of the creator's zone shows it. */
  dueThere: string;
}

/** Adds up where everything stands. Changes nothing. */
export async function* status(request: StatusRequest): Step {
  const { store, clock, destinations, deadline, zone } = request;
  const at = clock.calendar();
  const now = new Date(at).toISOString();
  const lateFrom = deadline === "" ? null : endOfDeadline(deadline, zone);
  const { sight, faster } = await store.transaction(async (transaction) => {
    const sight = await lookAround(transaction, { now, lateFrom, services: request.services });
    const isLate = sight.queues.some(({ late }) => late > 0);
    const queued = new Map(sight.queues.map(({ to }) => [to, queuedAt(sight, to)]));
    const pace = () => ({
      deadline,
      zone,
      now: at,
      rules: request.rules(),
      seed: request.id ?? "",
    });
    return { sight, faster: isLate ? await fasterPace(transaction, queued, pace()) : null };
  });
  const counts = sumStates(sight.states);
  const schedule: ScheduleSight | null =
    (counts.queued ?? 0) > 0 ? await seeSchedule(request.hands, request) : null;
  for (const each of sight.next) yield nextRecord(each, zone);

  const posts = sum(sight.posts);
  const incomplete = sum(sight.posts.filter(({ problem }) => !wholeAllTheSame.has(problem)));
  const wordless = sight.posts.filter(({ hasCaption }) => !hasCaption);
  const dueNow = total(sight.queues.map(({ due }) => due));
  const titles = new Map(destinations.map(({ id, title }) => [id, title]));
  const needs = needsOf({
    ...{ named: sight.named, linkless: sight.linkless, unsent: sight.unsent, counts },
    stopped: sight.stopped.map((each) => ({ ...each, title: titles.get(each.to) ?? each.to })),
    died: sight.submitting.filter((each) => isOver(each, request)),
    ...{ dueNow, dueSitting: sittingAt(sight, request), incomplete },
    schedule: schedule ?? { is: "unknown" },
  });
  const needsPerson = total(needs.map(({ count }) => count));
  const places = [...new Set([...titles.keys(), ...sight.states.map(({ to }) => to)])];
  const by = <Value>(value: (to: string) => Value): Record<string, Value> =>
    Object.fromEntries(places.map((to) => [to, value(to)]));
  const queueOf = (to: string) => sight.queues.find((each) => each.to === to);
  const moments = sight.queues.flatMap(({ first, last }) => [first ?? [], last ?? []].flat());
  return {
    exit: request.exitCode && needsPerson > 0 ? "needsPerson" : "done",
    summary: {
      ...{ type: "summary", command: "status", schemaVersion: 1, handle: request.handle },
      posts,
      postsByVisibility: countBy(sight.posts, ({ visibility }) => visibility ?? "unknown"),
      postsIncomplete: incomplete,
      captionsMissing: sum(wordless),
      drafts: sight.drafts.all,
      publications: by((to) => sumStates(sight.states, (each) => each.to === to)),
      proof: countBy(sight.proofs, ({ proof }) => proof ?? "none"),
      proofs: by((to) =>
        countBy(
          sight.proofs.filter((each) => each.to === to),
          ({ proof }) => proof ?? "none",
        ),
      ),
      dueNow,
      dueSitting: sittingAt(sight, request),
      needsPerson,
      needs,
      first: firstThings({
        ...{ posts, incomplete, handle: request.handle },
        wordless: sum(wordless.filter(({ visibility }) => visibility === "public")),
        announced: sight.drafts.ofPost > 0,
      }),
      nextDue: moments.toSorted()[0] ?? null,
      lastDue: moments.toSorted().at(-1) ?? null,
      /** When each destination ends; null where nothing is queued. */
      ends: by((to) => queueOf(to)?.last ?? null),
      deadline: deadline === "" ? null : deadline,
      deadlinePassed: lateFrom !== null && now >= lateFrom,
      afterDeadline: total(sight.queues.map(({ late }) => late)),
      beyond: by((to) => queueOf(to)?.late ?? 0),
      faster: faster === null ? null : `findmehere queue add ${faster}`,
      schedule: schedule?.is ?? null,
      zone,
    },
  };
}

function nextRecord(publication: StoredPublication, zone: string): NextPublication {
  const record = publicationRecord(publication);
  return { ...record, dueThere: record.due === null ? "" : writeMoment(record.due, zone) };
}

/** True when the run that pressed it is no more; else it is being sent right now. */
function isOver({ claimedBy, claimedUntil }: StoredPublication, request: StatusRequest): boolean {
  if (claimedBy === null || request.isRunGone(claimedBy)) return true;
  return claimedUntil === null || Date.parse(claimedUntil) <= request.clock.wall();
}

/** How many are due where a person presses the last button; where an account is stopped that comes first. */
function sittingAt({ queues, stopped }: Sight, { sittings }: StatusRequest): number {
  const open = queues.filter(
    ({ to }) => sittings.has(to) && !stopped.some((each) => each.to === to),
  );
  return total(open.map(({ due }) => due));
}

function queuedAt({ states }: Sight, to: string): number {
  return sumStates(states, (each) => each.to === to).queued ?? 0;
}

function sum(tallies: readonly { count: number }[]): number {
  return total(tallies.map(({ count }) => count));
}

function total(numbers: readonly number[]): number {
  return numbers.reduce((all, number) => all + number, 0);
}

function countBy<Item extends { count: number }>(
  items: readonly Item[],
  key: (item: Item) => string,
): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const item of items) counts[key(item)] = (counts[key(item)] ?? 0) + item.count;
  return counts;
}
