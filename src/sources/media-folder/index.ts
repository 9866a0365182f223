import { stat } from "node:fs/promises";
import type { Source } from "../../core/source.ts";

/** A folder that yt-dlp filled, read for what its `.info.json` files say. */
export const mediaFolder: Source = {
  id: "media-folder",
  title: "yt-dlp folder",
  promisesFiles: false,
  takes:
    "a folder with the .info.json files of yt-dlp (made with --write-info-json); it supplies the captions",
  async recognises(input) {
    const found = await stat(input).catch(() => null);
    return found?.isDirectory() === true;
  },
  async load() {
    return (await import("./reader.ts")).mediaFolderReader;
  },
};
