import { readdir, rm, rmdir } from "node:fs/promises";
import { join } from "node:path";
import { pictureEndings, videoEndings } from "../core/media-ending.ts";
import { isNameFrom, isYours } from "./bring-file.ts";

/** What findmehere itself puts into the folder of a post or a draft; a name with a number is a file half written. */
const ourTexts = /^(post\.json|caption\.txt|draft\.json|title\.txt|body\.txt|index\.html)(\.\d+)?$/;
const endings = [...videoEndings, ...pictureEndings, "vtt"].join("|");
const ourMedia = new RegExp(
  String.raw`^(video(-clean)?|cover|subtitle\.[A-Za-z0-9-]+|\d{2,})\.((${endings})(\.damaged)?|part(\.json(\.\d+)?)?)$`,
);
const halfBrought = /^(video|cover|\d{2,}|title|body|draft|index)\..*\.bringing$/;

/** True for a file that findmehere itself put into the folder of a post or a draft. */
function isOurs(name: string): boolean {
  const isKept = isNameFrom(name) || isYours(name);
  return [ourTexts, ourMedia, halfBrought].some((ours) => ours.test(name)) || isKept;
}

/** What could not go, or is not ours to take; names inside the folder. */
export interface LeftFiles {
  /** A person's own files. */
  others: string[];
  /** Files of ours that the system would not let go. */
  stuck: string[];
}

/**
 * Takes away what findmehere put into the folder of a post or a draft, and the folder when nothing else is
 * in it. May be repeated.
 * @param folder from the library's root
 */
export async function removeOwnFiles(root: string, folder: string): Promise<LeftFiles> {
  const place = join(root, folder);
  const left: LeftFiles = { others: [], stuck: [] };
  const names = await readdir(place).catch((error: unknown) => {
    if (isGone(error)) return [];
    throw error;
  });
  for (const name of names) {
    if (!isOurs(name)) {
      // The system's own, such as .DS_Store, would keep every folder alive.
      if (name.startsWith(".")) await rm(join(place, name), { force: true, recursive: true });
      else left.others.push(name);
      continue;
    }
    await rm(join(place, name), { force: true }).catch(() => left.stuck.push(name));
  }
  if (left.others.length + left.stuck.length === 0) {
    await rmdir(place).catch((error: unknown) => {
      // A file that came in this moment, or a folder that leads to another disk.
      if (!isGone(error)) left.stuck.push(".");
    });
  }
  return left;
}

function isGone(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code === "ENOENT";
}
