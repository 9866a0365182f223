import { createWriteStream } from "node:fs";
import { pipeline } from "node:stream/promises";
import { ZipFile } from "yazl";
import { type ArchiveParts, type ArchiveRow, archiveSkeletons } from "./archive-skeletons.ts";

export {
  type ArchiveGeneration,
  archiveGenerations,
  type ArchiveParts,
  type ArchiveRow,
  privateMarkers,
} from "./archive-skeletons.ts";

/** What a test wants to say of one post; the rest is as TikTok fills it. */
export interface ArchivePostParts {
  /** `2024-09-17 14:07:21`, UTC. */
  date: string;
  link?: string;
  /** Several addresses make a photo post; they win over `link`. */
  links?: readonly string[];
  cover?: string;
  title?: string;
  likes?: string;
  whoCanView?: string;
  sound?: string;
  location?: string;
  aiGenerated?: string;
  /** Keys to add or replace; undefined takes one out. */
  extra?: Record<string, unknown>;
}

/** Makes a row of a list of own posts. */
export function archivePost(parts: ArchivePostParts): ArchiveRow {
  const row = {
    Date: parts.date,
    Link: parts.links?.join("\n") ?? parts.link ?? videoLink({ id: objectName(parts.date) }),
    ...(parts.cover === undefined ? {} : { CoverImage: parts.cover }),
    Likes: parts.likes ?? "28",
    WhoCanView: parts.whoCanView ?? "Everyone",
    AllowComments: "Yes",
    AllowStitches: "Yes",
    AllowDuets: "Yes",
    AllowStickers: "Yes",
    AllowSharingToStory: "Yes",
    ContentDisclosure: "",
    AIGeneratedContent: parts.aiGenerated ?? "",
    Sound: parts.sound ?? " - ",
    Location: parts.location ?? "",
    Title: parts.title ?? "",
    AddYoursText: "N/A",
    ...parts.extra,
  };
  return Object.fromEntries(Object.entries(row).filter(([, value]) => value !== undefined));
}

/** Makes a row of the recently deleted posts; its link leads to a sign-in page. */
export function deletedPost(date: string): ArchiveRow {
  const target = encodeURIComponent(
    `http://webapp-i18n.tiktok.com/${objectName(date)}/67690f3e/tos-useast2a-ve-0068`,
  );
  return {
    Date: date,
    DateDeleted: date,
    Link: `https://www.tiktok.com/login/?redirect_url=${target}`,
    Likes: "3",
    ContentDisclosure: "",
    AIGeneratedContent: "",
    Sound: " - ",
    Location: "",
    Title: "",
    AddYoursText: "N/A",
  };
}

/** What a signed address is made of; `origin` lets a local server play the CDN. */
interface LinkParts {
  id: string;
  origin?: string;
  /** Epoch in seconds; 0 leaves it out. */
  expires?: number;
}

/** A signed address of a video as the archive has it. */
export function videoLink({ id, origin, expires = 4102444800 }: LinkParts): string {
  const end = expires === 0 ? "" : `&x-tos-expires=${expires}`;
  return `${origin ?? "https://video-useast5.tiktokv.us"}/storage/v1/tos-useast5-ve-0068c003-tx/${id}?a=1233&bt=1024&l=20250110222554&mime_type=video_mp4&rc=ang${end}&x-tos-signature=c2lnbmF0dXJl`;
}

/** A signed address of a photo as the archive has it; the id has 32 hexadecimal digits. */
export function photoLink({ id, origin, expires = 4102444800 }: LinkParts): string {
  const end = expires === 0 ? "" : `&x-expires=${expires}`;
  return `${origin ?? "https://p16-ttdyd-sign-sg.ibyteimg.com"}/tos-alisg-i-photomode-sg/${id}~tplv-noop.jpeg?biz_tag=tt&rk3s=81f88b70${end}&x-signature=c2lnbmF0dXJl`;
}

/** A stable name of a stored object for a text. */
function objectName(seed: string): string {
  const digits = seed.replace(/\D/g, "");
  return `oE${digits}${"AfQ7dBnIkE3xUgZpSa9".repeat(2)}`.slice(0, 34);
}

/** Builds the object that TikTok's JSON holds. */
export function buildArchive(parts: ArchiveParts = {}): Record<string, unknown> {
  const skeleton = archiveSkeletons[parts.generation ?? "middle"];
  const archive = { ...skeleton(parts), ...parts.extras };
  return Object.fromEntries(Object.entries(archive).filter(([, value]) => value !== undefined));
}

/** Extra entries of a zip, by their name. */
interface ZipParts {
  entryName?: string;
  extraEntries?: Record<string, string | Buffer>;
}

/** Writes an archive as the zip that TikTok offers. */
export async function writeArchiveZip(
  path: string,
  archive: unknown,
  { entryName = "user_data_tiktok.json", extraEntries = {} }: ZipParts = {},
): Promise<void> {
  await writeZip(path, { [entryName]: JSON.stringify(archive), ...extraEntries });
}

/** Writes any zip, the same bytes each time. */
export async function writeZip(
  path: string,
  entries: Record<string, string | Buffer>,
): Promise<void> {
  const zip = new ZipFile();
  const mtime = new Date("2025-01-10T22:25:54Z");
  for (const [name, content] of Object.entries(entries)) {
    zip.addBuffer(Buffer.from(content), name, { mtime });
  }
  zip.end();
  await pipeline(zip.outputStream, createWriteStream(path));
}
