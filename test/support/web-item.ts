/** Real-shaped items, pages and lists of TikTok's web, about a made-up creator. */

const expire = 1_900_000_000;

/** The id of a post that was given at that second; the lower half tells posts of one second apart. */
export function webId(seconds: number, serial = 1): string {
  return String((BigInt(seconds) << 32n) + BigInt(serial));
}

/** The address of a video file on TikTok's CDN. */
export function webVideo(object: string, host = "v16-webapp-prime.tiktok.com"): string {
  return `https://${host}/video/tos/useast2a/tos-useast2a-ve-0068c001/${object}/?a=1988&br=1088&expire=${expire}&mime_type=video_mp4&signature=secret-signature&tk=tt_chain_token`;
}

/** The same address as a host signs it that wants no cookie. */
export function withoutCookie(address: string): string {
  return address.replace("&tk=tt_chain_token", "");
}

/** The address of a picture on TikTok's CDN. */
export function webPicture(object: string, host = "p16-sign-va.tiktokcdn.com"): string {
  return `https://${host}/tos-useast2a-i-photomode-euttp/${object}~tplv-photomode-image.jpeg?x-expires=${expire}&x-signature=secret-signature`;
}

/** The author part of an item. */
export const mika = {
  id: "6801234567890123456",
  uniqueId: "mika.draws",
  secUid: "MS4wLjABAAAAmikamikamika",
  nickname: "Mika ✏️ draws",
};

/** One video as a list response writes it; `changes` replace keys at the top. */
export function webItem(changes: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    id: "7513039993741397256",
    desc: "Ink day 🚅 #inktober",
    createTime: 1_749_283_200,
    author: mika,
    stats: {
      playCount: 427_700,
      diggCount: 6_800,
      commentCount: 12,
      shareCount: 3,
      collectCount: 9,
    },
    statsV2: {
      playCount: "427682",
      diggCount: "6764",
      commentCount: "12",
      shareCount: "3",
      collectCount: "9",
      repostCount: "0",
    },
    textExtra: [{ hashtagName: "inktober", start: 11, end: 20, type: 1, subType: 0 }],
    music: { id: "1", title: "original sound", authorName: "Mika ✏️ draws", original: true },
    isPinnedItem: null,
    privateItem: false,
    secret: false,
    forFriend: false,
    isAd: false,
    AIGCDescription: "",
    textLanguage: "en",
    duetInfo: { duetFromId: "0" },
    video: webVideoPart(),
    ...changes,
  };
}

/** The `video` of an item. */
export function webVideoPart(changes: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    id: "7513039993741397256",
    width: 576,
    height: 1024,
    duration: 14,
    ratio: "540p",
    format: "mp4",
    codecType: "h264",
    bitrate: 1_088_463,
    playAddr: webVideo("oPlay576"),
    downloadAddr: webVideo("oMarked1"),
    cover: webPicture("0cover00000000000000000000000000"),
    originCover: webPicture("0origin0000000000000000000000000"),
    dynamicCover: webPicture("0moving0000000000000000000000000"),
    bitrateInfo: [],
    subtitleInfos: [],
    ...changes,
  };
}

/** One entry of `bitrateInfo`. */
export function webEncoding(
  codec: string,
  height: number,
  addresses: readonly string[],
  bitrate = 1_000_000,
): Record<string, unknown> {
  return {
    Bitrate: bitrate,
    CodecType: codec,
    GearName: `normal_${height}_0`,
    PlayAddr: {
      UrlList: addresses,
      Width: Math.round((height * 9) / 16),
      Height: height,
      Uri: "v1",
    },
  };
}

/** One photo post; every picture has two mirrors. */
export function webPhotos(
  objects: readonly string[],
  changes: Record<string, unknown> = {},
): Record<string, unknown> {
  return webItem({
    video: webVideoPart({ duration: 0, playAddr: "", downloadAddr: "", width: 0, height: 0 }),
    imagePost: {
      title: "Sketchbook tour",
      images: objects.map((object) => ({
        imageURL: {
          urlList: [webPicture(object), webPicture(object, "p19-sign-va.tiktokcdn.com")],
        },
        imageWidth: 1080,
        imageHeight: 1440,
      })),
    },
    ...changes,
  });
}

/** The body of a list response. */
export function webListBody(
  items: readonly unknown[],
  changes: Record<string, unknown> = {},
): Record<string, unknown> {
  return {
    cursor: "1749283200000",
    hasMore: false,
    itemList: items,
    statusCode: 0,
    extra: { logid: "x" },
    ...changes,
  };
}

/** A `userInfo` as a profile page holds it. */
export function webUserInfo(changes: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    user: {
      ...mika,
      signature: "I draw.\nEvery day.",
      privateAccount: false,
      avatarLarger: webPicture("0avatar1080000000000000000000000"),
      avatarMedium: webPicture("0avatar0720000000000000000000000"),
      ...changes,
    },
    stats: { followerCount: 427_700, followingCount: 12, heart: 6_800_000, videoCount: 3 },
    statsV2: {
      followerCount: "427682",
      followingCount: "12",
      heart: "6764096",
      videoCount: "3",
    },
  };
}

/** A page with its data element; `scope` is what stands under `__DEFAULT_SCOPE__`. */
export function webPage(scope: Record<string, unknown>): string {
  const data = JSON.stringify({ __DEFAULT_SCOPE__: scope }).replaceAll("<", "\\u003C");
  return `<!DOCTYPE html><html><head><title>Mika</title><script>var x = "1";</script></head><body><script id="__UNIVERSAL_DATA_FOR_REHYDRATION__" type="application/json">${data}</script></body></html>`;
}
