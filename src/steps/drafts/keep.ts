import { isDeepStrictEqual } from "node:util";
import type { Draft } from "../../core/draft.ts";
import type { Destination } from "../../core/destination.ts";
import { isOpen } from "../../core/publication.ts";
import { placeDraftMedia, writeDraftWords } from "../../library/draft-files.ts";
import type { DraftMedia } from "../../library/draft-files.ts";
import type { Store } from "../../store/open.ts";
import { findDraft, putDraft } from "../../store/drafts.ts";
import type { StoredDraft } from "../../store/drafts.ts";
import { findPublication, startPublication } from "../../store/publications.ts";
import { keepAllowed } from "./allow.ts";
import { lintRules } from "./lint-rules.ts";
import { checkEdited, personsWords } from "./words.ts";

/** A draft on its way into the library. */
export interface NewDraft {
  draft: Draft;
  folder: string;
  media: readonly DraftMedia[];
}

/** What became of it. */
export interface KeptDraft {
  draft: StoredDraft;
  result: "made" | "unchanged" | "gone-out";
}

/** What keeping a draft needs. */
export interface KeepContext {
  root: string;
  store: Store;
  destination: Destination;
  account: string;
  /** ISO 8601 UTC. */
  now: string;
  /** Write our words over a person's. */
  force: boolean;
}

/**
 * Writes a draft into the database and its folder, and starts its publication. A person's edits win over
 * the new words; what already went out is left as it is.
 */
export async function keepDraft(made: NewDraft, context: KeepContext): Promise<KeptDraft> {
  const { root, store, destination, now } = context;
  const name = { post: made.draft.post, to: destination.id };
  const { before, publication } = await store.transaction(async (transaction) => ({
    before: await findDraft(transaction, name.post, name.to),
    publication: await findPublication(transaction, name),
  }));
  if (before !== null && publication !== null && !isOpen(publication.state)) {
    return { draft: before, result: "gone-out" };
  }
  const theirs = before === null || context.force ? {} : await personsWords(root, before);
  const words = { title: made.draft.title, body: made.draft.body, ...theirs };
  const edited = theirs.title !== undefined || theirs.body !== undefined;
  const draft: StoredDraft = keepAllowed(before, {
    ...made.draft,
    ...(edited
      ? {
          ...words,
          edited,
          problems: checkEdited(destination, made.draft, words, await lintRules(root)),
        }
      : {}),
    folder: before?.folder ?? made.folder,
    written: { title: made.draft.title, body: made.draft.body },
    madeAt: before?.madeAt ?? now,
  });
  const same = before !== null && isDeepStrictEqual(before, draft);
  await placeDraftMedia(root, draft.folder, made.media);
  if (!same) await writeDraftWords(root, draft.folder, draft);
  await store.transaction(async (transaction) => {
    if (!same) await putDraft(transaction, draft);
    await startPublication(transaction, { ...name, account: context.account, way: "handoff" }, now);
  });
  return { draft, result: same ? "unchanged" : "made" };
}
