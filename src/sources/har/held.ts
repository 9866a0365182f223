import type { HeldOrigin, MediaOrigin, SourceMedia } from "../../core/post.ts";
import type { HarEntry } from "./entries.ts";
import type { HarFile } from "./file.ts";
import { isSubtitles, mediaKey } from "./requests.ts";

/** A saved stretch of a file: bytes `from` to `to` (not with it) of `total`. */
interface Piece {
  from: number;
  to: number;
  total: number;
  body: NonNullable<HarEntry["body"]>;
}

/** Puts the bytes that the browser saved whole before the ways over the web, which may be dead by now. */
export function holdMedia(
  file: HarFile,
  saved: ReadonlyMap<string, readonly HarEntry[]>,
): (origins: readonly MediaOrigin[]) => Promise<MediaOrigin[]> {
  async function heldFor(address: string): Promise<HeldOrigin | null> {
    const entries = saved.get(mediaKey(address) ?? "") ?? [];
    const text = entries.find(isSubtitles)?.body;
    if (text != null) return { at: "held", bytes: () => file.encoded(text) };
    const pieces = await Promise.all(entries.map((entry) => pieceOf(file, entry)));
    const whole = wholeOf(pieces.filter((piece) => piece !== null));
    return whole === null ? null : { at: "held", bytes: () => bytesOf(file, whole) };
  }

  return async (origins) => {
    const held = new Map<string, HeldOrigin>();
    for (const origin of origins) {
      if (origin.at !== "web") continue;
      const key = mediaKey(origin.address);
      if (key === null || held.has(key)) continue;
      const found = await heldFor(origin.address);
      if (found === null) continue;
      held.set(key, origin.watermarked === true ? { ...found, watermarked: true } : found);
    }
    // The marked form stays the last resort, however near it lies.
    return [...held.values(), ...origins.filter(isOpen)].toSorted(
      (a, b) => Number(a.watermarked === true) - Number(b.watermarked === true),
    );
  };
}

/** The same file with saved bytes as its first way; null when there is no way that could work. */
export async function withHeld(
  media: SourceMedia,
  hold: ReturnType<typeof holdMedia>,
): Promise<SourceMedia | null> {
  const [first, ...others] = await hold(media.origins);
  return first === undefined ? null : { ...media, origins: [first, ...others] };
}

/**
 * False for an address that answers only to the cookie of the browser that it was signed for (2025: "403 without
 * tt_chain_token"): cookies stay in the HAR file, so asking would be in vain for every video.
 */
function isOpen(origin: MediaOrigin): boolean {
  if (origin.at !== "web") return true;
  return URL.parse(origin.address)?.searchParams.get("tk") !== "tt_chain_token";
}

/** Null for a body that is shorter or longer than its answer said: the browser cut it. */
async function pieceOf(file: HarFile, entry: HarEntry): Promise<Piece | null> {
  const { body, status, contentRange, contentLength, size } = entry;
  if (body === null) return null;
  const length = await file.decodedLength(body);
  if (length === 0) return null;
  if (status === 200) {
    const told = contentLength ?? size;
    return told === length ? { from: 0, to: length, total: length, body } : null;
  }
  const range = /^bytes (\d+)-(\d+)\/(\d+)$/i.exec(contentRange ?? "");
  if (range === null) return null;
  const [from = 0, last = 0, total = 0] = range.slice(1).map(Number);
  return last - from + 1 === length && last < total ? { from, to: last + 1, total, body } : null;
}

/** The pieces that together make the whole file, in order; null when some of it is missing. */
function wholeOf(pieces: readonly Piece[]): Piece[] | null {
  for (const [total, own] of Map.groupBy(pieces, (piece) => piece.total)) {
    const chosen: Piece[] = [];
    let place = 0;
    for (const piece of own.toSorted((a, b) => a.from - b.from || b.to - a.to)) {
      if (piece.from > place) break;
      if (piece.to <= place) continue;
      chosen.push(piece);
      place = piece.to;
    }
    if (place === total) return chosen;
  }
  return null;
}

async function* bytesOf(file: HarFile, pieces: readonly Piece[]): AsyncGenerator<Uint8Array> {
  let place = 0;
  for (const piece of pieces) {
    // Pieces may overlap: what is there already is passed over.
    let passed = piece.from;
    for await (const bytes of file.decoded(piece.body)) {
      const fresh = bytes.subarray(Math.min(bytes.length, Math.max(0, place - passed)));
      passed += bytes.length;
      if (fresh.length > 0) yield fresh;
    }
    place = piece.to;
  }
}
