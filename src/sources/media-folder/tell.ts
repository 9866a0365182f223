import type { SourcePost } from "../../core/post.ts";
import { type Problem, problem } from "../../core/problem.ts";
import type { SourceProfile } from "../../core/source.ts";
import { handleOfAddress, postAddress } from "../../tiktok/page-address.ts";
import { isRoundedId } from "../../tiktok/post-id.ts";
import { epochDate } from "../../tiktok/time.ts";
import type { DownloadHint, GalleryHint, NamedFile } from "./claims.ts";
import { shownName } from "./file-name.ts";
import { galleryFile, galleryPost, galleryProfile, isCollected } from "./gallery-item.ts";
import { type JsonContent, readJsonFile } from "./json-file.ts";
import { profileHint } from "./profiles.ts";
import { sidecarPost } from "./sidecar.ts";
import {
  downloadNames,
  isOfTikTok,
  isPostSidecar,
  isSoundOnly,
  isWatermarked,
  profileOfPlaylist,
  readSidecar,
  type Sidecar,
  uploaderOf,
} from "./sidecar-shape.ts";
import type { Telling } from "./telling.ts";

/** Everything that the JSON files of a folder say. */
export interface FolderTold {
  tellings: Telling[];
  downloads: DownloadHint[];
  galleries: GalleryHint[];
  profiles: SourceProfile[];
  /** Records that could not be read. */
  problems: Problem[];
  /** Ids of posts that others made, where nothing says who. */
  collected: Set<string>;
  /** Sidecars of other sites, by path. */
  otherSites: string[];
}

/** So many sidecars are read at once. */
const atOnce = 16;

/** Reads every JSON file of a folder that one of the tools may have written. */
export async function tellFolder(
  files: readonly NamedFile[],
  source: string,
  signal: AbortSignal,
): Promise<FolderTold> {
  const told: FolderTold = {
    ...{ tellings: [], downloads: [], galleries: [], profiles: [], problems: [], otherSites: [] },
    collected: new Set(),
  };
  const json = files.filter(({ parts }) => parts.use === "info" || parts.use === "json");
  const names = new Set(files.map(({ path }) => path));
  for (let start = 0; start < json.length; start += atOnce) {
    signal.throwIfAborted();
    const batch = json.slice(start, start + atOnce);
    const contents = await Promise.all(
      batch.map((file) => readJsonFile(file, file.parts.use === "info")),
    );
    for (const [index, content] of contents.entries()) {
      const file = batch[index];
      if (file !== undefined) addContent(told, { file, content, source, names });
    }
  }
  return told;
}

interface FileContent {
  file: NamedFile;
  content: JsonContent;
  source: string;
  /** Paths of all files. */
  names: ReadonlySet<string>;
}

function addContent(told: FolderTold, { file, content, source, names }: FileContent): void {
  if (content.made === "other-site") told.otherSites.push(file.path);
  else if (content.made === "gallery-dl") addGallery(told, file, content.value, source);
  else if (content.made === "yt-dlp") {
    for (const part of content.parts) addDownload(told, file, { ...part, source });
  } else if (content.made === "broken") {
    // Any other JSON is none of our business, broken or not.
    const beside = names.has(file.path.replace(/\.json$/i, "")) || file.parts.id !== null;
    if (file.parts.use === "info" || beside) told.problems.push(broken(file.path, content.why));
  }
}

function addDownload(
  told: FolderTold,
  file: NamedFile,
  { value, place, source }: { value: unknown; place: string; source: string },
): void {
  const sidecar = readSidecar(value);
  if (sidecar === null) return;
  if (!isOfTikTok(sidecar)) {
    told.otherSites.push(place);
    return;
  }
  if (!isPostSidecar(sidecar)) {
    const handle = profileOfPlaylist(sidecar);
    const observed = epochDate(sidecar.epoch ?? Number.NaN) ?? file.modified;
    if (handle !== null) told.profiles.push(profileHint(source, { handle, observed }));
    return;
  }
  const isOwn = place === file.path;
  const name = isOwn ? file.name : "";
  const from = { source, place: shownName(place), name, modified: file.modified };
  const post = sidecarPost(sidecar, from);
  if (post === null || post.id === null) {
    told.problems.push(broken(place, "it names no post of TikTok"));
    return;
  }
  const { id } = post;
  const soundOnly = isSoundOnly(sidecar);
  told.tellings.push({ post: { ...post, id }, by: "yt-dlp", photos: 0, soundOnly });
  told.downloads.push({
    id,
    sidecar: isOwn ? file : null,
    names: downloadNames(sidecar),
    titles: titlesOf(sidecar),
    watermarked: isWatermarked(sidecar),
    soundOnly,
  });
  const handle = uploaderOf(sidecar);
  if (handle === null) return;
  const displayName = (sidecar.channel ?? "").trim() === "" ? null : (sidecar.channel ?? null);
  const { observed } = post;
  told.profiles.push(profileHint(source, { handle, displayName, observed }));
}

function titlesOf({ title, fulltitle, description }: Sidecar): string[] {
  // Names are short; what stands behind their longest possible length fits none.
  return [title, fulltitle, description].flatMap((each) => (each ?? "").slice(0, 260) || []);
}

function addGallery(told: FolderTold, file: NamedFile, value: unknown, source: string): void {
  const stands = galleryFile(value);
  const about = galleryProfile(value, { source, observed: file.modified });
  if (about !== null) told.profiles.push(about);
  if (stands.type === "avatar") {
    told.galleries.push({ id: null, handle: about?.handle ?? null, sidecar: file, file: stands });
    return;
  }
  const from = { source, place: shownName(file.path), observed: file.modified };
  const read = galleryPost(value, from);
  if (read === null || read.post.id === null) {
    told.problems.push(broken(file.path, "it names no post of TikTok"));
    return;
  }
  const post = withWholeId(read.post, read.post.id, file.parts.id);
  const { photos } = read;
  // An item may lack its author; then only the list that it came from says that it is somebody else's.
  if (post.fields.url == null && isCollected(value)) told.collected.add(post.id);
  told.tellings.push({ post, by: "gallery-dl", photos, soundOnly: false });
  told.galleries.push({ id: post.id, handle: null, sidecar: file, file: stands });
}

/** A program that took the id for a number has rounded it; the name of the file has it whole. */
function withWholeId(post: SourcePost, id: string, ofName: string | null): Telling["post"] {
  if (ofName === null || !isRoundedId(id, ofName)) return { ...post, id };
  const handle = handleOfAddress(post.fields.url ?? "");
  const url = handle === null ? {} : { url: postAddress(handle, ofName) };
  return { ...post, id: ofName, fields: { ...post.fields, ...url } };
}

function broken(place: string, why: string): Problem {
  return problem(
    "bad-record",
    `The file ${shownName(place)} was left out: ${why}.`,
    "Let the tool that made it write it again: yt-dlp with --write-info-json, gallery-dl with --write-metadata.",
  );
}
