/** The orders in which posts can go out. */
export const postOrders = ["newest", "oldest", "best", "pinned-first"] as const;

/** In which order posts go out. */
export type PostOrder = (typeof postOrders)[number];

/** What the order looks at. */
export interface OrderedPost {
  key: string;
  /** ISO 8601 UTC to the second. */
  date: string;
  pinned: boolean | null;
  likes: number | null;
  views: number | null;
}

type Compare = (one: OrderedPost, other: OrderedPost) => number;

/** Posts younger than this count as so many days old: the first days of a post say little about it. */
const youngestDays = 30;

/**
 * Puts posts in order, the same whatever order they came in; the given list is left alone. Give every post of
 * the library: what `best` makes of one depends on the others.
 */
export function orderPosts<Item extends OrderedPost>(
  posts: readonly Item[],
  order: PostOrder,
): Item[] {
  const compare = order === "best" ? byLiking(posts) : comparisons[order];
  return [...posts].sort((one, other) => compare(one, other) || compareText(one.key, other.key));
}

const newest: Compare = (one, other) => compareText(other.date, one.date);

const comparisons: Record<Exclude<PostOrder, "best">, Compare> = {
  newest,
  oldest: (one, other) => compareText(one.date, other.date),
  "pinned-first": (one, other) =>
    Number(other.pinned === true) - Number(one.pinned === true) || newest(one, other),
};

function byLiking(posts: readonly OrderedPost[]): Compare {
  const score = likingOf(posts);
  const scores = new Map(posts.map((post) => [post, score(post)]));
  const of = (post: OrderedPost): number => scores.get(post) ?? -1;
  return (one, other) => of(other) - of(one) || newest(one, other);
}

/**
 * How well posts did for their age: views / max(30, age in days). The age counts up to the newest post, not to
 * today, so that a plan is the same tomorrow. Where nobody knows the views, the likes stand in for them, at
 * the rate of views to likes that all posts with both have together (1 where none has). What nobody counted
 * is -1, behind a true 0.
 */
function likingOf(posts: readonly OrderedPost[]): (post: OrderedPost) => number {
  let latest = Number.NEGATIVE_INFINITY;
  let views = 0;
  let likes = 0;
  for (const post of posts) {
    latest = Math.max(latest, Date.parse(post.date));
    if (post.views === null || post.likes === null) continue;
    views += post.views;
    likes += post.likes;
  }
  const rate = views > 0 && likes > 0 ? views / likes : 1;
  return (post) => {
    const count = post.views ?? (post.likes === null ? null : post.likes * rate);
    if (count === null) return -1;
    const days = Math.floor((latest - Date.parse(post.date)) / 86_400_000);
    return count / Math.max(youngestDays, days);
  };
}

// Not localeCompare: the order must not depend on the language of the machine.
function compareText(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}
