import { existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import type { SourceMedia } from "../../core/post.ts";
import type { DownloadRequest } from "../../download/download.ts";
import { mediaName } from "../../library/layout.ts";
import type { StoredFile } from "../../store/posts.ts";
import { wholeFile } from "./adopt.ts";
import type { KeptPost } from "./keep-records.ts";

/** One file that a post wants and the library has not. */
export interface MediaJob {
  post: string;
  media: SourceMedia;
  request: DownloadRequest;
  /** Address died before it was asked for. */
  expired: boolean;
}

/** What the posts of a run want, and what is there already. */
export interface MediaPlan {
  /** Photos first, then videos by expiry, covers last; expired ones are in it, marked. */
  jobs: MediaJob[];
  /** Whole files on the disk that the database does not know, left by a run that was killed. */
  strays: { job: MediaJob; path: string }[];
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
  const whole = new Set(
    files.filter((file) => isThere(root, file)).map((file) => placeName(file.post, file)),
  );
  const plan: MediaPlan = { jobs: [], strays: [] };
  for (const { post, offers } of kept) {
    const offered = offers.flatMap((offer) => offer.media);
    const missing = bestOffers(offered).filter((media) => !whole.has(placeName(post.key, media)));
    if (missing.length === 0) continue;
    const folder = join(root, post.folder);
    const present = existsSync(folder) ? readdirSync(folder) : [];
    for (const media of missing) {
      const name = mediaName(media.role, media.position, countRole(offered, media.role));
      const [origin] = media.origins;
      if (origin.at !== "web") continue;
      const { address, expires } = origin;
      const job: MediaJob = {
        post: post.key,
        media,
        expired: expires !== null && Date.parse(expires) <= now,
        request: {
          address,
          folder,
          name,
          expect: media.role === "video" ? "video" : "image",
          expires,
        },
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

/** When the last way to a file dies; null when one does not say, or never does. */
export function mediaExpiry({ origins }: SourceMedia): string | null {
  const ends = origins.map((origin) => (origin.at === "web" ? origin.expires : null));
  return ends.includes(null) ? null : (ends.toSorted().at(-1) ?? null);
}

/** One offer for each place: of several archives in one run, the link that lives longest. */
function bestOffers(media: readonly SourceMedia[]): SourceMedia[] {
  const best = new Map<string, SourceMedia>();
  for (const each of media) {
    const place = placeName("", each);
    const known = best.get(place);
    if (
      known === undefined ||
      compare(mediaExpiry(known) ?? "9999", mediaExpiry(each) ?? "9999") < 0
    ) {
      best.set(place, each);
    }
  }
  return [...best.values()];
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
