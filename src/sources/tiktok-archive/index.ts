import { open } from "node:fs/promises";
import { basename } from "node:path";
import type { Source } from "../../core/source.ts";

/** TikTok's own data archive: the zip as downloaded, or the JSON file inside it. */
export const tiktokArchive: Source = {
  id: "tiktok-archive",
  title: "TikTok data archive",
  takes:
    "the .zip that TikTok gives you under 'Download your data' (choose JSON), or its user_data_tiktok.json",
  async recognises(input) {
    const name = basename(input).toLowerCase();
    if (name.startsWith("user_data") && name.endsWith(".json")) return isFile(input);
    return name.endsWith(".zip") ? isFile(input) : startsLikeZip(input);
  },
  async load() {
    return (await import("./reader.ts")).archiveReader;
  },
};

async function isFile(path: string): Promise<boolean> {
  return (await firstBytes(path)) !== null;
}

/** Browsers now and then save the archive without its ending. */
async function startsLikeZip(path: string): Promise<boolean> {
  return (await firstBytes(path))?.equals(Buffer.from("PK\u0003\u0004")) ?? false;
}

/** Up to four bytes; null when there is no file to look into. */
async function firstBytes(path: string): Promise<Buffer | null> {
  const file = await open(path, "r").catch(() => null);
  if (file === null) return null;
  try {
    if (!(await file.stat()).isFile()) return null;
    const { buffer, bytesRead } = await file.read(Buffer.alloc(4), 0, 4, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}
