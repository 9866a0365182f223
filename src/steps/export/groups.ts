import { problem } from "../../core/problem.ts";
import type { Problem } from "../../core/problem.ts";
import { joinRecords } from "../../merge/join.ts";
import type { Joinable } from "../../merge/join.ts";
import type { StoredRecord } from "../../store/posts.ts";

/** The source that posts are made from; the others add to them. */
export const founding = "tiktok-archive";

/** One post in the making. */
export interface Group {
  key: string | null;
  records: StoredRecord[];
}

/** The posts as their founding records stand in the library. */
export function foundedGroups(records: readonly StoredRecord[]): Group[] {
  const founders = records.filter((record) => record.source === founding && record.post !== null);
  return [...Map.groupBy(founders, (record) => record.post)].map(([key, own]) => ({
    key,
    records: own,
  }));
}

/**
 * A newer archive may name the same post by another link; only posts that this input has not named yet
 * can be meant.
 */
export function addFounders(
  groups: Group[],
  records: readonly StoredRecord[],
  ofThisInput: ReadonlySet<string>,
): void {
  const known = new Set(groups.flatMap((group) => group.records.map(nameOf)));
  const founders = records.filter(
    (record) =>
      record.source === founding && ofThisInput.has(nameOf(record)) && !known.has(nameOf(record)),
  );
  const unnamed = groups.filter(
    (group) => !group.records.some((record) => ofThisInput.has(nameOf(record))),
  );
  const again = joinRecords(unnamed.map(joinable), founders.map(asJoinable), 0);
  const joined = new Map(again.pairs.map(({ left, right }) => [right, unnamed[left]]));
  for (const [index, record] of founders.entries()) {
    const group = joined.get(index);
    if (group === undefined) groups.push({ key: null, records: [record] });
    else group.records.push(record);
  }
}

/** What was written last is what counts: an input may have told more of a record that a group holds. */
export function refresh(groups: Group[], records: readonly StoredRecord[]): void {
  const newest = new Map(records.map((record) => [nameOf(record), record]));
  for (const group of groups) {
    group.records = group.records.map((record) => newest.get(nameOf(record)) ?? record);
  }
}

/**
 * Joins the records of every other source; answers a problem for each that fits no post. Records that a
 * person named come last, since the ids that they may name a post by come with the others.
 */
export function addOthers(groups: readonly Group[], records: readonly StoredRecord[]): Problem[] {
  const others = Map.groupBy(
    records.filter((record) => record.source !== founding && record.named === null),
    (record) => record.source,
  );
  const problems: Problem[] = [];
  for (const source of [...others.keys()].toSorted(compare)) {
    const added = others.get(source) ?? [];
    const joined = joinRecords(groups.map(joinable), added.map(asJoinable));
    for (const { left, right } of joined.pairs) {
      const [group, record] = [groups[left], added[right]];
      if (group !== undefined && record !== undefined) group.records.push(record);
    }
    const matched = new Set(joined.pairs.map((pair) => pair.right));
    for (const [index, record] of added.entries()) {
      if (matched.has(index)) continue;
      if (groups.length === 0) problems.push(waitsForArchive(record));
      else problems.push(unjoined(record, joined.ambiguousRight.includes(index)));
    }
  }
  return problems;
}

/**
 * Joins the records that name their post. The one that was said last counts; what it replaces is answered.
 * @param turns names of this run's records in the order in which they came
 */
export function addNamed(
  groups: readonly Group[],
  records: readonly StoredRecord[],
  turns: ReadonlyMap<string, number>,
): { problems: Problem[]; replaced: StoredRecord[] } {
  const owners = new Map<string, Group>();
  for (const group of groups) {
    for (const { id } of group.records) if (id !== null) owners.set(id, group);
  }
  // A key is the surer name: it never changes.
  for (const group of groups) if (group.key !== null) owners.set(group.key, group);
  const claims = new Map<Group, StoredRecord[]>();
  const problems: Problem[] = [];
  for (const record of records) {
    if (record.named === null) continue;
    const group = record.named.map((name) => owners.get(name)).find((each) => each !== undefined);
    if (group !== undefined) claims.set(group, [...(claims.get(group) ?? []), record]);
    // A name of an earlier run that fits nothing was said then.
    else if (turns.has(nameOf(record))) problems.push(nobodyNamed(record, groups.length === 0));
  }
  const turn = (record: StoredRecord) => turns.get(nameOf(record)) ?? -1;
  const replaced: StoredRecord[] = [];
  for (const [group, own] of claims) {
    const inOrder = own.toSorted(
      (a, b) => turn(a) - turn(b) || compare(a.seenAt, b.seenAt) || compare(a.record, b.record),
    );
    group.records.push(...inOrder.splice(-1));
    replaced.push(...inOrder);
  }
  return { problems, replaced };
}

function nobodyNamed({ named }: StoredRecord, none: boolean): Problem {
  const name = named?.[0] ?? "";
  return problem(
    "caption-without-post",
    none
      ? `The caption for ${name} is kept; there is no post for it yet.`
      : `There is no post ${name} for the caption that a table has for it. It is kept until there is one.`,
    none
      ? "Type `findmehere export my-tiktok-archive.zip`: the captions join its posts."
      : "Check the name: the first column of posts.csv holds the keys. Then export the table again.",
  );
}

function waitsForArchive(record: StoredRecord): Problem {
  return problem(
    "caption-without-post",
    `The caption of ${record.id ?? "a record"} (${record.date}) is kept; there is no post for it yet.`,
    "Type `findmehere export my-tiktok-archive.zip`: the captions join its posts.",
  );
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

/** What a post offers to be recognised by. */
export function joinable(group: Group): Joinable {
  const founders = group.records.filter((record) => record.source === founding);
  return {
    id: group.records.find((record) => record.id !== null)?.id ?? null,
    date: founders.map((record) => record.date).toSorted(compare)[0] ?? "",
    objectIds: group.records.flatMap((record) => record.objectIds),
  };
}

function asJoinable(record: StoredRecord): Joinable {
  return { id: record.id, date: record.date, objectIds: record.objectIds };
}

/** Names a record among those of every source. */
export function nameOf(record: Pick<StoredRecord, "source" | "record">): string {
  return `${record.source}\n${record.record}`;
}

function compare(left: string, right: string): number {
  return left < right ? -1 : Number(left > right);
}
