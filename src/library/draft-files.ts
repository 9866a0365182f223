import { mkdir, readdir, readFile, rm } from "node:fs/promises";
import { basename, extname, join } from "node:path";
import writeFileAtomic from "write-file-atomic";
import type { Draft } from "../core/draft.ts";
import { bringFile, namesIn, yoursName } from "./bring-file.ts";

/** A file of the library that a draft takes along, under the name it gets there. */
export interface DraftMedia {
  /** From the library's root. */
  from: string;
  name: string;
}

/**
 * What title.txt and body.txt say now; null where there is no such file. A line break that an editor adds
 * at the end, and Windows line ends, are not an edit.
 */
export async function readDraftWords(
  root: string,
  folder: string,
): Promise<{ title: string | null; body: string | null }> {
  return {
    title: await readWords(join(root, folder, "title.txt")),
    body: await readWords(join(root, folder, "body.txt")),
  };
}

/** Writes title.txt, body.txt and draft.json. */
export async function writeDraftWords(root: string, folder: string, draft: Draft): Promise<void> {
  const place = join(root, folder);
  await mkdir(place, { recursive: true });
  await writeFileAtomic(join(place, "title.txt"), draft.title);
  await writeFileAtomic(join(place, "body.txt"), draft.body);
  await writeDraftFile(root, folder, draft);
}

/**
 * Keeps a person's words beside the draft before ours go over them; answers where, from the library's root.
 * @param now ISO 8601 UTC
 */
export async function keepYours(
  root: string,
  folder: string,
  part: "title" | "body",
  now: string,
): Promise<string> {
  const place = join(root, folder);
  const name = yoursName(part, now, await namesIn(place));
  await bringFile(join(place, `${part}.txt`), join(place, name));
  return `${folder}/${name}`;
}

/** Writes draft.json alone; the words beside it may be newer than ours. */
export async function writeDraftFile(root: string, folder: string, draft: Draft): Promise<void> {
  const { type, post, to, title, body, topics, dropped, media, edited, problems } = draft;
  const shown: Draft = { type, post, to, title, body, topics, dropped, media, edited, problems };
  await writeFileAtomic(join(root, folder, "draft.json"), `${JSON.stringify(shown, null, 2)}\n`);
}

/** Puts the media into the draft's folder: a hard link where the disk can, else a clone or copy; media of an earlier draft goes. */
export async function placeDraftMedia(
  root: string,
  folder: string,
  media: readonly DraftMedia[],
): Promise<void> {
  const place = join(root, folder);
  await mkdir(place, { recursive: true });
  const wanted = new Set(media.map(({ name }) => name));
  for (const file of await readdir(place)) {
    if (!wanted.has(file) && /^(video|cover|\d{2,})\.[a-z0-9]+$/.test(file)) {
      await rm(join(place, file));
    }
  }
  for (const { from, name } of media) await bringFile(join(root, from), join(place, name));
}

/** The names that files of a post get in a draft: `video.mp4`, `01.jpg`, `cover.jpg`. */
export function draftMediaName(path: string, role: string, position: number): string {
  const ending = extname(basename(path));
  return role === "photo" ? `${String(position).padStart(2, "0")}${ending}` : `${role}${ending}`;
}

async function readWords(file: string): Promise<string | null> {
  try {
    const text = await readFile(file, "utf8");
    return text
      .replace(/^\uFEFF/, "")
      .replaceAll("\r\n", "\n")
      .replace(/\n$/, "");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
}
