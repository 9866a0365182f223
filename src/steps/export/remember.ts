import { createHash } from "node:crypto";
import type { SourcePost } from "../../core/post.ts";
import { joinTellings } from "../../merge/telling.ts";
import type { Telling } from "../../merge/telling.ts";
import { putOldWord } from "../../store/history.ts";
import type { StoreTransaction } from "../../store/open.ts";
import { allRecords, nameOf, putRecord, recordName } from "../../store/records.ts";
import type { StoredRecord } from "../../store/records.ts";
import type { ReadPost } from "./read-sources.ts";

/** What the library knows after the inputs of a run. */
export interface Remembered {
  records: StoredRecord[];
  /** What this run's inputs offer, by the name of the record. */
  offers: Map<string, ReadPost[]>;
}

/** Adds what this run's inputs tell to what every source has told before. */
export async function rememberPosts(
  transaction: StoreTransaction,
  read: readonly ReadPost[],
  seenAt: string,
): Promise<Remembered> {
  const known = new Map((await allRecords(transaction)).map((record) => [nameOf(record), record]));
  const offers = new Map<string, ReadPost[]>();
  for (const posts of Map.groupBy(read, (post) => post.input).values()) {
    const names = recordNames(posts);
    const mark = inputMark(posts, names);
    for (const [index, post] of posts.entries()) {
      const { source, named = null } = post;
      const name = nameOf({ source, record: names[index] ?? "" });
      offers.set(name, [...(offers.get(name) ?? []), post]);
      const before = known.get(name);
      const told = {
        source,
        record: names[index] ?? "",
        named,
        seenAt,
        post: before?.post ?? null,
      };
      const after = await joined(transaction, before, { ...told, ...tellingOf(post, mark) });
      if (before === undefined || !sameRecord(before, after)) await putRecord(transaction, after);
      known.set(name, after);
    }
  }
  return { records: [...known.values()], offers };
}

/** What a person typed last counts whole; of what a source saw, each part counts by when it was seen. */
async function joined(
  transaction: StoreTransaction,
  before: StoredRecord | undefined,
  now: StoredRecord,
): Promise<StoredRecord> {
  if (before === undefined || now.named !== null) return now;
  const result = joinTellings(before, now);
  for (const word of result.replaced) await putOldWord(transaction, now, word);
  return { ...now, ...result.joined };
}

function tellingOf(post: SourcePost, mark: string | null): Telling {
  const { id, date, roughDate = false, observed, objectIds, fields } = post;
  const media = post.media.map(({ role, position, objectId }) => ({ role, position, objectId }));
  const said = Object.entries(fields).filter(([, value]) => value !== undefined && value !== null);
  return {
    ...{ id, date, roughDate, observed, media, times: {} },
    objectIds: [...new Set(objectIds)].toSorted(),
    fields: Object.fromEntries(said),
    inputs: mark === null ? [] : [mark],
  };
}

function sameRecord(before: StoredRecord, after: StoredRecord): boolean {
  const shown = ({ seenAt: _seenAt, named, ...rest }: StoredRecord) =>
    JSON.stringify([named, ordered(rest), ordered(rest.fields), ordered(rest.times)]);
  // Which caption a person typed last is told by when it was read.
  return before.named === null && shown(before) === shown(after);
}

function ordered(value: object): [string, unknown][] {
  const entries = Object.entries(value).filter(([name]) => name !== "fields" && name !== "times");
  return entries.toSorted(([a], [b]) => (a < b ? -1 : 1));
}

/** Posts without any link have only their second as a name; a second one of that second must not overwrite the first. */
function recordNames(posts: readonly SourcePost[]): string[] {
  const used = new Set<string>();
  return posts.map((post) => {
    const name = recordName(post);
    const free = (candidate: string) =>
      !used.has(nameOf({ source: post.source, record: candidate }));
    let record = name;
    for (let count = 2; name.endsWith("#") && !free(record); count += 1) record = `${name}${count}`;
    used.add(nameOf({ source: post.source, record }));
    return record;
  });
}

/**
 * Marks an input by what it names, so that the same one read twice has the same mark. Only where posts
 * without an id are in it: ids tell posts apart by themselves.
 */
function inputMark(posts: readonly SourcePost[], names: readonly string[]): string | null {
  if (posts.every(({ id, named }) => id !== null || named !== undefined)) return null;
  const all = names.toSorted().join("\n");
  return createHash("sha256").update(all).digest("hex").slice(0, 16);
}
