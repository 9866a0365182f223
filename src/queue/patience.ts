const minute = 60_000;
const hour = 60 * minute;

/** How long after the press one looks whether the post is there, in milliseconds: a review takes its time. */
const looks = [0, 10 * minute, hour, 24 * hour, 48 * hour];
const longest = 48 * hour;

/** The shortest time between two looks at one account's page, in milliseconds, whoever asks. */
export const shortestBetweenLooks = 5 * minute;

/**
 * When to look next, after `done` looks that found nothing yet; null when there is nothing more to wait for.
 * @param since milliseconds since the epoch: the press, or when the place itself shows the post
 */
export function nextLook(since: number, done: number, now: number): number | null {
  const wait = looks[done] ?? longest;
  // A person who asks often does not make a review shorter.
  if (done >= looks.length && now >= since + longest) return null;
  // After a sleep the looks that were missed are one look, not four at once.
  return Math.max(since + wait, done === 0 ? since : now + shortestBetweenLooks);
}

/** When to look again after a look that failed, which says nothing of the post. */
export function afterFailedLook(now: number): number {
  return now + hour;
}
