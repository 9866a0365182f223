import { z } from "zod";
import { webList, webNumber, webText } from "./web-value.ts";

/** An address comes as a text, as `[{src}]` or as a list of mirrors. */
const Address = z
  .union([
    z.string().transform((address) => [address]),
    z.object({ UrlList: webList(z.string()) }).transform(({ UrlList }) => UrlList),
    webList(z.union([z.string(), z.object({ src: z.string() }).transform(({ src }) => src)])),
  ])
  .nullish()
  .catch(null);

const Play = z.object({
  UrlList: webList(z.string()),
  UrlKey: webText,
  Width: webNumber,
  Height: webNumber,
});

const Bitrate = z.object({
  Bitrate: webNumber,
  CodecType: webText,
  PlayAddr: Play.nullish().catch(null),
});

/** The files of a video as the web's item names them. */
export const VideoFile = z.object({
  playAddr: Address,
  downloadAddr: Address,
  PlayAddrStruct: Play.nullish().catch(null),
  // A list, a dictionary of such, or (gallery-dl met it) one alone.
  bitrateInfo: z.union([
    Bitrate.extend({ PlayAddr: Play }).transform((only) => [only]),
    webList(Bitrate),
  ]),
  bitrate: webNumber,
  codecType: webText,
  width: webNumber,
  height: webNumber,
});

/** One encoding of a video with its mirrors. */
export interface Encoding {
  addresses: string[];
  watermarked: boolean;
}

interface Candidate extends Encoding {
  codec: string;
  pixels: number;
  bitrate: number;
}

/**
 * The encodings worth asking for, the best first: H.264, then H.265, each by size and bitrate; the form with
 * TikTok's mark last. Left out (2026-08): `bytevc2`, which nothing plays; tracks without sound, whose path
 * holds `/media-video-…/`; the `aweme/v1/play` mirror, which answers no file.
 */
export function videoEncodings(video: z.infer<typeof VideoFile>): Encoding[] {
  const good = candidates(video)
    .filter(({ codec }) => rank(codec) !== null)
    .toSorted(
      (a, b) =>
        Number(a.watermarked) - Number(b.watermarked) ||
        (rank(a.codec) ?? 0) - (rank(b.codec) ?? 0) ||
        b.pixels - a.pixels ||
        b.bitrate - a.bitrate,
    );
  return good.map(({ addresses, watermarked }) => ({
    addresses: addresses.filter(isUsable),
    watermarked,
  }));
}

/** Every address, also of forms that are not worth asking for: their objects still tell which post it is. */
export function videoAddresses(video: z.infer<typeof VideoFile>): string[] {
  return candidates(video).flatMap(({ addresses }) => addresses);
}

function candidates(video: z.infer<typeof VideoFile>): Candidate[] {
  const { playAddr, PlayAddrStruct, downloadAddr } = video;
  const whole = {
    watermarked: false,
    // The player takes this form as it is; where no codec is named it is H.264.
    codec: video.codecType ?? "h264",
    pixels: (video.width ?? 0) * (video.height ?? 0),
    bitrate: video.bitrate ?? 0,
  };
  const list: Candidate[] = [{ ...whole, addresses: playAddr ?? [] }];
  if (PlayAddrStruct != null) {
    const codec = codecOfKey(PlayAddrStruct.UrlKey) ?? whole.codec;
    list.push({ ...whole, ...pixelsOf(PlayAddrStruct), codec, addresses: PlayAddrStruct.UrlList });
  }
  for (const { PlayAddr, CodecType, Bitrate: bitrate } of video.bitrateInfo) {
    if (PlayAddr == null) continue;
    const codec = CodecType ?? codecOfKey(PlayAddr.UrlKey) ?? "";
    list.push({
      ...{ watermarked: false, codec, bitrate: bitrate ?? 0, pixels: 0, ...pixelsOf(PlayAddr) },
      addresses: PlayAddr.UrlList,
    });
  }
  list.push({ ...whole, codec: "h264", watermarked: true, addresses: downloadAddr ?? [] });
  return list;
}

function pixelsOf({ Width, Height }: z.infer<typeof Play>): { pixels?: number } {
  return Width == null || Height == null ? {} : { pixels: Width * Height };
}

/** The key of a file names its codec, such as `v14044g50000_h264_540p_1088463`. */
function codecOfKey(key: string | null | undefined): string | null {
  return /_(h26\d|bytevc\d)_/.exec(key ?? "")?.[1] ?? null;
}

/** Null for what nothing plays. */
function rank(codec: string): number | null {
  if (/h264|avc/i.test(codec)) return 0;
  return /bytevc2|h266|vvc/i.test(codec) ? null : 1;
}

function isUsable(address: string): boolean {
  return !/\/media-video-|\/aweme\/v1\/play\//.test(address.replace(/[?#].*$/s, ""));
}
