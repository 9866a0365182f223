import type { PostKind } from "../core/post.ts";

/** What a record offers to be recognised by. */
export interface Joinable {
  id: string | null;
  /** ISO 8601 UTC. */
  date: string;
  objectIds: readonly string[];
  /** Marks of the inputs that told it; two of one input are two posts. None: it can be any. */
  inputs?: readonly string[];
  /** What it is, as far as it is known: a video never joins a set of photos. */
  kinds?: readonly PostKind[];
}

/** The outcome of joining two sides, as indexes into them. */
export interface JoinResult {
  pairs: { left: number; right: number }[];
  /** Left and right indexes that fit more than one partner equally well; nothing was guessed. */
  ambiguousLeft: number[];
  ambiguousRight: number[];
}

/** How far two sources' times of one post may lie apart, in seconds (web and archive differ by up to 5). */
export const joinTolerance = 5;

/**
 * Joins two sides one to one: the same id, then a shared object id, then the nearest time within the
 * tolerance; two different ids never join. Nearer pairs go first; where a record fits two partners equally
 * well neither is taken, since a caption under the wrong post is worse than none. The order of the two
 * lists does not matter.
 */
export function joinRecords(
  left: readonly Joinable[],
  right: readonly Joinable[],
  tolerance: number = joinTolerance,
): JoinResult {
  const free = { left: new Set(left.keys()), right: new Set(right.keys()) };
  const ambiguous = { left: new Set<number>(), right: new Set<number>() };
  const pairs: { left: number; right: number }[] = [];
  const join = (candidates: { left: number; right: number }[]) => {
    const open = candidates.filter(
      (pair) => free.left.has(pair.left) && free.right.has(pair.right),
    );
    const lefts = countBy(open, (pair) => pair.left);
    const rights = countBy(open, (pair) => pair.right);
    for (const pair of open) {
      const unique = lefts.get(pair.left) === 1 && rights.get(pair.right) === 1;
      if (unique) pairs.push(pair);
      else {
        ambiguous.left.add(pair.left);
        ambiguous.right.add(pair.right);
      }
      free.left.delete(pair.left);
      free.right.delete(pair.right);
    }
  };

  join(sharedNames(left, right, (record) => (record.id === null ? [] : [record.id])));
  join(sharedNames(left, right, (record) => record.objectIds));
  const byDistance = nearTimes(left, right, free, tolerance);
  for (let distance = 0; distance <= tolerance; distance += 1) {
    join(byDistance.get(distance) ?? []);
  }
  return {
    pairs: pairs.toSorted((a, b) => a.left - b.left),
    ambiguousLeft: [...ambiguous.left].toSorted((a, b) => a - b),
    ambiguousRight: [...ambiguous.right].toSorted((a, b) => a - b),
  };
}

function sharedNames(
  left: readonly Joinable[],
  right: readonly Joinable[],
  names: (record: Joinable) => readonly string[],
): { left: number; right: number }[] {
  const owners = new Map<string, number[]>();
  for (const [index, record] of right.entries()) {
    for (const name of new Set(names(record))) {
      owners.set(name, [...(owners.get(name) ?? []), index]);
    }
  }
  return left.flatMap((record, index) => {
    const partners = new Set(names(record).flatMap((name) => owners.get(name) ?? []));
    return [...partners]
      .filter((partner) => !contradicts(record, right[partner]))
      .map((partner) => ({ left: index, right: partner }));
  });
}

function nearTimes(
  left: readonly Joinable[],
  right: readonly Joinable[],
  free: { left: ReadonlySet<number>; right: ReadonlySet<number> },
  tolerance: number,
): Map<number, { left: number; right: number }[]> {
  const bySecond = new Map<number, number[]>();
  for (const index of free.right) {
    const second = secondOf(right[index]);
    // NaN, an unreadable date, equals itself as a key and would join whatever is unreadable too.
    if (Number.isNaN(second)) continue;
    bySecond.set(second, [...(bySecond.get(second) ?? []), index]);
  }
  const found = new Map<number, { left: number; right: number }[]>();
  for (const index of free.left) {
    const record = left[index];
    const second = secondOf(record);
    for (let offset = -tolerance; offset <= tolerance; offset += 1) {
      for (const partner of bySecond.get(second + offset) ?? []) {
        if (contradicts(record, right[partner])) continue;
        const distance = Math.abs(offset);
        found.set(distance, [...(found.get(distance) ?? []), { left: index, right: partner }]);
      }
    }
  }
  return found;
}

function contradicts(left: Joinable | undefined, right: Joinable | undefined): boolean {
  if (left === undefined || right === undefined) return true;
  if (left.id !== null && left.id === right.id) return false;
  if (left.id !== null && right.id !== null) return true;
  if (left.inputs?.some((input) => right.inputs?.includes(input)) === true) return true;
  return new Set([...(left.kinds ?? []), ...(right.kinds ?? [])]).size > 1;
}

function secondOf(record: Joinable | undefined): number {
  return record === undefined ? Number.NaN : Math.floor(Date.parse(record.date) / 1000);
}

function countBy<Item>(items: readonly Item[], key: (item: Item) => number): Map<number, number> {
  const counts = new Map<number, number>();
  for (const item of items) counts.set(key(item), (counts.get(key(item)) ?? 0) + 1);
  return counts;
}
