import { ExpectedError } from "../core/error.ts";
import type { Step } from "../core/event.ts";
import { allPublications, publicationRecord } from "../store/publications.ts";
import type { PublicationName, StoredPublication } from "../store/publications.ts";
import { allowQueued } from "./queue/allow-queued.ts";
import { applyPlan } from "./queue/apply.ts";
import { pastDeadline } from "./queue/deadline.ts";
import { holding } from "./queue/holding.ts";
import { nameOf, planQueue } from "./queue/plan.ts";
import type { PlanningRequest, QueuePlan } from "./queue/plan.ts";

/** What planning needs. */
export interface EnqueueRequest extends PlanningRequest {
  /** ISO 8601 day; empty when there is none. */
  deadline: string;
  /** IANA zone for people. */
  zone: string;
  /** Held items to release instead of drafts to add; null adds drafts. */
  release: readonly PublicationName[] | null;
  dryRun: boolean;
}

/** Plans when drafts go out; the dry run prints exactly what the real run makes. */
export async function* enqueue(request: EnqueueRequest): Step {
  const { store, clock, dryRun } = request;
  const release =
    request.release === null ? null : yield* allowQueued({ ...request, release: request.release });
  if (release !== null) assertReleasable(release, await store.transaction(allPublications));
  const from = Math.max(request.start, clock.calendar());
  const plan = await planQueue(request, release);
  if (!dryRun) await applyPlan(plan, { ...request, releasing: release !== null });
  for (const each of plan.stopped) yield* holding(each, release !== null);
  for (const { publication, due } of plan.slots) {
    yield publicationRecord({ ...publication, state: "queued", due });
  }
  const beyond = pastDeadline(plan, { ...request, from });
  yield* beyond.told;
  const ends = endsOf(plan);
  const dues = plan.slots.map(({ due }) => due).toSorted();
  return {
    exit: "done",
    summary: {
      type: "summary",
      command: release === null ? "queue add" : "queue release",
      schemaVersion: 1,
      planned: plan.slots.length,
      held: plan.stopped.length,
      heldBefore: plan.heldBefore,
      skipped: plan.skipped,
      firstDue: dues[0] ?? null,
      lastDue: dues.at(-1) ?? null,
      /** When each destination ends, by its id. */
      ends,
      deadline: request.deadline === "" ? null : request.deadline,
      afterDeadline: beyond.after,
      faster: beyond.faster,
      dryRun,
      zone: request.zone,
    },
  };
}

function endsOf(plan: QueuePlan): Record<string, string> {
  const ends: Record<string, string> = {};
  for (const { publication, due } of plan.slots) {
    const before = ends[publication.to];
    if (before === undefined || due > before) ends[publication.to] = due;
  }
  return ends;
}

function assertReleasable(
  release: readonly PublicationName[],
  publications: readonly StoredPublication[],
): void {
  const known = new Map(publications.map((each) => [nameOf(each), each]));
  for (const item of release) {
    const name = nameOf(item);
    const found = known.get(name);
    if (found?.state === "held") continue;
    throw new ExpectedError({
      exit: "usage",
      code: found === undefined ? "no-such-publication" : "move-not-allowed",
      what:
        found === undefined
          ? `There is no publication ${name}.`
          : `${name} is ${found.state}; only what is held can be released.`,
      fix: "Type `findmehere queue list --state held` to see what is held.",
    });
  }
}
