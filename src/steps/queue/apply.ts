import { ExpectedError } from "../../core/error.ts";
import type { Clock } from "../../core/clock.ts";
import { writeDraftWords } from "../../library/draft-files.ts";
import { putDraft } from "../../store/drafts.ts";
import type { Store } from "../../store/open.ts";
import { movePublication } from "../../store/move-publication.ts";
import { allPublications } from "../../store/publications.ts";
import { allowStops } from "../drafts/allow.ts";
import { nameOf } from "./plan.ts";
import type { Candidate, QueuePlan } from "./plan.ts";

/** What carrying out a plan needs. */
interface ApplyRequest {
  root: string;
  store: Store;
  clock: Clock;
  /** True when held items were released, not drafts added. */
  releasing: boolean;
  allow: ReadonlySet<string>;
}

/**
 * Makes a plan true, all of it or nothing. Throws ExpectedError (exit `later`) when another run moved one of its
 * items meanwhile.
 */
export async function applyPlan(
  plan: QueuePlan,
  { root, store, clock, releasing, allow }: ApplyRequest,
): Promise<void> {
  const at = new Date(clock.calendar()).toISOString();
  const touched: readonly Candidate[] = [...plan.slots, ...plan.stopped];
  if (touched.length === 0) return;
  await store.transaction(async (transaction) => {
    const now = new Map((await allPublications(transaction)).map((each) => [nameOf(each), each]));
    const changed = touched.find(
      ({ publication }) => now.get(nameOf(publication))?.state !== publication.state,
    );
    if (changed !== undefined) throw changedMeanwhile(changed);
    for (const { publication, stops, draft, stored } of plan.stopped) {
      if (draft !== stored) await putDraft(transaction, draft);
      if (releasing) continue;
      const why = [...new Set(stops)].join(" ");
      await movePublication(transaction, publication, { to: "held", by: "queue-add", at, why });
    }
    for (const { publication, draft, stored, due } of plan.slots) {
      // What a person allowed must not stop the pack on its day.
      const allowed = allowStops(draft, allow);
      if (allowed !== stored) await putDraft(transaction, allowed);
      const isMended = publication.state === "held";
      await movePublication(
        transaction,
        publication,
        {
          to: "queued",
          by: isMended ? "person" : "queue-add",
          at,
          why: isMended && !releasing ? "mended, planned" : "planned",
        },
        { due },
      );
    }
  });
  for (const { draft, stored } of touched) {
    if (draft !== stored) await writeDraftWords(root, draft.folder, draft);
  }
}

function changedMeanwhile({ publication }: Candidate): ExpectedError {
  return new ExpectedError({
    exit: "later",
    code: "queue-changed",
    what: `Another run changed ${nameOf(publication)} at the same moment, so nothing was planned.`,
    fix: "Type the command again.",
  });
}
