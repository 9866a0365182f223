import { createHash } from "node:crypto";
import {
  pictureObjectId,
  postId,
  videoObjectId,
} from "../../fixtures/sample-creator/recipe/ids.ts";

/** One file that a video post offers, as the page's JSON names it. */
export type VideoForm =
  /** `playAddr`: H.264 with sound, no watermark. */
  | "play"
  /** In `bitrateInfo`: H.264 with sound. */
  | "h264"
  /** In `bitrateInfo`: H.264 that has no sound track. */
  | "h264-silent"
  /** In `bitrateInfo`: H.265 below `/media-video-hvc1/`, pictures only. */
  | "h265"
  /** In `bitrateInfo`: H.265 below `/media-video-hvc1/` that answers 404. */
  | "h265-missing"
  /** In `bitrateInfo`: ByteDance's own codec, which no player here plays. */
  | "bytevc2"
  /** `downloadAddr`: with watermark. */
  | "download";

/** A place that a post names. */
export interface LookAlikePlace {
  id: string;
  name: string;
  address: string;
}

/** A sound: the creator's own or a licensed one. */
export interface LookAlikeMusic {
  id: string;
  title: string;
  authorName: string;
  original: boolean;
}

/** Who a post belongs to when it is not the creator. */
export interface LookAlikeAuthor {
  handle: string;
  displayName: string;
}

/** Exact counts of a post. */
export interface LookAlikeStats {
  plays: number;
  likes: number;
  comments: number;
  shares: number;
  saves: number;
  reposts: number;
}

/** A hashtag or a mention in a caption; offsets are UTF-16 code units. */
export interface LookAlikeTextExtra {
  start: number;
  end: number;
  hashtagName?: string;
  userUniqueId?: string;
  type: number;
  subType: number;
}

/** One post as it stands on TikTok; `creatorOf` fills every field. */
export interface LookAlikePost {
  /** 19 digits. */
  id: string;
  /** Seconds since 1970. */
  createTime: number;
  kind: "video" | "photos";
  desc: string;
  /** Of photo posts only; "" when there is none. */
  title: string;
  /** Taken from `desc` when null. */
  textExtra: readonly LookAlikeTextExtra[] | null;
  textLanguage: string;
  pinned: boolean;
  /** Null: the creator. */
  author: LookAlikeAuthor | null;
  /** Three privacy flags: seen in the list only by who is signed in as the creator. */
  privateItem: boolean;
  secret: boolean;
  forFriend: boolean;
  isReviewing: boolean;
  isAd: boolean;
  /** "" when TikTok shows no AI label. */
  AIGCDescription: string;
  /** `isContentClassified` and no `video` at all for who is not signed in. */
  ageWall: boolean;
  /** Id of the post that this one duets with or stitches; "" when none. */
  duetOf: string;
  stitchOf: string;
  stats: LookAlikeStats;
  forms: readonly VideoForm[];
  /** Name of the stored video on the media host. */
  videoObject: string;
  /** Names of the stored pictures of a photo post, in their order. */
  images: readonly string[];
  /** Name of the stored cover. */
  cover: string;
  /** Seconds. */
  duration: number;
  width: number;
  height: number;
  subtitles: readonly { language: string; source: "ASR" | "MT" | "LC" }[];
  music: LookAlikeMusic;
  poi: LookAlikePlace | null;
  /** `statusCode` of the post's own page. */
  status: number;
}

/** A made-up creator with their posts, newest first. */
export interface LookAlikeCreator {
  handle: string;
  displayName: string;
  bio: string;
  userId: string;
  secUid: string;
  verified: boolean;
  privateAccount: boolean;
  /** "" when none is set. */
  bioLink: string;
  followers: number;
  following: number;
  friends: number;
  /** All likes together. */
  hearts: number;
  /** What the sign-in form takes beside the handle. */
  password: string;
  posts: LookAlikePost[];
}

/** What may be other than usual in a creator. */
export interface CreatorOptions {
  displayName?: string;
  bio?: string;
  bioLink?: string;
  verified?: boolean;
  followers?: number;
  /** Seconds since 1970 of the newest post. */
  newest?: number;
  /** Changes one post; `index` 0 is the newest. */
  change?: (post: LookAlikePost, index: number) => Partial<LookAlikePost>;
}

const day = 24 * 60 * 60;
const newestPost = Date.UTC(2026, 10, 15, 9, 30, 5) / 1000;

const captions = [
  "One small watercolour before breakfast #watercolour #dailypainting",
  "清晨的山，只用三种颜色画完🌄 #水彩 #绘画",
  "Three colours.\nOne brush.\nNo plan.  \n#limitedpalette#watercolour",
  "رسمتُ اليوم نجمةً بألوان الماء 💙✨ #رسم",
  "",
  "👩‍👩‍👧 painted this with @mira.paints.daily 🚅 #family #🎨art",
  "#denidil#денидил Рисую каждый день",
  "The blue that would not dry, and what the cat did to it: a story in four washes. Part one of many. #storytime #cat ",
];

/** A creator who depends on the handle and the options only: posts every two to four days backwards, every fifth one photos. */
export function creatorOf(
  handle: string,
  posts: number,
  options: CreatorOptions = {},
): LookAlikeCreator {
  const list: LookAlikePost[] = [];
  let at = options.newest ?? newestPost;
  for (let index = 0; index < posts; index++) {
    const usual = usualPost(handle, index, at, index % 5 === 4);
    const changes = options.change?.(usual, index) ?? {};
    // Who makes photos of a video gets pictures, and the other way round.
    const kind = changes.kind ?? usual.kind;
    const base = kind === usual.kind ? usual : usualPost(handle, index, at, kind === "photos");
    list.push({ ...base, ...changes });
    at -= (2 + (index % 3)) * day + 61 * (index % 7);
  }
  return {
    handle,
    displayName: options.displayName ?? `${handle} 🎨`,
    bio: options.bio ?? "one small watercolour a day\nmade up for tests",
    userId: `69${digits(`user ${handle}`, 17)}`,
    secUid: `MS4wLjABAAAA${createHash("sha256").update(`secUid ${handle}`).digest("hex")}`,
    verified: options.verified ?? false,
    privateAccount: false,
    bioLink: options.bioLink ?? "",
    followers: options.followers ?? 427_682,
    following: 213,
    friends: 41,
    hearts: 6_764_096,
    password: "not-a-real-password",
    posts: list,
  };
}

function usualPost(
  handle: string,
  index: number,
  createTime: number,
  photos: boolean,
): LookAlikePost {
  const seed = `${handle} ${index}`;
  return {
    id: postId(seed, createTime - 5),
    createTime,
    kind: photos ? "photos" : "video",
    desc: captions[index % captions.length] ?? "",
    title: photos && index % 2 === 0 ? `Sheet number ${index}` : "",
    textExtra: null,
    textLanguage: ["en", "zh-Hans", "en", "ar", "un", "en", "ru", "en"][index % 8] ?? "en",
    pinned: false,
    author: null,
    privateItem: false,
    secret: false,
    forFriend: false,
    isReviewing: false,
    isAd: false,
    AIGCDescription: "",
    ageWall: false,
    duetOf: "",
    stitchOf: "",
    stats: {
      plays: 1_234_567 + index * 7_919,
      likes: 98_765 + index * 31,
      comments: 1_042 + index,
      shares: 312 + index,
      saves: 10_432 + index,
      reposts: index,
    },
    forms: photos ? [] : ["play", "h264", "h265", "download"],
    videoObject: photos ? "" : videoObjectId(seed),
    images: photos
      ? Array.from({ length: 2 + (index % 4) }, (_, at) => pictureObjectId(`${seed} ${at}`))
      : [],
    cover: pictureObjectId(`${seed} cover`),
    duration: photos ? 0 : 12 + (index % 40),
    width: 576,
    height: 1024,
    subtitles: !photos && index % 3 === 0 ? [{ language: "eng-US", source: "ASR" }] : [],
    music:
      index % 2 === 0
        ? {
            id: digits(`sound ${seed}`, 19),
            title: "original sound",
            authorName: handle,
            original: true,
          }
        : {
            id: digits(`song ${index % 6}`, 19),
            title: "A song that is licensed",
            authorName: "The Invented Band",
            original: false,
          },
    poi: null,
    status: 0,
  };
}

/** So many digits that depend on the seed only; the first is never 0. */
function digits(seed: string, length: number): string {
  const number = BigInt(`0x${createHash("sha256").update(seed).digest("hex")}`);
  return `7${number}`.slice(0, length);
}

/** The hashtags and mentions of a caption, as the page's JSON lists them. */
export function textExtraOf(desc: string): LookAlikeTextExtra[] {
  const found = desc.matchAll(/([#@])([^\s#@,:]+)/gu);
  return [...found].map((match) => {
    const place = { start: match.index, end: match.index + match[0].length };
    return match[1] === "#"
      ? { ...place, hashtagName: (match[2] ?? "").toLowerCase(), type: 1, subType: 0 }
      : { ...place, userUniqueId: match[2] ?? "", type: 0, subType: 0 };
  });
}
