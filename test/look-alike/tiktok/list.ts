import { creatorOf } from "./creator.ts";
import type { LookAlikeCreator, LookAlikePost } from "./creator.ts";
import type { Scenario } from "./scenario.ts";

/** One answer of the list before it is written as JSON. */
export interface ListPage {
  posts: LookAlikePost[];
  /** Milliseconds, as the page sends it back. */
  cursor: string;
  hasMore: boolean;
}

/** Posts that this visitor may see, newest first. */
export function visiblePosts(creator: LookAlikeCreator, signedIn: boolean): LookAlikePost[] {
  const seen = creator.posts.filter(
    (post) => signedIn || !(post.privateItem || post.secret || post.forFriend || post.isReviewing),
  );
  return seen.toSorted((one, other) => momentOf(other) - momentOf(one));
}

/** The answer after `cursor` ("0": the first), with at most `count` posts of the creator's own order. */
export function listPage(
  creator: LookAlikeCreator,
  scenario: Scenario,
  cursor: string,
  count: number,
  signedIn: boolean,
): ListPage {
  const visible = visiblePosts(creator, signedIn);
  const inOrder = scenario.pinnedAgain ? visible : visible.filter((post) => !post.pinned);
  const listed = inOrder.slice(0, scenario.listEndsAfter ?? inOrder.length);
  const first = cursor === "0";
  const found = first ? 0 : listed.findIndex((post) => momentOf(post) < Number(cursor));
  const from = Math.max(0, (found === -1 ? listed.length : found) - (first ? 0 : scenario.overlap));
  // Pinned posts are where the creator put them, the oldest before the newest.
  const pinned = first ? visible.filter((post) => post.pinned).toReversed() : [];
  const to = from + Math.max(1, count - pinned.length);
  const posts = listed.slice(from, to);
  const last = posts.at(-1);
  return {
    posts: withStrangers([...pinned, ...posts], scenario.strangers),
    cursor: last === undefined ? cursor : String(momentOf(last)),
    hasMore: to < listed.length,
  };
}

/** Posts of other people, as the reposts list gives them. */
export function postsOfOthers(count: number): LookAlikePost[] {
  const author = { handle: "somebody.else", displayName: "Somebody else" };
  return creatorOf(author.handle, count).posts.map((post) => ({ ...post, author }));
}

/** Milliseconds of a post, with thousandths as the list's cursor has them. */
function momentOf(post: LookAlikePost): number {
  return post.createTime * 1000 + Number(post.id.slice(-3));
}

function withStrangers(posts: LookAlikePost[], every: number): LookAlikePost[] {
  if (every === 0) return posts;
  const others = postsOfOthers(posts.length);
  return posts.flatMap((post, index) => {
    const other = others[index];
    if (other === undefined || index % every !== every - 1) return [post];
    return [post, { ...other, id: otherId(post.id), createTime: post.createTime - 3600 }];
  });
}

/** An id that belongs to nobody else: stands a little before the post that it follows. */
function otherId(id: string): string {
  return String(BigInt(id) - (3600n << 32n) + 1n);
}
