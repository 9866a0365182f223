import { z } from "zod";
import type { SourcePost } from "../../core/post.ts";
import type { SourceProfile } from "../../core/source.ts";
import { webItemPost } from "../../tiktok/web-item.ts";
import { webProfile } from "../../tiktok/web-profile.ts";
import { webNumber, webText } from "../../tiktok/web-value.ts";

const Item = z.object({
  type: webText,
  subcategory: webText,
  num: webNumber,
  file_id: webText,
  subtitle_lang_codename: webText,
  author: z.unknown().optional(),
  authorStats: z.unknown().optional(),
  authorStatsV2: z.unknown().optional(),
});

/** What gallery-dl says of one file of a post. */
export interface GalleryFile {
  /** `image`, `video`, `audio`, `cover`, `subtitle` or `avatar`; null in the record of a whole post. */
  type: string | null;
  /** Number of the photo, from 1; 0 for other files. */
  num: number;
  /** CDN name of the picture. */
  objectId: string | null;
  language: string | null;
}

/** Reads which file a record of gallery-dl stands beside. */
export function galleryFile(value: unknown): GalleryFile {
  const item = Item.safeParse(value).data;
  const fileId = item?.file_id ?? "";
  return {
    type: item?.type ?? null,
    num: item?.num ?? 0,
    objectId: /^[0-9a-f]{32}$/i.test(fileId) ? fileId : null,
    language: item?.subtitle_lang_codename ?? null,
  };
}

/** Reads whose record it is; the one of a profile picture holds the account itself. Null where it does not say. */
export function galleryProfile(
  value: unknown,
  from: { source: string; observed: string },
): SourceProfile | null {
  const { type, author, authorStats, authorStatsV2 } = Item.safeParse(value).data ?? {};
  const account = type === "avatar" ? { user: value } : { user: author, stats: authorStats };
  const read = webProfile({ ...account, statsV2: authorStatsV2 }, from)?.profile ?? null;
  // The web address of the picture has died; the picture itself may lie in the folder.
  return read === null || !/^[\w.]+$/.test(read.handle ?? "") ? null : { ...read, avatar: [] };
}

/** True for a record of what the creator liked, saved or passed on, which somebody else made. */
export function isCollected(value: unknown): boolean {
  return /^(?:like[sd]?|saved|reposts?)$/.test(Item.safeParse(value).data?.subcategory ?? "");
}

/**
 * Reads a record of gallery-dl as a post, and how many photos it has; null when it has no id. It is the item
 * of TikTok's page with some keys of its own. The web addresses in it have died or want cookies: none is
 * offered.
 */
export function galleryPost(
  value: unknown,
  from: { source: string; place: string; observed: string },
): { post: SourcePost; photos: number } | null {
  const post = webItemPost(value, from);
  if (post === null) return null;
  const photos = post.media.filter(({ role }) => role === "photo").length;
  return { post: { ...post, media: [] }, photos };
}
