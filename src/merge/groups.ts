import type { PostKind } from "../core/post.ts";
import { joinRecords } from "./join.ts";
import type { Joinable } from "./join.ts";

/** What a record offers to be put together with others. */
export interface Groupable {
  id: string | null;
  /** ISO 8601 UTC. */
  date: string;
  roughDate: boolean;
  objectIds: readonly string[];
  kind: PostKind | null;
  /** Marks of the inputs that told it; two records of one input are two posts. */
  inputs: readonly string[];
}

/** Which records are one post, as indexes into the records. */
export interface Grouping {
  groups: number[][];
  /** Indexes into `groups`: these may be the same post as another, and nothing was guessed. */
  doubtful: Set<number>;
}

/** Two posts that nothing joins and that lie no further apart, in seconds, may be one all the same. */
export const doubtfulWithin = 60;

/**
 * Puts the records of all sources together to posts. It looks at the set of records alone, so the order in
 * which they came does not matter. Records of one id are one post; records without an id (an archive's) are
 * put together by object id and by their second, and then joined to the ids one to one. Nothing is guessed.
 */
export function groupRecords(records: readonly Groupable[]): Grouping {
  const named = new Map<string, number[]>();
  const loose: number[] = [];
  for (const [index, { id }] of records.entries()) {
    if (id === null) loose.push(index);
    else named.set(id, [...(named.get(id) ?? []), index]);
  }
  const nameless = clusters(records, loose);
  const withId = [...named].toSorted(([a], [b]) => compare(a, b)).map(([, own]) => own);
  const left = nameless.map((own) => joinable(records, own));
  const right = withId.map((own) => joinable(records, own));
  const { pairs, ambiguousLeft, ambiguousRight } = joinRecords(left, right);
  const partner = new Map(pairs.map((pair) => [pair.right, pair.left]));
  const joined = new Set(pairs.map((pair) => pair.left));
  const groups: number[][] = [];
  const doubtful = new Set<number>();
  const lone = { left: [] as Lone[], right: [] as Lone[] };
  for (const [index, own] of withId.entries()) {
    const other = partner.get(index);
    if (ambiguousRight.includes(index)) doubtful.add(groups.length);
    if (other === undefined) lone.right.push({ group: groups.length, ...right[index] } as Lone);
    groups.push(other === undefined ? own : [...own, ...(nameless[other] ?? [])]);
  }
  for (const [index, own] of nameless.entries()) {
    if (joined.has(index)) continue;
    if (ambiguousLeft.includes(index)) doubtful.add(groups.length);
    lone.left.push({ group: groups.length, ...left[index] } as Lone);
    groups.push(own);
  }
  for (const group of neighbours(lone.left, lone.right)) doubtful.add(group);
  return { groups: groups.map((own) => own.toSorted((a, b) => a - b)), doubtful };
}

interface Lone extends Joinable {
  group: number;
}

/** Groups without a partner that have one within a minute on the other side. */
function neighbours(left: readonly Lone[], right: readonly Lone[]): number[] {
  const { pairs, ambiguousLeft, ambiguousRight } = joinRecords(left, right, doubtfulWithin);
  const lefts = [...pairs.map((pair) => pair.left), ...ambiguousLeft];
  const rights = [...pairs.map((pair) => pair.right), ...ambiguousRight];
  return [
    ...lefts.map((index) => left[index]?.group ?? 0),
    ...rights.map((index) => right[index]?.group ?? 0),
  ];
}

/** Records without an id that are one post: they share an object, or they are alone in their second. */
function clusters(records: readonly Groupable[], loose: readonly number[]): number[][] {
  let parts = loose.map((index) => [index]);
  parts = united(records, parts, (own) => own.flatMap((index) => records[index]?.objectIds ?? []));
  parts = united(records, parts, (own) => own.map((index) => records[index]?.date ?? ""));
  return parts.toSorted((a, b) => compare(nameOf(records, a), nameOf(records, b)));
}

/** Unites what shares a name, where all that hang together by it can be one post; else none of them. */
function united(
  records: readonly Groupable[],
  parts: readonly number[][],
  names: (own: readonly number[]) => readonly string[],
): number[][] {
  const owners = new Map<string, number[]>();
  for (const [part, own] of parts.entries()) {
    for (const name of new Set(names(own))) {
      if (name !== "") owners.set(name, [...(owners.get(name) ?? []), part]);
    }
  }
  const friends = new Map<number, Set<number>>();
  for (const sharing of owners.values()) {
    for (const one of sharing) {
      for (const other of sharing) {
        if (one === other || apart(records, parts[one] ?? [], parts[other] ?? [])) continue;
        friends.set(one, (friends.get(one) ?? new Set()).add(other));
      }
    }
  }
  const done = new Set<number>();
  const result: number[][] = [];
  for (const part of parts.keys()) {
    if (done.has(part)) continue;
    const together = reachable(part, friends);
    for (const each of together) done.add(each);
    const whole = together.flatMap((each) => parts[each] ?? []);
    const fits = together.every((one) =>
      together.every(
        (other) => one === other || !apart(records, parts[one] ?? [], parts[other] ?? []),
      ),
    );
    if (fits) result.push(whole);
    else result.push(...together.map((each) => [...(parts[each] ?? [])]));
  }
  return result;
}

function reachable(start: number, friends: ReadonlyMap<number, ReadonlySet<number>>): number[] {
  const found = new Set([start]);
  for (const each of found) for (const next of friends.get(each) ?? []) found.add(next);
  return [...found];
}

/** Two posts of one input are two, and a video is no set of photos. */
function apart(
  records: readonly Groupable[],
  one: readonly number[],
  other: readonly number[],
): boolean {
  const inputs = new Set(one.flatMap((index) => records[index]?.inputs ?? []));
  if (other.some((index) => records[index]?.inputs.some((input) => inputs.has(input)) === true))
    return true;
  const kinds = new Set([...one, ...other].flatMap((index) => records[index]?.kind ?? []));
  return kinds.size > 1;
}

function joinable(records: readonly Groupable[], own: readonly number[]): Joinable {
  const all = own.flatMap((index) => records[index] ?? []);
  const exact = all.filter(({ roughDate }) => !roughDate);
  const dates = (exact.length > 0 ? exact : all).map(({ date }) => date);
  return {
    id: all.find(({ id }) => id !== null)?.id ?? null,
    date: dates.toSorted(compare)[0] ?? "",
    objectIds: [...new Set(all.flatMap(({ objectIds }) => objectIds))],
    inputs: [...new Set(all.flatMap(({ inputs }) => inputs))],
    kinds: [...new Set(all.flatMap(({ kind }) => kind ?? []))],
  };
}

function nameOf(records: readonly Groupable[], own: readonly number[]): string {
  return own
    .flatMap((index) => records[index] ?? [])
    .map(({ date, objectIds }) => `${date} ${objectIds.toSorted(compare).join(" ")}`)
    .toSorted(compare)
    .join("\n");
}

function compare(left: string, right: string): number {
  return left < right ? -1 : Number(left > right);
}
