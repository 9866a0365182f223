import type { DiskOrigin, MediaRole, PostKind, SourceMedia } from "../../core/post.ts";
import type { Claim } from "./claims.ts";

/** The files of a post. */
export interface FolderMedia {
  kind: PostKind | null;
  media: SourceMedia[];
}

/**
 * Chooses the files of a post from all that were claimed for it. A video counts more than sound, and the
 * fuller of two sets of photos is taken.
 * @param said the kind that the sidecars tell; null where none does
 * @param unsure the sidecars say "photos" only because nothing but sound came
 */
export function folderMedia(
  claims: readonly Claim[],
  said: PostKind | null,
  unsure: boolean,
): FolderMedia {
  const whole = claims.filter(({ file }) => file.bytes > 0);
  const videos = whole.filter(({ role }) => role === "video");
  const kind = kindOf(whole, said, unsure);
  const pictures = whole.filter(({ role }) => role === "picture");
  const photos = kind === "photos" ? photosOf(whole) : [];
  const covers = whole.filter(({ role }) => role === "cover");
  const subtitles = Map.groupBy(
    whole.filter(({ role }) => role.startsWith("subtitle.")),
    ({ role }) => role as MediaRole,
  );
  const media = [
    ...photos,
    kind === "video" ? offer("video", 1, videos.toSorted(betterVideo)) : null,
    offer("cover", 1, [...covers, ...(kind === "video" ? pictures : [])].toSorted(betterCover)),
    ...[...subtitles].map(([role, own]) => offer(role, 1, own)),
  ];
  return { kind, media: media.filter((each) => each !== null) };
}

function kindOf(claims: readonly Claim[], said: PostKind | null, unsure: boolean): PostKind | null {
  const has = (role: Claim["role"]) => claims.some((each) => each.role === role);
  if (said === "photos" && unsure && has("video") && !has("photo")) return "video";
  if (said !== null) return said;
  if (has("video")) return "video";
  return has("photo") || has("picture") ? "photos" : null;
}

/** The fullest set of one folder: two tools may number the same photos differently. */
function photosOf(claims: readonly Claim[]): SourceMedia[] {
  const own = claims.filter(({ role }) => role === "photo" || role === "picture");
  const sets = [...Map.groupBy(own, ({ file }) => file.folder).values()].map(numbered);
  const fullest = sets.toSorted((a, b) => b.length - a.length)[0] ?? [];
  return fullest.flatMap(([position, files]) => offer("photo", position, files) ?? []);
}

function numbered(claims: readonly Claim[]): [number, Claim[]][] {
  const told = claims.filter(({ position }) => position !== null);
  // A picture without a number beside numbered ones is their cover or a second copy.
  const counted =
    told.length > 0 ? told : claims.map((each, at) => ({ ...each, position: at + 1 }));
  const places = Map.groupBy(counted, ({ position }) => position ?? 1);
  return [...places].toSorted(([a], [b]) => a - b);
}

function betterVideo(a: Claim, b: Claim): number {
  return Number(a.watermarked) - Number(b.watermarked) || b.file.bytes - a.file.bytes;
}

/** The still cover is a picture that every destination takes; the moving one is none. */
function betterCover(a: Claim, b: Claim): number {
  const rank = ({ file }: Claim) => {
    const name = file.parts.cover ?? "";
    return /^dynamic/i.test(name) ? 2 : name === "" || /^origin/i.test(name) ? 0 : 1;
  };
  return rank(a) - rank(b);
}

function offer(
  role: SourceMedia["role"],
  position: number,
  claims: readonly Claim[],
): SourceMedia | null {
  const [first, ...others] = claims.map(originOf);
  if (first === undefined) return null;
  const objectId = claims.find((each) => each.objectId !== null)?.objectId ?? null;
  return { role, position, origins: [first, ...others], objectId };
}

function originOf({ file, role, watermarked }: Claim): DiskOrigin {
  const marked = watermarked && role === "video";
  return { at: "disk", path: file.absolute, ...(marked && { watermarked }) };
}
