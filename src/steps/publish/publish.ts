import { ExpectedError } from "../../core/error.ts";
import type { Step, StepEvent } from "../../core/event.ts";
import type { ExitName } from "../../core/exit.ts";
import { lookBack, noLooks } from "../confirm/look.ts";
import type { LookCounts } from "../confirm/look.ts";
import { resolveItems } from "../../store/aliases.ts";
import { recoverClaims } from "../../store/claims.ts";
import { findPublication, publicationRecord } from "../../store/publications.ts";
import type { StoredPublication } from "../../store/publications.ts";
import { duePublications } from "../../store/outgoing.ts";
import { noteItem } from "../notices/note.ts";
import { tellAfterPublishing } from "../notices/send.ts";
import type { Turn } from "./ended.ts";
import { outcomeUnknown } from "./press-rows.ts";
import { claimantOf, nowOf, scopeOf } from "./request.ts";
import type { PublishRequest, Route } from "./request.ts";
import { lateness, takeTurn } from "./turn.ts";
import type { Run } from "./turn.ts";

interface Counts {
  due: number;
  handedOff: number;
  /** TikTok's own sync had carried it there already. */
  synced: number;
  submitted: number;
  scheduled: number;
  refused: number;
  unconfirmed: number;
  failed: number;
  waiting: number;
  /** Slots that passed unused; the publication has another slot now, or is skipped, as the settings say. */
  missed: number;
}

/** Sends out what is due: packs to the phone, or by the browser; nothing is ever pressed twice. */
export async function* publish(request: PublishRequest): Step {
  const counts: Counts = {
    ...{ due: 0, handedOff: 0, synced: 0, submitted: 0, scheduled: 0, refused: 0, unconfirmed: 0 },
    ...{ failed: 0, waiting: 0, missed: 0 },
  };
  let stopped = false;
  if (!request.dryRun) yield* recover(request, counts);
  const run: Run = { imagined: { wentOut: new Map() }, said: new Set() };
  for (const [route, due] of await findDue(request)) {
    counts.due += due.length;
    for (const item of inTurn(request, route, due)) {
      if (request.drain.aborted || isOver(request)) break;
      const turn = await takeTurn(request, route, item, run);
      stopped ||= turn.is === "ended" && turn.stopped;
      count(counts, turn);
      yield* turn.events;
    }
  }
  const looks = yield* lookNow(request);
  counts.refused += looks.refused;
  counts.unconfirmed += looks.unconfirmed;
  const wentOut = counts.handedOff + counts.submitted + counts.scheduled;
  if (!request.dryRun) yield* tellAfterPublishing(request, wentOut);
  return {
    exit: exitOf(request, counts, stopped || looks.stopped),
    summary: {
      ...{ type: "summary", command: "publish", schemaVersion: 1, ...counts },
      ...{ looked: looks.looked, live: looks.live },
      ...(request.dryRun ? { dryRun: true } : {}),
    },
  };
}

/** What is due to be looked at; one post that a person asked for is not the time for it. */
async function* lookNow(request: PublishRequest): AsyncGenerator<StepEvent, LookCounts, undefined> {
  if (request.dryRun || request.only !== null) return noLooks;
  return yield* lookBack({ ...request, asked: null });
}

/**
 * First what missed its slot, the latest of them first: each takes the next slot and moves the others on, so
 * in the end the earliest is in front again.
 */
function inTurn(
  request: PublishRequest,
  route: Route,
  due: readonly StoredPublication[],
): StoredPublication[] {
  const isLate = (item: StoredPublication) => lateness(request, route, item) !== "go";
  return [...due.filter(isLate).toReversed(), ...due.filter((item) => !isLate(item))];
}

function exitOf({ drain }: PublishRequest, counts: Counts, stopped: boolean): ExitName {
  if (drain.aborted) return "interrupted";
  if (stopped) return "signIn";
  return counts.failed + counts.refused + counts.unconfirmed > 0 ? "needsPerson" : "done";
}

function isOver({ until, clock }: PublishRequest): boolean {
  return until !== null && clock.wall() >= until;
}

function count(counts: Counts, turn: Turn): void {
  if (turn.is === "lost") counts.due -= 1;
  else if (turn.is === "ended") counts[turn.as] += 1;
  else counts[turn.is] += 1;
}

/** What earlier runs left that died: a press without an answer is never repeated. */
async function* recover(
  request: PublishRequest,
  counts: Counts,
): AsyncGenerator<StepEvent, void, undefined> {
  const now = nowOf(request);
  const { unconfirmed } = await request.store.transaction(async (transaction) => {
    const recovered = await recoverClaims(transaction, claimantOf(request), now);
    for (const each of recovered.unconfirmed) {
      await noteItem(transaction, request.office, "unconfirmed", each, now);
    }
    return recovered;
  });
  counts.unconfirmed += unconfirmed.length;
  for (const publication of unconfirmed) {
    yield publicationRecord(publication);
    yield outcomeUnknown(publication, "the run that pressed ended before the answer came");
  }
}

async function findDue(request: PublishRequest): Promise<[Route, StoredPublication[]][]> {
  const { store, routes, only } = request;
  if (only !== null) return [await findOnly(request, only)];
  const now = nowOf(request);
  return store.transaction(async (transaction) => {
    const found: [Route, StoredPublication[]][] = [];
    for (const route of routes) {
      found.push([route, await duePublications(transaction, scopeOf(route), now)]);
    }
    return found;
  });
}

async function findOnly(
  { store, routes }: PublishRequest,
  only: { post: string; to: string },
): Promise<[Route, StoredPublication[]]> {
  const found = await store.transaction(async (transaction) => {
    const [item = only] = await resolveItems(transaction, [only]);
    return findPublication(transaction, item);
  });
  const route = routes.find(({ destination }) => destination.id === only.to);
  if (found?.state === "queued" && route !== undefined) return [route, [found]];
  const name = `${only.post}@${only.to}`;
  throw new ExpectedError({
    exit: "usage",
    code: found === null ? "no-such-publication" : "move-not-allowed",
    what:
      found === null
        ? `There is no publication ${name}.`
        : `${name} is ${found.state}; only what is queued can go out.`,
    fix: "Type `findmehere queue list` to see what is queued.",
  });
}
