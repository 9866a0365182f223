import type { CountSource, FollowerCount } from "../core/follower-count.ts";
import { holdAccount } from "./accounts.ts";
import type { StoreTransaction } from "./open.ts";

/**
 * Adds a count; what was noted before stays. Answers false where it was noted already: of what an export told the
 * very same at any time, of what a person typed for a day the last word.
 * @param at when it is noted, ISO 8601 UTC
 */
export async function putFollowerCount(
  transaction: StoreTransaction,
  count: FollowerCount,
  at: string,
): Promise<boolean> {
  const { place, account, observed, source } = count;
  const { followers, following, posts, likes, saves } = count;
  // Two runs must not take the same number in the row.
  await holdAccount(transaction, { to: place, account: "" });
  const before = (await allFollowerCounts(transaction)).filter((each) => each.place === place);
  const alike = before.filter((each) => each.observed === observed && each.source === source);
  const rivals = source === "by-hand" ? alike.slice(-1) : alike;
  if (rivals.some((each) => isSame(each, count))) return false;
  await transaction
    .insertInto("follower_counts")
    .values({
      ...{ place, account, observed, source, followers, following, posts, likes, saves },
      sequence: before.length + 1,
      noted_at: at,
    })
    .execute();
  return true;
}

/** Every count of every place, in the order in which they were noted. */
export async function allFollowerCounts(transaction: StoreTransaction): Promise<FollowerCount[]> {
  const rows = await transaction
    .selectFrom("follower_counts")
    .selectAll()
    .orderBy("place")
    .orderBy("sequence")
    .execute();
  return rows.map(({ place, account, observed, source, ...row }) => {
    const { followers, following, posts, likes, saves } = row;
    return {
      ...{ place, account, observed, followers, following, posts, likes, saves },
      source: source as CountSource,
    };
  });
}

function isSame(one: FollowerCount, other: FollowerCount): boolean {
  return (
    one.account === other.account &&
    one.followers === other.followers &&
    one.following === other.following &&
    one.posts === other.posts &&
    one.likes === other.likes &&
    one.saves === other.saves
  );
}
