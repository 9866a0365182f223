import { constants } from "node:fs";
import { copyFile, mkdir, open, readdir, rename, rm, rmdir, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { folderManifestName } from "./phone-folder.ts";
import type { FolderFile, FolderManifest, FolderPack, FolderPlan } from "./phone-folder.ts";

/** What filling a folder did. */
export interface FolderFilled {
  written: number;
  bytes: number;
  removed: number;
  /** True when it was stopped before its end; the next run goes on. */
  stopped: boolean;
}

/**
 * Does what was planned. Every file appears whole or not at all. What is about to be written is noted first, so a
 * run that is killed leaves nothing that the next one takes for a person's. Where nothing is to be done, nothing is
 * written.
 */
export async function fillFolder(
  folder: string,
  manifest: FolderManifest,
  plan: FolderPlan,
  packs: readonly FolderPack[],
  signal: AbortSignal,
): Promise<FolderFilled> {
  const filled: FolderFilled = { written: 0, bytes: 0, removed: 0, stopped: false };
  const before = JSON.stringify(manifest);
  const files = { ...manifest.files };
  if (plan.write.length + plan.remove.length > 0) {
    for (const file of plan.write) files[file.path] = announced(file, files[file.path]);
    await mkdir(folder, { recursive: true });
    await writeManifest(folder, { ...manifest, packs: [...manifest.packs, ...packs], files });
  }
  for (const file of plan.write) {
    if (signal.aborted) return { ...filled, stopped: true };
    files[file.path] = await place(folder, file);
    filled.written += 1;
    filled.bytes += file.bytes;
  }
  for (const path of plan.remove) {
    if (signal.aborted) return { ...filled, stopped: true };
    await rm(join(folder, path), { force: true });
    filled.removed += 1;
  }
  for (const file of plan.same) {
    const { mtimeMs } = await stat(join(folder, file.path));
    files[file.path] = { bytes: file.bytes, sha256: [file.sha256], changed: mtimeMs };
  }
  const known = new Set([...plan.write, ...plan.same].map(({ path }) => path));
  const taken = new Set(plan.remove);
  const gone = Object.keys(files).filter(
    (path) => taken.has(path) || (!known.has(path) && !stays(path, packs)),
  );
  for (const path of [...gone, ...plan.theirs]) delete files[path];
  await tidy(folder, gone);
  const after: FolderManifest = { ...manifest, packs: [...packs], files };
  if (JSON.stringify(after) !== before) await writeManifest(folder, after);
  return filled;
}

/** True for what lies in the folder of a pack that stays, though this run could not make it anew. */
function stays(path: string, packs: readonly FolderPack[]): boolean {
  return packs.some(({ folder }) => path.startsWith(`${folder}/`));
}

function announced(
  file: FolderFile,
  before: FolderManifest["files"][string] | undefined,
): FolderManifest["files"][string] {
  const sha256 = [...new Set([file.sha256, ...(before?.sha256 ?? [])])];
  return { bytes: file.bytes, sha256, changed: 0 };
}

/**
 * A copy or a clone, never a link: a service that syncs may empty a file in its place to save room, and a link
 * would empty the library's own.
 */
async function place(folder: string, file: FolderFile): Promise<FolderManifest["files"][string]> {
  const target = join(folder, file.path);
  await mkdir(dirname(target), { recursive: true });
  const half = `${target}.findmehere-part`;
  await rm(half, { force: true });
  try {
    if ("file" in file.from) {
      await copyFile(file.from.file, half, constants.COPYFILE_FICLONE);
    }
    const handle = await open(half, "file" in file.from ? "r+" : "w");
    try {
      if ("text" in file.from) await handle.writeFile(file.from.text);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(half, target);
  } catch (error) {
    await rm(half, { force: true }).catch(() => undefined);
    throw error;
  }
  const { mtimeMs } = await stat(target);
  return { bytes: file.bytes, sha256: [file.sha256], changed: mtimeMs };
}

async function writeManifest(folder: string, manifest: FolderManifest): Promise<void> {
  const text = `${JSON.stringify(manifest, null, 2)}\n`;
  await place(folder, { path: folderManifestName, sha256: "", bytes: 0, from: { text } });
}

/** Takes the folders away that are empty now; what else lies in one keeps it. */
async function tidy(folder: string, gone: readonly string[]): Promise<void> {
  const parents = new Set(gone.filter((path) => path.includes("/")).map((path) => dirname(path)));
  for (const parent of parents) {
    const place = join(folder, parent);
    const names = await readdir(place).catch(() => null);
    if (names === null) continue;
    // A run that was killed, and the Mac's own note of a window, keep no folder alive.
    const dead = names.filter((name) => name === ".DS_Store" || name.endsWith(".findmehere-part"));
    if (dead.length < names.length) continue;
    for (const name of dead) await rm(join(place, name), { force: true });
    await rmdir(place).catch(() => undefined);
  }
}
