import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";

/** What a test wants to say of one post; the rest is as yt-dlp fills it. */
export interface SidecarParts {
  /** TikTok's id, 19 digits. */
  id: string;
  /** Seconds since the epoch. */
  timestamp: number;
  description?: string;
  uploader?: string;
  channel?: string;
  /** CDN names of the stored objects, to be found in the addresses of the formats. */
  objectIds?: readonly string[];
  /** CDN name of the cover. */
  coverId?: string;
  /** A slideshow comes as its music only. */
  slideshow?: boolean;
  /** Keys to add or replace; undefined takes one out. */
  extra?: Record<string, unknown>;
}

/** Session values that stand in every sidecar; none may ever come out of a reader. */
export const sidecarSecrets = {
  cookie: "tt_chain_token=c2VjcmV0LWNoYWlu",
  userAgent: "Mozilla/5.0 secret-agent",
  secUid: "MS4wLjABAAAAsecretsecretsecretsecretsecretsecretsecretsecretsecre",
} as const;

/** Makes what yt-dlp writes beside a download of TikTok. */
export function sidecar(parts: SidecarParts): Record<string, unknown> {
  const { id, timestamp, uploader = "maya.films", description = "", coverId } = parts;
  const channel = parts.channel ?? "Maya 🐈 Films";
  const page = `https://www.tiktok.com/@${uploader}/video/${id}`;
  const cover = `https://p16-sign.tiktokcdn-us.com/tos-useast5-p-0068-tx/${coverId ?? "c0ffee00c0ffee00c0ffee00c0ffee00"}~tplv-noop.image?x-expires=1758502800&x-signature=c2ln`;
  const whole = {
    id,
    title: titleOf(id, description),
    fulltitle: titleOf(id, description),
    description,
    uploader,
    uploader_id: "6812345678901234567",
    uploader_url: `https://www.tiktok.com/@${uploader}`,
    channel,
    channel_id: sidecarSecrets.secUid,
    channel_url: `https://www.tiktok.com/@${sidecarSecrets.secUid}`,
    track: "original sound",
    artists: [channel],
    artist: channel,
    timestamp,
    upload_date: new Date(timestamp * 1000).toISOString().slice(0, 10).replaceAll("-", ""),
    duration: 15,
    view_count: 12345,
    like_count: 678,
    repost_count: 9,
    comment_count: 10,
    save_count: 11,
    ...(parts.slideshow === true ? audioKeys(id) : videoKeys(id)),
    formats: (parts.objectIds ?? [`oF${id}QxBfUdAk`]).map(formatOf),
    thumbnails: [
      { id: "cover", url: cover, preference: -1 },
      { id: "originCover", url: cover, preference: -1 },
    ],
    thumbnail: cover,
    subtitles: {},
    http_headers: { Referer: page, "User-Agent": sidecarSecrets.userAgent },
    webpage_url: page,
    webpage_url_basename: id,
    extractor: "TikTok",
    extractor_key: "TikTok",
    display_id: id,
    epoch: timestamp + 86_400,
    _type: "video",
    _version: { version: "2026.08.18", repository: "yt-dlp/yt-dlp" },
    ...parts.extra,
  };
  return Object.fromEntries(Object.entries(whole).filter(([, value]) => value !== undefined));
}

/** Writes a sidecar under the name that yt-dlp gives it; answers the name. */
export async function writeSidecar(
  folder: string,
  content: Record<string, unknown>,
): Promise<string> {
  await mkdir(folder, { recursive: true });
  const name = `${downloadStem(content)}.info.json`;
  await writeFile(join(folder, name), JSON.stringify(content));
  return name;
}

/** The name without endings that yt-dlp gives to all files of a post by default. */
export function downloadStem(content: Record<string, unknown>): string {
  const title = String(content["title"])
    .replaceAll("\n", " ")
    .replaceAll("/", "⧸")
    .replaceAll(":", "：")
    .replaceAll("?", "？")
    .replaceAll('"', "＂");
  return `${title} [${String(content["id"])}]`;
}

/** The playlist sidecar that yt-dlp writes beside the posts of a profile. */
export function playlistSidecar(uploader = "maya.films"): Record<string, unknown> {
  return {
    id: sidecarSecrets.secUid,
    title: uploader,
    _type: "playlist",
    extractor: "tiktok:user",
    extractor_key: "TikTokUser",
    webpage_url: `https://www.tiktok.com/@${uploader}`,
    epoch: 1_763_450_000,
  };
}

/** What gallery-dl adds to an item of the page for one of its files. */
export interface GalleryParts {
  /** The item as TikTok's page has it. */
  item: Record<string, unknown>;
  type: "image" | "video" | "audio" | "cover" | "subtitle" | "avatar";
  /** Of a photo, from 1. */
  num?: number;
  /** What stands in brackets at the end of the name. */
  fileId?: string;
  extension: string;
  bytes: Buffer | string;
  /** Writes no record beside the file. */
  bare?: boolean;
}

/** Writes a file as gallery-dl does, with its record beside it; answers the name. */
export async function writeGalleryFile(folder: string, parts: GalleryParts): Promise<string> {
  const { item, type, num = 0, fileId = "", extension, bytes } = parts;
  await mkdir(folder, { recursive: true });
  const [id, desc] = [String(item["id"]), String(item["desc"])];
  const made = desc === "" ? `TikTok ${type === "image" ? "photo" : type} #${id}` : desc;
  const title = type === "avatar" ? `@${String(item["uniqueId"])}` : made;
  const number = num === 0 ? "" : `_${String(num).padStart(2, "0")}`;
  const tag = fileId === "" ? "" : ` [${fileId}]`;
  // It cuts the title at 150 bytes, and names have no separators.
  const cut = Buffer.from(title.replaceAll(/[/\n]/g, "_")).subarray(0, 150).toString();
  const name = `${id}${number} ${cut.replaceAll("\uFFFD", "")}${tag}.${extension}`;
  await writeFile(join(folder, name), bytes);
  const record = {
    ...item,
    user: "maya.films",
    date: "2024-09-17 14:07:21",
    post_type: "imagePost" in item ? "image" : "video",
    category: "tiktok",
    subcategory: "posts",
    type,
    num,
    file_id: fileId,
    title: made,
    width: type === "image" ? 1080 : 0,
    height: type === "image" ? 1440 : 0,
    extension,
    filename: fileId === "" ? "file" : `${fileId}~tplv-photomode-image`,
  };
  if (parts.bare !== true) await writeFile(join(folder, `${name}.json`), JSON.stringify(record));
  return name;
}

function titleOf(id: string, description: string): string {
  if (description === "") return `TikTok video #${id}`;
  return description.length > 72 ? `${description.slice(0, 72)}...` : description;
}

function videoKeys(id: string): Record<string, unknown> {
  return {
    width: 1080,
    height: 1920,
    ext: "mp4",
    vcodec: "h264",
    acodec: "aac",
    format_id: `h264_1080p_${id.slice(-6)}-0`,
    resolution: "1080x1920",
    aspect_ratio: 0.56,
  };
}

function audioKeys(id: string): Record<string, unknown> {
  return {
    ext: "mp3",
    vcodec: "none",
    acodec: "mp3",
    format_id: `audio-${id.slice(-6)}`,
    resolution: "audio only",
  };
}

function formatOf(objectId: string, index: number): Record<string, unknown> {
  return {
    url: `https://v16-webapp-prime.us.tiktok.com/video/tos/useast5/tos-useast5-ve-0068c003-tx/${objectId}/?a=1988&bti=x&expire=1758504131&tk=tt_chain_token&signature=c2ln`,
    ext: "mp4",
    format_id: `h264_1080p_${index}`,
    vcodec: "h264",
    acodec: "aac",
    cookies: sidecarSecrets.cookie,
    http_headers: { Referer: "https://www.tiktok.com/", "User-Agent": sidecarSecrets.userAgent },
  };
}
