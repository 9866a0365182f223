import { z } from "zod";
import type { PostFields, SourcePost, Visibility, WebOrigin } from "../core/post.ts";
import { idOfAddress, postAddress } from "./page-address.ts";
import { dateOfId } from "./post-id.ts";
import { epochDate } from "./time.ts";
import { type WebAuthor, webItemAuthor } from "./web-author.ts";
import { captionFields, TextExtra } from "./web-caption.ts";
import { webMedia } from "./web-media.ts";
import { madeFromOf, Origins, soundOf, Sound, soundOriginalOf } from "./web-rights.ts";
import { countOf, sizeOf, webFlag, webList, webNumber, webText, wordsOf } from "./web-value.ts";

const Stats = z
  .object({
    playCount: webNumber,
    diggCount: webNumber,
    commentCount: webNumber,
    shareCount: webNumber,
    collectCount: webNumber,
  })
  .nullish()
  .catch(null);

const Item = Origins.extend({
  id: z.union([z.string(), z.number()]).nullish().catch(null),
  shareUrl: webText,
  share_url: webText,
  createTime: webNumber,
  desc: webText,
  textExtra: webList(TextExtra),
  contents: webList(z.object({ desc: webText, textExtra: webList(TextExtra) })),
  stats: Stats,
  statsV2: Stats,
  music: Sound.nullish().catch(null),
  isPinnedItem: webFlag,
  privateItem: webFlag,
  secret: webFlag,
  forFriend: webFlag,
  isAd: webFlag,
  AIGCDescription: webText,
  aigcLabelType: webNumber,
  textLanguage: webText,
  poi: z.object({ name: webText }).nullish().catch(null),
  video: z
    .object({ duration: webNumber, width: webNumber, height: webNumber })
    .nullish()
    .catch(null),
  imagePost: z
    .object({
      title: webText,
      images: webList(z.object({ imageWidth: webNumber, imageHeight: webNumber })),
    })
    .nullish()
    .catch(null),
});

type Item = z.infer<typeof Item>;

/** What is known of an item beside itself. */
export interface WebItemOrigin {
  /** Id of the source that tells it. */
  source: string;
  /** Where it stands, for messages. */
  place: string;
  /** ISO 8601 UTC; null where it cannot be told. */
  observed: string | null;
  /** Whose list it stands in; an item may lack its author. */
  owner?: WebAuthor;
  /** What the media hosts want with each request. */
  headers?: WebOrigin["headers"];
}

/**
 * Reads an item of TikTok's web (list response, page, sidecar of gallery-dl) as a post; null when it has no
 * id, or no time and none in its id. Whose it is tells `webItemAuthor`.
 */
export function webItemPost(item: unknown, from: WebItemOrigin): SourcePost | null {
  const read = Item.safeParse(item).data;
  const id = read === undefined ? null : idOf(read);
  if (read === undefined || id === null) return null;
  const told = epochDate(read.createTime ?? Number.NaN);
  const date = told ?? dateOfId(id);
  if (date === null) return null;
  const { kind, media, objectIds } = webMedia(item, from.headers);
  const author = webItemAuthor(item);
  const fields: Partial<PostFields> = fieldsOf(read, { id, author, owner: from.owner });
  return {
    type: "post",
    source: from.source,
    id,
    date,
    ...(told === null && { roughDate: true as const }),
    observed: from.observed,
    objectIds,
    fields: kind === null ? fields : { kind, ...fields },
    media,
    place: from.place,
  };
}

/** A number of 19 digits has lost its last ones when it was read as a number; then only an address has it. */
function idOf({ id, shareUrl, share_url }: Item): string | null {
  if (typeof id === "string" && /^\d{6,20}$/.test(id)) return id;
  if (typeof id === "number" && Number.isSafeInteger(id) && id > 99_999) return String(id);
  return idOfAddress(shareUrl ?? "") ?? idOfAddress(share_url ?? "");
}

function fieldsOf(
  item: Item,
  { id, author, owner }: { id: string; author: WebAuthor; owner: WebAuthor | undefined },
): Partial<PostFields> {
  const handle = author.handle ?? owner?.handle ?? null;
  const image = item.imagePost?.images[0];
  const length = item.imagePost == null ? (item.video?.duration ?? 0) : 0;
  return {
    ...captionOf(item),
    ...countsOf(item),
    durationMs: sizeOf(length * 1000),
    width: sizeOf(image?.imageWidth ?? item.video?.width),
    height: sizeOf(image?.imageHeight ?? item.video?.height),
    // Lists set the flag on pinned posts only, and not on every page that repeats them: no flag says nothing.
    pinned: item.isPinnedItem ?? null,
    visibility: visibilityOf(item),
    sound: soundOf(item.music),
    soundOriginal: soundOriginalOf(item.music, { ...author, handle }),
    location: wordsOf(item.poi?.name),
    // A label that is not there does not say that a person made it.
    aiGenerated: wordsOf(item.AIGCDescription) !== null || (item.aigcLabelType ?? 0) > 0 || null,
    url: handle === null ? null : postAddress(handle, id),
    title: wordsOf(item.imagePost?.title),
    madeFrom: madeFromOf(item),
    paidPartnership: item.isAd ?? null,
    language: languageOf(item.textLanguage),
  };
}

function captionOf({ desc, textExtra, contents }: Item): Partial<PostFields> {
  if (typeof desc === "string") return captionFields(desc, textExtra);
  const [only, ...others] = contents;
  if (typeof only?.desc !== "string" || others.length > 0) return {};
  return captionFields(only.desc, only.textExtra);
}

/** `statsV2` has the exact counts as texts; `stats` rounds the large ones (2025-10). */
function countsOf({ stats, statsV2 }: Item): Partial<PostFields> {
  const count = (name: keyof NonNullable<Item["stats"]>) =>
    countOf(statsV2?.[name]) ?? countOf(stats?.[name]);
  return {
    views: count("playCount"),
    likes: count("diggCount"),
    comments: count("commentCount"),
    shares: count("shareCount"),
    saves: count("collectCount"),
  };
}

function visibilityOf({ privateItem, secret, forFriend }: Item): Visibility {
  if (privateItem === true || secret === true) return "private";
  return forFriend === true ? "friends" : "public";
}

/** `un` is TikTok's word for a language that it could not tell. */
function languageOf(language: string | null | undefined): string | null {
  const code = language ?? "";
  return code !== "un" && /^[a-z]{2,3}(?:-[A-Za-z]{2,8})?$/.test(code) ? code : null;
}
