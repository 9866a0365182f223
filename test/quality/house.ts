import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, posix, relative } from "node:path";
import { fileURLToPath } from "node:url";

/** The root of the project. */
export const projectRoot = fileURLToPath(new URL("../../", import.meta.url));

/** The folders that touch no machine. */
export const pureFolders = [
  "core",
  "tiktok",
  "text",
  "compose",
  "queue",
  "announce",
  "settings",
  "merge",
] as const;

/** The folders that do the work of the hands; `edge` serves them all. */
export const handFolders = [
  "sources",
  "destinations",
  "store",
  "library",
  "download",
  "translate",
  "notify",
  "timer",
] as const;

/** One file of ours. */
export interface OurFile {
  /** From the project's root, with `/`. */
  path: string;
  text: string;
}

/** One thing that a file imports, types included. */
export interface OurImport {
  from: string;
  /** A file of ours from the project's root, or a package's name. */
  to: string;
  isOurs: boolean;
}

/** Every TypeScript file below a folder of the project. */
export function filesOf(folder: string): OurFile[] {
  return readdirSync(join(projectRoot, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(".ts"))
    .map((entry) => {
      const file = join(entry.parentPath, entry.name);
      return {
        path: relative(projectRoot, file).replaceAll("\\", "/"),
        text: readFileSync(file, "utf8"),
      };
    })
    .toSorted((a, b) => (a.path < b.path ? -1 : 1));
}

/** Everything that the files import, by whichever words. */
export function importsOf(files: readonly OurFile[]): OurImport[] {
  const pattern = /(?:\bfrom\s*|\bimport\s*\(?\s*)["']([^"'\s]+)["']/g;
  return files.flatMap(({ path, text }) =>
    [...withoutComments(text).matchAll(pattern)].map(([, name = ""]) => {
      const isOurs = name.startsWith(".");
      return {
        from: path,
        to: isOurs ? posix.normalize(posix.join(dirname(path), name)) : name,
        isOurs,
      };
    }),
  );
}

/** The code alone; good enough for files that our own formatter wrote. */
export function withoutComments(text: string): string {
  return text.replaceAll(/\/\*[\s\S]*?\*\//g, "").replaceAll(/(^|\s)\/\/.*$/gm, "$1");
}

/** The folder below `src/` that a file lies in; "" for the files of src itself. */
export function layerOf(path: string): string {
  return /^src\/([^/]+)\//.exec(path)?.[1] ?? "";
}
