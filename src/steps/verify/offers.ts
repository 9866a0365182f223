import { basename, dirname, extname, join } from "node:path";
import type { SourceMedia } from "../../core/post.ts";
import { groupRecords } from "../../merge/groups.ts";
import type { StoredFile } from "../../store/posts.ts";
import type { StoredRecord } from "../../store/records.ts";
import { kindOf } from "../export/media-plan.ts";
import { hasDied, mergeOffers } from "../export/offered-media.ts";
import type { MediaJob } from "../export/media-plan.ts";
import type { ReadPost } from "../export/read-sources.ts";

/** The media that the inputs offer for each post of the library, by its key. No post is made or changed. */
export function offersByPost(
  records: readonly StoredRecord[],
  read: readonly ReadPost[],
): Map<string, SourceMedia[]> {
  const told = records.filter(({ named }) => named === null);
  const known = told.map((record) => ({ ...record, kind: record.fields.kind ?? null }));
  const offers = new Map<string, SourceMedia[]>();
  for (const posts of Map.groupBy(read, (post) => post.input).values()) {
    const fresh = posts.map(({ id, date, roughDate = false, objectIds, fields }) => ({
      ...{ id, date, roughDate, objectIds, kind: fields.kind ?? null },
      inputs: ["this input"],
    }));
    for (const own of groupRecords([...known, ...fresh]).groups) {
      const key = own.flatMap((index) => told[index]?.post ?? [])[0];
      if (key === undefined) continue;
      const media = own.flatMap((index) => posts[index - known.length]?.media ?? []);
      offers.set(key, [...(offers.get(key) ?? []), ...media]);
    }
  }
  return offers;
}

/** The download that brings a file of the library again; null when nothing offers it. */
export function repairJob(
  root: string,
  file: StoredFile,
  offers: readonly SourceMedia[],
  now: number,
): MediaJob | null {
  const fitting = offers.filter(
    (media) => media.role === file.role && media.position === file.position,
  );
  const [media] = mergeOffers(fitting, now);
  if (media === undefined) return null;
  const path = join(root, file.path);
  return {
    post: file.post,
    media,
    expired: hasDied(media, now),
    request: {
      origins: media.origins,
      folder: dirname(path),
      name: basename(path, extname(path)),
      expect: kindOf(media.role),
    },
  };
}
