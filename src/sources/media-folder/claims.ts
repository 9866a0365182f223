import type { MediaRole } from "../../core/post.ts";
import { foldName, type NameParts, readName } from "./file-name.ts";
import type { GalleryFile } from "./gallery-item.ts";
import type { FolderFile } from "./walk.ts";

/** A file with what its name says. */
export interface NamedFile extends FolderFile {
  parts: NameParts;
}

/** What a file is for its post. `picture`: a photo or a cover, as the kind of the post tells. */
export type ClaimRole = MediaRole | "picture" | "audio" | "description" | "none";

/** A file that belongs to a post. */
export interface Claim {
  file: NamedFile;
  role: ClaimRole;
  /** Of a photo, from 1; null where nothing says. */
  position: number | null;
  objectId: string | null;
  watermarked: boolean;
}

/** A sidecar of yt-dlp, as far as it helps to find its files. */
export interface DownloadHint {
  id: string;
  /** The sidecar's own file; null for one of several in a dump. */
  sidecar: NamedFile | null;
  /** Names of the downloaded files, where it says them. */
  names: readonly string[];
  /** Title and caption, which names are often made of. */
  titles: readonly string[];
  watermarked: boolean;
  soundOnly: boolean;
}

/** A record of gallery-dl, as far as it helps to find its file. */
export interface GalleryHint {
  /** Null for a profile picture. */
  id: string | null;
  /** Whose profile picture it is. */
  handle: string | null;
  sidecar: NamedFile;
  file: GalleryFile;
}

/** Which file belongs to which post. */
export interface Claims {
  byPost: Map<string, Claim[]>;
  /** Media that nothing says the post of. */
  loose: NamedFile[];
  /** Profile pictures, and whose they are. */
  avatars: { handle: string; file: NamedFile }[];
}

const mediaUses = ["video", "image", "audio", "subtitle", "description"];
/** Shorter begins of a caption would fit by chance. */
const shortestTitle = 16;

/** So many titles with the same begin are looked at; two that fit are one too many already. */
const few = 8;

/** Adds to each file what its name says. */
export function nameFiles(files: readonly FolderFile[]): NamedFile[] {
  return files.map((file) => ({ ...file, parts: readName(file.name) }));
}

/**
 * Finds the files of every post: those beside a sidecar under its name, those that a sidecar names, those with
 * an id in their name, and last those whose name is the begin of one caption only. Each file goes to one post.
 */
export function claimFiles(
  files: readonly NamedFile[],
  downloads: readonly DownloadHint[],
  galleries: readonly GalleryHint[],
): Claims {
  const media = files.filter(({ parts }) => mediaUses.includes(parts.use));
  const owner = new Map<NamedFile, string>();
  const claims: Claims = { byPost: new Map(), loose: [], avatars: [] };
  const claim = (id: string, made: Claim) => {
    if (owner.has(made.file)) return;
    owner.set(made.file, id);
    claims.byPost.set(id, [...(claims.byPost.get(id) ?? []), made]);
  };
  const byName = Map.groupBy(media, (file) => foldName(file.path));
  const byStem = Map.groupBy(media, (file) => foldName(`${file.folder}/${file.parts.stem}`));
  for (const hint of galleries) {
    const target = besideGallery(hint.sidecar, byName, byStem);
    if (target === null) continue;
    if (hint.id !== null) claim(hint.id, galleryClaim(target, hint.file));
    else if (!owner.has(target)) {
      owner.set(target, "");
      const handle = hint.handle ?? target.parts.avatarOf;
      if (handle !== null) claims.avatars.push({ handle, file: target });
    }
  }
  for (const hint of downloads) {
    if (hint.sidecar === null) continue;
    const { folder, parts } = hint.sidecar;
    const beside = byStem.get(foldName(`${folder}/${parts.stem}`)) ?? [];
    // Names that differ only by upper and lower case are two downloads where both are there.
    const exact = beside.filter((file) => file.parts.stem === parts.stem);
    for (const file of exact.length > 0 ? exact : beside) claim(hint.id, downloadClaim(file, hint));
  }
  const byBase = Map.groupBy(media, (file) => foldName(file.name));
  for (const hint of downloads) {
    for (const name of hint.names) {
      const [file, ...others] = byBase.get(foldName(name)) ?? [];
      if (file !== undefined && others.length === 0) claim(hint.id, downloadClaim(file, hint));
    }
  }
  for (const file of media) {
    if (owner.has(file)) continue;
    if (file.parts.avatarOf !== null && file.parts.use === "image") {
      owner.set(file, "");
      claims.avatars.push({ handle: file.parts.avatarOf, file });
    } else if (file.parts.id !== null) claim(file.parts.id, nameClaim(file));
  }
  const open = downloads.filter(({ id }) => !hasMedia(claims.byPost.get(id)));
  const byTitle = titleFinder(open);
  for (const file of media) {
    if (owner.has(file)) continue;
    const hint = byTitle(file.parts.stem);
    if (hint !== null) claim(hint.id, downloadClaim(file, hint));
    else if (file.parts.use === "video" || file.parts.use === "image") claims.loose.push(file);
  }
  return claims;
}

/** True when a post has its video, or photos. */
export function hasMedia(claims: readonly Pick<Claim, "role">[] = []): boolean {
  return claims.some(({ role }) => role === "video" || role === "photo" || role === "picture");
}

/** `NAME.jpg.json` stands beside `NAME.jpg`; with some settings it is called `NAME.json`. */
function besideGallery(
  { folder, parts }: NamedFile,
  byName: ReadonlyMap<string, NamedFile[]>,
  byStem: ReadonlyMap<string, NamedFile[]>,
): NamedFile | null {
  const path = folder === "" ? parts.stem : `${folder}/${parts.stem}`;
  const exact = byName.get(foldName(path)) ?? [];
  const sameStem =
    exact.length > 0 ? exact : (byStem.get(foldName(`${folder}/${parts.stem}`)) ?? []);
  return sameStem.find((file) => file.name === parts.stem) ?? sameStem[0] ?? null;
}

function galleryClaim(file: NamedFile, told: GalleryFile): Claim {
  const roles: Record<string, ClaimRole> = {
    image: "photo",
    video: "video",
    audio: "audio",
    cover: "cover",
    subtitle: subtitleRole(told.language ?? file.parts.language),
  };
  const byName = nameClaim(file);
  // A file that is no picture cannot be a photo, whatever the record beside it says.
  const role = roles[told.type ?? ""] ?? byName.role;
  return {
    ...byName,
    role: role === "photo" && file.parts.use !== "image" ? byName.role : role,
    position: told.num > 0 ? told.num : file.parts.position,
    objectId: told.objectId ?? file.parts.objectId,
  };
}

/** Beside a sidecar of yt-dlp every picture is a thumbnail. */
function downloadClaim(file: NamedFile, hint: DownloadHint): Claim {
  const { use, language } = file.parts;
  const soundOnly = use === "video" && hint.soundOnly;
  const roles: Record<string, ClaimRole> = {
    video: soundOnly ? "audio" : "video",
    image: "cover",
    audio: "audio",
    subtitle: subtitleRole(language),
    description: "description",
  };
  const role = roles[use] ?? "none";
  return { file, role, position: null, objectId: null, watermarked: hint.watermarked };
}

function nameClaim(file: NamedFile): Claim {
  const { use, language, cover, position, idFirst, objectId } = file.parts;
  const picture = position !== null ? "photo" : idFirst ? "picture" : "cover";
  const roles: Record<string, ClaimRole> = {
    video: "video",
    image: cover === null ? picture : "cover",
    audio: "audio",
    subtitle: subtitleRole(language),
    description: "description",
  };
  return { file, role: roles[use] ?? "none", position, objectId, watermarked: false };
}

function subtitleRole(language: string | null): ClaimRole {
  return language === null ? "none" : `subtitle.${language}`;
}

/** Finds the one sidecar whose title or caption begins with a name; null for none or several. */
function titleFinder(hints: readonly DownloadHint[]): (stem: string) => DownloadHint | null {
  const titles = hints
    .flatMap((hint) => [...new Set(hint.titles.map(foldName))].map((title) => ({ title, hint })))
    .filter(({ title }) => title !== "")
    .toSorted((a, b) => (a.title < b.title ? -1 : Number(a.title > b.title)));
  return (stem) => {
    const begin = foldName(stem).replace(/[.…\s]+$/, "");
    if (begin === "") return null;
    let [low, high] = [0, titles.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((titles[middle]?.title ?? "") < begin) low = middle + 1;
      else high = middle;
    }
    const found = new Set<DownloadHint>();
    for (let at = low; at < low + few && titles[at]?.title.startsWith(begin) === true; at += 1) {
      const { title, hint } = titles[at] ?? { title: "", hint: undefined };
      const whole = title.replace(/[.…\s]+$/, "") === begin;
      if (hint !== undefined && (whole || begin.length >= shortestTitle)) found.add(hint);
    }
    const [only, ...others] = found;
    return only === undefined || others.length > 0 ? null : only;
  };
}
