import { problem } from "../../core/problem.ts";
import type { Problem } from "../../core/problem.ts";
import type { PublicationState } from "../../core/publication.ts";
import type { Filled, Pressed } from "../../core/way.ts";
import { nextLook } from "../../queue/patience.ts";
import { holdAccount } from "../../store/accounts.ts";
import { resolveItems } from "../../store/aliases.ts";
import { endAttempt, pressing } from "../../store/attempts.ts";
import { claimedPublication, isPressing, releaseClaim, renewClaim } from "../../store/claims.ts";
import { movePublication, noteProblem, noteRemoteId } from "../../store/move-publication.ts";
import type { StoreTransaction } from "../../store/open.ts";
import { findPublication, publicationWithAddress } from "../../store/publications.ts";
import type { StoredPublication } from "../../store/publications.ts";
import { noteItem } from "../notices/note.ts";
import { stopAndTell } from "../notices/stop-account.ts";
import type { Pressing } from "./ended.ts";
import { accountOf, claimantOf, nowOf } from "./request.ts";
import type { PublishRequest, Route } from "./request.ts";
import { roomFor } from "./room.ts";

/** Writes the row and its attempt; null when the press may follow. */
export async function beginPress(
  request: PublishRequest,
  route: Route,
  item: StoredPublication,
): Promise<Pressing | null> {
  const claimant = claimantOf(request);
  return request.store.transaction(async (transaction): Promise<Pressing | null> => {
    const stopped = await holdAccount(transaction, accountOf(route));
    const mine = await claimedPublication(transaction, item, "queued", claimant);
    if (mine === null) return { is: "lost" };
    const busy = await isPressing(transaction, item.to, null);
    const room = await roomFor(transaction, request, route, { wentOut: new Map() });
    if (stopped !== null || busy || !room.may) {
      await releaseClaim(transaction, item, claimant);
      return { is: "waiting", problem: null };
    }
    const now = nowOf(request);
    await movePublication(
      transaction,
      item,
      { to: "submitting", by: "publish", at: now, why: "everything is filled in" },
      {
        ...{ way: "browser", account: route.account, handedOffAt: now, pressedAt: now },
        ...{ problem: null, nextLook: null, looks: 0, scheduledFor: null },
        attempt: { kind: "browser", startedAt: now, endedAt: null, outcome: pressing },
      },
    );
    await renewClaim(transaction, item, claimant);
    return null;
  });
}

const states = {
  submitted: "submitted",
  scheduled: "scheduled",
  refused: "refused",
  unknown: "unconfirmed",
} as const satisfies Record<Pressed["is"], PublicationState>;

/** Writes what the place answered. */
export async function endPress(
  request: PublishRequest,
  route: Route,
  taken: StoredPublication,
  answer: Pressed,
): Promise<Pressing> {
  const now = nowOf(request);
  const said = problemOf(taken, answer);
  return request.store.transaction(async (transaction): Promise<Pressing> => {
    if (answer.risk !== undefined) {
      const sign = { at: now, problem: answer.risk };
      await stopAndTell(transaction, request.office, accountOf(route), sign);
    }
    const stopped = answer.risk !== undefined;
    const item = await nowKnownAs(transaction, taken);
    const remoteId = await freeRemoteId(transaction, item, answer);
    const state = states[answer.is];
    const note = answer.is === "unknown" ? answer.evidence : (said?.message ?? null);
    const mine = await claimedPublication(transaction, item, "submitting", claimantOf(request));
    if (mine === null) {
      // The claim ran out during the press and another run noted that nobody knows. What came back helps to
      // find it; the state stays, since a second run may have looked already.
      const publication = await noteRemoteId(transaction, item, remoteId);
      return { is: "pressed", as: "unconfirmed", publication, problem: said, stopped };
    }
    await endAttempt(transaction, item, { endedAt: now, outcome: state, note });
    const scheduledFor = answer.is === "scheduled" ? answer.at : null;
    const looksFrom = Date.parse(scheduledFor ?? now);
    const look = answer.is === "refused" ? null : nextLook(looksFrom, 0, Date.parse(now));
    const publication = await movePublication(
      transaction,
      item,
      { to: state, by: "site", at: now, why: note ?? "the place answered" },
      {
        ...{ remoteId: remoteId ?? mine.remoteId, scheduledFor, problem: said },
        nextLook: look === null ? null : new Date(look).toISOString(),
      },
    );
    if (state === "refused" || state === "unconfirmed") {
      await noteItem(transaction, request.office, state, publication, now, said?.message);
    }
    return { is: "pressed", as: state, publication, problem: said, stopped };
  });
}

/** During the press its post may have proved to be one with another, whose key it has now. */
async function nowKnownAs(
  transaction: StoreTransaction,
  item: StoredPublication,
): Promise<StoredPublication> {
  if ((await findPublication(transaction, item)) !== null) return item;
  const [resolved = item] = await resolveItems(transaction, [item]);
  return resolved;
}

/** The id that the place gave; null without one, and where another publication has it: then it proves nothing. */
async function freeRemoteId(
  transaction: StoreTransaction,
  { post, to }: StoredPublication,
  answer: Pressed,
): Promise<string | null> {
  if (answer.is !== "submitted" && answer.is !== "scheduled") return null;
  const { remoteId } = answer;
  if (remoteId === null) return null;
  const holder = await publicationWithAddress(transaction, { url: "", to, remoteId });
  return holder === null || holder.post === post ? remoteId : null;
}

function problemOf({ post, to }: StoredPublication, answer: Pressed): Problem | null {
  if (answer.is === "refused") return { ...answer.problem, post, to };
  return answer.is === "unknown" ? outcomeUnknown({ post, to }, answer.evidence) : null;
}

/** A press whose answer nobody saw. */
export function outcomeUnknown(
  { post, to }: Pick<StoredPublication, "post" | "to">,
  evidence: string,
): Problem {
  return problem(
    "outcome-unknown",
    `Nobody knows whether it went out: ${evidence}.`,
    `It is not pressed again. Look in the app. If it is there: \`findmehere confirm --post ${post} --to ${to} --url "ADDRESS"\`. If not: the same with --not-there.`,
    { post, to },
  );
}

/** It stays queued; with a sign of risk the account stops. */
export async function giveBack(
  request: PublishRequest,
  route: Route,
  item: StoredPublication,
  filled: Extract<Filled, { is: "stopped" }>,
): Promise<Pressing> {
  const said = { ...filled.problem, post: item.post, to: item.to };
  return request.store.transaction(async (transaction): Promise<Pressing> => {
    if (filled.risk !== undefined) {
      const sign = { at: nowOf(request), problem: filled.risk };
      await stopAndTell(transaction, request.office, accountOf(route), sign);
    }
    await noteProblem(transaction, item, said);
    await releaseClaim(transaction, item, claimantOf(request));
    return { is: filled.risk === undefined ? "failed" : "stopped", problem: said };
  });
}
