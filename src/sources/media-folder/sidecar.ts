import { z } from "zod";
import type { PostFields, PostKind, SourcePost } from "../../core/post.ts";
import { captionHashtags, captionMentions } from "../../tiktok/caption-tags.ts";
import { objectId } from "../../tiktok/media-address.ts";
import { handleOfAddress, idOfAddress, postAddress } from "../../tiktok/page-address.ts";
import { epochDate } from "../../tiktok/time.ts";

// Everything is loose: one odd field must not cost the record. What is not named here, such as cookies and
// request headers, is dropped at this door.
const text = z.string().nullish().catch(null);
const number = z.number().nullish().catch(null);
const address = z.object({ url: text }).catch({ url: null });
const addresses = z.array(address).nullish().catch(null);

const Sidecar = z.object({
  _type: text,
  id: z.union([z.string(), z.number()]).nullish().catch(null),
  extractor: text,
  webpage_url: text,
  uploader: text,
  channel: text,
  description: text,
  availability: text,
  track: text,
  artist: text,
  artists: z.array(z.string()).nullish().catch(null),
  timestamp: number,
  duration: number,
  width: number,
  height: number,
  view_count: number,
  like_count: number,
  comment_count: number,
  repost_count: number,
  save_count: number,
  vcodec: text,
  ext: text,
  thumbnail: text,
  formats: addresses,
  thumbnails: addresses,
});

/** What yt-dlp writes beside a download, as far as we use it. */
export type Sidecar = z.infer<typeof Sidecar>;

/** Reads the text of a sidecar; null when it is not JSON, or not an object. */
export function parseSidecar(content: string): Sidecar | null {
  try {
    return Sidecar.safeParse(JSON.parse(content.replace(/^\uFEFF/, ""))).data ?? null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

/** True for the sidecar of one TikTok post; a playlist has one too. */
export function isPostSidecar({ _type, extractor }: Sidecar): boolean {
  return (_type ?? "video") === "video" && /tiktok/i.test(extractor ?? "tiktok");
}

/** Whose post it is, without sign; null when the sidecar does not say. */
export function uploaderOf(sidecar: Sidecar): string | null {
  const uploader = sidecar.uploader?.replace(/^@/, "") ?? "";
  return uploader === "" || uploader === "_"
    ? handleOfAddress(sidecar.webpage_url ?? "")
    : uploader;
}

/** Reads a sidecar as a post; null when it has no id or no time, so that it can be joined to nothing. */
export function sidecarPost(sidecar: Sidecar, source: string, place: string): SourcePost | null {
  const id = idOf(sidecar);
  const date = epochDate(sidecar.timestamp ?? Number.NaN);
  if (id === null || date === null) return null;
  const urls = [
    ...(sidecar.formats ?? []),
    ...(sidecar.thumbnails ?? []),
    { url: sidecar.thumbnail },
  ];
  const objectIds = urls.map(({ url }) => objectId(url ?? "")).filter((each) => each !== null);
  return {
    type: "post",
    source,
    id,
    date,
    observed: null,
    objectIds: [...new Set(objectIds)],
    fields: fieldsOf(sidecar, id),
    media: [],
    place,
  };
}

/** A number of 19 digits has already lost its last ones in JSON.parse; then only the address has it whole. */
function idOf({ id, webpage_url }: Sidecar): string | null {
  if (typeof id === "string" && /^\d+$/.test(id)) return id;
  if (typeof id === "number" && Number.isSafeInteger(id)) return String(id);
  return idOfAddress(webpage_url ?? "");
}

function fieldsOf(sidecar: Sidecar, id: string): Partial<PostFields> {
  const kind = kindOf(sidecar);
  const uploader = uploaderOf(sidecar);
  const caption = sidecar.description ?? null;
  // The length of a slideshow is the length of its music.
  const duration = kind === "photos" ? null : positive(sidecar.duration);
  const fields: Partial<PostFields> = {
    durationMs: duration === null ? null : Math.round(duration * 1000),
    width: positive(sidecar.width),
    height: positive(sidecar.height),
    views: count(sidecar.view_count),
    likes: count(sidecar.like_count),
    comments: count(sidecar.comment_count),
    // TikTok's shares are called reposts there.
    shares: count(sidecar.repost_count),
    saves: count(sidecar.save_count),
    url: uploader === null ? null : postAddress(uploader, id),
    visibility: (sidecar.availability ?? "public") === "public" ? "public" : "private",
    sound: soundOf(sidecar),
  };
  if (kind !== null) fields.kind = kind;
  // The title is never used: it is cut at 72 letters, and made up where there is no caption.
  if (caption === null) return fields;
  return {
    ...fields,
    caption,
    hashtags: captionHashtags(caption),
    mentions: captionMentions(caption),
  };
}

/** A slideshow comes as its music only: no picture track and no size. */
function kindOf({ vcodec, width, ext, webpage_url }: Sidecar): PostKind | null {
  if (vcodec === "none" || /\/photo\/\d/.test(webpage_url ?? "")) return "photos";
  if (positive(width) !== null || (vcodec ?? "") !== "") return "video";
  if (/^(?:mp4|mov|webm|mkv)$/i.test(ext ?? "")) return "video";
  return /^(?:mp3|m4a|aac|opus)$/i.test(ext ?? "") ? "photos" : null;
}

/** Written as the archive writes it, so that both sources say the same. */
function soundOf({ track, artist, artists }: Sidecar): string | null {
  const parts = [track, artist ?? artists?.join(", ")].filter((part) => (part ?? "") !== "");
  return parts.length === 0 ? null : parts.join(" - ");
}

function count(value: number | null | undefined): number | null {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0 ? value : null;
}

function positive(value: number | null | undefined): number | null {
  return typeof value === "number" && value > 0 ? value : null;
}
