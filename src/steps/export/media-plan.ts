import { existsSync, readdirSync, statSync } from "node:fs";
import { basename, extname, join } from "node:path";
import type { MediaRole, SourceMedia } from "../../core/post.ts";
import type { DownloadRequest } from "../../download/download.ts";
import type { MediaKind } from "../../download/media-type.ts";
import { isDead } from "../../download/ways.ts";
import { mediaName } from "../../library/layout.ts";
import type { StoredFile } from "../../store/posts.ts";
import { wholeFile } from "./adopt.ts";
import type { KeptPost } from "./keep-records.ts";
import { waitingName } from "./replace.ts";
import { hasDied, mediaExpiry, mergeOffers } from "./offered-media.ts";

/** One file that a post wants and the library has not. */
export interface MediaJob {
  post: string;
  media: SourceMedia;
  request: DownloadRequest;
  /** Every address died before it was asked for. */
  expired: boolean;
  /** The file with TikTok's mark that it takes the place of, from the library's root. */
  replaces?: string;
}

/** What the posts of a run want, and what is there already. */
export interface MediaPlan {
  /** Photos first, then videos by expiry, covers last; expired ones are in it, marked. */
  jobs: MediaJob[];
  /** Whole files on the disk that the database does not know, left by a run that was killed. */
  strays: { job: MediaJob; path: string }[];
  /** Better forms that wait for the place of another file, from the library's root. */
  replaced: { clean: string; old: string | null }[];
}

/** A file to fetch, its base name, and the row of the one that it takes the place of. */
interface Wanted {
  media: SourceMedia;
  name: string;
  there: StoredFile | undefined;
}

/** Photos first, covers and subtitles last. */
function roleOrder({ role }: SourceMedia): number {
  return role === "photo" ? 0 : role === "video" ? 1 : 2;
}

/** Compares what the sources offer with what lies on the disk. Reads the disk, asks no network. */
export function planMedia(
  root: string,
  kept: readonly KeptPost[],
  files: readonly StoredFile[],
  now: number,
): MediaPlan {
  const whole = new Map(
    files
      .filter((file) => isThere(root, file))
      .map((file) => [placeName(file.post, file), file] as const),
  );
  const plan: MediaPlan = { jobs: [], strays: [], replaced: [] };
  for (const { post, offers } of kept) {
    const offered = mergeOffers(
      offers.flatMap((offer) => offer.media),
      now,
    ).filter(({ role }) => isSafe(role));
    const wanted = offered.flatMap((media): Wanted[] => {
      const there = whole.get(placeName(post.key, media));
      const usual = mediaName(media.role, media.position, countRole(offered, media.role));
      if (there === undefined) return [{ media, name: usual, there }];
      const own = basename(there.path, extname(there.path));
      if (own === waitingName(usual)) {
        plan.replaced.push({ clean: there.path, old: leftBehind(root, post.folder, usual) });
      }
      const clean = there.watermarked === 1 ? cleanForm(media, now) : null;
      if (clean === null) return [];
      return [{ media: clean, name: own === usual ? waitingName(usual) : usual, there }];
    });
    if (wanted.length === 0) continue;
    const folder = join(root, post.folder);
    const present = existsSync(folder) ? readdirSync(folder) : [];
    for (const { media, name, there } of wanted) {
      const job: MediaJob = {
        post: post.key,
        media,
        expired: hasDied(media, now),
        request: { origins: media.origins, folder, name, expect: kindOf(media.role) },
        ...(there === undefined ? {} : { replaces: there.path }),
      };
      const stray = wholeFile(present, name);
      if (stray === null) plan.jobs.push(job);
      else plan.strays.push({ job, path: `${post.folder}/${stray}` });
    }
  }
  plan.jobs.sort(byUrgency);
  return plan;
}

/** Photos first, since their links die first; then whatever dies sooner; covers last. */
export function byUrgency(left: MediaJob, right: MediaJob): number {
  return (
    roleOrder(left.media) - roleOrder(right.media) ||
    compare(mediaExpiry(left.media) ?? "9999", mediaExpiry(right.media) ?? "9999")
  );
}

/** Names the place of a file: its post, role and position. */
export function placeName(post: string, file: { role: string; position: number }): string {
  return `${post} ${file.role} ${file.position}`;
}

/** What the bytes of a role have to be. */
export function kindOf(role: MediaRole): MediaKind {
  if (role === "video") return "video";
  return role.startsWith("subtitle.") ? "subtitle" : "image";
}

/** The offer without its marked and its dead ways; null when nothing is left of it. */
function cleanForm(media: SourceMedia, now: number): SourceMedia | null {
  const clean = media.origins.filter((each) => each.watermarked !== true && !isDead(each, now));
  const [best, ...others] = clean;
  return best === undefined ? null : { ...media, origins: [best, ...others] };
}

/** What lies under the usual name although the row names the clean form: a run died before it took it away. */
function leftBehind(root: string, folder: string, usual: string): string | null {
  const place = join(root, folder);
  const old = existsSync(place) ? wholeFile(readdirSync(place), usual) : null;
  return old === null ? null : `${folder}/${old}`;
}

/** The language of a subtitle comes from a page and becomes a part of a file's name. */
function isSafe(role: MediaRole): boolean {
  return !role.startsWith("subtitle.") || /^subtitle\.[A-Za-z0-9-]{1,35}$/.test(role);
}

function countRole(media: readonly SourceMedia[], role: string): number {
  return Math.max(0, ...media.filter((each) => each.role === role).map((each) => each.position));
}

/** True when a whole file of the library still lies where it was put. */
export function isThere(root: string, file: StoredFile): boolean {
  const found = statSync(join(root, file.path), { throwIfNoEntry: false });
  return found !== undefined && found.size === file.bytes;
}

function compare(left: string, right: string): number {
  return left < right ? -1 : Number(left > right);
}
