import type { ArchiveContent } from "./collect.ts";
import { notAnArchive } from "./errors.ts";
import { baseName, type InputFile, type OpenInput } from "./input-file.ts";
import { readJson } from "./read-json.ts";

/** Reads every file of an input that could be the archive, and gives the fullest. */
export async function bestContent(
  input: OpenInput,
  source: string,
  signal: AbortSignal,
): Promise<ArchiveContent> {
  const files = jsonFiles(input.files);
  if (files.length === 0) {
    if (input.files.some(({ name }) => /\.txt$/i.test(name))) {
      throw notAnArchive(input.path, "It holds TikTok's text form (TXT), which findmehere does not read yet.");
    }
    throw notAnArchive(input.path, "There is no user_data_tiktok.json in the zip.");
  }
  const [file] = files;
  if (file === undefined) throw notAnArchive(input.path, "There is no user_data_tiktok.json in the zip.");
  const content = await readJson(file, source, signal);
  if (!content.recognised) {
    throw notAnArchive(input.path, "It has none of the parts that TikTok's archives have.");
  }
  return content;
}

function jsonFiles(files: readonly InputFile[]): InputFile[] {
  const named = files.filter(({ name }) => name === "" || /^user_data.*\.json$/i.test(baseName(name)));
  return named.toSorted((one, other) => rank(one.name) - rank(other.name) || one.name.localeCompare(other.name, "en"));
}

function rank(name: string): number {
  const depth = name.split("/").length;
  return depth + (/^user_data_tiktok/i.test(baseName(name)) ? 0 : 1000);
}
