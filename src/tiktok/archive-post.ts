import type { PostFields, SourceMedia, SourcePost, Visibility } from "../core/post.ts";
import {
  type ArchiveRecord,
  archiveCaption,
  archiveCount,
  archiveValue,
  archiveYesNo,
  isRecord,
  looseKey,
  looseValue,
} from "./archive-value.ts";
import { captionHashtags, captionMentions } from "./caption-tags.ts";
import {
  addressExpiry,
  isMediaAddress,
  kindOfLinks,
  objectId,
  splitLink,
} from "./media-address.ts";
import { idOfAddress } from "./page-address.ts";
import { archiveDate } from "./time.ts";

const knownKeys = new Set(
  [
    [
      "Date",
      "Link",
      "Video Link",
      "Likes",
      "Like(s)",
      "Who Can View",
      "Title",
      "Sound",
      "Location",
    ],
    ["Allow Comments", "Allow Stitches", "Allow Duets", "Allow Stickers", "Allow Sharing To Story"],
    ["Content Disclosure", "AI Generated Content", "Add Yours Text", "Alternate Text"],
    ["Cover Image", "Number Of Collections", "Date Deleted"],
  ]
    .flat()
    .map(looseKey),
);

/** The keys of a post's record that no known archive has. */
export function unknownPostKeys(record: ArchiveRecord): string[] {
  return Object.keys(record).filter((key) => !knownKeys.has(looseKey(key)));
}

/** Reads one row of a list of own posts; null when it has no date, so that it cannot be a post. */
export function archivePost(row: unknown, source: string, place: string): SourcePost | null {
  if (!isRecord(row)) return null;
  const dateText = looseValue(row, "Date");
  const date = typeof dateText === "string" ? archiveDate(dateText) : null;
  if (date === null) return null;
  const links = linksOf(looseValue(row, "Link", "VideoLink"));
  const media = mediaOf(links.filter(isMediaAddress), looseValue(row, "CoverImage"));
  const ids = media.map((each) => each.objectId).filter((id) => id !== null);
  return {
    type: "post",
    source,
    id: links.map(idOfAddress).find((id) => id !== null) ?? null,
    date,
    observed: null,
    objectIds: [...new Set(ids)],
    fields: fieldsOf(row, media),
    media,
    place,
  };
}

function linksOf(link: unknown): string[] {
  return typeof link === "string" ? splitLink(link) : [];
}

function fieldsOf(row: ArchiveRecord, media: readonly SourceMedia[]): Partial<PostFields> {
  const caption = archiveCaption(looseValue(row, "Title"));
  const content = media.filter((each) => each.role !== "cover");
  const fields: Partial<PostFields> = {
    likes: archiveCount(looseValue(row, "Likes", "Like(s)")),
    visibility: visibilityOf(looseValue(row, "WhoCanView")),
    sound: archiveValue(looseValue(row, "Sound")),
    location: archiveValue(looseValue(row, "Location")),
    aiGenerated: archiveYesNo(looseValue(row, "AIGeneratedContent")),
  };
  // Without a file nothing tells a video from photos; another source may know.
  if (content.length > 0) fields.kind = content[0]?.role === "photo" ? "photos" : "video";
  if (caption === null) return fields;
  return {
    ...fields,
    caption,
    hashtags: captionHashtags(caption),
    mentions: captionMentions(caption),
  };
}

function visibilityOf(value: unknown): Visibility | null {
  if (value === undefined || value === null || value === "") return null;
  const words = typeof value === "string" ? looseKey(value) : "";
  if (words === "everyone" || words === "public") return "public";
  // A value that we do not know counts as private: the mistake that cannot be undone is to publish.
  return words === "friends" || words === "followers" ? "friends" : "private";
}

function mediaOf(links: readonly string[], cover: unknown): SourceMedia[] {
  const role = kindOfLinks(links) === "photos" ? "photo" : "video";
  const media = links.map((address, index) => fileAt(address, role, index + 1));
  const coverAddress = linksOf(cover).find(isMediaAddress);
  return coverAddress === undefined ? media : [...media, fileAt(coverAddress, "cover", 1)];
}

function fileAt(address: string, role: SourceMedia["role"], position: number): SourceMedia {
  return {
    role,
    position,
    origins: [{ at: "web", address, expires: addressExpiry(address) }],
    objectId: objectId(address),
  };
}
