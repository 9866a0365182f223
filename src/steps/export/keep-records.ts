import type { Post, SourcePost } from "../../core/post.ts";
import { problem } from "../../core/problem.ts";
import type { Problem } from "../../core/problem.ts";
import { postFolder } from "../../library/layout.ts";
import { mergeFields } from "../../merge/fields.ts";
import { joinRecords } from "../../merge/join.ts";
import type { Joinable } from "../../merge/join.ts";
import type { StoreTransaction } from "../../store/open.ts";
import {
  allPosts,
  allRecords,
  assignRecord,
  putPost,
  putRecord,
  recordName,
} from "../../store/posts.ts";
import type { StoredRecord } from "../../store/posts.ts";
import { timeKey } from "../../tiktok/time.ts";

/** The source that posts are made from; the others add to them. */
const founding = "tiktok-archive";

/** What became of the posts of this run. */
export interface KeptPosts {
  /** Every post that this run's sources speak of, oldest first. */
  posts: KeptPost[];
  problems: Problem[];
}

/** One post after joining. */
export interface KeptPost {
  post: Post;
  isNew: boolean;
  /** Names of the fields that changed. */
  changed: string[];
  /** What this run's sources offer of it; empty when they only named it. */
  offers: SourcePost[];
}

/**
 * Remembers this run's records, joins every record of the library to posts one to one, and writes the
 * posts that result. Posts are made from all records together, so the order of sources does not matter.
 */
export async function keepRecords(
  transaction: StoreTransaction,
  read: readonly SourcePost[],
  seenAt: string,
): Promise<KeptPosts> {
  const offers = new Map<string, SourcePost>();
  for (const post of read) {
    const record = unusedName(post, offers);
    offers.set(`${post.source}\n${record}`, post);
    await putRecord(
      transaction,
      {
        source: post.source,
        record,
        id: post.id,
        date: post.date,
        objectIds: post.objectIds,
        fields: post.fields,
        media: post.media.map(({ role, position, objectId }) => ({ role, position, objectId })),
      },
      seenAt,
    );
  }
  const before = await allPosts(transaction);
  const records = await allRecords(transaction);
  const { groups, problems } = groupRecords(records, (record) => offers.has(nameOf(record)));
  const usedKeys = new Set(before.keys());
  const kept: KeptPost[] = [];
  for (const group of groups) {
    const key = group.key ?? newKey(group.records, usedKeys);
    usedKeys.add(key);
    for (const record of group.records) {
      if (record.post !== key) await assignRecord(transaction, record, key);
    }
    const old = before.get(key);
    const merged = mergeFields(group.records);
    const post: Post = { ...merged, key, folder: old?.folder ?? postFolder(merged.date, key) };
    const changed = old === undefined ? [] : changedFields(old, post);
    if (old === undefined || changed.length > 0) await putPost(transaction, post);
    const ownOffers = group.records.flatMap((record) => offers.get(nameOf(record)) ?? []);
    if (ownOffers.length > 0) {
      kept.push({ post, isNew: old === undefined, changed, offers: ownOffers });
    }
  }
  kept.sort((a, b) => compare(a.post.date, b.post.date) || compare(a.post.key, b.post.key));
  return { posts: kept, problems };
}

interface Group {
  key: string | null;
  records: StoredRecord[];
}

function groupRecords(
  records: readonly StoredRecord[],
  isOfThisRun: (record: StoredRecord) => boolean,
): { groups: Group[]; problems: Problem[] } {
  const groups = [...Map.groupBy(records, (record) => record.post)]
    .filter(([key]) => key !== null)
    .map(([key, own]): Group => ({ key, records: own }));
  const loose = records.filter((record) => record.post === null);

  // A newer archive may name the same post by another link; only posts that this run has not named yet can be meant.
  const founders = loose.filter((record) => record.source === founding);
  const unnamed = groups.filter((group) => !group.records.some(isOfThisRun));
  const again = joinRecords(unnamed.map(joinable), founders.map(asJoinable), 0);
  for (const { left, right } of again.pairs) {
    const [group, record] = [unnamed[left], founders[right]];
    if (group !== undefined && record !== undefined) group.records.push(record);
  }
  const joinedAgain = new Set(again.pairs.map((pair) => pair.right));
  for (const [index, record] of founders.entries()) {
    if (!joinedAgain.has(index)) groups.push({ key: null, records: [record] });
  }

  const problems: Problem[] = [];
  const others = Map.groupBy(
    loose.filter((record) => record.source !== founding),
    (record) => record.source,
  );
  for (const [source, added] of others) {
    const open = groups.filter((group) => !group.records.some((each) => each.source === source));
    const joined = joinRecords(open.map(joinable), added.map(asJoinable));
    for (const { left, right } of joined.pairs) {
      const [group, record] = [open[left], added[right]];
      if (group !== undefined && record !== undefined) group.records.push(record);
    }
    const matched = new Set(joined.pairs.map((pair) => pair.right));
    for (const [index, record] of added.entries()) {
      if (matched.has(index)) continue;
      problems.push(unjoined(record, joined.ambiguousRight.includes(index)));
    }
  }
  return { groups, problems };
}

function unjoined(record: StoredRecord, ambiguous: boolean): Problem {
  if (ambiguous) {
    return problem(
      "ambiguous-join",
      `Two posts fit the caption of ${record.id ?? "a record"} (${record.date}) equally well. Nothing was guessed.`,
      "Write the right caption into title.txt and body.txt of the draft.",
    );
  }
  return problem(
    "caption-without-post",
    `No post of the archive fits the caption of ${record.id ?? "a record"} (${record.date}).`,
    "If the post is newer than your archive, ask TikTok for a new one and type `findmehere export NEW-ARCHIVE.zip`.",
  );
}

/** Posts without any link have only their second as a name; a second one of that second must not overwrite the first. */
function unusedName(post: SourcePost, offers: ReadonlyMap<string, SourcePost>): string {
  const name = recordName(post);
  if (!name.endsWith("#")) return name;
  for (let count = 1; ; count += 1) {
    const candidate = count === 1 ? name : `${name}${count}`;
    if (!offers.has(`${post.source}\n${candidate}`)) return candidate;
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

function joinable(group: Group): Joinable {
  const first = group.records.find((record) => record.source === founding) ?? group.records[0];
  return {
    id: group.records.find((record) => record.id !== null)?.id ?? null,
    date: first?.date ?? "",
    objectIds: group.records.flatMap((record) => record.objectIds),
  };
}

function asJoinable(record: StoredRecord): Joinable {
  return { id: record.id, date: record.date, objectIds: record.objectIds };
}

function changedFields(before: Post, after: Post): string[] {
  return (Object.keys(after) as (keyof Post)[]).filter(
    (field) => JSON.stringify(before[field]) !== JSON.stringify(after[field]),
  );
}

function nameOf(record: Pick<StoredRecord, "source" | "record">): string {
  return `${record.source}\n${record.record}`;
}

function compare(left: string, right: string): number {
  return left < right ? -1 : Number(left > right);
}
