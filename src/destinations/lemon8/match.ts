import type { LookedFor } from "../../core/way.ts";
import type { SeenPost } from "./profile.ts";
import { idSlack, timeOfId } from "./site.ts";
import { sameBeginning, titleLikeness } from "./likeness.ts";

/** Which post of the page is the one that is looked for. */
export type Match =
  | { is: "one"; post: SeenPost }
  | { is: "none"; newer: number }
  | { is: "several"; count: number };

/**
 * By the time in the id, never before `since` less ten minutes, and by title and text. The best fits alone
 * count; two that fit equally well are told apart by nobody.
 */
export function matchPost(wanted: LookedFor, posts: readonly SeenPost[]): Match {
  if (wanted.remoteId !== null) {
    const known = posts.find(({ id }) => id === wanted.remoteId);
    if (known !== undefined) return { is: "one", post: known };
  }
  const from = Date.parse(wanted.since) - idSlack;
  const newer = posts.filter(({ id }) => timeOfId(id) >= from);
  const scored = newer.map((post) => ({ post, score: scoreOf(wanted, post) }));
  const best = Math.max(0, ...scored.map(({ score }) => score));
  const fits = scored.filter(({ score }) => score === best && score > 0);
  const [first] = fits;
  if (first === undefined) return { is: "none", newer: newer.length };
  return fits.length === 1
    ? { is: "one", post: first.post }
    : { is: "several", count: fits.length };
}

/** 0: it is another post. */
function scoreOf({ title, text, strictly }: LookedFor, post: SeenPost): number {
  const likeness = titleLikeness(title, post.title);
  const isSame = likeness === "same-and-long" || likeness === "same";
  const begins = sameBeginning(text, post.text);
  if (isSame && begins) return 4;
  if (strictly ? likeness === "same-and-long" : isSame) return 3;
  if (begins) return 2;
  return likeness === "near" && !strictly ? 1 : 0;
}
