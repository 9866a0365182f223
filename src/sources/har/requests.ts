import { listAddress, type ListAddress } from "../../tiktok/web-list.ts";
import { objectId } from "../../tiktok/media-address.ts";
import type { HarEntry } from "./entries.ts";
import type { HarFile } from "./file.ts";

/** The longest address that is looked at; TikTok's lists have about two thousand signs. */
const longestAddress = 16 * 1024;

/** The requests that may tell something, by what they asked for. Addresses are kept without their query. */
export interface HarRequests {
  lists: { entry: HarEntry; asked: ListAddress }[];
  /** HTML of TikTok's pages. `address` is the page without query. */
  pages: { entry: HarEntry; address: string }[];
  /** Saved bodies of files, by the names that `mediaKey` gives. */
  media: Map<string, HarEntry[]>;
  /** True when anything was asked of TikTok at all. */
  ofTikTok: boolean;
}

/** Sorts the entries; reads their addresses where they stand. `origin` is TikTok's, such as `https://www.tiktok.com`. */
export async function sortRequests(
  entries: readonly HarEntry[],
  file: HarFile,
  { origin, signal }: { origin: string; signal: AbortSignal },
): Promise<HarRequests> {
  const sorted: HarRequests = { lists: [], pages: [], media: new Map(), ofTikTok: false };
  const ownHost = URL.parse(origin)?.host ?? "";
  for (const entry of entries) {
    signal.throwIfAborted();
    if (entry.address === null || entry.method !== "GET") continue;
    const address = await file.text(entry.address, longestAddress);
    const url = address === null ? null : URL.parse(address);
    if (address === null || url === null || !/^https?:$/.test(url.protocol)) continue;
    const site = url.host === ownHost || /(?:^|\.)tiktok\.com$/.test(url.hostname);
    sorted.ofTikTok ||= site;
    const asked = site ? listAddress(address) : null;
    const key = isMedia(entry) ? mediaKey(address) : null;
    if (asked !== null) sorted.lists.push({ entry, asked });
    else if (site && /html/.test(entry.type)) {
      sorted.pages.push({ entry, address: `${url.origin}${url.pathname}` });
    } else if (key !== null) {
      sorted.media.set(key, [...(sorted.media.get(key) ?? []), entry]);
    }
  }
  return sorted;
}

/**
 * By what a saved body is known to be a file of a post: the stored object's name, for a picture with the size
 * that was asked for (a thumbnail has the name of the whole picture). Null for tracks of picture or sound alone.
 */
export function mediaKey(address: string): string | null {
  const id = objectId(address);
  const path = URL.parse(address)?.pathname ?? "";
  if (id === null || /\/media-(?:video|audio)-/.test(path)) return null;
  const last = path.split("/").findLast((part) => part !== "") ?? "";
  return last.includes("~") ? last : id;
}

/** The longest subtitles that are taken; an hour of speech has some hundred thousand bytes. */
const longestSubtitles = 4 * 1024 ** 2;

/** True for an answer whose text is its bytes. What is no text and no base64 went through a text and is spoilt. */
export function isSubtitles({ type, base64, body, status }: HarEntry): boolean {
  return (
    /vtt/.test(type) &&
    !base64 &&
    status === 200 &&
    body !== null &&
    body.to - body.from < longestSubtitles
  );
}

function isMedia(entry: HarEntry): boolean {
  const { type, base64, body, status } = entry;
  if (isSubtitles(entry)) return true;
  if (!base64 || body === null || (status !== 200 && status !== 206)) return false;
  return type === "" || /^(?:video|image)\/|octet-stream|vtt/.test(type);
}
