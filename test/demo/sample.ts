import { createWriteStream, readFileSync } from "node:fs";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { ZipFile } from "yazl";

import { archiveDate, layOut, privateValues } from "../fixtures/sample-creator/recipe/archive.ts";
import type { ArchiveGeneration } from "../fixtures/sample-creator/recipe/archive.ts";
import type { MediaServer } from "../support/media-server.ts";

export { privateValues } from "../fixtures/sample-creator/recipe/archive.ts";

const hour = 3_600_000;

/** Folder of the sample creator. */
export const sampleFolder = join(import.meta.dirname, "../fixtures/sample-creator");

/** Folder of yt-dlp sidecars, to export from as a second source. */
export const sampleCaptions = join(sampleFolder, "captions");

/** One post of the sample as posts.json describes it. Paths are relative to the sample's folder. */
export interface SamplePost {
  name: string;
  /** The id in the sidecar; the archive never tells it. */
  id: string;
  /** ISO 8601 UTC, as the archive has it. */
  date: string;
  kind: "video" | "photos";
  whoCanView: "Everyone" | "Only You";
  likes: number;
  sound: string;
  location: string;
  /** One for a video, one a photo. */
  objectIds: string[];
  files: string[];
  coverObjectId: string | null;
  coverFile: string | null;
  sidecar: string | null;
}

/** The whole description of the sample. */
export interface Sample {
  creator: {
    handle: string;
    displayName: string;
    bio: string;
    userId: string;
    secUid: string;
    avatarObjectId: string;
    avatarFile: string;
  };
  posts: SamplePost[];
}

/** What an archive is made for. */
export interface SampleArchiveOptions {
  /** Of the media server, such as `http://127.0.0.1:40001`. */
  origin: string;
  /** Milliseconds at which TikTok made the archive; its links live from here. */
  now: number;
  generation?: ArchiveGeneration;
}

const videoFolder = "/storage/v1/tos-useast5-ve-0068c001-tx";
const photoFolder = "/tos-useast5-i-photomode-tx";
const coverFolder = "/tos-useast5-p-0068-tx";

/** The sample as its posts.json has it, oldest post first. */
export function sample(): Sample {
  return JSON.parse(readFileSync(join(sampleFolder, "posts.json"), "utf8")) as Sample;
}

function videoPath(objectId: string): string {
  return `${videoFolder}/${objectId}/`;
}

function photoPath(objectId: string): string {
  return `${photoFolder}/${objectId}~tplv-noop.jpeg`;
}

function coverPath(objectId: string): string {
  return `${coverFolder}/${objectId}~tplv-tiktokx-origin.jpeg`;
}

function avatarPath(objectId: string): string {
  return `/tos-useast5-avt-0068-tx/${objectId}~c5_1080x1080.webp`;
}

/** Path on the media server of every file of the sample, with the file's path below the sample's folder. */
export function sampleAddresses(): Map<string, string> {
  const { creator, posts } = sample();
  const files = new Map([[avatarPath(creator.avatarObjectId), creator.avatarFile]]);
  for (const post of posts) {
    for (const [index, objectId] of post.objectIds.entries()) {
      const path = post.kind === "video" ? videoPath(objectId) : photoPath(objectId);
      files.set(path, post.files[index] ?? "");
    }
    if (post.coverObjectId !== null) files.set(coverPath(post.coverObjectId), post.coverFile ?? "");
  }
  return files;
}

/** Puts every file of the sample on a media server, under the paths that the archive links to. */
export function serveSample(server: Pick<MediaServer, "put">): void {
  for (const [path, file] of sampleAddresses()) {
    server.put(path, readFileSync(join(sampleFolder, file)));
  }
}

function seconds(milliseconds: number): number {
  return Math.floor(milliseconds / 1000);
}

/** The address of a picture, which lives for so many hours. */
function picture(options: SampleArchiveOptions, path: string, hours: number): string {
  const expires = seconds(options.now + hours * hour);
  return `${options.origin}${path}?dr=9618&refresh_token=invented0&x-expires=${expires}&x-signature=1nv3nted%2Bs1gnature%3D&t=4d5b0474&ps=13740610&shp=d05b14bd&shcp=1d1a97fc&idc=useast5`;
}

function link(options: SampleArchiveOptions, post: SamplePost): string {
  if (post.kind === "photos") {
    return post.objectIds.map((each) => picture(options, photoPath(each), 96)).join("\n");
  }
  const expires = seconds(options.now + 240 * hour);
  return `${options.origin}${videoPath(post.objectIds[0] ?? "")}?a=1233&bti=invented&ch=0&cr=13&dr=0&lr=all&cd=0%7C0%7C0%7C&br=2514&bt=1257&cs=0&ft=invented&mime_type=video_mp4&qs=13&rc=invented%3D%3D&vvpl=1&l=20251120010203INVENTED&btag=e000b0000&x-tos-expires=${expires}&x-tos-algorithm=v2&x-tos-signature=1nv3nted-s1gn4tur3-0f-v1de0`;
}

function videoItem(options: SampleArchiveOptions, post: SamplePost): object {
  const newer =
    options.generation === "old"
      ? {}
      : {
          AlternateText: "N/A",
          ...(post.coverObjectId === null
            ? {}
            : { CoverImage: picture(options, coverPath(post.coverObjectId), 72) }),
        };
  return {
    Date: archiveDate(Date.parse(post.date)),
    Link: link(options, post),
    Likes: String(post.likes),
    WhoCanView: post.whoCanView,
    AllowComments: "Yes",
    AllowStitches: "Yes",
    AllowDuets: "No",
    AllowStickers: "Yes",
    AllowSharingToStory: "Yes",
    ContentDisclosure: "",
    AIGeneratedContent: "",
    Sound: post.sound,
    Location: post.location,
    Title: "",
    AddYoursText: "N/A",
    ...newer,
  };
}

function deletedItem(options: SampleArchiveOptions): object {
  const stored = `http://webapp-i18n.tiktok.com/0f1e2d3c4b5a69788796a5b4c3d2e1f0/${seconds(options.now + 240 * hour).toString(16)}/video/tos/useast5/tos-useast5-ve-0068c001-tx/oDeletedVideoThatNobodyMayFetch/`;
  return {
    Date: "2024-08-01 09:09:09",
    DateDeleted: archiveDate(options.now - 100 * hour),
    Link: `https://www.tiktok.com/login/?redirect_url=${encodeURIComponent(stored)}`,
    Likes: "3",
    ContentDisclosure: "",
    AIGeneratedContent: "",
    Sound: "original sound - Mira paints daily",
    Location: "",
    Title: "",
    AddYoursText: "N/A",
  };
}

function profileMap(options: SampleArchiveOptions): object {
  const { creator } = sample();
  const [email, phone, birthday, realName] = privateValues;
  const shared = {
    PlatformInfo: [
      {
        Description: "",
        Name: realName,
        Platform: "Google",
        "Profile Photo": "https://photos.example/invented/private.jpg",
      },
    ],
    bioDescription: creator.bio,
    birthDate: birthday,
    emailAddress: email,
    likesReceived: "72318",
    profilePhoto: picture(options, avatarPath(creator.avatarObjectId), 48),
    profileVideo: "None",
    telephoneNumber: phone,
    userName: creator.handle,
  };
  if (options.generation === "old") return shared;
  return {
    ...shared,
    displayName: creator.displayName,
    followerCount: 10_214,
    followingCount: 3,
    aiSelf: "",
    inferredGender: "",
    instagramLink: "",
    lemon8Link: "",
    youtubeLink: "",
  };
}

/** The data archive of the sample creator as TikTok would hand it out at `now`. */
export function sampleArchive(options: SampleArchiveOptions): object {
  const generation = options.generation ?? "middle";
  const made = { ...options, generation };
  return layOut(generation, {
    videos: {
      VideoList: sample()
        .posts.toReversed()
        .map((post) => videoItem(made, post)),
    },
    deleted: { PostList: [deletedItem(made)] },
    profile: { ProfileMap: profileMap(made) },
    now: options.now,
  });
}

/** Writes the archive as TikTok hands it out: a zip that holds one JSON file. */
export async function writeSampleZip(path: string, options: SampleArchiveOptions): Promise<void> {
  const zip = new ZipFile();
  const json = Buffer.from(JSON.stringify(sampleArchive(options), null, 2));
  zip.addBuffer(json, "user_data_tiktok.json", { mtime: new Date(options.now) });
  zip.end();
  await pipeline(zip.outputStream, createWriteStream(path));
}
