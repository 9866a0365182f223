import { rm } from "node:fs/promises";
import { join } from "node:path";
import { writeManifest } from "../../library/manifest.ts";
import type { Store } from "../../store/open.ts";
import { allFiles } from "../../store/posts.ts";

/**
 * Takes a file away whose place another one has taken: its row must be the new one's by then. The manifest
 * goes first, so that it never names a file that is not there.
 */
export async function dropReplaced(root: string, store: Store, path: string): Promise<void> {
  const files = await store.transaction(allFiles);
  // Somebody's row still names it: then it is not ours to take.
  if (files.some((file) => file.path === path)) return;
  await writeManifest(
    root,
    files.map(({ path, sha256 }) => ({ path, sha256 })),
  );
  await rm(join(root, path), { force: true });
}
