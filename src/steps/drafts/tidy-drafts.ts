import { existsSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { basename, join } from "node:path";
import writeFileAtomic from "write-file-atomic";
import { pictureEndings, videoEndings } from "../../core/media-ending.ts";
import type { Post } from "../../core/post.ts";
import { isOpen } from "../../core/publication.ts";
import {
  bringFile,
  isNameFrom,
  isYours,
  nameFrom,
  namesIn,
  syncFolder,
} from "../../library/bring-file.ts";
import { readDraftWords, writeDraftFile } from "../../library/draft-files.ts";
import { libraryNames } from "../../library/layout.ts";
import type { LeftBehind, LostDraft } from "../../store/aliases.ts";
import { allDrafts, putDraft } from "../../store/drafts.ts";
import type { StoredDraft } from "../../store/drafts.ts";
import type { Store } from "../../store/open.ts";
import { findPublication } from "../../store/publications.ts";
import { personsWords } from "./words.ts";

const ownFile = new RegExp(
  String.raw`^((title|body)\.txt|index\.html|(video|cover|\d{2,})\.(${[...videoEndings, ...pictureEndings].join("|")}))$`,
);

/** The folder in which the draft of a post belongs, beside the post's own. */
export function draftHome(to: string, post: Pick<Post, "folder">): string {
  return `${libraryNames.drafts}/${to}/${basename(post.folder)}`;
}

/**
 * Brings the drafts of a post that took in another one into their own folders. Words that a person typed into
 * a draft that gave way are kept beside the draft that stayed. May be repeated.
 */
export async function tidyDrafts(
  root: string,
  store: Store,
  { key, left }: { key: string; left: LeftBehind },
  post: Post,
): Promise<void> {
  const drafts = (await store.transaction(allDrafts)).filter((draft) => draft.post === key);
  for (const draft of drafts) {
    const home = draftHome(draft.to, post);
    const lost = left.lostDrafts.find(({ to, folder }) => {
      return to === draft.to && folder !== draft.folder;
    });
    if (lost !== undefined) await keepLostWords(root, store, { draft, lost, home });
    if (draft.folder === home || !left.draftFolders.includes(draft.folder)) continue;
    const from = join(root, draft.folder);
    await mkdir(join(root, home), { recursive: true });
    for (const name of await namesIn(from)) {
      if (!ownFile.test(name) && !isNameFrom(name) && !isYours(name)) continue;
      await bringFile(join(from, name), join(root, home, name));
    }
    const moved: StoredDraft = { ...draft, folder: home };
    await writeDraftFile(root, home, moved);
    await syncFolder(join(root, home));
    // Until now the words were read where they were written.
    await store.transaction((transaction) => putDraft(transaction, moved));
  }
}

/** Where nobody wrote anything into the draft that stayed, the words of the one that gave way go into it. */
async function keepLostWords(
  root: string,
  store: Store,
  { draft, lost, home }: { draft: StoredDraft; lost: LostDraft; home: string },
): Promise<void> {
  for (const name of await namesIn(join(root, lost.folder))) {
    // What an earlier union or `prepare --force` kept beside the draft that gives way now.
    if ((!isNameFrom(name) && !isYours(name)) || lost.folder === home) continue;
    await mkdir(join(root, home), { recursive: true });
    await bringFile(join(root, lost.folder, name), join(root, home, name));
  }
  const typed = { ...storedWords(lost), ...(await personsWords(root, lost)) };
  if (typed.title === undefined && typed.body === undefined) return;
  const stays = await personsWords(root, draft);
  const now = await readDraftWords(root, draft.folder);
  const publication = await store.transaction((transaction) => findPublication(transaction, draft));
  const mayChange = publication === null || isOpen(publication.state);
  const isFree = mayChange && stays.title === undefined && stays.body === undefined;
  await mkdir(join(root, home), { recursive: true });
  for (const part of ["title", "body"] as const) {
    const text = typed[part];
    if (text === undefined || text === now[part]) continue;
    const aside = join(root, home, nameFrom(`${part}.txt`, lost.post));
    if (isFree) await writeFileAtomic(join(root, draft.folder, `${part}.txt`), text);
    else if (!existsSync(aside)) await writeFileAtomic(aside, text);
  }
}

/** What a person typed as far as the database knows. */
function storedWords({ title, body, written }: LostDraft): { title?: string; body?: string } {
  return {
    ...(title === written.title ? {} : { title }),
    ...(body === written.body ? {} : { body }),
  };
}
