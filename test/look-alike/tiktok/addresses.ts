import { createHash, createHmac } from "node:crypto";
import type { MediaFile } from "./media-files.ts";

const hour = 3600;

/** Seconds that an address of each kind lives (2025-10): videos and pictures 48 hours, sounds 6. */
const lifetimes: Record<MediaFile["kind"], number> = {
  video: 48 * hour,
  image: 48 * hour,
  avatar: 48 * hour,
  subtitles: 48 * hour,
  sound: 6 * hour,
};

/** What a media request has to show. */
export interface SignedRequest {
  path: string;
  query: URLSearchParams;
  /** Value of the cookie `tt_chain_token`; "" when it was not sent. */
  token: string;
}

/** Makes addresses of the media host and checks them. */
export interface Addresses {
  /** An address for who has this `tt_chain_token`. */
  of(file: MediaFile, token: string): string;
  /** The address of the same file on the second host, for everybody. */
  onSecondHost(file: MediaFile): string;
  /** Part of the path that all addresses of one file have. */
  stablePath(path: string): string;
  /** Whether the signature is ours, for this cookie, and not past its time. */
  allows(request: SignedRequest): boolean;
}

/** Addresses of the hosts; `now` is in milliseconds. */
export function addressesOf(
  origin: string,
  secondOrigin: string,
  clock: () => number,
  secret: string,
): Addresses {
  function sign(path: string, expires: string, token: string): string {
    return createHmac("sha256", secret).update(`${path} ${expires} ${token}`).digest("hex");
  }

  function of(file: MediaFile, token: string): string {
    const now = Math.floor(clock() / 1000);
    if (isPicture(file.kind)) {
      // Pictures expire on the hour.
      const expires = String(Math.floor(now / hour) * hour + lifetimes[file.kind]);
      const signature = Buffer.from(sign(file.path, expires, ""), "hex").toString("base64");
      const query = { dr: "14579", "x-expires": expires, "x-signature": signature, t: "4d5b0474" };
      return `${origin}${file.path}?${new URLSearchParams(query)}`;
    }
    const expires = String(now + lifetimes[file.kind]);
    const hash = createHash("md5").update(`${file.path}${expires}`).digest("hex");
    const query = {
      a: "1988",
      ...(file.kind === "video" && { mime_type: "video_mp4", lr: lrOf(file), br: "1490" }),
      ft: "4KJMyMzm8Zmo0",
      l: "202610150930050102030405060708090A",
      ply_type: "2",
      policy: "2",
      expire: expires,
      signature: sign(file.path, expires, token).slice(0, 32),
      tk: "tt_chain_token",
    };
    const prefix = `/${hash}/${Number(expires).toString(16)}`;
    return `${origin}${prefix}${file.path}?${new URLSearchParams(query)}`;
  }

  function onSecondHost(file: MediaFile): string {
    const expires = String(Math.floor(clock() / 1000) + lifetimes[file.kind]);
    const query = { expire: expires, signature: sign(file.path, expires, "").slice(0, 32) };
    return `${secondOrigin}${file.path}?${new URLSearchParams(query)}`;
  }

  function stablePath(path: string): string {
    return path.replace(/^\/[0-9a-f]{32}\/[0-9a-f]{8}(?=\/)/, "");
  }

  function allows({ path, query, token }: SignedRequest): boolean {
    const expires = query.get("expire") ?? query.get("x-expires") ?? "";
    if (!/^\d+$/.test(expires) || Number(expires) <= clock() / 1000) return false;
    const signature = query.get("x-signature") ?? query.get("signature") ?? "";
    const wantsToken = query.get("tk") === "tt_chain_token";
    if (wantsToken && token === "") return false;
    const right = sign(stablePath(path), expires, wantsToken ? token : "");
    return (
      signature === right.slice(0, 32) || signature === Buffer.from(right, "hex").toString("base64")
    );
  }

  return { of, onSecondHost, stablePath, allows };
}

function isPicture(kind: MediaFile["kind"]): boolean {
  return kind === "image" || kind === "avatar";
}

function lrOf(file: MediaFile): string {
  return file.form === "download" ? "tiktok_m" : "unwatermarked";
}
