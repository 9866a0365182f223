import { stat } from "node:fs/promises";
import type { Source } from "../../core/source.ts";

/** A folder that yt-dlp or gallery-dl filled: what was said of the posts, and their files. */
export const mediaFolder: Source = {
  id: "media-folder",
  title: "yt-dlp or gallery-dl folder",
  promisesFiles: false,
  takes:
    "a folder that yt-dlp filled (with --write-info-json) or gallery-dl (with --write-metadata): the captions from its .info.json or .json files, and the videos and photos beside them",
  async recognises(input) {
    const found = await stat(input).catch(() => null);
    return found?.isDirectory() === true;
  },
  async load() {
    return (await import("./reader.ts")).mediaFolderReader;
  },
};
