import type { PostFields } from "../core/post.ts";

/** What one source has said of one post, over time. */
export interface Telling {
  id: string | null;
  /** ISO 8601 UTC to the second. */
  date: string;
  /** True when the date was only reckoned from the id. */
  roughDate: boolean;
  /** When the newest of it was seen; null where nobody can say. */
  observed: string | null;
  /** When each part was seen, for the parts that were not seen at `observed`; empty: nobody can say. */
  times: Readonly<Record<string, string>>;
  objectIds: readonly string[];
  fields: Partial<PostFields>;
  media: readonly ToldMedia[];
  /** Marks of the inputs that told it. */
  inputs: readonly string[];
}

/** A file as a source names it, without the way to it. */
export interface ToldMedia {
  role: string;
  position: number;
  objectId: string | null;
}

/** A word that a later one replaced. */
export interface Replaced {
  field: string;
  /** Empty where nobody can say. */
  observed: string;
  value: unknown;
}

/** One part of a telling, and when it was seen; "" where nobody can say, which is before everything else. */
interface Part {
  at: string;
  value: unknown;
}

/** The part of a telling that is its list of files. */
const mediaPart = "media";
/** The part that is a caption with the tags in it: they never come from two captions. */
const captionPart = "caption";

/** A caption and its tags. */
type CaptionWords = Pick<Partial<PostFields>, "caption" | "hashtags" | "mentions">;

/** Fields of which the older words are kept. */
const keptWords: ReadonlySet<string> = new Set([
  ...["caption", "title", "views", "likes", "comments", "shares", "saves"],
]);

/**
 * Joins two tellings of one post by one source: part by part the later word counts, and one that says nothing
 * takes nothing away. The order in which they are joined does not matter.
 */
export function joinTellings(
  one: Telling,
  other: Telling,
): { joined: Telling; replaced: Replaced[] } {
  const observed = latest(one.observed, other.observed);
  const left = partsOf(one);
  const right = partsOf(other);
  const parts = new Map<string, Part>();
  const replaced: Replaced[] = [];
  for (const name of [...new Set([...left.keys(), ...right.keys()])].toSorted(compare)) {
    const [winner, loser] = ranked(left.get(name), right.get(name));
    if (winner === undefined) continue;
    parts.set(name, winner);
    if (loser === undefined || !keptWords.has(name)) continue;
    const [kept, lost] = [wordOf(name, winner), wordOf(name, loser)];
    if (JSON.stringify(kept) !== JSON.stringify(lost)) {
      replaced.push({ field: name, observed: loser.at, value: lost });
    }
  }
  const exact = [one, other].filter(({ roughDate }) => !roughDate);
  const [dated] = (exact.length > 0 ? exact : [one, other]).toSorted((a, b) =>
    compare(a.date, b.date),
  );
  const said = [...parts].flatMap(([name, { at, value }]) =>
    name === captionPart
      ? Object.entries(value as CaptionWords).map(([field, word]) => ({ field, at, value: word }))
      : [{ field: name, at, value }],
  );
  const { [mediaPart]: media, ...fields } = Object.fromEntries(
    said.map(({ field, value }) => [field, value]),
  );
  const older = said.filter(({ at }) => at !== (observed ?? ""));
  const joined: Telling = {
    id: one.id ?? other.id,
    date: dated?.date ?? "",
    roughDate: exact.length === 0,
    observed,
    times: Object.fromEntries(older.map(({ field, at }) => [field, at])),
    objectIds: [...new Set([...one.objectIds, ...other.objectIds])].toSorted(compare),
    fields,
    media: (media as ToldMedia[] | undefined) ?? [],
    inputs: [...new Set([...one.inputs, ...other.inputs])].toSorted(compare),
  };
  return { joined, replaced };
}

/** When a part of a telling was seen; "" where nobody can say. */
export function timeOf(
  { times, observed }: Pick<Telling, "times" | "observed">,
  part: string,
): string {
  return times[part] ?? observed ?? "";
}

function partsOf(telling: Telling): Map<string, Part> {
  const said = Object.fromEntries(
    Object.entries(telling.fields).filter(([, value]) => value !== undefined && value !== null),
  ) as Partial<PostFields>;
  const parts = new Map<string, Part>();
  const { caption, hashtags, mentions, ...others } = said;
  const add = (name: string, value: unknown) =>
    parts.set(name, { at: timeOf(telling, name), value });
  if (caption !== undefined) {
    add(captionPart, {
      caption,
      ...(hashtags === undefined ? {} : { hashtags }),
      ...(mentions === undefined ? {} : { mentions }),
    });
  } else {
    for (const [name, value] of Object.entries({ hashtags, mentions })) {
      if (value !== undefined) add(name, value);
    }
  }
  for (const [name, value] of Object.entries(others)) add(name, value);
  if (telling.media.length > 0) add(mediaPart, telling.media);
  return parts;
}

/** What is kept of a part that was replaced. */
function wordOf(name: string, { value }: Part): unknown {
  return name === captionPart ? (value as CaptionWords).caption : value;
}

/** The later first; of one moment the one whose text stands later in order, so that nothing hangs on the turn. */
function ranked(one: Part | undefined, other: Part | undefined): (Part | undefined)[] {
  if (one === undefined || other === undefined) return [one ?? other, undefined];
  const order = compare(one.at, other.at) || compare(textOf(one), textOf(other));
  return order >= 0 ? [one, other] : [other, one];
}

function textOf({ value }: Part): string {
  return JSON.stringify(value);
}

function latest(one: string | null, other: string | null): string | null {
  if (one === null || other === null) return one ?? other;
  return compare(one, other) >= 0 ? one : other;
}

// Not localeCompare: the order must not depend on the language of the machine.
function compare(left: string, right: string): number {
  return left < right ? -1 : Number(left > right);
}
