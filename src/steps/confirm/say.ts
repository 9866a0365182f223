import type { Clock } from "../../core/clock.ts";
import type { Destination } from "../../core/destination.ts";
import type { PastedAddress } from "../../core/pasted-address.ts";
import { ExpectedError } from "../../core/error.ts";
import type { Step } from "../../core/event.ts";
import { localMoment } from "../../queue/local.ts";
import { planSlots } from "../../queue/plan.ts";
import type { QueueRules } from "../../queue/rules.ts";
import type { Claimant } from "../../store/claims.ts";
import type { Store, StoreTransaction } from "../../store/open.ts";
import { resolveKey } from "../../store/aliases.ts";
import { movePublication } from "../../store/move-publication.ts";
import {
  findPublication,
  publicationRecord,
  publicationWithAddress,
} from "../../store/publications.ts";
import type { StoredPublication } from "../../store/publications.ts";
import { takeAhead } from "./ahead.ts";
import { assertOwn, pastedAddress } from "./pasted.ts";
import type { FollowLink } from "./pasted.ts";

/** What the creator says became of a post. */
export type Said =
  | { what: "live"; pasted: string }
  | { what: "posted" }
  | { what: "not-today" }
  | { what: "not-there" };

/** What confirming needs. */
export interface ConfirmRequest {
  store: Store;
  clock: Clock;
  destination: Destination;
  post: string;
  said: Said;
  /** The creator's account on the destination, to notice somebody else's address; may be empty. */
  account: string;
  /** Null where nobody may be asked where a short link leads. */
  follow: FollowLink | null;
  rules: QueueRules;
  /** Same seed, same plan. */
  seed: string;
  /** Set where a pack was on the phone before its slot, and so may have been posted already. */
  ahead?: Claimant;
}

/** Records what became of a publication that was handed off. */
export async function* confirm(typed: ConfirmRequest): Step {
  const { store, said } = typed;
  const key = await store.transaction((transaction) => resolveKey(transaction, typed.post));
  const request = { ...typed, post: key };
  let publication: StoredPublication;
  if (said.what === "live") {
    const pasted = await pastedAddress(request, said.pasted);
    if (pasted.problem !== null) yield pasted.problem;
    publication = await recordLive(request, pasted.address);
  } else publication = await recordSaid(request);
  yield publicationRecord(publication);
  const { post, to, state, url, proof } = publication;
  return {
    exit: "done",
    summary: {
      type: "summary",
      command: "confirm",
      schemaVersion: 1,
      post,
      to,
      state,
      url,
      proof,
      left: await leftAfter(store, to),
    },
  };
}

async function recordLive(
  request: ConfirmRequest,
  address: PastedAddress,
): Promise<StoredPublication> {
  const { store, destination, post } = request;
  assertOwn(request, address);
  const at = new Date(request.clock.calendar()).toISOString();
  const name = { post, to: destination.id };
  return store.transaction(async (transaction) => {
    const before = await findPublication(transaction, name);
    if (before?.state === "live" && before.url === address.url) return before;
    const other = await publicationWithAddress(transaction, {
      url: address.url,
      to: destination.id,
      remoteId: address.id,
    });
    if (other !== null && (other.post !== post || other.to !== destination.id)) {
      throw new ExpectedError({
        exit: "usage",
        code: "address-taken",
        what: `That address already proves ${other.post}@${other.to}.`,
        why: "One address can prove one post only. Nothing was recorded.",
        fix: "Copy the link of this post in the app and try again.",
      });
    }
    await takeAhead(transaction, request, name, at);
    return movePublication(
      transaction,
      name,
      { to: "live", by: "person", at, why: "the creator pasted its address" },
      { url: address.url, remoteId: address.id, proof: "pasted" },
    );
  });
}

async function recordSaid(request: ConfirmRequest): Promise<StoredPublication> {
  const { store, destination, post, said } = request;
  const at = new Date(request.clock.calendar()).toISOString();
  const name = { post, to: destination.id };
  return store.transaction(async (transaction) => {
    if (said.what === "posted") {
      await takeAhead(transaction, request, name, at);
      const move = { to: "submitted", by: "person", at, why: "posted, no link yet" } as const;
      // Where findmehere can look for itself it does; elsewhere the first look finds out that it cannot.
      const nextLook = destination.load === undefined ? null : at;
      return movePublication(transaction, name, move, { pressedAt: at, nextLook, looks: 0 });
    }
    const due = nextSlot(request);
    const why = said.what === "not-there" ? "the creator looked: it is not there" : "not today";
    const move = { to: "queued", by: "person", at, why } as const;
    await assertSaidOf(transaction, name, said.what);
    return movePublication(transaction, name, move, {
      ...{ due, nextLook: null, looks: 0, problem: null },
    });
  });
}

/** "Not today" is said of a pack, "not there" of a press whose answer nobody saw. */
async function assertSaidOf(
  transaction: StoreTransaction,
  name: { post: string; to: string },
  what: "not-today" | "not-there" | "live",
): Promise<void> {
  const before = await findPublication(transaction, name);
  const wanted = what === "not-there" ? "unconfirmed" : "handed-off";
  if (before === null || before.state === wanted) return;
  throw new ExpectedError({
    exit: "usage",
    code: "move-not-allowed",
    what: `${name.post}@${name.to} is ${before.state}; --${what} is for what is ${wanted}.`,
    fix: "Type `findmehere queue list --all` to see where it stands.",
  });
}

/**
 * Tomorrow's slot: without it the next tick would hand the same post off again. That others have it too does
 * no harm: the earliest is handed off first, and the caps hold back the rest.
 */
function nextSlot(request: ConfirmRequest): string {
  const { rules, destination, post, clock } = request;
  const now = clock.calendar();
  const untilMidnight = 1440 - localMoment(now, rules.zone).minute;
  const [slot] = planSlots({
    items: [{ post, to: destination.id }],
    rules,
    from: now + untilMidnight * 60_000,
    taken: [],
    seed: `${request.seed} ${destination.id}`,
  });
  if (slot === undefined) throw new Error("the plan gave no slot");
  return slot.due;
}

async function leftAfter(store: Store, to: string): Promise<number> {
  return store.transaction(async (transaction) => {
    const row = await transaction
      .selectFrom("publications")
      .select(({ fn }) => fn.countAll<number>().as("count"))
      .where("destination", "=", to)
      .where("state", "=", "handed-off")
      .executeTakeFirstOrThrow();
    return Number(row.count);
  });
}
