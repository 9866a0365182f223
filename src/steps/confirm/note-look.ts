import type { Clock } from "../../core/clock.ts";
import { problem } from "../../core/problem.ts";
import type { Problem } from "../../core/problem.ts";
import type { Look } from "../../core/way.ts";
import { afterFailedLook, nextLook } from "../../queue/patience.ts";
import { noteLooked } from "../../store/looks.ts";
import { movePublication } from "../../store/move-publication.ts";
import type { StoreTransaction } from "../../store/open.ts";
import { findPublication, publicationWithAddress } from "../../store/publications.ts";
import type { StoredPublication } from "../../store/publications.ts";
import { noteItem } from "../notices/note.ts";
import type { NoticeDesk } from "../notices/note.ts";
import { notePasted } from "./note-pasted.ts";
import { stopAndTell } from "../notices/stop-account.ts";
import { accountOf } from "../publish/request.ts";
import type { Route } from "../publish/request.ts";

/** What one look came to. */
export interface NotedLook {
  as: "live" | "pending" | "refused" | "unconfirmed" | "unknown" | "pasted";
  publication: StoredPublication;
  problem: Problem | null;
}

/** When the look was, in milliseconds of the calendar, and whether findmehere looks again by itself. */
interface Moment {
  now: number;
  again: boolean;
}

/** Writes what a look found, and has the creator told; null when the publication has moved on meanwhile. */
export async function noteLook(
  transaction: StoreTransaction,
  { clock, office }: { clock: Clock; office: NoticeDesk },
  route: Route,
  before: StoredPublication,
  found: Look,
): Promise<NotedLook | null> {
  const now = clock.calendar();
  const at = new Date(now).toISOString();
  if (found.risk !== undefined) {
    await stopAndTell(transaction, office, accountOf(route), { at, problem: found.risk });
  }
  const current = await findPublication(transaction, before);
  if (current === null || current.state !== before.state) return null;
  const noted = await noteFound(transaction, current, found, { now, again: route.looksByItself });
  const { state } = noted.publication;
  // A pack that the place refused was pressed by the creator, who saw it.
  if (state !== before.state && (state === "refused" || state === "unconfirmed")) {
    await noteItem(transaction, office, state, noted.publication, at, noted.problem?.message);
  }
  return noted;
}

async function noteFound(
  transaction: StoreTransaction,
  current: StoredPublication,
  found: Look,
  moment: Moment,
): Promise<NotedLook> {
  const at = new Date(moment.now).toISOString();
  if (current.state === "live") return notePasted(transaction, current, found, at);
  switch (found.is) {
    case "live":
      return noteLive(transaction, current, found, moment);
    case "refused":
      return noteRefused(transaction, current, { ...found.problem, ...nameOf(current) }, at);
    case "pending":
      return notePending(transaction, current, moment);
    case "unknown":
      return noteUnknown(transaction, current, found, moment);
  }
}

async function noteLive(
  transaction: StoreTransaction,
  current: StoredPublication,
  { url, remoteId }: Extract<Look, { is: "live" }>,
  moment: Moment,
): Promise<NotedLook> {
  const at = new Date(moment.now).toISOString();
  const holder = await publicationWithAddress(transaction, {
    url: url ?? "",
    to: current.to,
    remoteId,
  });
  if (holder !== null && holder.post !== current.post) {
    const evidence = `what was found already proves ${holder.post}@${holder.to}`;
    return noteUnknown(transaction, current, { evidence }, moment);
  }
  const by = current.state === "handed-off" ? "read-back" : "confirm";
  const publication = await movePublication(
    transaction,
    current,
    { to: "live", by, at, why: "it was seen on the account's own page" },
    {
      ...{ url: url ?? current.url, remoteId: remoteId ?? current.remoteId, proof: "read-back" },
      ...{ lookedAt: at, nextLook: null, problem: null },
    },
  );
  return { as: "live", publication, problem: null };
}

async function noteRefused(
  transaction: StoreTransaction,
  current: StoredPublication,
  said: Problem,
  at: string,
): Promise<NotedLook> {
  if (current.state === "handed-off") {
    // The creator presses there, and sees it; the table has no such move.
    await noteLooked(transaction, current, { lookedAt: at, looks: current.looks, nextLook: null });
    return { as: "refused", publication: { ...current, lookedAt: at }, problem: said };
  }
  const publication = await movePublication(
    transaction,
    current,
    { to: "refused", by: "confirm", at, why: said.message },
    { lookedAt: at, nextLook: null, problem: said },
  );
  return { as: "refused", publication, problem: said };
}

/** Not there yet; after all patience what was pressed is `unconfirmed`. */
async function notePending(
  transaction: StoreTransaction,
  current: StoredPublication,
  { now, again }: Moment,
): Promise<NotedLook> {
  const at = new Date(now).toISOString();
  const since = Date.parse(current.scheduledFor ?? current.pressedAt ?? at);
  const looks = current.looks + 1;
  const next = nextLook(since, looks, now);
  const look = {
    lookedAt: at,
    looks,
    nextLook: next === null || !again ? null : new Date(next).toISOString(),
  };
  if (next === null && (current.state === "submitted" || current.state === "scheduled")) {
    const why = "two days later it is still not to be seen";
    const publication = await movePublication(
      transaction,
      current,
      { to: "unconfirmed", by: "confirm", at, why },
      look,
    );
    return { as: "unconfirmed", publication, problem: notSeen(current) };
  }
  await noteLooked(transaction, current, look);
  return { as: "pending", publication: { ...current, ...look }, problem: null };
}

async function noteUnknown(
  transaction: StoreTransaction,
  current: StoredPublication,
  { evidence, problem: told }: Omit<Extract<Look, { is: "unknown" }>, "is">,
  { now, again }: Moment,
): Promise<NotedLook> {
  const look = {
    lookedAt: new Date(now).toISOString(),
    looks: current.looks,
    nextLook: again ? new Date(afterFailedLook(now)).toISOString() : null,
  };
  await noteLooked(transaction, current, look);
  const said =
    told ??
    problem(
      "look-failed",
      `It could not be looked at: ${evidence}. That says nothing of the post.`,
      again ? "It is looked at again in an hour." : "Try again later: `findmehere confirm`.",
    );
  const name = nameOf(current);
  return { as: "unknown", publication: { ...current, ...look }, problem: { ...said, ...name } };
}

function notSeen(current: StoredPublication): Problem {
  const { post, to } = current;
  return problem(
    "not-seen",
    "Two days after it went out it is still not to be seen on your page.",
    `Look in the app. If it is there: \`findmehere confirm --post ${post} --to ${to} --url "ADDRESS"\`. If not: the same with --not-there.`,
    nameOf(current),
  );
}

function nameOf({ post, to }: StoredPublication): { post: string; to: string } {
  return { post, to };
}
