import type { SourceProfile } from "../core/source.ts";
import { archiveCount, archiveValue, isRecord, looseValue } from "./archive-value.ts";
import { addressExpiry, splitLink } from "./media-address.ts";

/** How long the lists of people are; null when the archive has no such list. */
export interface ListLengths {
  followers: number | null;
  following: number | null;
}

/**
 * Reads what may be shown in public from the archive's map of the profile. The same map holds the e-mail
 * address, phone number, birth date and the names that sign-in providers know: none of them is touched.
 */
export function archiveProfile(map: unknown, source: string, lengths: ListLengths): SourceProfile {
  const record = isRecord(map) ? map : {};
  const avatar = splitLink(archiveValue(looseValue(record, "profilePhoto")) ?? "")[0] ?? null;
  const handle = archiveValue(looseValue(record, "userName"));
  return {
    type: "profile",
    source,
    handle: handle === null ? null : handle.trim().replace(/^@/, ""),
    displayName: archiveValue(looseValue(record, "displayName")),
    bio: archiveValue(looseValue(record, "bioDescription")),
    followers: archiveCount(looseValue(record, "followerCount")) ?? lengths.followers,
    following: archiveCount(looseValue(record, "followingCount")) ?? lengths.following,
    likes: archiveCount(looseValue(record, "likesReceived")),
    posts: null,
    observed: null,
    avatar: avatar === null ? [] : [{ at: "web", address: avatar, expires: addressExpiry(avatar) }],
    lemon8: archiveValue(looseValue(record, "lemon8Link")),
  };
}
