import { readdir, stat } from "node:fs/promises";
import { join, resolve } from "node:path";
import { ExpectedError } from "../../core/error.ts";
import { cannotRead } from "../../edge/cannot-read.ts";

/** How many folders below the given one are looked into; both tools make two or three. */
const deepest = 8;
/** Nobody made so many posts: a whole disk was handed over. */
const mostFiles = 250_000;
/** So many files are asked for their size at once. */
const atOnce = 64;
/** The folders of a library of ours; what lies there came from a source once already. */
const ownFolders = ["posts", "drafts", "announcement", "logs"];

/** A file of the folder. */
export interface FolderFile {
  /** From the folder that was handed over, with `/`. */
  path: string;
  /** The folder part of `path`; empty at the top. */
  folder: string;
  name: string;
  /** Absolute. */
  absolute: string;
  bytes: number;
  /** ISO 8601 UTC to the second. */
  modified: string;
}

/** What a folder holds. */
export interface FolderListing {
  /** Sorted by path. */
  files: FolderFile[];
  /** Links to elsewhere; they are not followed, since they may lead out of the folder or in a circle. */
  links: string[];
  /** What may not be opened, and folders too deep inside. */
  closed: string[];
}

/** Lists a folder and its subfolders. Throws ExpectedError (exit `input`) when it cannot be read. */
export async function listFolder(root: string, signal: AbortSignal): Promise<FolderListing> {
  const listing: FolderListing = { files: [], links: [], closed: [] };
  const waiting = [{ path: "", depth: 0 }];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    signal.throwIfAborted();
    const { path: folder, depth } = next;
    const entries = await readdir(join(root, folder), { withFileTypes: true }).catch(
      (cause: unknown) => {
        if (folder === "") throw cannotRead("folder", root, cause);
        listing.closed.push(folder);
        return [];
      },
    );
    const isLibrary = entries.some(({ name }) => name === "findmehere.jsonc");
    const names: string[] = [];
    for (const entry of entries) {
      // Hidden files are the system's own, such as the `._` twins that macOS makes.
      if (entry.name.startsWith(".")) continue;
      if (isLibrary && (ownFolders.includes(entry.name) || entry.name.startsWith("avatar.")))
        continue;
      const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
      if (entry.isSymbolicLink()) listing.links.push(path);
      else if (entry.isFile()) names.push(entry.name);
      else if (!entry.isDirectory()) continue;
      else if (depth < deepest) waiting.push({ path, depth: depth + 1 });
      else listing.closed.push(path);
    }
    await addFiles(listing, { root, folder, names });
    if (listing.files.length > mostFiles) throw tooMany(root);
  }
  listing.files.sort((a, b) => compare(a.path, b.path));
  return listing;
}

async function addFiles(
  listing: FolderListing,
  { root, folder, names }: { root: string; folder: string; names: readonly string[] },
): Promise<void> {
  for (let start = 0; start < names.length; start += atOnce) {
    const batch = names.slice(start, start + atOnce).map(async (name) => {
      const path = folder === "" ? name : `${folder}/${name}`;
      const absolute = resolve(root, folder, name);
      const found = await stat(absolute).catch(() => null);
      if (found === null) listing.closed.push(path);
      else {
        const modified = new Date(found.mtimeMs).toISOString().replace(/\.\d{3}Z$/, "Z");
        listing.files.push({ path, folder, name, absolute, bytes: found.size, modified });
      }
    });
    await Promise.all(batch);
  }
}

function tooMany(folder: string): ExpectedError {
  return new ExpectedError({
    exit: "input",
    code: "folder-too-large",
    what: `The folder ${folder} holds more than ${mostFiles} files, so it is hardly one that yt-dlp or gallery-dl filled.`,
    fix: "Hand over the folder inside it that has your TikTok posts.",
  });
}

// Not localeCompare: the order must not depend on the language of the machine.
function compare(left: string, right: string): number {
  return left < right ? -1 : Number(left > right);
}
