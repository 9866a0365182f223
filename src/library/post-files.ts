import { mkdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import writeFileAtomic from "write-file-atomic";
import type { Post } from "../core/post.ts";
import type { HistoryEntry } from "./post-history.ts";

/**
 * Writes post.json and caption.txt of a post where they are missing or old; both are made from the database
 * and readable without the tool. A run that was killed before it came to them leaves that to the next one.
 */
export async function writePostFiles(
  root: string,
  post: Post,
  mediaFiles: readonly string[],
  history: readonly HistoryEntry[],
): Promise<void> {
  const folder = join(root, post.folder);
  const { folder: _folder, ...known } = post;
  const text = `${JSON.stringify({ ...known, mediaFiles, history }, null, 2)}\n`;
  const file = join(folder, "post.json");
  if ((await textIfThere(file)) === text) return;
  await mkdir(folder, { recursive: true });
  // Exactly the caption, without a line break of ours: it is theirs byte for byte. It goes first, since
  // post.json tells the next run that both are written.
  const captionFile = join(folder, "caption.txt");
  if (post.caption === null) await rm(captionFile, { force: true });
  else await writeFileAtomic(captionFile, post.caption);
  await writeFileAtomic(file, text);
}

async function textIfThere(file: string): Promise<string | null> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
}
