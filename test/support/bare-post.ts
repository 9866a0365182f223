import type { Post } from "../../src/core/post.ts";

/** A public video of which nothing is known but what is given. */
export function barePost(known: Partial<Post> = {}): Post {
  const key = known.key ?? "20240917T140721Z";
  return {
    key,
    id: null,
    date: "2024-09-17T14:07:21Z",
    kind: "video",
    caption: null,
    hashtags: [],
    mentions: [],
    durationMs: null,
    width: null,
    height: null,
    views: null,
    likes: null,
    comments: null,
    shares: null,
    saves: null,
    pinned: null,
    visibility: "public",
    sound: null,
    location: null,
    aiGenerated: null,
    url: null,
    title: null,
    soundOriginal: null,
    madeFrom: null,
    paidPartnership: null,
    language: null,
    sources: ["tiktok-archive"],
    folder: `posts/2024-09-17_${key}`,
    ...known,
  };
}
