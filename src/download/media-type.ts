import { fileTypeFromFile } from "file-type";
import { DownloadError } from "./error.ts";

/** What a file is expected to be. */
export type MediaKind = "video" | "image";

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

/** Judges a whole file by its bytes; neither the address nor the server is believed. */
export async function judgeMedia(
  file: string,
  bytes: number,
  expect: MediaKind,
  host: string | null,
): Promise<MediaType> {
  if (bytes === 0) throw new DownloadError("not-media", "the answer was empty", { host });
  const found = await fileTypeFromFile(file);
  const type = found === undefined ? undefined : known[found.ext];
  if (found === undefined || type === undefined) {
    const reason = `the answer was not a ${word(expect)}${found === undefined ? "" : ` but ${found.mime}`}`;
    throw new DownloadError("not-media", reason, { host });
  }
  if (bytes < shortest) {
    throw new DownloadError("not-media", `the answer was too short for a ${word(expect)}`, {
      host,
    });
  }
  if (type.kind !== expect) {
    const reason = `the answer was a ${word(type.kind)}, not a ${word(expect)}`;
    throw new DownloadError("not-media", reason, { host });
  }
  return { ...type, mediaType: found.mime };
}

function word(kind: MediaKind): string {
  return kind === "video" ? "video" : "picture";
}
