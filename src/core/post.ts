/** What a post is: one video, or an ordered set of photos. */
export type PostKind = "video" | "photos";

/** Who can see a post; null when the source cannot say. */
export type Visibility = "public" | "friends" | "private";

/** The counts a platform shows beside a post; null is unknown, never 0. */
export interface PostCounts {
  views: number | null;
  likes: number | null;
  comments: number | null;
  shares: number | null;
  saves: number | null;
}

/** What is known of a post, whichever source said it. Every field but `kind` may be unknown (null). */
export interface PostFields extends PostCounts {
  kind: PostKind;
  /** Byte for byte as its author wrote it; null when no source has it, "" when it is known to be empty. */
  caption: string | null;
  hashtags: string[];
  /** Handles without the sign. */
  mentions: string[];
  /** Milliseconds. */
  durationMs: number | null;
  width: number | null;
  height: number | null;
  pinned: boolean | null;
  visibility: Visibility | null;
  sound: string | null;
  location: string | null;
  aiGenerated: boolean | null;
  /** The public page of the post. */
  url: string | null;
  /** The title that a photo post has beside its caption. */
  title: string | null;
  /** True when the sound is the creator's own; false when it is licensed or someone else's. */
  soundOriginal: boolean | null;
  /** Made from someone else's post. */
  madeFrom: "duet" | "stitch" | "own" | null;
  /** Declared as advertising or a paid partnership. */
  paidPartnership: boolean | null;
  /** Language of the caption as TikTok names it, such as `en`. */
  language: string | null;
}

/** What a media file is for; subtitles carry their language, such as `subtitle.eng-US`. */
export type MediaRole = "video" | "photo" | "cover" | `subtitle.${string}`;

/** Bytes that a web server has. */
export interface WebOrigin {
  at: "web";
  /** The address to download from. It may be signed: never store, print or log it. */
  address: string;
  /** ISO 8601 UTC instant at which the address dies; null when it does not say. */
  expires: string | null;
  /**
   * Headers that this host wants, such as the page's own cookies and Referer; asked anew for every
   * redirect. Never store, print or log them; a function, so that nothing shows them by accident.
   */
  headers?: (address: string) => Readonly<Record<string, string>>;
  /** The form with TikTok's mark burnt in. */
  watermarked?: true;
}

/** Bytes in a file on this machine; it is copied or linked, never moved or changed. */
export interface DiskOrigin {
  at: "disk";
  /** Absolute. */
  path: string;
  watermarked?: true;
}

/** Bytes that lie inside the input, such as a body that a browser saved. */
export interface HeldOrigin {
  at: "held";
  /** Reads them, as often as asked. */
  bytes(): AsyncIterable<Uint8Array>;
  watermarked?: true;
}

/** One way to the bytes of a file. */
export type MediaOrigin = WebOrigin | DiskOrigin | HeldOrigin;

/** One file of a post as a source offers it. */
export interface SourceMedia {
  role: MediaRole;
  /** Place among the photos, from 1; 1 for everything else. */
  position: number;
  /** Ways to this file, the best first: mirrors, other encodings, the watermarked form last. */
  origins: readonly [MediaOrigin, ...MediaOrigin[]];
  /** The CDN's name of the stored object, stable across new signatures; null when none is known. */
  objectId: string | null;
}

/** One post as one source tells it. */
export interface SourcePost {
  type: "post";
  /** Id of the source, such as `tiktok-archive`. */
  source: string;
  /** TikTok's numeric id as a string; null when the source does not know it. */
  id: string | null;
  /**
   * Keys or ids by which a person named the post, the surest first. Such a record joins that post before
   * anything else, and no other.
   */
  named?: readonly string[];
  /** When it was published: ISO 8601 UTC to the second, `2024-09-17T14:07:21Z`; empty where `named` says which. */
  date: string;
  /** True when the date was only reckoned from the id, and may be some seconds off. */
  roughDate?: true;
  /**
   * When the source saw the post so: ISO 8601 UTC. Of two tellings the later one counts, whatever the order
   * in which they are read. Null where it cannot be told; that counts as the oldest.
   */
  observed: string | null;
  /** CDN object ids that help to tell two records are one post. */
  objectIds: string[];
  fields: Partial<PostFields>;
  media: SourceMedia[];
  /** Where in the source it stands, such as `Post.Posts.VideoList[3]` or a file name; for messages. */
  place: string;
}

/** A post of the library: the sources' records joined, with the name that it keeps. */
export interface Post extends PostFields {
  /** TikTok id where it was known when the post was first seen, else its time as `20240917T140721Z`. */
  key: string;
  id: string | null;
  /** ISO 8601 UTC to the second. */
  date: string;
  /** Ids of the sources that know it, sorted. */
  sources: string[];
  /** Folder below `posts/`. */
  folder: string;
}
