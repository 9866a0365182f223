import { stat } from "node:fs/promises";
import { basename } from "node:path";
import type { Source } from "../../core/source.ts";

/** TikTok's own data archive: the zip as downloaded, or what is inside it, as JSON or as text. */
export const tiktokArchive: Source = {
  id: "tiktok-archive",
  title: "TikTok data archive",
  promisesFiles: true,
  takes:
    "the .zip that TikTok gives you under 'Download your data' (choose JSON; TXT is read too), the folder unpacked from it, or its user_data_tiktok.json",
  async recognises(input) {
    const found = await stat(input).catch(() => null);
    if (found === null) return false;
    // What needs a look inside is loaded only for an input that is there.
    const { looksLikeArchive, looksLikeFolder } = await import("./recognise.ts");
    if (found.isDirectory()) return looksLikeFolder(input);
    return found.isFile() && looksLikeArchive(input, basename(input).toLowerCase());
  },
  async load() {
    return (await import("./reader.ts")).archiveReader;
  },
};
