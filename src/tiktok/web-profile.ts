import { z } from "zod";
import type { MediaOrigin, WebOrigin } from "../core/post.ts";
import type { SourceProfile } from "../core/source.ts";
import { addressExpiry, isMediaAddress } from "./media-address.ts";
import { countOf, webFlag, webNumber, webText, wordsOf } from "./web-value.ts";

const Stats = z
  .object({
    followerCount: webNumber,
    followingCount: webNumber,
    heart: webNumber,
    heartCount: webNumber,
    videoCount: webNumber,
  })
  .nullish()
  .catch(null);

const UserInfo = z.object({
  user: z.object({
    uniqueId: z.string().min(1),
    secUid: webText,
    nickname: webText,
    signature: webText,
    privateAccount: webFlag,
    avatarLarger: webText,
    avatarMedium: webText,
    avatarThumb: webText,
    bioLink: z.object({ link: webText }).nullish().catch(null),
  }),
  stats: Stats,
  statsV2: Stats,
});

/** A profile as its page tells it. */
export interface WebProfile {
  profile: SourceProfile;
  handle: string;
  /** TikTok's stable id of the account, which list addresses carry. */
  secUid: string | null;
  privateAccount: boolean | null;
}

/** Reads the `userInfo` of a profile page; null when it names nobody. `statsV2` is exact, `stats` is rounded (2025-10). */
export function webProfile(
  userInfo: unknown,
  from: { source: string; observed: string | null; headers?: WebOrigin["headers"] },
): WebProfile | null {
  const read = UserInfo.safeParse(userInfo).data;
  if (read === undefined) return null;
  const { user, stats, statsV2 } = read;
  const count = (name: keyof NonNullable<z.infer<typeof Stats>>) =>
    countOf(statsV2?.[name]) ?? countOf(stats?.[name]);
  const pictures = [user.avatarLarger, user.avatarMedium, user.avatarThumb].flatMap(
    (address) => address ?? [],
  );
  const handle = user.uniqueId.replace(/^@/, "");
  const profile: SourceProfile = {
    type: "profile",
    source: from.source,
    handle,
    displayName: wordsOf(user.nickname),
    bio: wordsOf(user.signature),
    followers: count("followerCount"),
    following: count("followingCount"),
    likes: count("heart") ?? count("heartCount"),
    posts: count("videoCount"),
    observed: from.observed,
    avatar: [...new Set(pictures)].filter(isMediaAddress).map((address) => {
      const origin: MediaOrigin = { at: "web", address, expires: addressExpiry(address) };
      return from.headers === undefined ? origin : { ...origin, headers: from.headers };
    }),
    lemon8: lemon8Of(user.bioLink?.link),
  };
  const secUid = wordsOf(user.secUid);
  return { profile, handle, secUid, privateAccount: user.privateAccount ?? null };
}

/** A profile of which only the handle is known. */
export function bareProfile(source: string, handle: string): SourceProfile {
  return {
    ...{ type: "profile", source, handle, displayName: null, bio: null, followers: null },
    ...{ following: null, likes: null, posts: null, observed: null, avatar: [], lemon8: null },
  };
}

/** The website of a profile, where it is a Lemon8 profile. */
function lemon8Of(link: string | null | undefined): string | null {
  const text = (link ?? "").trim();
  const url = URL.parse(/^https?:\/\//i.test(text) ? text : `https://${text}`);
  return url !== null && /(?:^|\.)lemon8-app\.com$/.test(url.hostname) ? url.href : null;
}
