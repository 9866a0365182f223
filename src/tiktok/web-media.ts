import { z } from "zod";
import type { PostKind, SourceMedia, WebOrigin } from "../core/post.ts";
import { addressExpiry, isMediaAddress, objectId } from "./media-address.ts";
import { Subtitle, webSubtitles } from "./web-subtitles.ts";
import { webList, webText } from "./web-value.ts";
import { type Encoding, VideoFile, videoAddresses, videoEncodings } from "./web-video.ts";

const Picture = z.object({ imageURL: z.object({ urlList: webList(z.string()) }) });

const Item = z.object({
  video: VideoFile.extend({
    cover: webText,
    originCover: webText,
    dynamicCover: webText,
    subtitleInfos: webList(Subtitle),
  })
    .nullish()
    .catch(null),
  imagePost: z
    .object({
      // A picture without addresses keeps its place, so that the others keep theirs.
      images: webList(Picture.catch({ imageURL: { urlList: [] } })),
      cover: Picture.nullish().catch(null),
    })
    .nullish()
    .catch(null),
});

/** What an item of the web offers to download, and what tells which stored objects it is made of. */
export interface WebMedia {
  /** Null behind an age wall, where neither a video nor pictures are told. */
  kind: PostKind | null;
  media: SourceMedia[];
  /** CDN names of every form: encodings, pictures, covers. The archive names some of them (2024-09). */
  objectIds: string[];
}

/**
 * Chooses the files of an item. A video's ways go from the best unmarked form with sound to the marked one; the
 * mirrors of a picture are ways to one photo. A slideshow has a `video` without address: its cover is all of
 * it that counts.
 */
export function webMedia(item: unknown, headers?: WebOrigin["headers"]): WebMedia {
  const { video, imagePost } = Item.safeParse(item).data ?? {};
  const offer = (role: SourceMedia["role"], position: number, ways: readonly Way[]) =>
    mediaOf(role, position, ways, headers);
  const photos = imagePost == null ? null : imagePost.images.map(addressesOf);
  const encodings = photos === null && video != null ? videoEncodings(video) : [];
  const covers = [
    ...(imagePost?.cover == null ? [] : addressesOf(imagePost.cover)),
    // The moving cover is no picture that a destination takes; better than none.
    ...[video?.originCover, video?.cover, video?.dynamicCover].flatMap((each) => each ?? []),
  ];
  const media = [
    ...(photos ?? []).map((addresses, index) => offer("photo", index + 1, addresses.map(plain))),
    offer("video", 1, encodings.flatMap(waysOf)),
    offer("cover", 1, covers.map(plain)),
    ...(photos === null && video != null ? webSubtitles(video.subtitleInfos) : []).map(
      ({ language, address }) => offer(`subtitle.${language}`, 1, [plain(address)]),
    ),
  ];
  const every = [...(video == null ? [] : videoAddresses(video)), ...(photos ?? []).flat()];
  const ids = [...every, ...covers].map(objectId).filter((id) => id !== null);
  return {
    kind: photos !== null ? "photos" : video == null ? null : "video",
    media: media.filter((each) => each !== null),
    objectIds: [...new Set(ids)],
  };
}

interface Way {
  address: string;
  watermarked: boolean;
}

function plain(address: string): Way {
  return { address, watermarked: false };
}

function waysOf({ addresses, watermarked }: Encoding): Way[] {
  return addresses.map((address) => ({ address, watermarked }));
}

function addressesOf({ imageURL }: z.infer<typeof Picture>): string[] {
  return imageURL.urlList;
}

function mediaOf(
  role: SourceMedia["role"],
  position: number,
  ways: readonly Way[],
  headers: WebOrigin["headers"],
): SourceMedia | null {
  const once = new Map<string, WebOrigin>();
  for (const { address, watermarked } of ways) {
    if (once.has(address) || !isMediaAddress(address)) continue;
    const origin: WebOrigin = { at: "web", address, expires: addressExpiry(address) };
    if (headers !== undefined) origin.headers = headers;
    if (watermarked) origin.watermarked = true;
    once.set(address, origin);
  }
  const [first, ...others] = once.values();
  if (first === undefined) return null;
  const ids = [...once.keys()].map(objectId);
  return {
    role,
    position,
    origins: [first, ...others],
    objectId: ids.find((id) => id !== null) ?? null,
  };
}
