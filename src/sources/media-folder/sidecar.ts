import type { PostFields, PostKind, SourcePost } from "../../core/post.ts";
import { captionHashtags, captionMentions } from "../../tiktok/caption-tags.ts";
import { objectId } from "../../tiktok/media-address.ts";
import { idOfAddress, postAddress } from "../../tiktok/page-address.ts";
import { dateOfId, isRoundedId } from "../../tiktok/post-id.ts";
import { epochDate } from "../../tiktok/time.ts";
import { readName } from "./file-name.ts";
import { isSoundOnly, type Sidecar, uploaderOf } from "./sidecar-shape.ts";

/** What both tools write as the title of a post without a caption. */
const madeUp = /^TikTok (?:video|photo|audio) #\d+$/;

/** Where a sidecar was found. */
export interface SidecarPlace {
  source: string;
  /** For messages. */
  place: string;
  /** Of its own file, which may hold the id; empty for one of several in a dump. */
  name: string;
  /** When that file was written: ISO 8601 UTC, for a sidecar that does not say when it was made. */
  modified: string;
}

/** Reads a sidecar as a post; null when it has no id. Without a time the id tells one roughly. */
export function sidecarPost(
  sidecar: Sidecar,
  { source, place, name, modified }: SidecarPlace,
): SourcePost | null {
  const id = idOf(sidecar, name);
  if (id === null) return null;
  const told = epochDate(sidecar.timestamp ?? Number.NaN);
  const date = told ?? dateOfId(id);
  if (date === null) return null;
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
    ...(told === null && { roughDate: true as const }),
    observed: epochDate(sidecar.epoch ?? Number.NaN) ?? modified,
    objectIds: [...new Set(objectIds)],
    fields: fieldsOf(sidecar, id),
    media: [],
    place,
  };
}

/**
 * An id that another program wrote as a number has lost its last digits; then the address of the page or the
 * name of the file has it whole.
 */
function idOf({ id, webpage_url, url }: Sidecar, name: string): string | null {
  const told = typeof id === "number" ? String(id) : (id ?? "");
  const others = [idOfAddress(webpage_url ?? ""), idOfAddress(url ?? ""), readName(name).id];
  const whole = others.find(
    (other) => other !== null && (other === told || isRoundedId(told, other)),
  );
  if (whole != null) return whole;
  if (/^\d{6,20}$/.test(told) && (typeof id === "string" || Number.isSafeInteger(id))) return told;
  return others.find((other) => other !== null) ?? null;
}

function fieldsOf(sidecar: Sidecar, id: string): Partial<PostFields> {
  const kind = kindOf(sidecar);
  const uploader = uploaderOf(sidecar);
  const caption = captionOf(sidecar);
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
  if (caption === null) return fields;
  return {
    ...fields,
    caption,
    hashtags: captionHashtags(caption),
    mentions: captionMentions(caption),
  };
}

/** The title is never taken: it is cut at 72 letters. Where there is no caption, both tools make one up. */
function captionOf({ description }: Sidecar): string | null {
  return madeUp.test(description ?? "") ? "" : (description ?? null);
}

/** A slideshow comes as its music only: no picture track and no size. */
function kindOf(sidecar: Sidecar): PostKind | null {
  const { vcodec, width, ext, webpage_url } = sidecar;
  if (isSoundOnly(sidecar) || /\/photo\/\d/.test(webpage_url ?? "")) return "photos";
  if (positive(width) !== null || (vcodec ?? "") !== "") return "video";
  return /^(?:mp4|mov|webm|mkv)$/i.test(ext ?? "") ? "video" : null;
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
