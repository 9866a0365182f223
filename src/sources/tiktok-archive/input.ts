import { stat } from "node:fs/promises";
import { cannotRead } from "../../edge/cannot-read.ts";
import { firstBytes } from "../../edge/file-start.ts";
import { folderFile, openFolderInput } from "./folder.ts";
import type { OpenInput } from "./input-file.ts";
import { openZipInput } from "./zip.ts";

/** Opens whatever was handed over: a zip, a folder, or one file. Throws ExpectedError (exit `input`). */
export async function openInput(path: string): Promise<OpenInput> {
  const found = await stat(path).catch((error: unknown) => {
    throw cannotRead("file", path, error);
  });
  if (found.isDirectory()) return openFolderInput(path);
  if (await isZip(path)) return openZipInput(path);
  return { path, files: [folderFile(path, "")], close: () => undefined };
}

/** By the bytes where there are some, because people rename files; else by the name. */
async function isZip(path: string): Promise<boolean> {
  const start = await firstBytes(path, 2).catch((error: unknown) => {
    throw cannotRead("file", path, error);
  });
  return start.toString("latin1") === "PK" || /\.zip$/i.test(path);
}
