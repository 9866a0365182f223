import { open } from "node:fs/promises";
import { Readable } from "node:stream";
import { filePolicy } from "./headers.ts";
import { readRange } from "./range.ts";

/** One file that may be served. */
export interface ServedFile {
  /** Absolute. */
  path: string;
  /** Media type, such as `video/mp4`. */
  type: string;
  /** What it is called on the phone. */
  name: string;
}

/** How it is wanted. */
export interface FileWish {
  range: string | null;
  /** True for HEAD: the headers alone. */
  headersOnly: boolean;
  /** True to be saved, false to be shown. */
  download: boolean;
}

/** Answers a file, or a part of it; null when it is not there any more. */
export async function sendFile(file: ServedFile, wish: FileWish): Promise<Response | null> {
  const handle = await open(file.path, "r").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT" || error.code === "ENOTDIR") return null;
    throw error;
  });
  if (handle === null) return null;
  try {
    const { size } = await handle.stat();
    const range = readRange(wish.range, size);
    const headers = {
      "content-type": file.type,
      "content-disposition": disposition(file.name, wish.download),
      "accept-ranges": "bytes",
      "content-security-policy": filePolicy,
    };
    if (range === "outside") {
      await handle.close();
      return new Response(null, { status: 416, headers: { "content-range": `bytes */${size}` } });
    }
    const { first, last } = range ?? { first: 0, last: size - 1 };
    const part = range === null ? {} : { "content-range": `bytes ${first}-${last}/${size}` };
    const init = {
      status: range === null ? 200 : 206,
      headers: { ...headers, ...part, "content-length": String(last - first + 1) },
    };
    if (wish.headersOnly || size === 0) {
      await handle.close();
      return new Response(null, init);
    }
    // The stream closes the file, also when the phone goes away in the middle.
    const bytes = handle.createReadStream({ start: first, end: last });
    return new Response(Readable.toWeb(bytes) as ReadableStream<Uint8Array>, init);
  } catch (error) {
    await handle.close();
    throw error;
  }
}

/** RFC 6266: the name in letters that every browser takes, and the true one for those that read it. */
function disposition(name: string, download: boolean): string {
  const plain = name.replaceAll(/[^\w.-]+/g, "_");
  const exact = encodeURIComponent(name).replaceAll(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `${download ? "attachment" : "inline"}; filename="${plain}"; filename*=UTF-8''${exact}`;
}

const types: Readonly<Record<string, string>> = {
  mp4: "video/mp4",
  m4v: "video/mp4",
  mov: "video/quicktime",
  webm: "video/webm",
  mkv: "video/x-matroska",
  "3gp": "video/3gpp",
  jpg: "image/jpeg",
  jpeg: "image/jpeg",
  png: "image/png",
  webp: "image/webp",
  gif: "image/gif",
  heic: "image/heic",
  avif: "image/avif",
};

/** The media type of a name; what is not a picture or a video is only bytes. */
export function mediaType(name: string): string {
  const ending = name.slice(name.lastIndexOf(".") + 1).toLowerCase();
  return types[ending] ?? "application/octet-stream";
}
