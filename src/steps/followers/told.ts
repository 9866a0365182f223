import type { FollowerCount } from "../../core/follower-count.ts";
import type { SourceProfile } from "../../core/source.ts";
import type { KnownProfile } from "../../merge/profile.ts";
import { allFollowerCounts, putFollowerCount } from "../../store/follower-counts.ts";
import { readMeta } from "../../store/meta.ts";
import type { StoreTransaction } from "../../store/open.ts";
import { homePlace } from "./order.ts";

/**
 * Keeps how many followed the creator on TikTok, as a source of an export told it.
 * @param at when it is noted, ISO 8601 UTC
 */
export async function keepToldCount(
  transaction: StoreTransaction,
  { handle, source, observed, followers, following, posts, likes }: SourceProfile,
  at: string,
): Promise<void> {
  if (followers === null) return;
  const count: FollowerCount = {
    ...{ place: homePlace, account: handle ?? "", observed: observed ?? "" },
    ...{ source: sourceOf(source), followers, following, posts, likes, saves: null },
  };
  await putFollowerCount(transaction, count, at);
}

/**
 * Takes over what an export of an earlier findmehere told, which kept the newest word alone.
 * @param at when it is noted, ISO 8601 UTC
 */
export async function adoptKnownCount(transaction: StoreTransaction, at: string): Promise<void> {
  const text = await readMeta(transaction, "profile");
  const { followers, handle }: KnownProfile =
    text === null ? {} : (JSON.parse(text) as KnownProfile);
  if (typeof followers?.value !== "number") return;
  const { value, source, observed } = followers;
  const known = await allFollowerCounts(transaction);
  const isKnown = known.some(
    (each) => each.place === homePlace && each.observed === observed && each.followers === value,
  );
  if (isKnown) return;
  const count: FollowerCount = {
    ...{ place: homePlace, account: String(handle?.value ?? ""), observed },
    ...{ source: sourceOf(source), followers: value },
    ...{ following: null, posts: null, likes: null, saves: null },
  };
  await putFollowerCount(transaction, count, at);
}

function sourceOf(source: string): "archive" | "page" {
  return source === "tiktok-archive" ? "archive" : "page";
}
