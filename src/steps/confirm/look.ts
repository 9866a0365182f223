import type { Clock } from "../../core/clock.ts";
import type { StepEvent } from "../../core/event.ts";
import type { Look, LookedFor, ReadBack } from "../../core/way.ts";
import { shortestBetweenLooks } from "../../queue/patience.ts";
import { claimPageLook, stoppedAccount } from "../../store/accounts.ts";
import { claimPublication, releaseClaim } from "../../store/claims.ts";
import type { Claimant } from "../../store/claims.ts";
import { findDraft } from "../../store/drafts.ts";
import { dueLooks, noteLooked } from "../../store/looks.ts";
import type { Store } from "../../store/open.ts";
import { publicationRecord } from "../../store/publications.ts";
import type { PublicationName, StoredPublication } from "../../store/publications.ts";
import type { NoticeDesk } from "../notices/note.ts";
import type { Route } from "../publish/request.ts";
import { accountOf } from "../publish/request.ts";
import { noteLook } from "./note-look.ts";
import { tooEarly } from "./too-early.ts";

/** What looking needs. */
export interface LookRequest {
  store: Store;
  clock: Clock;
  routes: readonly Route[];
  /** Names this run in its claims. */
  run: string;
  isRunGone(run: string): boolean;
  /** Null: what patience says is to be looked at now. Else what a person asks for, however patient. */
  asked: { only: PublicationName | null } | null;
  /** Who is told; the sending is for `publish`. */
  office: NoticeDesk;
  drain: AbortSignal;
  stop: AbortSignal;
}

/** What the looks of one run found. */
export interface LookCounts {
  looked: number;
  live: number;
  pending: number;
  refused: number;
  /** Not there after all patience. */
  unconfirmed: number;
  /** The look itself failed. */
  unknown: number;
  /** Live by the address that the creator pasted, and not seen this time either. */
  pasted: number;
  /** True when a sign of risk stopped an account. */
  stopped: boolean;
}

/** Nobody looked. */
export const noLooks: LookCounts = {
  ...{ looked: 0, live: 0, pending: 0, refused: 0, unconfirmed: 0, unknown: 0, pasted: 0 },
  stopped: false,
};

/** States that a look can settle. */
const lookedAt = ["handed-off", "submitted", "scheduled", "unconfirmed"] as const;

/** Looks at each account's own page whether what went out is there. Changes nothing outside; may be repeated. */
export async function* lookBack(
  request: LookRequest,
): AsyncGenerator<StepEvent, LookCounts, undefined> {
  const counts: LookCounts = { ...noLooks };
  const stopped = new Set<string>();
  const pages = new Map<string, number | null>();
  const told = new Set<string>();
  for (const item of await findLooks(request)) {
    if (request.drain.aborted) break;
    const route = request.routes.find(({ destination }) => destination.id === item.to);
    if (route === undefined || stopped.has(item.to)) continue;
    const mayLook = request.asked !== null || route.looksByItself;
    const readBack = mayLook ? (await route.open(item.way))?.readBack : undefined;
    if (readBack === undefined) {
      // Only a person can tell, or ask for the look; nothing is due any more.
      const { lookedAt: last, looks } = item;
      if (item.nextLook !== null)
        await request.store.transaction((transaction) =>
          noteLooked(transaction, item, { lookedAt: last, looks, nextLook: null }),
        );
      continue;
    }
    const isFirst = !pages.has(item.to);
    const last = pages.get(item.to) ?? (isFirst ? await claimPage(request, route) : null);
    pages.set(item.to, last);
    if (last !== null) {
      const now = request.clock.calendar();
      const { id, title } = route.destination;
      if (isFirst) yield { ...tooEarly(title, { last, now }, "findmehere confirm"), to: id };
      continue;
    }
    const look = await lookOnce(request, route, readBack, item);
    if (look === null) continue;
    if (look.found.risk !== undefined) {
      stopped.add(item.to);
      counts.stopped = true;
    }
    counts.looked += 1;
    counts[look.as] += 1;
    if (look.as === "pasted") {
      // Nothing about it has changed; why nobody could look is said once, not of each of hundreds.
      const { code = "" } = look.problem ?? {};
      if (look.problem !== null && !told.has(code)) yield look.problem;
      told.add(code);
      continue;
    }
    yield publicationRecord(look.publication);
    if (look.problem !== null) {
      told.add(look.problem.code);
      yield look.problem;
    }
  }
  return counts;
}

/** Once a run: whoever asks for the page too soon after the last look is told when that was; a timer has its own patience. */
async function claimPage({ store, clock, asked }: LookRequest, route: Route) {
  if (route.destination.publicPages === undefined) return null;
  const rest = asked === null ? 0 : shortestBetweenLooks;
  return store.transaction((transaction) =>
    claimPageLook(transaction, accountOf(route), { now: clock.calendar(), rest }),
  );
}

async function findLooks({ store, clock, asked }: LookRequest): Promise<StoredPublication[]> {
  const now = clock.calendar();
  const due = new Date(now).toISOString();
  const rested = new Date(now - shortestBetweenLooks).toISOString();
  return store.transaction((transaction) =>
    asked === null
      ? dueLooks(transaction, lookedAt, { due })
      : dueLooks(transaction, lookedAt, { rested, only: asked.only }),
  );
}

/** Looks at one publication while nobody else does; null when another run is at it, or its account is stopped. */
async function lookOnce(
  request: LookRequest,
  route: Route,
  readBack: ReadBack,
  item: StoredPublication,
) {
  const { store, clock } = request;
  const claimant = (): Claimant => ({
    by: request.run,
    wall: clock.wall(),
    isGone: request.isRunGone,
  });
  const begun = await store.transaction(async (transaction) => {
    if ((await stoppedAccount(transaction, accountOf(route))) !== null) return null;
    const states = item.state === "live" ? (["live"] as const) : lookedAt;
    const claimed = await claimPublication(transaction, item, states, claimant());
    if (claimed.is !== "claimed") return null;
    const draft = await findDraft(transaction, item.post, item.to);
    const { title = "", body: text = "" } = draft ?? {};
    return { publication: claimed.publication, title, text };
  });
  if (begun === null) return null;
  const { publication, title, text } = begun;
  const { post, to, remoteId } = publication;
  const wanted: LookedFor = {
    ...{ post, to, account: route.account, title, text, strictly: false, remoteId },
    since: earliest(publication),
  };
  const found = await lookSafely(readBack, wanted, request.stop);
  return store.transaction(async (transaction) => {
    const noted = await noteLook(transaction, request, route, publication, found);
    await releaseClaim(transaction, publication, claimant());
    return noted === null ? null : { ...noted, found };
  });
}

/** Before it, nothing of the publication can have been there. ISO 8601 UTC. */
function earliest({ way, pressedAt, handedOffAt, due }: StoredPublication): string {
  // On the phone the press is known only from when the creator said so, which may be days later.
  const known = way === "handoff" ? (handedOffAt ?? pressedAt) : (pressedAt ?? handedOffAt);
  return known ?? due ?? new Date(0).toISOString();
}

/** A look that fails as no place should is told as one that says nothing. */
export async function lookSafely(
  readBack: ReadBack,
  wanted: LookedFor,
  stop: AbortSignal,
): Promise<Look> {
  try {
    return await readBack.look(wanted, stop);
  } catch (error) {
    stop.throwIfAborted();
    const text = error instanceof Error ? error.message : String(error);
    const evidence = text.replaceAll(/https?:\/\/\S+/g, "<address>").split("\n")[0] ?? "";
    return { is: "unknown", evidence };
  }
}
