import type { MediaOrigin, SourceMedia } from "../../core/post.ts";
import { isDead } from "../../download/ways.ts";

/** When the last way to a file dies; null when one does not say, or never does. */
export function mediaExpiry({ origins }: Pick<SourceMedia, "origins">): string | null {
  const ends = origins.map((origin) => (origin.at === "web" ? origin.expires : null));
  return ends.includes(null) ? null : (ends.toSorted().at(-1) ?? null);
}

/**
 * One offer for each place, with the ways of every input: clean before marked, what is here already before
 * what must be asked for, living before dead. Among equals the offer that lives longest comes first, and
 * within an offer its own order counts. `now` in milliseconds.
 */
export function mergeOffers(media: readonly SourceMedia[], now: number): SourceMedia[] {
  const places = Map.groupBy(media, ({ role, position }) => `${role} ${position}`);
  return [...places.values()].flatMap((own): SourceMedia[] => {
    const longest = own.toSorted((a, b) => compare(endOf(b), endOf(a)));
    const [first] = longest;
    const origins = distinct(longest.flatMap((each) => each.origins));
    const [best, ...others] = origins.toSorted((a, b) => rank(a, now) - rank(b, now));
    if (first === undefined || best === undefined) return [];
    const objectId = longest.find((each) => each.objectId !== null)?.objectId ?? null;
    return [{ ...first, origins: [best, ...others], objectId }];
  });
}

/** True when every way died before now, so that there is nothing to ask for. `now` in milliseconds. */
export function hasDied({ origins }: SourceMedia, now: number): boolean {
  return origins.every((origin) => isDead(origin, now));
}

/** Files that a post can do without: what is missing of them fails no post. */
export function isExtra(role: string): boolean {
  return role === "cover" || role.startsWith("subtitle.");
}

function rank(origin: MediaOrigin, now: number): number {
  const marked = origin.watermarked === true ? 4 : 0;
  const far = origin.at === "web" ? 2 : 0;
  return (isDead(origin, now) ? 8 : 0) + marked + far;
}

/** The same address told by two inputs is one way. */
function distinct(origins: readonly MediaOrigin[]): MediaOrigin[] {
  const seen = new Set<string>();
  return origins.filter((origin) => {
    if (origin.at === "held") return true;
    const name = origin.at === "web" ? origin.address : origin.path;
    if (seen.has(name)) return false;
    seen.add(name);
    return true;
  });
}

function endOf(media: SourceMedia): string {
  return mediaExpiry(media) ?? "9999";
}

function compare(left: string, right: string): number {
  return left < right ? -1 : Number(left > right);
}
