import { ExpectedError } from "../../core/error.ts";
import type { Post, SourcePost } from "../../core/post.ts";
import type { Problem } from "../../core/problem.ts";
import { postFolder } from "../../library/layout.ts";
import { mergeFields } from "../../merge/fields.ts";
import type { StoreTransaction } from "../../store/open.ts";
import {
  allPosts,
  allRecords,
  assignRecord,
  deleteRecord,
  putPost,
  putRecord,
  recordName,
} from "../../store/posts.ts";
import type { RecordedMedia, StoredRecord } from "../../store/posts.ts";
import { deleteRemoved, emptyRecords, removedKeys } from "../../store/removed.ts";
import { timeKey } from "../../tiktok/time.ts";
import {
  addFounders,
  addNamed,
  addOthers,
  founding,
  foundedGroups,
  nameOf,
  refresh,
} from "./groups.ts";
import type { Group } from "./groups.ts";
import type { ReadPost } from "./read-sources.ts";

/** What became of the posts of this run. */
export interface KeptPosts {
  /** Every post that this run's sources speak of, oldest first. */
  posts: KeptPost[];
  /** One for each record that fits no post. */
  problems: Problem[];
  /** Keys of the posts that were left out because the creator removed them. */
  leftOut: string[];
}

/** One post after joining. */
export interface KeptPost {
  post: Post;
  isNew: boolean;
  /** Names of the fields that changed. */
  changed: string[];
  /** What this run's sources offer of it. */
  offers: SourcePost[];
  /** The files that any source has ever named, this run's or an earlier one's. */
  named: RecordedMedia[];
}

/**
 * Remembers this run's records, joins every record of the library to posts one to one, and writes the
 * posts that result. Posts are made from all records together, so the order of sources does not matter:
 * two inputs of one run are like two runs, and what the archive does not found is joined anew each time.
 */
export async function keepRecords(
  transaction: StoreTransaction,
  read: readonly ReadPost[],
  seenAt: string,
  restore: ReadonlySet<string> = new Set(),
): Promise<KeptPosts> {
  const removed = await removedKeys(transaction);
  assertRemoved(restore, removed);
  const groups = foundedGroups(await allRecords(transaction));
  const offers = new Map<string, SourcePost[]>();
  for (const posts of Map.groupBy(read, (post) => post.input).values()) {
    const names = await rememberInput(transaction, posts, offers, seenAt);
    addFounders(groups, await allRecords(transaction), names);
  }
  const records = await allRecords(transaction);
  refresh(groups, records);
  const problems = addOthers(groups, records);
  const before = await allPosts(transaction);
  const usedKeys = new Set([...before.keys(), ...removed]);
  for (const group of groups) {
    group.key ??= newKey(group.records, usedKeys);
    usedKeys.add(group.key);
  }
  const turns = new Map([...offers.keys()].map((name, turn) => [name, turn]));
  const named = addNamed(groups, records, turns);
  for (const record of named.replaced) await deleteRecord(transaction, record);

  const leftOut: string[] = [];
  const owner = new Map<string, string>();
  const kept: KeptPost[] = [];
  await releaseIds(transaction, groups, before);
  for (const group of groups) {
    const key = group.key ?? "";
    for (const record of group.records) owner.set(nameOf(record), key);
    const ownOffers = group.records.flatMap((record) => offers.get(nameOf(record)) ?? []);
    if (restore.has(key)) await restorePost(transaction, key, ownOffers);
    else if (removed.has(key)) {
      if (ownOffers.length > 0) leftOut.push(key);
      continue;
    }
    const old = before.get(key);
    const merged = mergeFields(group.records);
    const post: Post = { ...merged, key, folder: old?.folder ?? postFolder(merged.date, key) };
    const changed = old === undefined ? [] : changedFields(old, post);
    if (old === undefined || changed.length > 0) await putPost(transaction, post);
    if (ownOffers.length > 0) {
      const named = group.records.flatMap((record) => record.media);
      kept.push({ post, isNew: old === undefined, changed, offers: ownOffers, named });
    }
  }
  for (const record of records) {
    const post = owner.get(nameOf(record)) ?? null;
    if (record.post !== post) await assignRecord(transaction, record, post);
  }
  for (const key of leftOut) await emptyRecords(transaction, key);
  kept.sort((a, b) => compare(a.post.date, b.post.date) || compare(a.post.key, b.post.key));
  return { posts: kept, problems: [...problems, ...named.problems], leftOut };
}

/** Only the archive knows enough of a post to make it again. */
async function restorePost(
  transaction: StoreTransaction,
  key: string,
  offers: readonly SourcePost[],
): Promise<void> {
  if (!offers.some((offer) => offer.source === founding)) {
    throw new ExpectedError({
      exit: "usage",
      code: "not-in-source",
      what: `What you gave does not have the post ${key}, so it cannot be brought back. Nothing was changed.`,
      fix: "Give a TikTok archive that has it, or leave `--restore` out.",
    });
  }
  await deleteRemoved(transaction, key);
}

function assertRemoved(restore: ReadonlySet<string>, removed: ReadonlySet<string>): void {
  const wrong = [...restore].find((key) => !removed.has(key));
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
    if (mergeFields(records).id !== old.id) await putPost(transaction, { ...old, id: null });
  }
}

/** Writes the records of one input; answers their names. */
async function rememberInput(
  transaction: StoreTransaction,
  posts: readonly SourcePost[],
  offers: Map<string, SourcePost[]>,
  seenAt: string,
): Promise<Set<string>> {
  const names = new Set<string>();
  for (const post of posts) {
    const { source, id, date, objectIds, fields, named = null } = post;
    const record = unusedName(post, names);
    const name = nameOf({ source, record });
    names.add(name);
    offers.set(name, [...(offers.get(name) ?? []), post]);
    const media = post.media.map(({ role, position, objectId }) => ({ role, position, objectId }));
    const told = { source, record, id, date, objectIds, fields, media, named };
    await putRecord(transaction, told, seenAt);
  }
  return names;
}

/** Posts without any link have only their second as a name; a second one of that second must not overwrite the first. */
function unusedName(post: SourcePost, used: ReadonlySet<string>): string {
  const name = recordName(post);
  if (!name.endsWith("#")) return name;
  for (let count = 1; ; count += 1) {
    const candidate = count === 1 ? name : `${name}${count}`;
    if (!used.has(nameOf({ source: post.source, record: candidate }))) return candidate;
  }
}

function newKey(records: readonly StoredRecord[], used: ReadonlySet<string>): string {
  const id = records.find((record) => record.id !== null)?.id;
  if (id !== undefined && id !== null && !used.has(id)) return id;
  const time = timeKey(records[0]?.date ?? "");
  if (!used.has(time)) return time;
  for (let count = 2; ; count += 1) {
    if (!used.has(`${time}-${count}`)) return `${time}-${count}`;
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
