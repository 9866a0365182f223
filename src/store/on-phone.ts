import { readMeta, writeMeta } from "./meta.ts";
import type { StoreTransaction } from "./open.ts";
import { allPublications } from "./publications.ts";
import type { PublicationName } from "./publications.ts";

const fact = "on-phone";

/** Notes what was given to the phone before its slot; what is no longer queued is forgotten. */
export async function noteOnPhone(
  transaction: StoreTransaction,
  given: readonly PublicationName[],
): Promise<void> {
  const before = await noted(transaction);
  const names = new Set([...before, ...given.map(nameOf)]);
  const all = await allPublications(transaction);
  const queued = all.filter((each) => each.state === "queued" && names.has(nameOf(each)));
  const after = queued.map(nameOf).toSorted();
  if (after.join() !== before.join()) await writeMeta(transaction, fact, JSON.stringify(after));
}

/** True for what was given to the phone before its slot, so that it may have been posted already. */
export async function isOnPhone(
  transaction: StoreTransaction,
  name: PublicationName,
): Promise<boolean> {
  return (await noted(transaction)).includes(nameOf(name));
}

async function noted(transaction: StoreTransaction): Promise<string[]> {
  return JSON.parse((await readMeta(transaction, fact)) ?? "[]") as string[];
}

function nameOf({ post, to }: PublicationName): string {
  return `${post}@${to}`;
}
