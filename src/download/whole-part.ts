import type { MediaKind } from "./media-type.ts";

/** What is asked of every way to a file. */
export interface PartWish {
  /** Absolute folder; it is there. */
  folder: string;
  /** Base name without ending. */
  name: string;
  expect: MediaKind;
}

/** A part that is whole and was judged, and only lacks its name. */
export interface WholePart {
  bytes: number;
  /** Hex. */
  sha256: string;
  ending: string;
  mediaType: string;
  /** True when bytes of an earlier attempt were used. */
  resumed: boolean;
  /** True where a hard link was wanted and a copy was made. */
  unlinked: boolean;
}
