import type { PostKind } from "../../core/post.ts";
import { doubtfulWithin } from "../../merge/groups.ts";
import type { StoredRecord } from "../../store/records.ts";
import type { Group } from "./groups.ts";

/** Keys of posts that may be the same as others, with the keys of those. */
export type Doubts = ReadonlyMap<string, readonly string[]>;

/** What of a post decides whether it can be another. */
interface Shown {
  key: string;
  seconds: number[];
  objectIds: Set<string>;
  inputs: Set<string>;
  kinds: Set<PostKind>;
  hasId: boolean;
}

/**
 * Which posts may be one with which others. A post that was removed is in nobody's way any more.
 * @param groups the posts of the library; their keys are given, or else those of their records count
 * @param removed keys of removed posts
 */
export function findDoubts(groups: readonly Group[], removed: ReadonlySet<string>): Doubts {
  const shown = groups
    .filter(({ doubtful }) => doubtful)
    .flatMap(({ key, records }) => {
      const name = key ?? records.find(({ post }) => post !== null)?.post ?? null;
      return name === null || removed.has(name) ? [] : [show(name, records)];
    });
  const found = shown.map((one): [string, string[]] => [
    one.key,
    shown.filter((other) => other.key !== one.key && mayBeOne(one, other)).map(({ key }) => key),
  ]);
  return new Map(found.filter(([, others]) => others.length > 0));
}

function show(key: string, records: readonly StoredRecord[]): Shown {
  return {
    key,
    seconds: records.map(({ date }) => Date.parse(date) / 1000),
    objectIds: new Set(records.flatMap(({ objectIds }) => objectIds)),
    inputs: new Set(records.flatMap(({ inputs }) => inputs)),
    kinds: new Set(records.flatMap(({ fields }) => fields.kind ?? [])),
    hasId: records.some(({ id }) => id !== null),
  };
}

function mayBeOne(one: Shown, other: Shown): boolean {
  if (one.hasId && other.hasId) return false;
  if (one.inputs.intersection(other.inputs).size > 0) return false;
  if (one.kinds.union(other.kinds).size > 1) return false;
  if (one.objectIds.intersection(other.objectIds).size > 0) return true;
  return one.seconds.some((a) => other.seconds.some((b) => Math.abs(a - b) <= doubtfulWithin));
}
