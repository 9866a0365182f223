import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { pictureEndings, videoEndings } from "../../core/media-ending.ts";
import { DownloadError } from "../../download/error.ts";
import { judgeMedia } from "../../download/media-type.ts";
import type { MediaKind } from "../../download/media-type.ts";
import { discardPart, partPlace } from "../../download/part.ts";
import { hashFile } from "../../library/manifest.ts";
import type { Store } from "../../store/open.ts";
import { putFile } from "../../store/posts.ts";
import type { StoredFile } from "../../store/posts.ts";

/** The place of a file in the library, and what is expected there. */
export interface AdoptedPlace {
  post: string;
  role: string;
  position: number;
  objectId: string | null;
  /** It can only be the form with TikTok's mark. */
  watermarked: boolean;
  expect: MediaKind;
  /** Absolute. */
  folder: string;
  /** Base name without ending. */
  name: string;
  /** From the library's root. */
  path: string;
}

const mediaEnding = new RegExp(
  String.raw`^\.(${[...videoEndings, ...pictureEndings, "vtt"].join("|")})$`,
);

/** The whole file of this base name; a download gets its ending only when it is whole. */
export function wholeFile(present: readonly string[], name: string): string | null {
  return (
    present.find((file) => file.startsWith(name) && mediaEnding.test(file.slice(name.length))) ??
    null
  );
}

/** The whole file of this base name in a folder. */
export async function wholeFileIn(folder: string, name: string): Promise<string | null> {
  return wholeFile(await readdir(folder), name);
}

/** Takes in a whole file that a killed run left without a row; false when it is not what it seems. */
export async function adoptFile(root: string, store: Store, place: AdoptedPlace): Promise<boolean> {
  const { post, role, position, objectId, watermarked, expect, folder, name, path } = place;
  const file = join(root, path);
  const found = await stat(file);
  // A folder of that name is in the way, and no file; the fetching tells it.
  if (!found.isFile()) return false;
  const { size } = found;
  let mediaType: string;
  try {
    ({ mediaType } = await judgeMedia(file, size, expect, null));
  } catch (error) {
    if (error instanceof DownloadError) return false;
    throw error;
  }
  const sha256 = await hashFile(file);
  // Between the new name and the end of its note the run may have died.
  await discardPart(partPlace(folder, name));
  const own = { path, post, role, position, objectId, watermarked };
  await keepFile(store, { ...own, bytes: size, sha256, mediaType });
  return true;
}

/** Writes the row of a file that is whole. */
export async function keepFile(
  store: Store,
  file: Omit<StoredFile, "media_type" | "object_id" | "watermarked"> & {
    mediaType: string;
    objectId: string | null;
    watermarked: boolean;
  },
): Promise<void> {
  const { path, post, role, position, bytes, sha256, mediaType, objectId } = file;
  const row = { path, post, role, position, bytes, sha256, watermarked: Number(file.watermarked) };
  await store.transaction((transaction) =>
    putFile(transaction, { ...row, media_type: mediaType, object_id: objectId }),
  );
}
