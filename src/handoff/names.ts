import { extname } from "node:path";
import type { PackFile, PhonePack } from "../steps/phone/packs.ts";

/** Most letters of a title in a file's name. */
const most = 40;

/**
 * What a file is called on the phone, so that a person knows it again and a folder sorted by name keeps the order:
 * the title, the place, then the number of a photo.
 */
export function fileName({ draft, destination, files }: PhonePack, file: PackFile): string {
  const words = draft.title.normalize("NFC").match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
  let title = "";
  for (const word of words) {
    // A title in Chinese is one long word.
    if (title === "") title = [...word].slice(0, most).join("");
    else if (title.length + word.length < most) title += `-${word}`;
    else break;
  }
  const name = `${title === "" ? draft.post : title}_${destination.id}`;
  const photos = files.filter(({ kind }) => kind === "photo").length;
  const number =
    file.kind === "photo" && photos > 1 ? `_${String(file.position).padStart(2, "0")}` : "";
  return `${name}${file.kind === "cover" ? "_cover" : number}${extname(file.file)}`;
}
