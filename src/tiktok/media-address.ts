import type { PostKind } from "../core/post.ts";
import { epochDate } from "./time.ts";

/** Parameters that carry the end of a signed address, as a decimal epoch in seconds. */
const expiryParameters = ["x-tos-expires", "x-expires", "expire"];

/** The instant at which a signed address dies, ISO 8601 UTC; null when it does not say. */
export function addressExpiry(address: string): string | null {
  const url = parseAddress(address);
  if (url === null) return null;
  for (const name of expiryParameters) {
    const value = url.searchParams.get(name);
    if (value !== null && /^\d{9,11}$/.test(value)) return epochDate(Number(value));
  }
  return epochOfPath(url.pathname);
}

/**
 * The CDN's name of the stored object: the last part of the path before `~`. It stays the same when an
 * archive is asked for again, while the signature around it changes. Null when the address has none.
 */
export function objectId(address: string): string | null {
  const url = parseAddress(address);
  if (url === null || !isMediaAddress(address)) return null;
  const parts = url.pathname.split("/").filter((part) => part !== "");
  // H.265 addresses put the name of the track behind the object.
  const last = parts.findLast((part) => !part.startsWith("media-"));
  const name = last?.split("~")[0] ?? "";
  // Words such as `play` are shared by all posts; joining by them would mix posts up.
  return /^[\w.-]{8,}$/.test(name) && /[0-9A-Z]/.test(name) ? name : null;
}

/**
 * Splits a `Link` into its addresses: a photo post holds one per line, and `new URL` would silently glue
 * them into one.
 */
export function splitLink(link: string): string[] {
  return link.split(/\s+/).filter((part) => /^https?:\/\//i.test(part));
}

/** False for pages (sign-in, share and post pages): they are no file, and a sign-in page is never opened. */
export function isMediaAddress(address: string): boolean {
  const url = parseAddress(address);
  if (url === null) return false;
  if (/^\/(?:login|share|@)/i.test(url.pathname)) return false;
  return !(url.searchParams.has("redirect_url") || url.pathname === "/");
}

/** Tells from the addresses of a post whether it is a video or a set of photos. */
export function kindOfLinks(links: readonly string[]): PostKind {
  if (links.length > 1) return "photos";
  return links.some(isPhotoAddress) ? "photos" : "video";
}

function isPhotoAddress(address: string): boolean {
  const url = parseAddress(address);
  if (url === null) return false;
  if (/~tplv-noop\.|-photomode-|\.(?:jpe?g|png|webp|heic|avif|image)$/i.test(url.pathname))
    return true;
  return /^image/i.test(url.searchParams.get("mime_type") ?? "");
}

/** Some video and subtitle addresses write their end into the path: a hash, then the epoch in hexadecimal. */
function epochOfPath(path: string): string | null {
  const seconds = /^\/[0-9a-f]{32}\/([0-9a-f]{8})\//.exec(path)?.[1];
  return seconds === undefined ? null : epochDate(Number.parseInt(seconds, 16));
}

function parseAddress(address: string): URL | null {
  // `new URL` drops line breaks, so that two addresses would become one.
  if (/\s/.test(address)) return null;
  const url = URL.parse(address);
  return url !== null && /^https?:$/.test(url.protocol) ? url : null;
}
