import { problem } from "../../core/problem.ts";
import type { Problem } from "../../core/problem.ts";
import { groupRecords } from "../../merge/groups.ts";
import { nameOf } from "../../store/records.ts";
import type { StoredRecord } from "../../store/records.ts";

/** One post in the making. */
export interface Group {
  key: string | null;
  records: StoredRecord[];
  /** It may be the same post as another; nothing was guessed. */
  doubtful: boolean;
}

/** A record that names its post, and the later one that names the same. */
export interface Replaced {
  old: StoredRecord;
  by: StoredRecord;
}

/** Puts the records of every source together to posts; what a person named by hand comes afterwards. */
export function makeGroups(records: readonly StoredRecord[]): Group[] {
  const told = records.filter(({ named }) => named === null);
  const groupable = told.map((record) => ({ ...record, kind: record.fields.kind ?? null }));
  const { groups, doubtful } = groupRecords(groupable);
  return groups.map((own, index) => ({
    key: null,
    records: own.flatMap((each) => told[each] ?? []),
    doubtful: doubtful.has(index),
  }));
}

/**
 * Joins the records that name their post. The one that was said last counts; what it replaces is answered.
 * @param turns names of this run's records in the order in which they came
 * @param aliases older keys and the keys that stand for them
 */
export function addNamed(
  groups: readonly Group[],
  records: readonly StoredRecord[],
  turns: ReadonlyMap<string, number>,
  aliases: ReadonlyMap<string, string>,
): { problems: Problem[]; replaced: Replaced[] } {
  const owners = new Map<string, Group>();
  for (const group of groups) {
    for (const { id } of group.records) if (id !== null) owners.set(id, group);
  }
  // A key is the surer name: it never changes.
  for (const group of groups) if (group.key !== null) owners.set(group.key, group);
  for (const [alias, key] of aliases) {
    const group = owners.get(key);
    if (group !== undefined && !owners.has(alias)) owners.set(alias, group);
  }
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
  const replaced: Replaced[] = [];
  for (const [group, own] of claims) {
    const inOrder = own.toSorted(
      (a, b) => turn(a) - turn(b) || compare(a.seenAt, b.seenAt) || compare(a.record, b.record),
    );
    const by = inOrder.pop();
    if (by === undefined) continue;
    group.records.push(by);
    replaced.push(...inOrder.map((old) => ({ old, by })));
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

function compare(left: string, right: string): number {
  return left < right ? -1 : Number(left > right);
}
