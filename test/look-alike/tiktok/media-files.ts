import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { LookAlikeCreator, LookAlikePost, VideoForm } from "./creator.ts";

/** A file on the media host. */
export interface MediaFile {
  /** Its part of the path that is the same for every signed address. */
  path: string;
  kind: "video" | "image" | "sound" | "subtitles" | "avatar";
  /** What a post calls it: a form of the video, `image 1` …, `cover`, `sound`, `subtitles eng-US`, `avatar`. */
  form: string;
  contentType: string;
  /** Null: it is announced and answers 404. */
  bytes: () => Buffer | null;
}

/** What `media(id)` tells of one file. */
export interface KnownMedia {
  form: string;
  path: string;
  sha256: string;
  bytes: number;
}

const samples = join(import.meta.dirname, "../../fixtures/sample-creator/media");
const own = join(import.meta.dirname, "files");
const names = readdirSync(samples).sort();
const pictures = names.filter((name) => name.endsWith(".jpeg"));
const avatarFile = names.find((name) => name.endsWith(".webp")) ?? "";

const read = new Map<string, Buffer>();
function file(path: string): Buffer {
  const known = read.get(path) ?? readFileSync(path);
  read.set(path, known);
  return known;
}

const ofPosts = new WeakMap<LookAlikePost, MediaFile[]>();

/** Every file of a post, by what the post calls it. */
export function filesOfPost(post: LookAlikePost): MediaFile[] {
  const files = ofPosts.get(post) ?? makeFiles(post);
  ofPosts.set(post, files);
  return files;
}

function makeFiles(post: LookAlikePost): MediaFile[] {
  const files: MediaFile[] = [image(post.cover, "cover", post.id)];
  for (const form of post.forms) files.push(video(post, form));
  post.images.forEach((object, index) => files.push(image(object, `image ${index + 1}`, post.id)));
  for (const { language } of post.subtitles) files.push(subtitles(post, language));
  files.push({
    path: `/obj/ies-music-tx2/${post.music.id}.mp3`,
    kind: "sound",
    form: "sound",
    contentType: "audio/mpeg",
    bytes: () => file(join(own, "sound.mp3")),
  });
  return files;
}

/** The creator's picture. */
export function avatarOf(creator: LookAlikeCreator): MediaFile {
  const object = createHash("md5").update(`avatar ${creator.handle}`).digest("hex");
  return {
    path: `/tos-useast2a-avt-0068-giso/${object}~tplv-tiktokx-cropcenter:1080:1080.webp`,
    kind: "avatar",
    form: "avatar",
    contentType: "image/webp",
    bytes: () => file(join(samples, avatarFile)),
  };
}

/** What is known of a file that exists. */
export function knownMedia(media: MediaFile): KnownMedia[] {
  const bytes = media.bytes();
  if (bytes === null) return [];
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  return [{ form: media.form, path: media.path, sha256, bytes: bytes.length }];
}

function video(post: LookAlikePost, form: VideoForm): MediaFile {
  const base = `/video/tos/useast2a/tos-useast2a-ve-0068c003/${objectOf(post, form)}/`;
  const path = form.startsWith("h265") ? `${base}media-video-hvc1/` : base;
  const bytes = (): Buffer | null => {
    if (form === "h265-missing") return null;
    const source = form === "play" || form === "h264" || form === "download" ? "sounding" : form;
    return withFreeBox(videoBase(source), `${post.id} ${form}`);
  };
  return { path, kind: "video", form, contentType: "video/mp4", bytes };
}

/** `playAddr` has the object that an archive's link names; every other form is an object of its own. */
function objectOf(post: LookAlikePost, form: VideoForm): string {
  if (form === "play") return post.videoObject;
  const suffix = createHash("sha256").update(`${post.videoObject} ${form}`).digest("hex");
  return `${post.videoObject.slice(0, 8)}${suffix.slice(0, 25)}`;
}

function videoBase(source: string): Buffer {
  if (source === "sounding") return file(join(own, "sounding-h264.mp4"));
  if (source === "h264-silent") return file(join(own, "silent-h264.mp4"));
  const hevc = file(join(own, "silent-h265.mp4"));
  if (source === "h265") return hevc;
  // The codec's name in the sample description is all that a player looks at before it gives up.
  const strange = Buffer.from(hevc);
  strange.write("bvc2", hevc.lastIndexOf("hvc1"), "latin1");
  return strange;
}

function image(object: string, form: string, postId: string): MediaFile {
  const at = Number.parseInt(object.slice(0, 6), 16) % pictures.length;
  const size = form === "cover" ? "tplv-tiktokx-origin.image" : "tplv-photomode-image.jpeg";
  return {
    path: `/tos-useast2a-i-photomode-0068-tx/${object}~${size}`,
    kind: "image",
    form,
    contentType: "image/jpeg",
    bytes: () => withComment(file(join(samples, pictures[at] ?? "")), `${postId} ${form}`),
  };
}

function subtitles(post: LookAlikePost, language: string): MediaFile {
  const text = `WEBVTT\n\n00:00:00.000 --> 00:00:01.000\nThis is what is said in ${post.id}\n\n`;
  return {
    path: `/video/tos/useast2a/subtitles/${post.videoObject}.${language}.vtt`,
    kind: "subtitles",
    form: `subtitles ${language}`,
    contentType: "text/vtt",
    bytes: () => Buffer.from(text),
  };
}

/** An MP4 with a box at its end that players skip. */
function withFreeBox(mp4: Buffer, text: string): Buffer {
  const box = Buffer.concat([Buffer.alloc(4), Buffer.from(`free${text}`, "latin1")]);
  box.writeUInt32BE(box.length, 0);
  return Buffer.concat([mp4, box]);
}

/** A JPEG with a comment after its first marker. */
function withComment(jpeg: Buffer, text: string): Buffer {
  const comment = Buffer.concat([Buffer.from([0xff, 0xfe, 0, 0]), Buffer.from(text, "latin1")]);
  comment.writeUInt16BE(comment.length - 2, 2);
  return Buffer.concat([jpeg.subarray(0, 2), comment, jpeg.subarray(2)]);
}
