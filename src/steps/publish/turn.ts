import type { Destination } from "../../core/destination.ts";
import { problem } from "../../core/problem.ts";
import type { Problem } from "../../core/problem.ts";
import type { Publisher } from "../../core/way.ts";
import { whenLate } from "../../queue/missed.ts";
import { holdAccount, stoppedAccount } from "../../store/accounts.ts";
import type { StoppedAccount } from "../../store/accounts.ts";
import { claimPublication, isPressing, releaseClaim } from "../../store/claims.ts";
import type { StoreTransaction } from "../../store/open.ts";
import { publicationRecord } from "../../store/publications.ts";
import type { StoredPublication } from "../../store/publications.ts";
import { noteItem } from "../notices/note.ts";
import { handOff } from "./hand-off.ts";
import type { Handed, Pressing, Turn, Unfinished } from "./ended.ts";
import { letPass } from "./missed.ts";
import { press } from "./press.ts";
import { accountOf, claimantOf, nowOf } from "./request.ts";
import type { PublishRequest, Route } from "./request.ts";
import { roomFor, waiting } from "./room.ts";
import type { Imagined } from "./room.ts";
import { lookForSynced } from "./synced.ts";
import type { SyncLook } from "./synced.ts";

/** What a run remembers from item to item. */
export interface Run {
  imagined: Imagined;
  /** What was said already; an account that is stopped is said once, not for each of its posts. */
  said: Set<string>;
}

/** Takes one item that was due when the run began: lets it wait, hands it off, or presses. */
export async function takeTurn(
  request: PublishRequest,
  route: Route,
  item: StoredPublication,
  run: Run,
): Promise<Turn> {
  const { store } = request;
  const isBrowser = route.way === "browser";
  const late = lateness(request, route, item);
  const waits = await store.transaction((transaction) =>
    claimTurn(transaction, request, route, item, run),
  );
  if (waits !== null) return waits;
  if (late !== "go") return letPass(request, route, item, late);
  if (request.dryRun) return imagine(request, route, item, run);
  if (!isBrowser) {
    const sync = await lookForSynced(request, route, item);
    if (sync.is !== "not-there") return syncedTurn(sync);
    return handedOff(await handOff(request, route, item, sync.caution), sync.caution);
  }
  return pressed(await press(request, route, await publisherOf(route), item));
}

/** Whether its slot still counts; a hand-off is never too late, and neither is what a person asks for. */
export function lateness(
  { clock, missed, only }: PublishRequest,
  { way }: Route,
  { due }: StoredPublication,
): "go" | "next-slot" | "skip" {
  if (way !== "browser" || only !== null || due === null) return "go";
  return whenLate(Date.parse(due), clock.calendar(), missed);
}

/** Claims the item, or says why not; a dry run only looks. */
async function claimTurn(
  transaction: StoreTransaction,
  request: PublishRequest,
  route: Route,
  item: StoredPublication,
  run: Run,
): Promise<Turn | null> {
  const { destination, way } = route;
  const name = accountOf(route);
  const stopped = request.dryRun
    ? await stoppedAccount(transaction, name)
    : await holdAccount(transaction, name);
  if (stopped !== null) {
    const first = !run.said.has(name.to);
    run.said.add(name.to);
    return { is: "waiting", events: first ? [accountStopped(destination, stopped)] : [] };
  }
  if (way === "browser" && route.press === "human" && !request.sitting) {
    if (!request.dryRun)
      await noteItem(transaction, request.office, "sitting", item, nowOf(request));
    return { is: "waiting", events: [needsSitting(item)] };
  }
  const room = await roomFor(transaction, request, route, run.imagined);
  if (!room.may) return { is: "waiting", events: [waiting(item, room, request.zone)] };
  if (way === "browser" && (await isPressing(transaction, item.to, null))) {
    return { is: "waiting", events: [] };
  }
  if (request.dryRun) return null;
  const claimant = claimantOf(request);
  const claimed = await claimPublication(transaction, item, ["queued"], claimant);
  if (claimed.is !== "claimed") return { is: "lost", events: [] };
  const { due } = claimed.publication;
  if (request.only !== null || (due !== null && due <= nowOf(request))) return null;
  // A person, or another run, has given it a later slot since.
  await releaseClaim(transaction, item, claimant);
  return { is: "lost", events: [] };
}

function imagine(
  { clock }: PublishRequest,
  { way }: Route,
  item: StoredPublication,
  { imagined }: Run,
): Turn {
  const before = imagined.wentOut.get(item.to) ?? [];
  imagined.wentOut.set(item.to, [...before, clock.calendar()]);
  const state = way === "handoff" ? "handed-off" : "submitted";
  const as = way === "handoff" ? "handedOff" : "submitted";
  return { is: "ended", as, stopped: false, events: [{ ...publicationRecord(item), way, state }] };
}

function syncedTurn(sync: Exclude<SyncLook, { is: "not-there" }>): Turn {
  if (sync.is === "lost") return { is: "lost", events: [] };
  const events = [publicationRecord(sync.publication)];
  return { is: "ended", as: "synced", stopped: false, events };
}

function handedOff(ended: Handed, caution: Problem | null): Turn {
  if (ended.is !== "handed-off") return unfinished(ended);
  const ready = { ...publicationRecord(ended.publication), pack: ended.pack };
  const events = [ready, ...(caution === null ? [] : [caution])];
  return { is: "ended", as: "handedOff", stopped: false, events };
}

function pressed(ended: Pressing): Turn {
  if (ended.is === "stopped") {
    return { is: "ended", as: "failed", stopped: true, events: [ended.problem] };
  }
  if (ended.is !== "pressed") return unfinished(ended);
  const { publication, problem: said, stopped } = ended;
  const as = ended.as;
  const events = [publicationRecord(publication), ...(said === null ? [] : [said])];
  return { is: "ended", as, stopped, events };
}

function unfinished(ended: Unfinished): Turn {
  if (ended.is === "lost") return { is: "lost", events: [] };
  return { is: ended.is, events: ended.problem === null ? [] : [ended.problem] };
}

async function publisherOf({ destination, way, open }: Route): Promise<Publisher> {
  const publisher = (await open(way))?.publisher;
  if (publisher === undefined) throw new Error(`${destination.id} has no ${way} to publish by`);
  return publisher;
}

function needsSitting({ post, to }: StoredPublication): Problem {
  return problem(
    "needs-sitting",
    "It is due, and you press the last button yourself.",
    "Type `findmehere publish --sit` when you have a moment.",
    { post, to },
  );
}

function accountStopped(destination: Destination, { since, problem: sign }: StoppedAccount) {
  return problem(
    "account-stopped",
    `Nothing goes out to ${destination.title} since ${since.slice(0, 10)}: ${sign.message}`,
    `Look in the app first. Once all is well there, type \`findmehere queue release --account ${destination.id}\`.`,
    { to: destination.id },
  );
}
