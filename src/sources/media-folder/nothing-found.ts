import { join } from "node:path";
import { ExpectedError } from "../../core/error.ts";
import type { NamedFile } from "./claims.ts";

/** What else one can hand over; people give the folder that it lies in. */
const otherInputs = [/^user_data.*\.json$/i, /\.zip$/i, /\.har$/i];

const fill =
  "Hand over the folder that TikTok's zip was unpacked into, or one that yt-dlp filled with --write-info-json, or gallery-dl with --write-metadata.";

/** Nothing in the folder is a post: says what it holds instead, and what to hand over. Exit `input`. */
export function nothingFound(folder: string, files: readonly NamedFile[]): ExpectedError {
  if (files.some(({ path }) => path === "findmehere.jsonc")) {
    return refusal(
      `The folder ${folder} is a library of findmehere itself; what lies in it was exported already.`,
      "Hand over what it was made from, such as TikTok's zip or your handle with @ before it.",
    );
  }
  if (files.length === 0) return refusal(`The folder ${folder} is empty.`, fill);
  const nothing = `The folder ${folder} holds nothing that yt-dlp or gallery-dl wrote.`;
  const inside = otherInputs.flatMap((name) => files.filter((file) => name.test(file.name)));
  if (inside[0] !== undefined) {
    const path = join(folder, inside[0].path);
    return refusal(nothing, `It holds another thing to export: hand over the file ${path} itself.`);
  }
  const isMedia = ({ parts }: NamedFile) => parts.use === "video" || parts.use === "image";
  if (!files.some(isMedia)) return refusal(nothing, fill);
  return refusal(
    `The folder ${folder} holds videos or pictures, but nothing says which posts of TikTok they are.`,
    `${fill} Or put TikTok's number of the post into each name, as in \`my video [7240568259186019630].mp4\`.`,
  );
}

function refusal(what: string, fix: string): ExpectedError {
  return new ExpectedError({ exit: "input", code: "no-captions-in-folder", what, fix });
}
