import { isDeepStrictEqual } from "node:util";
import type { Destination } from "../../core/destination.ts";
import type { Draft } from "../../core/draft.ts";
import type { DraftEdit } from "../../core/draft-edit.ts";
import { isOpen } from "../../core/publication.ts";
import { keepYours, placeDraftMedia, writeDraftWords } from "../../library/draft-files.ts";
import type { DraftMedia } from "../../library/draft-files.ts";
import { findDraft, putDraft } from "../../store/drafts.ts";
import type { StoredDraft } from "../../store/drafts.ts";
import type { Store } from "../../store/open.ts";
import { findPublication, startPublication } from "../../store/publications.ts";
import { keepAllowed } from "./allow.ts";
import { editsOf } from "./edits.ts";
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
  /** Where a person's words differ from what would be written now. */
  edits: DraftEdit[];
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

/** What keeping a draft would do; changes nothing. */
export async function planDraft(made: NewDraft, context: KeepContext): Promise<KeptDraft> {
  const { root, store, destination, now } = context;
  const name = { post: made.draft.post, to: destination.id };
  const { before, publication } = await store.transaction(async (transaction) => ({
    before: await findDraft(transaction, name.post, name.to),
    publication: await findPublication(transaction, name),
  }));
  if (before !== null && publication !== null && !isOpen(publication.state)) {
    return { draft: before, result: "gone-out", edits: [] };
  }
  const theirs = before === null ? {} : await personsWords(root, before);
  const edits = editsOf(made.draft, theirs);
  const words = { title: made.draft.title, body: made.draft.body, ...theirs };
  const isEdited = !context.force && (theirs.title !== undefined || theirs.body !== undefined);
  const draft: StoredDraft = keepAllowed(before, {
    ...made.draft,
    ...(isEdited
      ? {
          ...words,
          edited: true,
          problems: checkEdited(destination, made.draft, words, await lintRules(root)),
        }
      : {}),
    folder: before?.folder ?? made.folder,
    written: { title: made.draft.title, body: made.draft.body },
    madeAt: before?.madeAt ?? now,
  });
  const same =
    before !== null && isDeepStrictEqual(before, draft) && (isEdited || edits.length === 0);
  return { draft, result: same ? "unchanged" : "made", edits };
}

/**
 * Writes a draft into the database and its folder, and starts its publication. A person's edits win over
 * the new words, or are kept beside them with `force`; what already went out is left as it is.
 */
export async function keepDraft(made: NewDraft, context: KeepContext): Promise<KeptDraft> {
  const { root, store, destination, now } = context;
  const planned = await planDraft(made, context);
  const { draft, result } = planned;
  if (result === "gone-out") return planned;
  const edits: DraftEdit[] = [];
  for (const edit of planned.edits) {
    const kept = context.force ? await keepYours(root, draft.folder, edit.part, now) : null;
    edits.push(kept === null ? edit : { ...edit, kept });
  }
  await placeDraftMedia(root, draft.folder, made.media);
  if (result === "made") await writeDraftWords(root, draft.folder, draft);
  await store.transaction(async (transaction) => {
    if (result === "made") await putDraft(transaction, draft);
    const name = { post: draft.post, to: destination.id };
    await startPublication(transaction, { ...name, account: context.account, way: "handoff" }, now);
  });
  return { draft, result, edits };
}
