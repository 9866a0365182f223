import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import writeFileAtomic from "write-file-atomic";
import type { Post } from "../core/post.ts";

/** Writes post.json and caption.txt of a post; both are made from the database and readable without the tool. */
export async function writePostFiles(
  root: string,
  post: Post,
  mediaFiles: readonly string[],
): Promise<void> {
  const folder = join(root, post.folder);
  await mkdir(folder, { recursive: true });
  const { folder: _folder, ...known } = post;
  const shown = { ...known, mediaFiles };
  await writeFileAtomic(join(folder, "post.json"), `${JSON.stringify(shown, null, 2)}\n`);
  // Exactly the caption, without a line break of ours: it is theirs byte for byte.
  if (post.caption !== null) await writeFileAtomic(join(folder, "caption.txt"), post.caption);
}
