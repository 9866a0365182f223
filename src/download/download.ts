import { mkdir, rename, rm } from "node:fs/promises";
import type { MediaOrigin } from "../core/post.ts";
import { bringDisk } from "./bring-disk.ts";
import { bringHeld } from "./bring-held.ts";
import { bringWeb, type WebContext } from "./bring-web.ts";
import { DownloadError, onDisk, stoppedError } from "./error.ts";
import { hostOf } from "./hosts.ts";
import { lookInside } from "./look-inside.ts";
import { finishPart, partPlace, type PartPlace } from "./part.ts";
import { addsNoSound, foremost, formOf, leadsOn, livingWays, notYet, valueOf } from "./ways.ts";
import type { PartWish, WholePart } from "./whole-part.ts";

/** One file to fetch; its folder is made when it is missing. */
export interface DownloadRequest extends PartWish {
  /** Ways to it, tried in this order. Addresses may be signed: they are never stored, printed or put into an error. */
  origins: readonly [MediaOrigin, ...MediaOrigin[]];
}

/** What a download is given beside its request. */
export interface DownloadContext extends WebContext {
  /** The library, absolute. Files of this machine are taken from anywhere but there. */
  root: string;
  /** Make hard links of files of this machine where the disk can, instead of copies. */
  link?: boolean;
}

/** A file that is whole. */
export interface DownloadResult {
  /** Name with the ending that its bytes ask for. */
  file: string;
  bytes: number;
  /** Hex. */
  sha256: string;
  mediaType: string;
  /** True when bytes of an earlier attempt were used. */
  resumed: boolean;
  /** The way by which it came. */
  origin: MediaOrigin;
  /** True for a video of which no way gave a form with sound that plays. */
  silent: boolean;
  /** True where a hard link was wanted and a copy was made. */
  unlinked: boolean;
}

/** A whole part and the way by which it came. */
interface Brought {
  whole: WholePart;
  origin: MediaOrigin;
}

/**
 * Fetches one file, never half. A way that fails for good leads to the next one; a fault of the network or the
 * disk does not, for the next one would meet it too. Of a video that has several ways the first form with sound
 * that plays is taken.
 */
export async function download(
  request: DownloadRequest,
  context: DownloadContext,
): Promise<DownloadResult> {
  const place = partPlace(request.folder, request.name);
  try {
    const { brought, silent } = await bestOf(request, place, context);
    const { ending, ...whole } = brought.whole;
    const file = `${request.name}.${ending}`;
    await onDisk(() => finishPart(place, file));
    return { file, ...whole, origin: brought.origin, silent };
  } catch (error) {
    if (context.signal.aborted) throw stoppedError();
    throw error;
  } finally {
    // What happened before counts more than a leftover, which the next attempt takes away.
    await rm(asideOf(place), { force: true }).catch(() => undefined);
  }
}

/** Leaves the best form in the part. */
async function bestOf(
  request: DownloadRequest,
  place: PartPlace,
  context: DownloadContext,
): Promise<{ brought: Brought; silent: boolean }> {
  const failures: DownloadError[] = [];
  let aside: (Brought & { value: number }) | null = null;
  const silent = new Set<string>();
  for (const origin of livingWays(request.origins, context.clock.calendar())) {
    if (notYet(origin, failures) || addsNoSound(origin, silent)) continue;
    let whole: WholePart;
    try {
      whole = await bring(origin, request, place, context);
    } catch (error) {
      if (!leadsOn(error)) throw error;
      failures.push(error);
      continue;
    }
    const parts = mayBeSilent(request, origin) ? await lookInside(place.part) : null;
    if (parts === null || (parts.sound && parts.playable)) {
      return { brought: { whole, origin }, silent: false };
    }
    if (aside === null || valueOf(parts) > aside.value) {
      aside = { whole, origin, value: valueOf(parts) };
      await onDisk(() => rename(place.part, asideOf(place)));
    }
    if (parts.playable && origin.watermarked !== true) silent.add(formOf(origin));
  }
  if (aside === null) throw foremost(failures);
  await onDisk(() => rename(asideOf(place), place.part));
  return { brought: aside, silent: true };
}

async function bring(
  origin: MediaOrigin,
  wish: PartWish,
  place: PartPlace,
  context: DownloadContext,
): Promise<WholePart> {
  if (context.signal.aborted) throw stoppedError();
  const refused = origin.at === "web" ? context.allowedHosts.refuses(origin.address) : null;
  if (origin.at === "web" && refused !== null) {
    throw new DownloadError("host-refused", refused, { host: hostOf(origin.address) });
  }
  await onDisk(() => mkdir(wish.folder, { recursive: true }));
  const { root, link = false, signal, sweep } = context;
  if (origin.at === "web") return bringWeb(origin, wish, place, context);
  if (origin.at === "held") return bringHeld(origin, wish, place, { signal, sweep });
  return bringDisk(origin, wish, place, { root, link, signal, sweep });
}

/** What a person keeps on their disk, or saved from a page, is taken as it is. */
function mayBeSilent({ expect, origins }: DownloadRequest, origin: MediaOrigin): boolean {
  return expect === "video" && origin.at === "web" && origins.length > 1;
}

/** Where a form without sound lies until it is known whether there is a better one. */
function asideOf(place: PartPlace): string {
  return `${place.part}.aside`;
}
