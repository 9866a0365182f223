import type { NoticeServiceId } from "../../core/notice.ts";
import { publicationStates } from "../../core/publication.ts";
import type { Proof, PublicationState } from "../../core/publication.ts";
import { stoppedAccounts } from "../../store/accounts.ts";
import type { StoppedAccount } from "../../store/accounts.ts";
import type { StoreTransaction } from "../../store/open.ts";
import type { StoredPublication } from "../../store/publications.ts";
import {
  countUnwatched,
  nextQueued,
  publicationsIn,
  tallyDrafts,
  tallyPosts,
  tallyProofs,
  tallyQueues,
  tallyStates,
  tallyUnsent,
} from "../../store/tallies.ts";
import type { PostTally, QueueTally, StateTally } from "../../store/tallies.ts";
import { helloKey } from "../announce.ts";
import { mostNamed } from "./needs.ts";
import type { UnsentNotices } from "./needs.ts";

/** What is asked of the library. */
interface SightRequest {
  /** ISO 8601 UTC by the calendar. */
  now: string;
  /** ISO 8601 UTC, from when on a slot is beyond the deadline; null without one. */
  lateFrom: string | null;
  services: readonly NoticeServiceId[];
}

/** Where everything stands, as one moment saw it. */
export interface Sight {
  posts: PostTally[];
  drafts: { all: number; ofPost: number };
  states: StateTally[];
  proofs: { to: string; proof: Proof | null; count: number }[];
  queues: QueueTally[];
  next: StoredPublication[];
  named: Record<"handed-off" | "unconfirmed" | "refused", StoredPublication[]>;
  submitting: StoredPublication[];
  /** Posted, and nobody knows the link. */
  linkless: { count: number; named: StoredPublication[] };
  stopped: StoppedAccount[];
  unsent: UnsentNotices[];
}

const weekLength = 7 * 86_400_000;

/** Looks at the whole library; what there is much of is only counted. */
export async function lookAround(
  transaction: StoreTransaction,
  { now, lateFrom, services }: SightRequest,
): Promise<Sight> {
  const lately = new Date(Date.parse(now) - weekLength).toISOString();
  const named = (state: PublicationState) => publicationsIn(transaction, state, mostNamed);
  return {
    posts: await tallyPosts(transaction),
    drafts: await tallyDrafts(transaction, helloKey),
    states: await tallyStates(transaction),
    proofs: await tallyProofs(transaction),
    queues: await tallyQueues(transaction, { now, lateFrom }),
    next: await nextQueued(transaction, 5),
    named: {
      "handed-off": await named("handed-off"),
      unconfirmed: await named("unconfirmed"),
      refused: await named("refused"),
    },
    submitting: await named("submitting"),
    linkless: {
      count: await countUnwatched(transaction, "submitted"),
      named: await publicationsIn(transaction, "submitted", mostNamed, true),
    },
    stopped: await stoppedAccounts(transaction),
    unsent: await tallyUnsent(transaction, services, lately),
  };
}

/** Adds up the states that the filter takes, each once, in the order of their walk. */
export function sumStates(
  states: readonly StateTally[],
  wanted: (tally: StateTally) => boolean = () => true,
): Partial<Record<PublicationState, number>> {
  const sums: Partial<Record<PublicationState, number>> = {};
  for (const state of publicationStates) {
    const found = states.filter((each) => each.state === state && wanted(each));
    if (found.length > 0) sums[state] = found.reduce((sum, { count }) => sum + count, 0);
  }
  return sums;
}
