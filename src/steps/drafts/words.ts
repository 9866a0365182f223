import { checkTexts } from "../../compose/check.ts";
import { lintDraft } from "../../compose/lint-draft.ts";
import { factCodes } from "../../compose/lint-facts.ts";
import type { Destination } from "../../core/destination.ts";
import type { Draft } from "../../core/draft.ts";
import { readDraftWords, writeDraftWords } from "../../library/draft-files.ts";
import type { Store } from "../../store/open.ts";
import { findDraft, putDraft } from "../../store/drafts.ts";
import type { StoredDraft } from "../../store/drafts.ts";
import type { LintRule } from "../../text/lint-table.ts";
import { lintRules } from "./lint-rules.ts";

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
 * The draft with a person's edits of title.txt and body.txt, checked against the limits; itself when there are
 * none. Their wording wins; what findmehere itself said about its own words is dropped with those words.
 */
export async function withEdits(
  root: string,
  destination: Destination,
  draft: StoredDraft,
): Promise<StoredDraft> {
  const theirs = await personsWords(root, draft);
  const words = { ...draft.written, ...theirs };
  if (words.title === draft.title && words.body === draft.body) return draft;
  return {
    ...draft,
    ...words,
    edited: theirs.title !== undefined || theirs.body !== undefined,
    problems: checkEdited(destination, draft, words, await lintRules(root)),
  };
}

/** Takes a person's edits into the database. */
async function takeEdits(
  root: string,
  store: Store,
  destination: Destination,
  draft: StoredDraft,
): Promise<StoredDraft> {
  const edited = await withEdits(root, destination, draft);
  if (edited === draft) return draft;
  await store.transaction((transaction) => putDraft(transaction, edited));
  await writeDraftWords(root, draft.folder, edited);
  return edited;
}

/** The problems of a draft whose words a person wrote: the limits, the word table, and what is not about words. */
export function checkEdited(
  destination: Destination,
  draft: Pick<Draft, "post" | "topics" | "media" | "problems">,
  words: { title: string; body: string },
  rules: readonly LintRule[],
): Draft["problems"] {
  const ownMedia = draft.problems.filter((problem) => problem.code === "choose-media");
  const photos = draft.problems.filter((problem) => problem.code === "photos-left-out");
  const aboutPost = draft.problems.filter(
    ({ code }) => code === "ambiguous-join" || factCodes.has(code),
  );
  const checked = checkTexts(destination, {
    ...words,
    topics: draft.topics,
    photoCount: 0,
    hasMedia: draft.media.length > 0 || ownMedia.length > 0,
    post: draft.post,
  });
  const linted = lintDraft(destination, { ...words, post: draft.post }, rules);
  return [...checked, ...photos, ...ownMedia, ...linted, ...aboutPost];
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
