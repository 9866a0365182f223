import { randomUUID } from "node:crypto";
import { createReadStream } from "node:fs";
import { Readable } from "node:stream";
import type { NoticeFile } from "./service.ts";

/** A body that is read from files while it is sent. */
export interface SentBody {
  stream: Readable;
  /** How long it is altogether. */
  bytes: number;
  /** Its content type. */
  type: string;
}

/** A file as a body. */
export function fileBody(file: NoticeFile): SentBody {
  return {
    stream: Readable.from(bytesOf(file)),
    bytes: file.bytes,
    type: "application/octet-stream",
  };
}

/**
 * Fields and files as a form. Made here and not with FormData: a blob whose file goes away while it is sent ends
 * the whole process, and a stream is an error that can be caught.
 */
export function formBody(
  fields: Readonly<Record<string, string>>,
  files: readonly { field: string; file: NoticeFile }[],
): SentBody {
  const boundary = `findmehere-${randomUUID()}`;
  const head = (rest: string) =>
    Buffer.from(`--${boundary}\r\nContent-Disposition: form-data; ${rest}\r\n\r\n`);
  const parts: (Buffer | NoticeFile)[] = Object.entries(fields).flatMap(([name, value]) => [
    head(`name="${name}"`),
    Buffer.from(`${value}\r\n`),
  ]);
  for (const { field, file } of files) {
    // The names are ours: video.mp4, 01.jpg.
    const name = file.name.replaceAll(/[^\w.-]/g, "_");
    const type = "Content-Type: application/octet-stream";
    parts.push(head(`name="${field}"; filename="${name}"\r\n${type}`), file, Buffer.from("\r\n"));
  }
  parts.push(Buffer.from(`--${boundary}--\r\n`));
  const bytes = parts.reduce(
    (sum, part) => sum + (Buffer.isBuffer(part) ? part.length : part.bytes),
    0,
  );
  const type = `multipart/form-data; boundary=${boundary}`;
  return { stream: Readable.from(inOrder(parts)), bytes, type };
}

async function* inOrder(parts: readonly (Buffer | NoticeFile)[]): AsyncGenerator<Buffer> {
  for (const part of parts) {
    if (Buffer.isBuffer(part)) yield part;
    else yield* bytesOf(part);
  }
}

/** As many bytes as were promised; a file that became shorter cannot be sent any more. */
async function* bytesOf({ path, bytes }: NoticeFile): AsyncGenerator<Buffer> {
  let left = bytes;
  for await (const chunk of createReadStream(path, { end: bytes - 1 })) {
    left -= (chunk as Buffer).length;
    yield chunk as Buffer;
  }
  if (left > 0) throw Object.assign(new Error("the file became shorter"), { code: "EIO" });
}
