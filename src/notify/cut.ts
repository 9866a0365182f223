const mark = "…";

/** A text of at most so many bytes in UTF-8; what is cut ends with `…`. */
export function cutBytes(text: string, most: number): string {
  return cut(text, most, (part) => Buffer.byteLength(part));
}

/** A text of at most so many UTF-16 units, as Telegram counts. */
export function cutUnits(text: string, most: number): string {
  return cut(text, most, (part) => part.length);
}

function cut(text: string, most: number, measure: (part: string) => number): string {
  if (measure(text) <= most) return text;
  let left = most - measure(mark);
  let kept = "";
  // What a reader sees as one sign stays whole.
  for (const { segment } of new Intl.Segmenter("en").segment(text)) {
    left -= measure(segment);
    if (left < 0) break;
    kept += segment;
  }
  return `${kept.trimEnd()}${mark}`;
}
