import type { Publication } from "../../core/publication.ts";
import { findDraft, putDraft } from "../../store/drafts.ts";
import type { Store } from "../../store/open.ts";
import { findPublication, publicationRecord } from "../../store/publications.ts";
import { allowStops } from "../drafts/allow.ts";

interface Item {
  post: string;
  to: string;
}

/** What a person wants to release. */
interface ReleaseRequest<Wanted extends Item> {
  store: Store;
  release: readonly Wanted[];
  /** Stop problems that the person allows. */
  allow: ReadonlySet<string>;
  dryRun: boolean;
}

/**
 * Allows what was stopped after it had got its place in the queue; it keeps its place. Tells these
 * publications and answers the other items.
 */
export async function* allowQueued<Wanted extends Item>({
  store,
  release,
  allow,
  dryRun,
}: ReleaseRequest<Wanted>): AsyncGenerator<Publication, Wanted[]> {
  const others: Wanted[] = [];
  for (const item of release) {
    const allowed = await store.transaction(async (transaction) => {
      const publication = await findPublication(transaction, item);
      const draft = await findDraft(transaction, item.post, item.to);
      if (publication?.state !== "queued" || draft === null) return null;
      const free = allowStops(draft, allow);
      if (free === draft) return null;
      if (!dryRun) await putDraft(transaction, free);
      return publication;
    });
    if (allowed === null) others.push(item);
    else yield publicationRecord(allowed);
  }
  return others;
}
