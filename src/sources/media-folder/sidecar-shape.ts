import { z } from "zod";
import { handleOfAddress } from "../../tiktok/page-address.ts";

// Everything is loose: one odd field must not cost the record. What is not named here, such as cookies and
// request headers, is dropped at this door.
const text = z.string().nullish().catch(null);
const number = z.number().nullish().catch(null);
const address = z.object({ url: text }).catch({ url: null });
const named = z
  .object({ filepath: text, filename: text, _filename: text })
  .catch({ filepath: null, filename: null, _filename: null });
const addresses = z.array(address).nullish().catch(null);

const Sidecar = z.object({
  _type: text,
  id: z.union([z.string(), z.number()]).nullish().catch(null),
  extractor: text,
  extractor_key: text,
  ie_key: text,
  webpage_url: text,
  url: text,
  title: text,
  fulltitle: text,
  uploader: text,
  channel: text,
  description: text,
  availability: text,
  track: text,
  artist: text,
  artists: z.array(z.string()).nullish().catch(null),
  timestamp: number,
  epoch: number,
  duration: number,
  width: number,
  height: number,
  view_count: number,
  like_count: number,
  comment_count: number,
  repost_count: number,
  save_count: number,
  vcodec: text,
  ext: text,
  format_id: text,
  format_note: text,
  thumbnail: text,
  formats: addresses,
  thumbnails: addresses,
  _filename: text,
  filename: text,
  requested_downloads: z.array(named).nullish().catch(null),
});

/** What yt-dlp writes beside a download, as far as we use it. */
export type Sidecar = z.infer<typeof Sidecar>;

/** Reads what yt-dlp says of one post or of a list of posts; null when it is no object. */
export function readSidecar(value: unknown): Sidecar | null {
  return Sidecar.safeParse(value).data ?? null;
}

/** True where the sidecar is of TikTok, also where it does not say of which site it is. */
export function isOfTikTok({ extractor, extractor_key, ie_key, webpage_url }: Sidecar): boolean {
  return /tiktok/i.test(extractor ?? extractor_key ?? ie_key ?? webpage_url ?? "tiktok");
}

/** True for one post, also in the short form that `--flat-playlist` gives. */
export function isPostSidecar({ _type }: Sidecar): boolean {
  return /^(?:video|url|url_transparent)$/.test(_type ?? "video");
}

/** The handle of a profile whose list of posts this is; null for lists of a hashtag, a sound or a collection. */
export function profileOfPlaylist({ webpage_url }: Sidecar): string | null {
  const page = (webpage_url ?? "").replace(/[?#].*$/s, "");
  return /\/@[\w.]+\/?$/.test(page) ? handleOfAddress(page) : null;
}

/** The names of the files that were downloaded, where the sidecar says them. */
export function downloadNames({ _filename, filename, requested_downloads }: Sidecar): string[] {
  const paths = [
    ...(requested_downloads ?? []).flatMap(({ filepath, _filename, filename }) => [
      filepath,
      _filename,
      filename,
    ]),
    _filename,
    filename,
  ];
  // Written on another computer, perhaps one with other separators.
  const names = paths.map((path) => path?.split(/[/\\]/).at(-1) ?? "");
  return [...new Set(names.filter((name) => name !== ""))];
}

/** True where the file that was downloaded has the mark burnt in. */
export function isWatermarked({ format_id, format_note }: Sidecar): boolean {
  return /watermarked/i.test(format_note ?? "") || /^download/i.test(format_id ?? "");
}

/** True where only sound was downloaded. */
export function isSoundOnly({ vcodec, ext, width }: Sidecar): boolean {
  if (vcodec === "none") return true;
  return (vcodec ?? "") === "" && (width ?? 0) === 0 && /^(?:mp3|m4a|aac|opus)$/i.test(ext ?? "");
}

/** Whose post it is, without sign; null when the sidecar does not say. */
export function uploaderOf(sidecar: Sidecar): string | null {
  const uploader = sidecar.uploader?.replace(/^@/, "") ?? "";
  return uploader === "" || uploader === "_"
    ? handleOfAddress(sidecar.webpage_url ?? sidecar.url ?? "")
    : uploader;
}
