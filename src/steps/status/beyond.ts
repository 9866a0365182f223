import { localMoment, startOfDay } from "../../queue/local.ts";
import type { QueueRules } from "../../queue/rules.ts";
import type { StoreTransaction } from "../../store/open.ts";
import { wentOutSince } from "../../store/outgoing.ts";
import type { StoredPublication } from "../../store/publications.ts";
import { nextQueued } from "../../store/tallies.ts";
import { fasterOptions, mostPerDay } from "../queue/deadline.ts";
import { slotsFor } from "../queue/plan.ts";

const dayLength = 86_400_000;

/** More than this is not planned anew only to be told: that would take seconds. */
const mostPlanned = 2_000;

/** What the deadline is held against. */
export interface BeyondRequest {
  /** ISO 8601 day. */
  deadline: string;
  /** The creator's zone. */
  zone: string;
  /** Milliseconds since the epoch. */
  now: number;
  /** By destination id. */
  rules: ReadonlyMap<string, QueueRules>;
  /** Same seed, same plan. */
  seed: string;
}

/** The first moment after the deadline's day in the creator's zone, ISO 8601 UTC. */
export function endOfDeadline(deadline: string, zone: string): string {
  const next = new Date(Date.parse(deadline) + dayLength).toISOString();
  return new Date(startOfDay(next, zone)).toISOString();
}

/** The options of `queue add` by which all that is queued would be out by the deadline; null when no pace would do. */
export async function fasterPace(
  transaction: StoreTransaction,
  queued: ReadonlyMap<string, number>,
  request: BeyondRequest,
): Promise<string | null> {
  const { deadline, zone, now, rules, seed } = request;
  const days = Date.parse(deadline) / dayLength - localMoment(now, zone).day + 1;
  const counts = [...queued.values()];
  const all = counts.reduce((sum, count) => sum + count, 0);
  if (all > mostPlanned || counts.some((count) => count > mostPerDay * days)) return null;
  const waiting = Map.groupBy(
    (await nextQueued(transaction, all)).map((publication) => ({ publication })),
    ({ publication }) => publication.to,
  );
  const since = new Date(now - 9 * dayLength).toISOString();
  const queues: { to: string; items: { publication: StoredPublication }[]; taken: number[] }[] = [];
  for (const to of rules.keys()) {
    const taken = await wentOutSince(transaction, { to, account: null }, since);
    queues.push({ to, items: waiting.get(to) ?? [], taken });
  }
  return fasterOptions(
    {
      slots: queues.flatMap(({ items }) =>
        items.map(({ publication }) => ({ publication, due: publication.due ?? "" })),
      ),
      replan: (tried) => slotsFor(queues, [], { rules: tried, from: now, seed }),
    },
    { deadline, zone, from: now, rules },
  );
}
