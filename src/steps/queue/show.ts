import type { Clock } from "../../core/clock.ts";
import { ExpectedError } from "../../core/error.ts";
import type { Step } from "../../core/event.ts";
import type { Problem } from "../../core/problem.ts";
import type { Publication } from "../../core/publication.ts";
import { writeMoment } from "../../queue/read-moment.ts";
import { resolveItems } from "../../store/aliases.ts";
import { findDraft } from "../../store/drafts.ts";
import { historyOf } from "../../store/moves.ts";
import type { PastAttempt, PastMove } from "../../store/moves.ts";
import type { Store } from "../../store/open.ts";
import { allPublications, publicationRecord } from "../../store/publications.ts";
import type { TypedItem } from "./choose.ts";
import { nextStep } from "./next.ts";
import type { NextStep } from "./next.ts";
import { nameOf } from "./plan.ts";

/** Everything that is known of a publication. */
export interface ShownPublication extends Publication {
  title: string;
  /** Folder of the draft, from the library's root; null when there is none. */
  folder: string | null;
  /** Its slot as the clock of the zone shows it; null when it has none. */
  dueThere: string | null;
  zone: string;
  account: string;
  /** ISO 8601 UTC. */
  handedOffAt: string | null;
  problems: Problem[];
  history: PastMove[];
  tries: PastAttempt[];
  next: NextStep;
}

/** Shows items of the queue with their history. */
export async function* showQueue(request: {
  store: Store;
  clock: Clock;
  items: readonly TypedItem[];
  /** IANA zone of the slots. */
  zone: string;
}): Step {
  const { store, zone } = request;
  const shown = await store.transaction(async (transaction) => {
    const all = await allPublications(transaction);
    const items = await resolveItems(transaction, request.items);
    const found = all.filter((each) =>
      items.some(({ post, to }) => post === each.post && to === each.to),
    );
    for (const [post, typed] of Map.groupBy(items, (item) => item.post)) {
      const missing = typed.filter(
        (item) => item.exact && !found.some((each) => each.post === post && each.to === item.to),
      );
      if (missing.length > 0 || !found.some((each) => each.post === post)) {
        throw unknown(missing[0] === undefined ? post : nameOf(missing[0]));
      }
    }
    const details: ShownPublication[] = [];
    for (const publication of found) {
      const draft = await findDraft(transaction, publication.post, publication.to);
      const { moves, attempts } = await historyOf(transaction, publication);
      details.push({
        ...publicationRecord(publication),
        title: draft?.title ?? "",
        folder: draft?.folder ?? null,
        dueThere: publication.due === null ? null : writeMoment(publication.due, zone),
        zone,
        account: publication.account,
        handedOffAt: publication.handedOffAt,
        problems: draft?.problems ?? [],
        history: moves,
        tries: attempts,
        next: nextStep(publication),
      });
    }
    return details;
  });
  yield* shown;
  return {
    exit: "done",
    summary: {
      type: "summary",
      command: "queue show",
      schemaVersion: 1,
      shown: shown.length,
      zone,
    },
  };
}

function unknown(name: string): ExpectedError {
  return new ExpectedError({
    exit: "usage",
    code: "no-such-publication",
    what: `There is no publication ${name}.`,
    fix: "Type `findmehere queue list --all` to see what there is.",
  });
}
