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

/** Puts posts in order, the same whatever order they came in; the given list is left alone. */
export function orderPosts<Item extends OrderedPost>(
  posts: readonly Item[],
  order: PostOrder,
): Item[] {
  const compare = comparisons[order];
  return [...posts].sort((one, other) => compare(one, other) || compareText(one.key, other.key));
}

const newest: Compare = (one, other) => compareText(other.date, one.date);

const comparisons: Record<PostOrder, Compare> = {
  newest,
  oldest: (one, other) => compareText(one.date, other.date),
  // Views where they are known, else likes; -1 puts what nobody counted behind a true 0.
  best: (one, other) => liking(other) - liking(one) || newest(one, other),
  "pinned-first": (one, other) =>
    Number(other.pinned === true) - Number(one.pinned === true) || newest(one, other),
};

function liking(post: OrderedPost): number {
  return post.views ?? post.likes ?? -1;
}

// Not localeCompare: the order must not depend on the language of the machine.
function compareText(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}
