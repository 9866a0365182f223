import type { Problem, ProblemCode } from "../../core/problem.ts";
import type { Look } from "../../core/way.ts";
import { noteLooked } from "../../store/looks.ts";
import { proveLive } from "../../store/move-publication.ts";
import type { StoreTransaction } from "../../store/open.ts";
import { publicationWithAddress } from "../../store/publications.ts";
import type { StoredPublication } from "../../store/publications.ts";

/** What one look at a publication came to that is live by its pasted address alone. */
interface NotedPasted {
  as: "live" | "pasted";
  publication: StoredPublication;
  problem: Problem | null;
}

/** Of a post that the creator's word vouches for, these say nothing that they need to know. */
const unsaid: readonly ProblemCode[] = ["page-limit", "several-fit"];

/**
 * Seen on the account's own page, it is proved; else it stays as it was: an old post has left the page, and what
 * the creator pasted holds. Of an address whose id is known, only the very same post counts.
 */
export async function notePasted(
  transaction: StoreTransaction,
  current: StoredPublication,
  found: Look,
  at: string,
): Promise<NotedPasted> {
  const isIt =
    found.is === "live" && (current.remoteId === null || current.remoteId === found.remoteId);
  if (isIt) {
    const url = found.url ?? current.url;
    const remoteId = found.remoteId ?? current.remoteId;
    const address = { url: url ?? "", to: current.to, remoteId };
    const holder = await publicationWithAddress(transaction, address);
    if (holder === null || holder.post === current.post) {
      const why = "it was seen on the account's own page";
      const publication = await proveLive(transaction, current, { at, url, remoteId, why });
      return { as: "live", publication, problem: null };
    }
  }
  await noteLooked(transaction, current, { lookedAt: at, looks: current.looks, nextLook: null });
  const said = found.is === "unknown" ? (found.problem ?? null) : null;
  const isTold = said !== null && !unsaid.includes(said.code);
  return {
    as: "pasted",
    publication: { ...current, lookedAt: at, nextLook: null },
    problem: isTold ? { ...said, to: current.to } : null,
  };
}
