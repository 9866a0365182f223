import { open } from "node:fs/promises";
import { fileTypeFromFile } from "file-type";
import { DownloadError } from "./error.ts";

/** What a file is expected to be. */
export type MediaKind = "video" | "image" | "subtitle";

/** What the bytes of a file say it is. */
interface MediaType {
  kind: MediaKind;
  /** Ending without the dot. */
  ending: string;
  mediaType: string;
}

/** Endings by the name that file-type gives. */
const known: Record<string, { kind: MediaKind; ending: string }> = {
  mp4: { kind: "video", ending: "mp4" },
  m4v: { kind: "video", ending: "mp4" },
  "3gp": { kind: "video", ending: "3gp" },
  mov: { kind: "video", ending: "mov" },
  webm: { kind: "video", ending: "webm" },
  mkv: { kind: "video", ending: "mkv" },
  jpg: { kind: "image", ending: "jpg" },
  png: { kind: "image", ending: "png" },
  apng: { kind: "image", ending: "png" },
  webp: { kind: "image", ending: "webp" },
  avif: { kind: "image", ending: "avif" },
  heic: { kind: "image", ending: "heic" },
  gif: { kind: "image", ending: "gif" },
};

/** No picture and no video is shorter than this; a header alone is. */
const shortest = 32;

/**
 * Judges a whole file by its bytes; neither the address nor the server is believed. Throws a DownloadError
 * (`not-media`) with what it is instead. `host` is null where no server sent it.
 */
export async function judgeMedia(
  file: string,
  bytes: number,
  expect: MediaKind,
  host: string | null,
): Promise<MediaType> {
  const what = host === null ? "the file" : "the answer";
  const refuse = (reason: string) =>
    new DownloadError("not-media", `${what} was ${reason}`, { host });
  if (bytes === 0) throw refuse("empty");
  const head = await headOf(file);
  if (expect === "subtitle") {
    if (!subtitleHead.test(head)) throw refuse(`not a subtitle${instead(head)}`);
    return { kind: "subtitle", ending: "vtt", mediaType: "text/vtt" };
  }
  const found = await fileTypeFromFile(file);
  const type = found === undefined ? undefined : known[found.ext];
  if (found === undefined || type === undefined) {
    throw refuse(
      `not a ${word(expect)}${found === undefined ? instead(head) : ` but ${found.mime}`}`,
    );
  }
  if (bytes < shortest) throw refuse(`too short for a ${word(expect)}`);
  if (type.kind !== expect) throw refuse(`a ${word(type.kind)}, not a ${word(expect)}`);
  return { ...type, mediaType: found.mime };
}

/** WebVTT, 4.1: the word, after a byte order mark or not, and then a space, a tab or the end of the line. */
const subtitleHead = /^\uFEFF?WEBVTT(?:[ \t\r\n]|$)/;

/** What is sent in place of a file, as far as its beginning tells. */
function instead(head: string): string {
  // Facts of TikTok, 2.4: the wall in front of a page, also as an answer of 640 bytes.
  if (/please wait\.\.\.|_wafchallengeid/i.test(head)) return " but a check for robots";
  if (/^\uFEFF?\s*</.test(head)) return " but a web page";
  if (/^\uFEFF?\s*[{[]/.test(head)) return " but a message in JSON";
  return "";
}

async function headOf(file: string): Promise<string> {
  const handle = await open(file, "r");
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(1024), 0, 1024, 0);
    return buffer.toString("utf8", 0, bytesRead);
  } finally {
    await handle.close();
  }
}

function word(kind: MediaKind): string {
  return kind === "image" ? "picture" : kind;
}
