import type { PostFields, SourcePost, Visibility } from "../../core/post.ts";

/** What one sidecar, or the names of files alone, say of one post. */
export interface Telling {
  /** Its id is known and its media empty. */
  post: SourcePost & { id: string };
  /** What told it. */
  by: "names" | "yt-dlp" | "gallery-dl";
  /** How many photos there are; 0 where it does not say. */
  photos: number;
  /** Says that it is a slideshow only because nothing but sound came. */
  soundOnly: boolean;
}

/** What is worth more when neither tells when it saw the post. */
const worth = { names: 0, "yt-dlp": 1, "gallery-dl": 2 } as const;
const privacy: readonly (Visibility | null | undefined)[] = ["public", "friends", "private"];

/** Makes one telling of several of the same post; field by field the one that was seen last counts. */
export function mergeTellings(tellings: readonly [Telling, ...Telling[]]): Telling {
  const [first, ...others] = tellings.toSorted(byAge);
  if (first === undefined) return tellings[0];
  return others.reduce(
    (older, newer) => ({
      by: newer.by,
      photos: Math.max(older.photos, newer.photos),
      soundOnly: older.soundOnly && newer.soundOnly,
      post: {
        ...older.post,
        ...newer.post,
        ...dateOf(older.post, newer.post),
        observed: newer.post.observed ?? older.post.observed,
        objectIds: [...new Set([...older.post.objectIds, ...newer.post.objectIds])],
        fields: mergeFields(older, newer),
      },
    }),
    first,
  );
}

function byAge(a: Telling, b: Telling): number {
  return (
    compare(a.post.observed ?? "", b.post.observed ?? "") ||
    worth[a.by] - worth[b.by] ||
    compare(a.post.place, b.post.place)
  );
}

/** An exact time is worth more than one reckoned from the id. */
function dateOf(older: SourcePost, newer: SourcePost): Pick<SourcePost, "date" | "roughDate"> {
  const better = newer.roughDate === true ? older : newer;
  const { date, roughDate } = better;
  return { date, ...(roughDate === undefined ? { roughDate } : { roughDate }) };
}

function mergeFields(older: Telling, newer: Telling): Partial<PostFields> {
  const [old, late] = [older.post.fields, newer.post.fields];
  const said = Object.entries(late).filter(([, value]) => value !== null && value !== undefined);
  const fields: Partial<PostFields> = { ...late, ...old, ...Object.fromEntries(said) };
  // An empty caption must not hide a real one.
  const words = (late.caption ?? "") === "" && (old.caption ?? "") !== "" ? old : late;
  if (words.caption !== undefined) {
    const { caption, hashtags = [], mentions = [] } = words;
    Object.assign(fields, { caption, hashtags, mentions });
  }
  // That only sound came is a weaker word than a picture's.
  if (newer.soundOnly && !older.soundOnly && old.kind !== undefined) fields.kind = old.kind;
  const rank = (value: Partial<PostFields>) => privacy.indexOf(value.visibility);
  if (rank(old) > rank(late) && old.visibility !== undefined) fields.visibility = old.visibility;
  return fields;
}

function compare(left: string, right: string): number {
  return left < right ? -1 : Number(left > right);
}
