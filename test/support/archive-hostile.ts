import { createWriteStream } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { ZipFile } from "yazl";

/** One entry of a zip that TikTok would not make. */
export interface OddEntry {
  name: string;
  content: string | Buffer;
  /** Mode bits of Unix; `0o120777` is a link. */
  mode?: number;
  /** With the large fields of big archives. */
  zip64?: boolean;
  /** With its sizes behind it, as streams are zipped. */
  streamed?: boolean;
  stored?: boolean;
}

/** Writes a zip with entries of any kind, one name as often as wanted. */
export async function writeOddZip(path: string, entries: readonly OddEntry[]): Promise<void> {
  const zip = new ZipFile();
  const mtime = new Date("2025-01-10T22:25:54Z");
  for (const { name, content, mode = 0o100644, zip64 = false, streamed, stored } of entries) {
    const options = { mtime, mode, forceZip64Format: zip64, compress: stored !== true };
    const bytes = Buffer.from(content);
    if (streamed === true) zip.addReadStream(Readable.from([bytes]), name, options);
    else zip.addBuffer(bytes, name, options);
  }
  zip.end({ comment: "", forceZip64Format: entries.some(({ zip64 }) => zip64 === true) });
  await pipeline(zip.outputStream, createWriteStream(path));
}

/** Where the fields of a header stand, from its signature. */
const headers = {
  local: { signature: "PK\u0003\u0004", flags: 6, method: 8, crc: 14, packed: 18, size: 22 },
  central: { signature: "PK\u0001\u0002", flags: 8, method: 10, crc: 16, packed: 20, size: 24 },
} as const;

/** Changes one field of every header of a kind in a finished zip. */
export async function patchZip(
  path: string,
  kind: keyof typeof headers,
  field: "flags" | "method" | "crc" | "packed" | "size",
  change: (value: number) => number,
): Promise<void> {
  const bytes = await readFile(path);
  const header = headers[kind];
  const short = field === "flags" || field === "method";
  let at = bytes.indexOf(header.signature, 0, "latin1");
  while (at >= 0) {
    const place = at + header[field];
    if (short) bytes.writeUInt16LE(change(bytes.readUInt16LE(place)), place);
    else bytes.writeUInt32LE(change(bytes.readUInt32LE(place)) >>> 0, place);
    at = bytes.indexOf(header.signature, at + 4, "latin1");
  }
  await writeFile(path, bytes);
}
