import { z } from "zod";
import type { AccountCounts } from "../../core/follower-count.ts";
import { field, pageData } from "./context.ts";
import { dataPrefixes } from "./site.ts";

/** One post as the account's page shows it. */
export interface SeenPost {
  /** Digits; beyond what a number holds. */
  id: string;
  title: string;
  /** Cut at about 299 characters. */
  text: string;
}

/** The account's page. */
export type ProfilePage =
  | { is: "open"; handle: string; counts: AccountCounts; posts: SeenPost[]; hasMore: boolean }
  /** The page is there, and says why it shows nothing. */
  | { is: "private" | "banned" | "no-account" | "closed-region" }
  /** Not a page as we know it; `lacks` names what is missing. */
  | { is: "changed"; lacks: "data" | "account" | "posts" };

const count = z
  .union([z.number(), z.string().regex(/^\d+$/).transform(Number)])
  .pipe(z.int().nonnegative())
  .nullable()
  .catch(null);
const flag = z
  .unknown()
  .transform((value) => value === true || (typeof value === "number" && value !== 0));
const accountShape = z.object({
  linkName: z.string(),
  followerCount: count,
  followingCount: count,
  postCount: count,
  dugCount: count,
  favoredCount: count,
  privacyStatus: flag,
  isBannedAccount: flag,
});
const text = z.string().catch("");
const postShape = z.object({
  groupId: z.string().regex(/^\d{10,20}$/),
  title: text,
  shortContent: text,
});

/** Reads the account's page; what is not as expected is data, never an exception. */
export function readProfile(html: string): ProfilePage {
  const data = pageData(html);
  if (data === null) return { is: "changed", lacks: "data" };
  const account = accountShape.safeParse(accountIn(data));
  if (!account.success) return withoutAccount(data);
  const { linkName, ...told } = account.data;
  if (told.isBannedAccount) return { is: "banned" };
  const list = postsIn(data);
  const items: unknown = field(list, "items");
  const hasNone = !Array.isArray(items) || items.length === 0;
  if (hasNone && told.privacyStatus) return { is: "private" };
  if (!Array.isArray(items)) return { is: "changed", lacks: "posts" };
  const posts = items.flatMap((item) => {
    const { success, data: post } = postShape.safeParse(item);
    return success ? [{ id: post.groupId, title: post.title, text: post.shortContent }] : [];
  });
  if (items.length > 0 && posts.length === 0) return { is: "changed", lacks: "posts" };
  return {
    ...{ is: "open", handle: linkName, posts, hasMore: field(list, "hasMore") === true },
    counts: {
      ...{ followers: told.followerCount, following: told.followingCount },
      ...{ posts: told.postCount, likes: told.dugCount, saves: told.favoredCount },
    },
  };
}

/** By the beginning of its name, else by its shape: names have changed before. */
function accountIn(data: ReadonlyMap<string, unknown>): unknown {
  return (
    named(data, dataPrefixes.account) ??
    [...data.values()].find((value) => typeof field(value, "linkName") === "string")
  );
}

function postsIn(data: ReadonlyMap<string, unknown>): unknown {
  return (
    named(data, dataPrefixes.posts) ??
    [...data.values()].find((value) => {
      const items = field(value, "items");
      return Array.isArray(items) && items.some((item) => field(item, "groupId") !== undefined);
    })
  );
}

function named(data: ReadonlyMap<string, unknown>, prefix: string): unknown {
  const found = [...data].find(([name, value]) => name.startsWith(prefix) && value !== null);
  return found?.[1];
}

function withoutAccount(data: ReadonlyMap<string, unknown>): ProfilePage {
  const closed = named(data, dataPrefixes.closed);
  if (field(closed, "isForbiddenCrawling") === true || field(closed, "isPostBanDuration") === true)
    return { is: "closed-region" };
  const isNamed = [...data].some(
    ([name, value]) => name.startsWith(dataPrefixes.account) && value === null,
  );
  return isNamed ? { is: "no-account" } : { is: "changed", lacks: "account" };
}
