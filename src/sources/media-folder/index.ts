import { stat } from "node:fs/promises";
import type { Source } from "../../core/source.ts";

/** A folder that yt-dlp or gallery-dl filled: what was said of the posts, and their files. */
export const mediaFolder: Source = {
  id: "media-folder",
  title: "yt-dlp or gallery-dl folder",
  promisesFiles: false,
  takes:
    "a folder that yt-dlp or gallery-dl filled, with the .info.json or .json files that they write beside the videos and photos",
  async recognises(input) {
    const found = await stat(input).catch(() => null);
    return found?.isDirectory() === true;
  },
  async load() {
    return (await import("./reader.ts")).mediaFolderReader;
  },
};
