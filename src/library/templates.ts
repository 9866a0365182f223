import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** The templates that come with findmehere. */
const shipped = fileURLToPath(new URL("../../templates/", import.meta.url));

/**
 * The text of a template. A creator's own file of the same path in the library's `templates/` folder wins.
 * @param path from templates/, with `/`
 */
export async function readTemplate(root: string | null, path: string): Promise<string> {
  const own = root === null ? null : await readOwnTemplate(root, path);
  return own ?? readFile(join(shipped, path), "utf8");
}

/**
 * A creator's own template; null where the library has none.
 * @param path from templates/, with `/`
 */
export async function readOwnTemplate(root: string, path: string): Promise<string | null> {
  try {
    return await readFile(join(root, "templates", path), "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
}

/** Every template below a folder of templates/, by its path; a creator's own files win. */
export async function readTemplates(
  root: string | null,
  folder: string,
): Promise<Map<string, string>> {
  const found = await readdir(join(shipped, folder), { recursive: true, withFileTypes: true });
  const paths = found
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(shipped.length).replaceAll("\\", "/"));
  const texts = new Map<string, string>();
  for (const path of paths.toSorted()) texts.set(path, await readTemplate(root, path));
  return texts;
}
