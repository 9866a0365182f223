import { createHash } from "node:crypto";
import { textExtraOf } from "./creator.ts";
import type { LookAlikeAuthor, LookAlikeCreator, LookAlikePost, VideoForm } from "./creator.ts";
import { avatarOf, filesOfPost } from "./media-files.ts";
import type { MediaFile } from "./media-files.ts";
import type { Scenario } from "./scenario.ts";

/** What the JSON of a post is made from. */
export interface ItemContext {
  creator: LookAlikeCreator;
  scenario: Scenario;
  signedIn: boolean;
  /** Origin of the pages. */
  origin: string;
  /** Signed address of a file, for the visitor who asks. */
  address: (file: MediaFile) => string;
}

type Json = Record<string, unknown>;

/** A post as the list and the post's page give it; `position` counts from 0 within the list. */
export function itemOf(post: LookAlikePost, position: number, context: ItemContext): Json {
  const { scenario, signedIn } = context;
  const noAuthor =
    scenario.withoutAuthor === "all" ||
    (scenario.withoutAuthor === "every-second" && position % 2 === 1);
  const textExtra = post.textExtra ?? textExtraOf(post.desc);
  const files = new Map(filesOfPost(post).map((file) => [file.form, file]));
  const addressOf = (form: string): string => {
    const file = files.get(form);
    return file === undefined ? "" : context.address(file);
  };
  const hidden = post.ageWall && !signedIn;
  return {
    AIGCDescription: post.AIGCDescription,
    CategoryType: 111,
    ...(noAuthor ? {} : authorParts(post, context)),
    backendSourceEventTracking: "",
    challenges: textExtra.flatMap((each) =>
      each.hashtagName === undefined
        ? []
        : [{ desc: "", id: challengeId(each.hashtagName), title: each.hashtagName }],
    ),
    collected: false,
    contents: [{ desc: post.desc, textExtra }],
    createTime: scenario.createTimeAsText ? String(post.createTime) : post.createTime,
    desc: post.desc,
    digged: false,
    diversificationId: 10042,
    duetDisplay: 0,
    duetEnabled: true,
    ...(post.duetOf !== "" && { duetInfo: { duetFromId: post.duetOf } }),
    forFriend: post.forFriend,
    id: post.id,
    ...(post.kind === "photos" && { imagePost: imagePostOf(post, addressOf) }),
    isAd: post.isAd,
    ...(hidden && { isContentClassified: true }),
    ...(post.pinned && { isPinnedItem: true }),
    isReviewing: post.isReviewing,
    itemCommentStatus: 0,
    item_control: { can_repost: true },
    music: {
      authorName: post.music.authorName,
      duration: post.duration,
      id: post.music.id,
      isCopyrighted: !post.music.original,
      original: post.music.original,
      playUrl: addressOf("sound"),
      private: false,
      title: post.music.title,
    },
    officalItem: false,
    originalItem: false,
    ...(post.poi !== null && { poi: { ...post.poi, type: 0 } }),
    privateItem: post.privateItem,
    secret: post.secret,
    shareEnabled: true,
    stats: statsOf(post),
    statsV2: statsV2Of(post),
    stitchDisplay: 0,
    stitchEnabled: true,
    ...(post.stitchOf !== "" && { stitchInfo: { stitchFromId: post.stitchOf } }),
    textExtra,
    textLanguage: post.textLanguage,
    textTranslatable: post.desc !== "",
    ...(!hidden && { video: videoOf(post, addressOf, context) }),
  };
}

/** `userInfo` of the profile page; the counts are rounded in `stats` and exact in `statsV2`. */
export function userInfoOf(context: ItemContext, videoCount: number): Json {
  const { creator } = context;
  const counts = {
    followerCount: creator.followers,
    followingCount: creator.following,
    heart: creator.hearts,
    heartCount: creator.hearts,
    videoCount,
    diggCount: 0,
    friendCount: creator.friends,
  };
  return {
    user: {
      ...userOf(creator, context),
      ...(creator.bioLink !== "" && { bioLink: { link: creator.bioLink, risk: 0 } }),
      commerceUserInfo: { commerceUser: false },
      nickNameModifyTime: 1_700_000_000,
      relation: 0,
      openFavorite: false,
      isEmbedBanned: false,
      canExpPlaylist: true,
    },
    stats: mapValues(counts, rounded),
    statsV2: mapValues(counts, String),
    itemList: [],
  };
}

/** `user` and, inside an item, `author`. */
function userOf(creator: LookAlikeCreator, context: ItemContext): Json {
  const avatar = context.address(avatarOf(creator));
  return {
    id: creator.userId,
    uniqueId: creator.handle,
    nickname: creator.displayName,
    avatarLarger: avatar,
    avatarMedium: avatar,
    avatarThumb: avatar,
    signature: creator.bio,
    verified: creator.verified,
    secUid: creator.secUid,
    secret: creator.privateAccount,
    privateAccount: creator.privateAccount,
    ftc: false,
    openFavorite: false,
    commentSetting: 0,
    duetSetting: 0,
    stitchSetting: 0,
  };
}

function authorParts(post: LookAlikePost, context: ItemContext): Json {
  if (post.author !== null) return { author: strangerOf(post.author) };
  const { creator } = context;
  return {
    author: userOf(creator, context),
    authorStats: {
      diggCount: 0,
      followerCount: rounded(creator.followers),
      followingCount: creator.following,
      heart: rounded(creator.hearts),
      videoCount: creator.posts.length,
    },
  };
}

function strangerOf(author: LookAlikeAuthor): Json {
  const digest = createHash("sha256").update(`stranger ${author.handle}`).digest("hex");
  return {
    id: BigInt(`0x${digest.slice(0, 14)}`).toString(),
    uniqueId: author.handle,
    nickname: author.displayName,
    signature: "",
    verified: false,
    secUid: `MS4wLjABAAAA${digest}`,
    secret: false,
    privateAccount: false,
  };
}

function statsOf(post: LookAlikePost): Json {
  const { plays, likes, comments, shares, saves } = post.stats;
  return mapValues(
    {
      collectCount: saves,
      commentCount: comments,
      diggCount: likes,
      playCount: plays,
      shareCount: shares,
    },
    rounded,
  );
}

function statsV2Of(post: LookAlikePost): Json {
  const { plays, likes, comments, shares, saves, reposts } = post.stats;
  return mapValues(
    {
      collectCount: saves,
      commentCount: comments,
      diggCount: likes,
      playCount: plays,
      repostCount: reposts,
      shareCount: shares,
    },
    String,
  );
}

function imagePostOf(post: LookAlikePost, addressOf: (form: string) => string): Json {
  const picture = (form: string): Json => {
    const address = addressOf(form);
    // Two mirrors of one picture.
    const urlList = [address, `${address}&mirror=2`];
    return { imageURL: { urlList }, imageWidth: 1080, imageHeight: 1440 };
  };
  return {
    images: post.images.map((_, index) => picture(`image ${index + 1}`)),
    cover: picture("cover"),
    shareCover: picture("cover"),
    title: post.title,
  };
}

function videoOf(
  post: LookAlikePost,
  addressOf: (form: string) => string,
  { scenario, origin }: ItemContext,
): Json {
  const cover = addressOf("cover");
  const pictures = { cover, originCover: cover, dynamicCover: cover };
  if (post.kind === "photos") {
    return {
      id: post.id,
      height: 0,
      width: 0,
      duration: 0,
      ratio: "",
      ...pictures,
      playAddr: "",
      downloadAddr: "",
      format: "",
      videoID: "",
    };
  }
  const offered = post.forms.filter((form) => form !== "play" && form !== "download");
  const bitrates = offered.map((form) => bitrateOf(post, form, addressOf(form), origin));
  const play = addressOf("play");
  const [first] = bitrates;
  return {
    id: post.id,
    height: post.height,
    width: post.width,
    duration: post.duration,
    ratio: "540p",
    format: "mp4",
    definition: "540p",
    codecType: "h264",
    bitrate: 1_525_000,
    VQScore: "68.2",
    videoQuality: "normal",
    videoID: `v24044gl0000${post.videoObject.slice(0, 20).toLowerCase()}`,
    ...pictures,
    zoomCover: { "240": cover, "480": cover, "720": cover, "960": cover },
    playAddr: { text: play, empty: "", list: [{ src: play }] }[scenario.playAddr],
    downloadAddr: addressOf("download"),
    ...(play !== "" && {
      PlayAddrStruct: playAddrOf(post, "play", scenario.playAddr === "empty" ? "" : play, origin),
    }),
    bitrateInfo: scenario.bitrateInfoAsDict && first !== undefined ? first : bitrates,
    subtitleInfos: post.subtitles.map(({ language, source }) => ({
      Format: "webvtt",
      LanguageCodeName: language,
      LanguageID: "2",
      Size: 100,
      Source: source,
      Url: addressOf(`subtitles ${language}`),
      UrlExpire: 0,
      Version: "1:whisper_lid",
    })),
    claInfo: { enableAutoCaption: true, hasOriginalAudio: true },
  };
}

/** Bitrate, gear and codec of each form; the unplayable and silent ones look better than the good one. */
const gears: Record<Exclude<VideoForm, "play" | "download">, [number, string, string, number]> = {
  h264: [1_525_000, "normal_540_0", "h264", 540],
  "h264-silent": [2_900_000, "normal_720_0", "h264", 720],
  h265: [1_980_000, "adapt_lowest_1080_1", "h265_hvc1", 1080],
  "h265-missing": [1_980_000, "adapt_lowest_1080_1", "h265_hvc1", 1080],
  bytevc2: [3_400_000, "adapt_1080_1", "bytevc2", 1080],
};

function bitrateOf(post: LookAlikePost, form: VideoForm, address: string, origin: string): Json {
  const [Bitrate, GearName, CodecType, width] = gears[form as keyof typeof gears];
  return {
    Bitrate,
    CodecType,
    GearName,
    QualityType: 28,
    MVMAF: "",
    PlayAddr: {
      ...playAddrOf(post, form, address, origin),
      Width: width,
      Height: Math.round((width * 16) / 9),
    },
  };
}

function playAddrOf(post: LookAlikePost, form: VideoForm, address: string, origin: string): Json {
  const uri = `v24044gl0000${post.videoObject.slice(0, 20).toLowerCase()}`;
  const size = filesOfPost(post)
    .find((file) => file.form === form)
    ?.bytes()?.length;
  return {
    DataSize: String(size ?? 950_000),
    FileHash: createHash("md5").update(`${post.id} ${form}`).digest("hex"),
    Height: post.height,
    Uri: uri,
    UrlKey: `${uri}_${form}`,
    UrlList: address === "" ? [] : [address, `${address}&mirror=2`, thirdEntry(origin, uri)],
    Width: post.width,
  };
}

/** The entry below `/aweme/v1/play/` of the pages' host, which does not answer with a video. */
function thirdEntry(origin: string, uri: string): string {
  const query = new URLSearchParams({ faid: "1988", item_id: uri, is_play_url: "1", line: "0" });
  return `${origin}/aweme/v1/play/?${query}`;
}

function challengeId(title: string): string {
  const digest = createHash("sha256").update(`challenge ${title}`).digest("hex");
  return BigInt(`0x${digest.slice(0, 12)}`).toString();
}

/** A count as the page shows it: 427682 becomes 427700, 6764096 becomes 6800000. */
function rounded(count: number): number {
  if (count < 10_000) return count;
  const step = count < 1_000_000 ? 100 : 100_000;
  return Math.round(count / step) * step;
}

function mapValues<Value>(
  record: Record<string, number>,
  change: (count: number) => Value,
): Record<string, Value> {
  return Object.fromEntries(
    Object.entries(record).map(([key, count]) => [key, change(count)] as const),
  );
}
