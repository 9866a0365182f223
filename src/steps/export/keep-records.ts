import { ExpectedError } from "../../core/error.ts";
import type { Post } from "../../core/post.ts";
import type { Problem } from "../../core/problem.ts";
import { postFolder } from "../../library/layout.ts";
import { mergeFields } from "../../merge/fields.ts";
import { allAliases, putAlias, resolveKeys } from "../../store/aliases.ts";
import { putOldWord } from "../../store/history.ts";
import { mergePosts } from "../../store/merge-posts.ts";
import type { MergedPublication } from "../../store/merge-publications.ts";
import type { StoreTransaction } from "../../store/open.ts";
import { allPosts, postTurns, putPost } from "../../store/posts.ts";
import { assignRecord, deleteRecord, nameOf } from "../../store/records.ts";
import type { RecordedMedia } from "../../store/records.ts";
import { deleteRemoved, emptyRecords, removedKeys } from "../../store/removed.ts";
import { findDoubts } from "./doubts.ts";
import type { Doubts } from "./doubts.ts";
import { addNamed, makeGroups } from "./groups.ts";
import type { Group, Replaced } from "./groups.ts";
import { giveKeys } from "./keys.ts";
import type { Union } from "./keys.ts";
import type { ReadPost } from "./read-sources.ts";
import { rememberPosts } from "./remember.ts";

/** What became of the posts of this run. */
export interface KeptPosts {
  /** Every post that this run's sources speak of, oldest first. */
  posts: KeptPost[];
  /** One for each record that fits no post. */
  problems: Problem[];
  /** Keys of the posts that were left out because the creator removed them. */
  leftOut: string[];
  /** Posts that proved to be one. */
  unions: UnitedPosts[];
  /** Which posts of the library may be one with which others. */
  doubts: Doubts;
}

/** Two posts of the library that proved to be one. */
export interface UnitedPosts extends Union {
  /** What became of what both had, one for each destination. */
  publications: MergedPublication[];
}

/** One post after joining. */
export interface KeptPost {
  post: Post;
  isNew: boolean;
  /** Names of the fields that changed. */
  changed: string[];
  /** What it was called before, where that changed; null where it had no caption. */
  captionBefore: string | null;
  /** It may be the same post as another; nothing was guessed. */
  doubtful: boolean;
  /** What this run's sources offer of it. */
  offers: ReadPost[];
  /** The files that any source has ever named, this run's or an earlier one's. */
  named: readonly RecordedMedia[];
}

/**
 * Remembers this run's records, joins every record of the library to posts one to one, and writes the
 * posts that result. Posts are made from all records together, so the order of sources does not matter:
 * two inputs of one run are like two runs, and everything is joined anew each time.
 */
export async function keepRecords(
  transaction: StoreTransaction,
  read: readonly ReadPost[],
  seenAt: string,
  restored: ReadonlySet<string> = new Set(),
): Promise<KeptPosts> {
  const removed = await removedKeys(transaction);
  assertRemoved(await resolveKeys(transaction, restored), removed);
  const { records, offers } = await rememberPosts(transaction, read, seenAt);
  const groups = makeGroups(records);
  const turns = await postTurns(transaction);
  const one = giveKeys(groups, { turns, removed, aliases: await allAliases(transaction) });
  const unions = await unite(transaction, one, removed, seenAt);
  const restore = new Set(await resolveKeys(transaction, restored));
  const doubts = findDoubts(groups, new Set([...removed].filter((key) => !restore.has(key))));
  const order = new Map([...offers.keys()].map((name, turn) => [name, turn]));
  const named = addNamed(groups, records, order, await allAliases(transaction));
  for (const each of named.replaced) await replaceNamed(transaction, each);

  const before = await allPosts(transaction);
  const leftOut: string[] = [];
  const owner = new Map<string, string>();
  const kept: KeptPost[] = [];
  let turn = Math.max(0, ...turns.values());
  await releaseIds(transaction, groups, before);
  for (const group of groups) {
    const key = group.key ?? "";
    for (const record of group.records) owner.set(nameOf(record), key);
    const ownOffers = group.records.flatMap((record) => offers.get(nameOf(record)) ?? []);
    if (restore.has(key)) await restorePost(transaction, key, ownOffers);
    else if (removed.has(key) && !before.has(key)) {
      if (ownOffers.length > 0) leftOut.push(key);
      continue;
    }
    const old = before.get(key);
    const merged = mergeFields(group.records);
    const post: Post = { ...merged, key, folder: old?.folder ?? postFolder(merged.date, key) };
    const changed = old === undefined ? [] : changedFields(old, post);
    if (old === undefined || changed.length > 0) await putPost(transaction, post, (turn += 1));
    if (ownOffers.length > 0) {
      kept.push({
        ...{ post, isNew: old === undefined, changed, offers: ownOffers },
        captionBefore: changed.includes("caption") ? (old?.caption ?? null) : null,
        doubtful: doubts.has(key),
        named: group.records.flatMap((record) => record.media),
      });
    }
  }
  for (const record of records) {
    const post = owner.get(nameOf(record)) ?? null;
    if (record.post !== post) await assignRecord(transaction, record, post);
  }
  for (const key of leftOut) await emptyRecords(transaction, key);
  kept.sort((a, b) => compare(a.post.date, b.post.date) || compare(a.post.key, b.post.key));
  return { posts: kept, problems: named.problems, leftOut, unions, doubts };
}

/** Makes one post of what proved to be one. Its files and publications go along, nothing is lost. */
async function unite(
  transaction: StoreTransaction,
  unions: readonly Union[],
  removed: ReadonlySet<string>,
  at: string,
): Promise<UnitedPosts[]> {
  const united: UnitedPosts[] = [];
  for (const { key, alias } of unions) {
    const { publications, left } = await mergePosts(transaction, { key, alias, at });
    if (removed.has(alias)) await deleteRemoved(transaction, alias);
    await putAlias(transaction, alias, key, left);
    united.push({ key, alias, publications });
  }
  return united;
}

/** A table of captions does not know enough of a post to make it again. */
async function restorePost(
  transaction: StoreTransaction,
  key: string,
  offers: readonly ReadPost[],
): Promise<void> {
  if (offers.every((offer) => offer.named !== undefined)) {
    throw new ExpectedError({
      exit: "usage",
      code: "not-in-source",
      what: `What you gave does not have the post ${key}, so it cannot be brought back. Nothing was changed.`,
      fix: "Give a TikTok archive that has it, or leave `--restore` out.",
    });
  }
  await deleteRemoved(transaction, key);
}

/** What a person typed for a post that proved to be another one is kept among the older words of that. */
async function replaceNamed(transaction: StoreTransaction, { old, by }: Replaced): Promise<void> {
  const { caption } = old.fields;
  if (old.post !== null && old.post !== by.post && caption !== undefined) {
    await putOldWord(transaction, by, { field: "caption", observed: old.seenAt, value: caption });
  }
  await deleteRecord(transaction, old);
}

function assertRemoved(restore: readonly string[], removed: ReadonlySet<string>): void {
  const wrong = restore.find((key) => !removed.has(key));
  if (wrong === undefined) return;
  throw new ExpectedError({
    exit: "usage",
    code: "not-removed",
    what: `No post ${wrong} was removed, so there is nothing to bring back.`,
    fix: removed.size === 0 ? "Leave `--restore` out." : `These were: ${[...removed].join(", ")}.`,
  });
}

/** An id that moves from one post to another must be free before it is written again. */
async function releaseIds(
  transaction: StoreTransaction,
  groups: readonly Group[],
  before: ReadonlyMap<string, Post>,
): Promise<void> {
  for (const { key, records } of groups) {
    const old = before.get(key ?? "");
    if (old === undefined || old.id === null) continue;
    const id = records.find((record) => record.id !== null)?.id ?? null;
    if (id !== old.id) await putPost(transaction, { ...old, id: null });
  }
}

function changedFields(before: Post, after: Post): string[] {
  return (Object.keys(after) as (keyof Post)[]).filter(
    (field) => JSON.stringify(before[field]) !== JSON.stringify(after[field]),
  );
}

function compare(left: string, right: string): number {
  return left < right ? -1 : Number(left > right);
}
