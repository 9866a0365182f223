import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { counted } from "../../core/counted.ts";
import { ExpectedError } from "../../core/error.ts";
import type { Post } from "../../core/post.ts";
import { readTableFile, tableColumns } from "../../edge/table.ts";
import type { TableRow } from "../../edge/table.ts";
import { writeTable } from "../../library/tables.ts";
import type { Store } from "../../store/open.ts";
import { allFiles, allPosts } from "../../store/posts.ts";
import { postAddress } from "../../tiktok/page-address.ts";
import { isPublic } from "../prepare.ts";
import { isExtra } from "./offered-media.ts";

/** What the table of missing captions needs. */
export interface MissingRequest {
  root: string;
  store: Store;
  /** The table to write. */
  file: string;
  /** TikTok handle; may be empty. */
  handle: string;
  /** Write over captions that somebody typed. */
  overwrite: boolean;
}

const columns = ["key", "url", "date", "kind", "caption", "file"] as const;

/** Throws ExpectedError (exit `usage`) where writing this file would lose what somebody typed. */
export async function assertFree(file: string, overwrite: boolean): Promise<void> {
  if (overwrite || !existsSync(file)) return;
  const isOurs = tableColumns(await readFile(file)).includes("caption");
  const rows = isOurs ? await readTableFile(file) : [];
  const typed = rows.filter((row) => (row["caption"] ?? "").trim() !== "").length;
  if (isOurs && typed === 0) return;
  throw new ExpectedError({
    exit: "usage",
    code: "captions-typed",
    what: isOurs
      ? `${file} has ${counted(typed, "caption")} in it already, so nothing was written over it.`
      : `There is a file ${file} already, and it is no table of captions, so nothing was written over it.`,
    fix: isOurs
      ? "Export it first, then write the rest into a table of another name. Or add `--yes` to write over it."
      : "Give another name, or add `--yes` to write over it.",
  });
}

/** Writes the posts without a caption into a table to fill in, public ones first; answers how many there are. */
export async function writeMissing(request: MissingRequest): Promise<number> {
  const { posts, files } = await request.store.transaction(async (transaction) => ({
    posts: [...(await allPosts(transaction)).values()],
    files: await allFiles(transaction),
  }));
  const open = posts.filter((post) => post.caption === null);
  // With nothing to fill in, an older table that is empty too would only puzzle, but it is not ours to delete.
  if (open.length === 0) return 0;
  const firstFile = new Map(
    files
      .filter(({ role, position }) => !isExtra(role) && position === 1)
      .map(({ post, path }) => [post, join(request.root, path)]),
  );
  const rows = open.toSorted(publicFirst).map((post): TableRow => {
    const { key, date, kind } = post;
    const url = urlOf(post, request.handle);
    return { key, url, date, kind, caption: "", file: firstFile.get(key) ?? "" };
  });
  await assertFree(request.file, request.overwrite);
  await writeTable(request.file, columns, rows);
  return open.length;
}

/** Spreadsheets round long numbers; an address they leave alone, and it says the same. */
function urlOf({ url, id }: Post, handle: string): string {
  if (url !== null) return url;
  return id === null || handle === "" ? "" : postAddress(handle, id);
}

function publicFirst(left: Post, right: Post): number {
  const rank = Number(isPublic(right)) - Number(isPublic(left));
  if (rank !== 0) return rank;
  return left.date < right.date ? 1 : -1;
}
