/** Bytes from `first` to `last`, both included. */
export interface ByteRange {
  first: number;
  last: number;
}

/**
 * Reads a Range header for a file of this size. Null: send the whole, as for several ranges at once and for what
 * cannot be read. `outside`: answer 416.
 */
export function readRange(header: string | null, size: number): ByteRange | "outside" | null {
  const [, from = "", to = ""] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header ?? "") ?? [];
  if (from === "" && to === "") return null;
  if (from === "") {
    const wanted = Number(to);
    if (wanted === 0 || size === 0) return "outside";
    return { first: Math.max(0, size - wanted), last: size - 1 };
  }
  const first = Number(from);
  const last = to === "" ? size - 1 : Math.min(Number(to), size - 1);
  if (to !== "" && Number(to) < first) return null;
  return first >= size ? "outside" : { first, last };
}
