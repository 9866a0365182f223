import type { SourceProfile } from "../core/source.ts";

/** What may be shown of the creator's profile. */
export type ShownProfile = Pick<
  SourceProfile,
  "handle" | "displayName" | "bio" | "followers" | "following" | "likes" | "posts" | "lemon8"
>;

/** One part of the profile, who said it, and when it was seen; "" where nobody can say. */
interface ProfilePart {
  value: string | number;
  source: string;
  observed: string;
}

/** Everything that is known of the profile, part by part. */
export type KnownProfile = Partial<Record<keyof ShownProfile, ProfilePart>>;

const parts: readonly (keyof ShownProfile)[] = [
  ...(["handle", "displayName", "bio", "followers", "following", "likes", "posts"] as const),
  "lemon8",
];

/** Sources in the order in which they are believed where both looked at one moment. */
const trust: readonly string[] = ["tiktok-profile", "har", "tiktok-archive", "media-folder"];

/** Adds what a source says; part by part the later look counts, whatever the order in which they come. */
export function joinProfile(known: KnownProfile, told: SourceProfile): KnownProfile {
  const joined: KnownProfile = { ...known };
  for (const part of parts) {
    const value = told[part];
    if (value === null) continue;
    const said: ProfilePart = { value, source: told.source, observed: told.observed ?? "" };
    const before = joined[part];
    if (before === undefined || counts(said, before)) joined[part] = said;
  }
  return joined;
}

/** The profile as it is shown; what nobody says is null. */
export function shownProfile(known: KnownProfile): ShownProfile {
  const value = (part: keyof ShownProfile) => known[part]?.value ?? null;
  return Object.fromEntries(parts.map((part) => [part, value(part)])) as unknown as ShownProfile;
}

function counts(one: ProfilePart, other: ProfilePart): boolean {
  return (
    (compare(one.observed, other.observed) ||
      rank(other.source) - rank(one.source) ||
      compare(String(one.value), String(other.value))) > 0
  );
}

function rank(source: string): number {
  const place = trust.indexOf(source);
  return place === -1 ? trust.length : place;
}

function compare(left: string, right: string): number {
  return left < right ? -1 : Number(left > right);
}
