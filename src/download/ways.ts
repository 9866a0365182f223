import type { MediaOrigin } from "../core/post.ts";
import { objectId } from "../tiktok/media-address.ts";
import { DownloadError, type DownloadErrorClass } from "./error.ts";
import type { VideoParts } from "./look-inside.ts";

/** A video without sound that plays: so many forms of it are believed, and the others are not asked for. */
const believedSilent = 2;

/** What is wrong with this way alone; another way may be fine. */
const ofThisWay: readonly DownloadErrorClass[] = [
  ...(["expired", "forbidden", "gone", "not-media", "host-refused", "source", "server"] as const),
];

/** True when another way may give what this one did not; a fault of the network or the disk meets them all. */
export function leadsOn(error: unknown): error is DownloadError {
  return error instanceof DownloadError && ofThisWay.includes(error.class);
}

/** The ways that are worth asking after these failures; of dead ones only a single one. `now` in milliseconds. */
export function livingWays(origins: readonly MediaOrigin[], now: number): readonly MediaOrigin[] {
  const living = origins.filter((origin) => !isDead(origin, now));
  return living.length > 0 ? living : origins.slice(0, 1);
}

/** True when its address died before now, in milliseconds. */
export function isDead(origin: MediaOrigin, now: number): boolean {
  return origin.at === "web" && origin.expires !== null && Date.parse(origin.expires) <= now;
}

/**
 * True when the failures so far make this way not worth asking: a server that has a fault now may give the
 * clean form tomorrow, so the marked one is not taken in its place.
 */
export function notYet(origin: MediaOrigin, failures: readonly DownloadError[]): boolean {
  return origin.watermarked === true && failures.some((error) => error.class === "server");
}

/**
 * True when the forms without sound that came so far, by their names, make this way not worth asking: it is a
 * mirror of one of them, enough of them agree, or it has TikTok's mark, which is worse than silence.
 */
export function addsNoSound(origin: MediaOrigin, silent: ReadonlySet<string>): boolean {
  if (silent.size === 0) return false;
  return silent.size >= believedSilent || silent.has(formOf(origin)) || origin.watermarked === true;
}

/** Names the form that a way leads to; the mirrors of one form have one name. */
export function formOf(origin: MediaOrigin): string {
  if (origin.at === "held") return "held";
  if (origin.at === "disk") return origin.path;
  return objectId(origin.address) ?? URL.parse(origin.address)?.pathname ?? origin.address;
}

/** The failure to tell of: one that passes by itself, else the first. */
export function foremost(failures: readonly DownloadError[]): DownloadError {
  const [first] = failures;
  const passing = failures.find((error) => error.class === "server");
  return passing ?? first ?? new DownloadError("gone", "there is no way to the file");
}

/** Compares forms of a video that lack something; what does not play is worth least. */
export function valueOf({ sound, playable }: VideoParts): number {
  return Number(playable) * 2 + Number(sound);
}
