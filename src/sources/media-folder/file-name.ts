import { dateOfId } from "../../tiktok/post-id.ts";

/** What a file is by its name. */
export type FileUse =
  | "info"
  | "json"
  | "description"
  | "subtitle"
  | "video"
  | "image"
  | "audio"
  | "unfinished"
  | "other";

/** What the name of a file says. */
export interface NameParts {
  use: FileUse;
  /** The name without its endings, which the files of one download share. */
  stem: string;
  /** TikTok's number of the post; null when the name holds none. */
  id: string | null;
  /** True for a name that begins with the id, as gallery-dl makes them; yt-dlp puts it into brackets. */
  idFirst: boolean;
  /** gallery-dl's number of the photo, from 1. */
  position: number | null;
  /** Which of the covers it is, as both tools call them. */
  cover: string | null;
  /** CDN name of the picture, which gallery-dl puts last. */
  objectId: string | null;
  /** Language of a subtitle as TikTok writes it, such as `eng-US`. */
  language: string | null;
  /** Whose profile picture it is. */
  avatarOf: string | null;
}

const endings: readonly [FileUse, RegExp][] = [
  ["video", /\.(?:mp4|m4v|mov|webm|mkv|3gp)$/i],
  ["image", /\.(?:jpe?g|png|webp|avif|heic|gif|image)$/i],
  ["audio", /\.(?:mp3|m4a|aac|opus|ogg|wav)$/i],
  ["description", /\.description$/i],
  ["json", /\.(?:json|jsonl|ndjson)$/i],
];

/** What both tools leave while they download, and the parts that yt-dlp has not put together yet. */
const unfinished =
  /\.(?:part|ytdl)$|\.part-Frag\d+|\.temp\.\w{2,4}$|\.f(?:\d+(?:-\d+)?|(?:h26[45]|bytevc[12]|play|download|audio)[\w-]*)\.(?:mp4|m4a|webm|mkv|mp3)$/i;

const coverNames =
  /^(?:thumbnail|cover|originCover|dynamicCover|zoomCover|dynamic_cover|origin_cover)$/i;
const subtitleName = /\.([a-z]{2,3}(?:-[a-z0-9]{2,8})*)\.vtt$/i;

/** Reads the name of a file. Templates are free, so that only what is sure is taken from it. */
export function readName(name: string): NameParts {
  const [use, stem] = useOf(name);
  const plain = plainStem(use, stem);
  const { id, idFirst, position } = idOfName(plain.stem);
  const tag = /\[([^[\]]+)\]$/.exec(plain.stem)?.[1] ?? "";
  const cover = plain.cover ?? (coverNames.test(tag) ? tag : null);
  return {
    use,
    stem: plain.stem,
    id,
    idFirst,
    position,
    cover,
    objectId: /^[0-9a-f]{32}$/i.test(tag) ? tag : null,
    language:
      use === "subtitle"
        ? (subtitleName.exec(name)?.[1] ?? /^\d+_([a-z]{2,3}-[a-z]{2,4})_/i.exec(tag)?.[1] ?? null)
        : null,
    avatarOf: /^\d+ @([\w.]+) \[[^[\]]+\]$/.exec(stem)?.[1] ?? null,
  };
}

function useOf(name: string): [FileUse, string] {
  if (unfinished.test(name)) return ["unfinished", name];
  if (/\.info\.json$/i.test(name)) return ["info", name.slice(0, -".info.json".length)];
  if (/\.vtt$/i.test(name))
    return ["subtitle", name.replace(subtitleName, "").replace(/\.vtt$/i, "")];
  const found = endings.find(([, ending]) => ending.test(name));
  return found === undefined ? ["other", name] : [found[0], name.replace(found[1], "")];
}

/** With --write-all-thumbnails the name of the thumbnail stands before its ending. */
function plainStem(use: FileUse, stem: string): { stem: string; cover: string | null } {
  const last = /^(.+)\.(\w+)$/s.exec(stem);
  const isCover = use === "image" && coverNames.test(last?.[2] ?? "");
  return isCover ? { stem: last?.[1] ?? "", cover: last?.[2] ?? null } : { stem, cover: null };
}

function idOfName(stem: string): { id: string | null; idFirst: boolean; position: number | null } {
  const first = /^(\d{17,20})(?:[_-](\d{1,3})(?!\d))?(?!\d)/.exec(stem);
  const bracket = /.*\[(\d{17,20})\]/s.exec(stem);
  const any = /(?<!\d)(\d{17,20})(?:[_-](\d{1,3}))?(?!\d)/.exec(stem);
  for (const found of [first, bracket, any]) {
    const id = found?.[1] ?? "";
    if (dateOfId(id) === null) continue;
    const position = Number(found?.[2] ?? 0);
    return { id, idFirst: found === first, position: position > 0 ? position : null };
  }
  return { id: null, idFirst: false, position: null };
}

const fullWidth: Readonly<Record<string, string>> = {
  "⧸": "/",
  "⧹": "\\",
  "：": ":",
  "？": "?",
  "＂": '"',
  "＊": "*",
  "＜": "<",
  "＞": ">",
  "｜": "|",
};

/**
 * The same text for names that differ only as systems and tools write them: full-width signs that yt-dlp puts
 * for those that a file name may not have, line breaks as spaces, composed letters, upper and lower case.
 */
export function foldName(text: string): string {
  return text
    .normalize("NFC")
    .replaceAll(/[⧸⧹：？＂＊＜＞｜]/g, (sign) => fullWidth[sign] ?? sign)
    .replaceAll(/\s+/g, " ")
    .trim()
    .toLowerCase();
}

/** A name as it may stand in a message: one line, of bounded length, and nothing that turns the text around. */
export function shownName(path: string): string {
  const line = path.replaceAll(/[\p{Cc}\u2028-\u202E\u2066-\u2069]+/gu, " ");
  const letters = Array.from(
    new Intl.Segmenter().segment(line.slice(0, 400)),
    ({ segment }) => segment,
  );
  return letters.length <= 100
    ? line
    : `${letters.slice(0, 50).join("")}…${letters.slice(-45).join("")}`;
}
