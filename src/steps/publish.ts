import type { Clock } from "../core/clock.ts";
import type { Destination } from "../core/destination.ts";
import { ExpectedError } from "../core/error.ts";
import type { Step } from "../core/event.ts";
import { problem } from "../core/problem.ts";
import type { Problem } from "../core/problem.ts";
import { mayHandOff } from "../queue/hand-off.ts";
import type { HandOffAnswer } from "../queue/hand-off.ts";
import { localTime } from "../queue/local.ts";
import type { QueueRules } from "../queue/rules.ts";
import type { Store, StoreTransaction } from "../store/open.ts";
import { resolveItems } from "../store/aliases.ts";
import { allPublications, movePublication, publicationRecord } from "../store/publications.ts";
import type { StoredPublication } from "../store/publications.ts";
import { makePack } from "./drafts/pack.ts";

/** What publishing needs. */
export interface PublishRequest {
  root: string;
  store: Store;
  clock: Clock;
  destinations: readonly Destination[];
  /** By destination id. */
  rules: ReadonlyMap<string, QueueRules>;
  /** The creator's zone, for messages. */
  zone: string;
  /** The account's name to show, by destination id. */
  accounts: ReadonlyMap<string, string>;
  /** One item that a person wants now; null is everything that is due. */
  only: { post: string; to: string } | null;
  dryRun: boolean;
  drain: AbortSignal;
}

/** Hands off what is due: makes the pack, then says so in the database. */
export async function* publish(request: PublishRequest): Step {
  const { clock, store } = request;
  const counts = { due: 0, handedOff: 0, waiting: 0, failed: 0 };
  const due = await findDue(request);
  counts.due = due.length;
  const imagined: StoredPublication[] = [];
  for (const publication of due) {
    if (request.drain.aborted) break;
    const before = await store.transaction(allPublications);
    if (!before.some((each) => isSame(each, publication) && each.state === "queued")) {
      // Another run was quicker; it counts there.
      counts.due -= 1;
      continue;
    }
    const answer = ask(request, publication, withImagined(before, imagined));
    if (!answer.may) {
      counts.waiting += 1;
      yield waiting(publication, answer, request.zone);
      continue;
    }
    if (request.dryRun) {
      counts.handedOff += 1;
      const at = new Date(clock.calendar()).toISOString();
      imagined.push({ ...publication, state: "handed-off", handedOffAt: at });
      yield { ...publicationRecord(publication), state: "handed-off" };
      continue;
    }
    const pack = await makePack(request, publication);
    if (typeof pack !== "string") {
      counts.failed += 1;
      yield pack;
      continue;
    }
    const moved = await store.transaction((transaction) =>
      handOff(transaction, request, publication, clock.calendar()),
    );
    if (moved === null) {
      counts.due -= 1;
      continue;
    }
    counts.handedOff += 1;
    yield { ...publicationRecord(moved), pack };
  }
  return {
    exit: request.drain.aborted ? "interrupted" : counts.failed > 0 ? "needsPerson" : "done",
    summary: {
      type: "summary",
      command: "publish",
      schemaVersion: 1,
      due: counts.due,
      handedOff: counts.handedOff,
      submitted: 0,
      scheduled: 0,
      refused: 0,
      unconfirmed: 0,
      failed: counts.failed,
      waiting: counts.waiting,
      ...(request.dryRun ? { dryRun: true } : {}),
    },
  };
}

/** What the library would look like after the hand-offs that a dry run only imagines: caps hold for them, too. */
function withImagined(
  all: readonly StoredPublication[],
  imagined: readonly StoredPublication[],
): StoredPublication[] {
  return all.map((each) => imagined.find((other) => isSame(each, other)) ?? each);
}

function isSame(one: StoredPublication, other: StoredPublication): boolean {
  return one.post === other.post && one.to === other.to;
}

async function findDue(request: PublishRequest): Promise<StoredPublication[]> {
  const { clock, store } = request;
  const { all, only } = await store.transaction(async (transaction) => ({
    all: await allPublications(transaction),
    only: (await resolveItems(transaction, request.only === null ? [] : [request.only]))[0],
  }));
  if (only === undefined) {
    const now = new Date(clock.calendar()).toISOString();
    return all.filter((each) => each.state === "queued" && each.due !== null && each.due <= now);
  }
  const found = all.find((each) => each.post === only.post && each.to === only.to);
  if (found?.state === "queued") return [found];
  const name = `${only.post}@${only.to}`;
  throw new ExpectedError({
    exit: "usage",
    code: found === undefined ? "no-such-publication" : "move-not-allowed",
    what:
      found === undefined
        ? `There is no publication ${name}.`
        : `${name} is ${found.state}; only what is queued can be handed off.`,
    fix: "Type `findmehere queue list` to see what is queued.",
  });
}

/** Looks again inside the transaction: another run may have been quicker, and caps hold for both together. */
async function handOff(
  transaction: StoreTransaction,
  request: PublishRequest,
  publication: StoredPublication,
  at: number,
): Promise<StoredPublication | null> {
  const all = await allPublications(transaction);
  const current = all.find((each) => isSame(each, publication));
  if (current?.state !== "queued" || !ask(request, current, all).may) return null;
  const now = new Date(at).toISOString();
  return movePublication(
    transaction,
    current,
    { to: "handed-off", by: "publish", at: now, why: "the pack is ready" },
    { handedOffAt: now, attempt: "handoff" },
  );
}

function ask(
  request: PublishRequest,
  publication: StoredPublication,
  all: readonly StoredPublication[],
): HandOffAnswer {
  const rules = request.rules.get(publication.to);
  if (rules === undefined) throw new Error(`no queue rules for ${publication.to}`);
  // A library is one creator's, with one account on each destination. The name noted with a publication may
  // be older than the one in the settings, and must not open a second set of caps.
  const own = all.filter((each) => each.to === publication.to);
  return mayHandOff({
    now: request.clock.calendar(),
    // A person who asks for one post is awake; the caps and gaps hold for them too.
    rules: request.only === null ? rules : { ...rules, quietHours: null },
    handedOff: own
      .filter((each) => each.state !== "queued" && each.state !== "draft" && each.state !== "held")
      .flatMap((each) => (each.handedOffAt === null ? [] : [Date.parse(each.handedOffAt)])),
    unposted: own.filter((each) => each.state === "handed-off").length,
  });
}

function waiting(
  publication: StoredPublication,
  answer: Exclude<HandOffAnswer, { may: true }>,
  zone: string,
): Problem {
  const when =
    answer.until === null ? "" : ` until ${localTime(new Date(answer.until).toISOString(), zone)}`;
  const reasons = {
    "quiet-hours": `It waits${when}: these are your quiet hours.`,
    "two-unposted": "It waits: two packs for this account are ready and not posted yet.",
    "day-cap": `It waits${when}: your most posts a day are reached.`,
    "week-cap": `It waits${when}: your most posts in seven days are reached.`,
    gap: `It waits${when}: the last one was too short a time ago.`,
  };
  const fix =
    answer.reason === "two-unposted"
      ? "Post them, then type `findmehere confirm --post KEY --to DESTINATION --url ADDRESS` (or --posted, or --not-today). `findmehere queue list` shows them."
      : "";
  return problem("hand-off-waiting", reasons[answer.reason], fix, {
    post: publication.post,
    to: publication.to,
  });
}
