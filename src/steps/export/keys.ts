import type { StoredRecord } from "../../store/records.ts";
import { timeKey } from "../../tiktok/time.ts";
import type { Group } from "./groups.ts";

/** What is known of the keys that the library has given. */
export interface KnownKeys {
  /** In which turn each post of the library came. */
  turns: ReadonlyMap<string, number>;
  /** Keys of posts that the creator removed. */
  removed: ReadonlySet<string>;
  /** Other names of posts, which no new post may get. */
  aliases: ReadonlyMap<string, string>;
}

/** Two posts of the library that proved to be one. */
export interface Union {
  key: string;
  /** Becomes another name of it. */
  alias: string;
}

/**
 * Gives every group its key: the one that its records had, the oldest where they had several, else a new
 * one. Keys never change; answers what proved to be one.
 */
export function giveKeys(groups: readonly Group[], known: KnownKeys): Union[] {
  const claims = claimedKeys(groups);
  const unions: Union[] = [];
  const used = new Set([...known.turns.keys(), ...known.removed, ...known.aliases.keys()]);
  for (const group of groups) {
    const [key, ...others] = (claims.get(group) ?? []).toSorted(
      (a, b) => ageOf(a, known) - ageOf(b, known) || compare(a, b),
    );
    group.key = key ?? newKey(group.records, used);
    used.add(group.key);
    unions.push(...others.map((alias) => ({ key: group.key ?? "", alias })));
  }
  return unions;
}

/** A post that is there goes before one that was removed: what is there is not taken away unasked. */
function ageOf(key: string, { turns }: KnownKeys): number {
  return turns.get(key) ?? Number.MAX_SAFE_INTEGER;
}

/** Which keys each group may have: those of its records, each key for one group only. */
function claimedKeys(groups: readonly Group[]): Map<Group, string[]> {
  const claimants = new Map<string, Group[]>();
  for (const group of groups) {
    const keys = new Set(group.records.flatMap(({ post }) => post ?? []));
    for (const key of keys) claimants.set(key, [...(claimants.get(key) ?? []), group]);
  }
  const claims = new Map<Group, string[]>();
  for (const [key, own] of claimants) {
    const [first] = own.toSorted((a, b) => rightTo(b, key) - rightTo(a, key) || byName(a, b));
    if (first !== undefined) claims.set(first, [...(claims.get(first) ?? []), key]);
  }
  return claims;
}

/** Where new knowledge parts what was one post, the key stays with the post that it names. */
function rightTo({ records }: Group, key: string): number {
  if (records.some(({ id }) => id === key)) return 2;
  return Number(records.some(({ id, date }) => id === null && key.startsWith(timeKey(date))));
}

function byName(left: Group, right: Group): number {
  const name = ({ records }: Group) =>
    records.map(({ record }) => record).toSorted(compare)[0] ?? "";
  return compare(name(left), name(right));
}

function newKey(records: readonly StoredRecord[], used: ReadonlySet<string>): string {
  const id = records.find((record) => record.id !== null)?.id;
  if (id !== undefined && id !== null && !used.has(id)) return id;
  const dates = records.map(({ date }) => date).toSorted(compare);
  const time = timeKey(dates[0] ?? "");
  if (!used.has(time)) return time;
  for (let count = 2; ; count += 1) {
    if (!used.has(`${time}-${count}`)) return `${time}-${count}`;
  }
}

function compare(left: string, right: string): number {
  return left < right ? -1 : Number(left > right);
}
