import type { Draft } from "../../core/draft.ts";
import type { PublicationState } from "../../core/publication.ts";
import type { StoreTransaction } from "../../store/open.ts";
import { allPublications } from "../../store/publications.ts";
import { allRecords } from "../../store/records.ts";
import { removedKeys } from "../../store/removed.ts";
import { findDoubts } from "../export/doubts.ts";
import type { Doubts } from "../export/doubts.ts";
import { makeGroups } from "../export/groups.ts";
import { doubtfulDraft } from "../export/union-notes.ts";

/** Which posts may be one, and how far their publications are. */
export interface OpenDoubts {
  posts: Doubts;
  /** By `KEY@DESTINATION`. */
  states: ReadonlyMap<string, PublicationState>;
}

const notPlanned: ReadonlySet<PublicationState> = new Set(["draft", "held", "skipped"]);

/** Reckons anew from all records which posts may be one: what was noted once could be out of date. */
export async function openDoubts(transaction: StoreTransaction): Promise<OpenDoubts> {
  const groups = makeGroups(await allRecords(transaction));
  const publications = await allPublications(transaction);
  return {
    posts: findDoubts(groups, await removedKeys(transaction)),
    states: new Map(publications.map(({ post, to, state }) => [`${post}@${to}`, state])),
  };
}

/**
 * A draft of a post that may be the same as another one is stopped. Only where it has its place in the queue
 * and no other of them has, it goes on: then the others are held, and nothing goes out twice.
 */
export function withDoubt<Made extends { draft: Draft }>(
  made: Made,
  { posts, states }: OpenDoubts,
): Made {
  const { draft } = made;
  const others = posts.get(draft.post);
  if (others === undefined) return made;
  const isPlanned = (post: string) => {
    const state = states.get(`${post}@${draft.to}`);
    return state !== undefined && !notPlanned.has(state);
  };
  const first = isPlanned(draft.post) && !others.some(isPlanned);
  const doubt = doubtfulDraft(draft, others, first ? "warn" : "stop");
  return { ...made, draft: { ...draft, problems: [...draft.problems, doubt] } };
}
