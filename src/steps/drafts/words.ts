import { checkTexts } from "../../compose/check.ts";
import type { Destination } from "../../core/destination.ts";
import type { Draft } from "../../core/draft.ts";
import { readDraftWords, writeDraftWords } from "../../library/draft-files.ts";
import type { Store } from "../../store/open.ts";
import { findDraft, putDraft } from "../../store/drafts.ts";
import type { StoredDraft } from "../../store/drafts.ts";

/** What a person wrote into title.txt or body.txt; only the texts that they changed are in it. */
export async function personsWords(
  root: string,
  draft: Pick<StoredDraft, "folder" | "written">,
): Promise<{ title?: string; body?: string }> {
  const { title, body } = await readDraftWords(root, draft.folder);
  return {
    ...(title === null || title === trimEnd(draft.written.title) ? {} : { title }),
    ...(body === null || body === trimEnd(draft.written.body) ? {} : { body }),
  };
}

/**
 * Takes a person's edits of title.txt and body.txt into the database and checks them against the limits.
 * Their wording wins; what findmehere itself said about its own words is dropped with those words.
 */
async function takeEdits(
  root: string,
  store: Store,
  destination: Destination,
  draft: StoredDraft,
): Promise<StoredDraft> {
  const theirs = await personsWords(root, draft);
  const words = { ...draft.written, ...theirs };
  if (words.title === draft.title && words.body === draft.body) return draft;
  const edited: StoredDraft = {
    ...draft,
    ...words,
    edited: theirs.title !== undefined || theirs.body !== undefined,
    problems: checkEdited(destination, draft, words),
  };
  await store.transaction((transaction) => putDraft(transaction, edited));
  await writeDraftWords(root, draft.folder, edited);
  return edited;
}

/** The problems of a draft whose words a person wrote: the limits, and what is not about words. */
export function checkEdited(
  destination: Destination,
  draft: Pick<Draft, "post" | "topics" | "media" | "problems">,
  words: { title: string; body: string },
): Draft["problems"] {
  const ownMedia = draft.problems.filter((problem) => problem.code === "choose-media");
  const photos = draft.problems.filter((problem) => problem.code === "photos-left-out");
  const doubts = draft.problems.filter((problem) => problem.code === "ambiguous-join");
  const checked = checkTexts(destination, {
    ...words,
    topics: draft.topics,
    photoCount: 0,
    hasMedia: draft.media.length > 0 || ownMedia.length > 0,
    post: draft.post,
  });
  return [...checked, ...photos, ...ownMedia, ...doubts];
}

/** A draft with its edits taken; null when there is none. */
export async function currentDraft(
  root: string,
  store: Store,
  destination: Destination,
  post: string,
): Promise<StoredDraft | null> {
  const draft = await store.transaction((transaction) =>
    findDraft(transaction, post, destination.id),
  );
  return draft === null ? null : takeEdits(root, store, destination, draft);
}

function trimEnd(text: string): string {
  return text.replaceAll("\r\n", "\n").replace(/\n$/, "");
}
