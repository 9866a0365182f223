import { createHash } from "node:crypto";
import { open, readFile } from "node:fs/promises";
import { join, posix } from "node:path";
import PQueue from "p-queue";
import { writeText } from "./write-text.ts";

/** Name of the manifest in the library's root. */
export const manifestName = "manifest-sha256.txt";

/** One file that never changes once whole. */
export interface ManifestEntry {
  /** POSIX path from the library's root. */
  path: string;
  /** Hex, lower case. */
  sha256: string;
}

/** A manifest as it was found. */
export interface Manifest {
  entries: ManifestEntry[];
  /** Numbers, from 1, of the lines that could not be read. */
  brokenLines: number[];
}

/** What a file of the manifest turned out to be. */
export interface FileState {
  path: string;
  state: "whole" | "missing" | "differs";
}

/** Reads the manifest of a library; an absent one is empty. */
export async function readManifest(folder: string): Promise<Manifest> {
  let text: string;
  try {
    text = await readFile(join(folder, manifestName), "utf8");
  } catch (error) {
    if (errorCode(error) === "ENOENT") return { entries: [], brokenLines: [] };
    throw error;
  }
  const manifest: Manifest = { entries: [], brokenLines: [] };
  for (const [index, line] of text
    .replace(/^\uFEFF/, "")
    .split("\n")
    .entries()) {
    const bare = line.replace(/\r$/, "");
    if (bare === "") continue;
    const entry = parseLine(bare);
    if (entry === null) manifest.brokenLines.push(index + 1);
    else manifest.entries.push(entry);
  }
  return manifest;
}

/** Writes the manifest, sorted by path, in the format that `sha256sum -c` reads. */
export async function writeManifest(
  folder: string,
  entries: Iterable<ManifestEntry>,
): Promise<void> {
  const sorted = [...entries].sort((left, right) =>
    left.path < right.path ? -1 : left.path > right.path ? 1 : 0,
  );
  await writeText(join(folder, manifestName), sorted.map(formatLine).join(""));
}

/** Looks at every file of the list, several at once, and yields in the order of the list. */
export async function* verifyFiles(
  folder: string,
  entries: Iterable<ManifestEntry>,
  options: { signal: AbortSignal; concurrency: number },
): AsyncGenerator<FileState> {
  const inside = new AbortController();
  const signal = AbortSignal.any([options.signal, inside.signal]);
  const queue = new PQueue({ concurrency: options.concurrency });
  const waiting: Promise<FileState>[] = [];
  try {
    for (const entry of entries) {
      signal.throwIfAborted();
      const task = queue.add(() => verifyFile(folder, entry, signal));
      // A failure is thrown when its turn comes; until then it is not unhandled.
      task.catch(() => undefined);
      waiting.push(task);
      const first = waiting.length > options.concurrency ? waiting.shift() : undefined;
      if (first !== undefined) yield await first;
    }
    while (waiting.length > 0) {
      const first = waiting.shift();
      if (first !== undefined) yield await first;
    }
  } finally {
    inside.abort();
    await Promise.allSettled(waiting);
  }
}

/** As much is read at once; much less costs time, much more only memory. */
const chunkSize = 1024 * 1024;
/** Buffers that no reading uses at the moment: a new one for each small file would cost more than its reading. */
const spare: Buffer[] = [];

/** SHA-256 of a file in hex, read piece by piece. */
export async function hashFile(path: string, signal?: AbortSignal): Promise<string> {
  const file = await open(path, "r");
  const buffer = spare.pop() ?? Buffer.allocUnsafeSlow(chunkSize);
  try {
    const hash = createHash("sha256");
    for (;;) {
      signal?.throwIfAborted();
      const { bytesRead } = await file.read(buffer, 0, chunkSize, null);
      if (bytesRead === 0) return hash.digest("hex");
      hash.update(buffer.subarray(0, bytesRead));
    }
  } finally {
    spare.push(buffer);
    await file.close();
  }
}

async function verifyFile(
  folder: string,
  entry: ManifestEntry,
  signal: AbortSignal,
): Promise<FileState> {
  try {
    const same = (await hashFile(join(folder, entry.path), signal)) === entry.sha256;
    return { path: entry.path, state: same ? "whole" : "differs" };
  } catch (error) {
    signal.throwIfAborted();
    const code = errorCode(error);
    if (code === null) throw error;
    // A file that is there but cannot be read (a bad sector, a folder of that name) is not what was kept.
    return {
      path: entry.path,
      state: code === "ENOENT" || code === "ENOTDIR" ? "missing" : "differs",
    };
  }
}

const escapes: Record<string, string> = { "\\": "\\\\", "\n": "\\n", "\r": "\\r" };
const unescapes: Record<string, string> = { "\\\\": "\\", "\\n": "\n", "\\r": "\r" };

/** GNU's rule: a name with a backslash or a line break is escaped, and a backslash before the sum says so. */
function formatLine({ path, sha256 }: ManifestEntry): string {
  const escaped = path.replace(/[\\\n\r]/g, (found) => escapes[found] ?? found);
  return `${escaped === path ? "" : "\\"}${sha256}  ${escaped}\n`;
}

function parseLine(line: string): ManifestEntry | null {
  const found = /^(\\?)([0-9a-f]{64}) [ *](.+)$/is.exec(line);
  const [, escaped, sum, name] = found ?? [];
  if (sum === undefined || name === undefined) return null;
  if (escaped === "\\" && /\\(?![\\nr])/.test(name.replaceAll("\\\\", ""))) return null;
  const path =
    escaped === "\\" ? name.replace(/\\[\\nr]/g, (each) => unescapes[each] ?? each) : name;
  return staysInside(path) ? { path, sha256: sum.toLowerCase() } : null;
}

/** A line that points out of the library is not one of ours. */
function staysInside(path: string): boolean {
  return !posix.isAbsolute(path) && !posix.normalize(path).startsWith("../") && path !== "..";
}

function errorCode(error: unknown): string | null {
  return error instanceof Error && "code" in error && typeof error.code === "string"
    ? error.code
    : null;
}
