import { mkdir, rm, stat } from "node:fs/promises";
import { basename, join } from "node:path";
import type { Post } from "../../core/post.ts";
import type { Problem } from "../../core/problem.ts";
import { bringFile, isNameFrom, nameFrom, namesIn, syncFolder } from "../../library/bring-file.ts";
import { hashFile } from "../../library/manifest.ts";
import { finishUnion, unfinishedUnions } from "../../store/aliases.ts";
import type { LeftBehind } from "../../store/aliases.ts";
import { allDrafts } from "../../store/drafts.ts";
import type { Store } from "../../store/open.ts";
import { allFiles, allPosts, moveFile } from "../../store/posts.ts";
import type { StoredFile } from "../../store/posts.ts";
import { draftHome, tidyDrafts } from "../drafts/tidy-drafts.ts";
import { takeFolderAway } from "../take-folder-away.ts";
import { wholeFile } from "./adopt.ts";

/** One union whose files have to be brought together. */
export interface OpenUnion {
  alias: string;
  key: string;
  left: LeftBehind;
}

/**
 * Brings the files of posts that proved to be one into one folder. The rows say what is left to do, so a run
 * that is killed here is completed by the next one; no file goes before its new name is on the disk.
 */
export async function* tidyUnited(root: string, store: Store): AsyncGenerator<Problem> {
  for (const union of await store.transaction(unfinishedUnions)) {
    const post = (await store.transaction(allPosts)).get(union.key);
    if (post !== undefined) {
      await tidyDrafts(root, store, union, post);
      await tidyMedia(root, store, union, post);
    }
    let isStuck = false;
    for (const folder of await emptied(store, union, post)) {
      if (yield* takeFolderAway(root, folder, union.key)) isStuck = true;
    }
    if (!isStuck) await store.transaction((transaction) => finishUnion(transaction, union.alias));
  }
}

/** The folders that nothing of the library lies in any more. */
async function emptied(
  store: Store,
  { left, key }: OpenUnion,
  post: Post | undefined,
): Promise<Set<string>> {
  const drafts = (await store.transaction(allDrafts)).filter((draft) => draft.post === key);
  const folders = new Set([...left.draftFolders, ...left.lostDrafts.map(({ folder }) => folder)]);
  if (left.folder !== null) folders.add(left.folder);
  if (post === undefined) return folders;
  folders.delete(post.folder);
  for (const draft of drafts) {
    folders.delete(draft.folder);
    folders.delete(draftHome(draft.to, post));
  }
  return folders;
}

async function tidyMedia(root: string, store: Store, union: OpenUnion, post: Post): Promise<void> {
  const { folder } = union.left;
  if (folder === null || folder === post.folder) return;
  await mkdir(join(root, post.folder), { recursive: true });
  const rows = async () =>
    (await store.transaction(allFiles)).filter((file) => file.post === post.key);
  for (const row of await rows()) {
    if (row.path.startsWith(`${folder}/`)) await bringRow(root, store, row, union, post);
  }
  await bringRest(root, await rows(), union, post);
  await syncFolder(join(root, post.folder));
}

/** A file of the post that lies in the other folder: new name, row, then the old name goes. */
async function bringRow(
  root: string,
  store: Store,
  row: StoredFile,
  { alias }: OpenUnion,
  post: Post,
): Promise<void> {
  const from = join(root, row.path);
  const plain = `${post.folder}/${basename(row.path)}`;
  const aside = `${post.folder}/${nameFrom(basename(row.path), alias)}`;
  const isFree = await mayLieAt(root, plain, row);
  if (!isFree && row.role === "video") await makeRoom(root, store, plain, post);
  const to = isFree || (await mayLieAt(root, plain, row)) ? plain : aside;
  if (await isFile(from)) {
    await bringFile(from, join(root, to));
    await syncFolder(join(root, post.folder));
  }
  await store.transaction((transaction) => moveFile(transaction, row.path, to));
  await rm(from, { force: true });
}

/** Puts aside a file that no row knows any more: it had TikTok's mark, and the one that comes has not. */
async function makeRoom(root: string, store: Store, path: string, post: Post): Promise<void> {
  const file = join(root, path);
  if ((await store.transaction(allFiles)).some((row) => row.path === path)) return;
  await bringFile(file, join(root, post.folder, nameFrom(basename(path), post.key)));
  await syncFolder(join(root, post.folder));
  await rm(file);
}

/** True where nothing lies, or this very file since a run that was killed. */
async function mayLieAt(root: string, path: string, row: StoredFile): Promise<boolean> {
  const file = join(root, path);
  return !(await isFile(file)) || (await hashFile(file)) === row.sha256;
}

/** Files whose place was taken: what the post has already goes, what differs is kept beside it. */
async function bringRest(
  root: string,
  rows: readonly StoredFile[],
  { alias, left }: OpenUnion,
  post: Post,
): Promise<void> {
  const folder = join(root, left.folder ?? "");
  const home = join(root, post.folder);
  const has = new Set<string>();
  for (const row of rows) if (await isFile(join(root, row.path))) has.add(row.sha256);
  for (const name of await namesIn(folder)) {
    const base = name.split(".")[0] ?? "";
    const isMedia = /^(video|cover|\d{2,})$/.test(base) && wholeFile([name], base) !== null;
    if (!isMedia && !isNameFrom(name)) continue;
    const from = join(folder, name);
    if (!has.has(await hashFile(from))) {
      const known = rows.some((row) => basename(row.path).startsWith(`${base}.`));
      const free = wholeFile(await namesIn(home), base) === null && !known;
      await bringFile(from, join(home, free || isNameFrom(name) ? name : nameFrom(name, alias)));
      await syncFolder(home);
    }
    await rm(from, { force: true });
  }
}

async function isFile(path: string): Promise<boolean> {
  return (await stat(path).catch(() => null))?.isFile() === true;
}
