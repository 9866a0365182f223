import type { LengthUnit } from "../core/destination.ts";
import { countGraphemes, graphemes } from "./graphemes.ts";
import { rememberLast } from "./remember.ts";

export { graphemes } from "./graphemes.ts";

/** Sum of UTF-16 units in which everything outside ASCII weighs 2. */
function halfUnits(text: string): number {
  return text.length > longLeast ? halfUnitsOfLong(text) : countHalves(text);
}

/** A text of this length is a body, which is measured again and again. */
const longLeast = 200;
const halfUnitsOfLong = rememberLast(countHalves);

function countHalves(text: string): number {
  let sum = 0;
  const { length } = text;
  for (let index = 0; index < length; index += 1) {
    sum += text.charCodeAt(index) > 127 ? 2 : 1;
  }
  return sum;
}

/** The strict count of RedNote's web editor: half units of UTF-16, rounded up. */
export function rednoteUnits(text: string): number {
  return Math.ceil(halfUnits(text) / 2);
}

/** The laxer count of RedNote's phone app: graphemes, ASCII at half weight, rounded down. */
export function rednoteAppUnits(text: string): number {
  let sum = 0;
  for (const grapheme of graphemes(text)) {
    sum += grapheme.length === 1 && grapheme.charCodeAt(0) <= 127 ? 1 : 2;
  }
  return Math.floor(sum / 2);
}

/** A pair of surrogates is one; a lone one is one too. */
function countCodePoints(text: string): number {
  let count = 0;
  const { length } = text;
  for (let index = 0; index < length; index += 1) {
    if ((text.codePointAt(index) ?? 0) > 0xffff) index += 1;
    count += 1;
  }
  return count;
}

/** The length of a text in one of the units that destinations declare. */
export function measure(text: string, unit: LengthUnit): number {
  switch (unit) {
    case "rednote":
      return rednoteUnits(text);
    case "rednote-app":
      return rednoteAppUnits(text);
    case "utf16":
      return text.length;
    case "code-points":
      return countCodePoints(text);
    case "graphemes":
      return countGraphemes(text);
  }
}

/**
 * True for a text that is not longer than this. No unit of length counts more than one for a unit of UTF-16, and
 * RedNote's none less than a half.
 */
export function fitsWithin(text: string, most: number, unit: LengthUnit): boolean {
  if (unit === "rednote" && text.length > most * 2) return false;
  return text.length <= most || measure(text, unit) <= most;
}

/** About so many UTF-16 units of a text are as long as this; exact where every unit is counted alone. */
export function unitsWithin(text: string, most: number, unit: LengthUnit): number {
  if (unit !== "rednote") return Math.min(text.length, Math.max(0, most));
  let end = 0;
  for (let sum = 0; end < text.length; end += 1) {
    sum += text.charCodeAt(end) > 127 ? 2 : 1;
    if (sum > most * 2) break;
  }
  return end;
}

/** The shortest beginning of a text that is longer than this, as the place of its end; null when none is or it is not counted here. */
export function firstOver(text: string, most: number, unit: LengthUnit): number | null {
  if (unit === "graphemes" || unit === "rednote-app") return null;
  let end = unitsWithin(text, most, unit);
  if (unit === "code-points") {
    let count = 0;
    for (end = 0; end < text.length && count < most; count += 1)
      end += (text.codePointAt(end) ?? 0) > 0xffff ? 2 : 1;
  }
  return end < text.length ? end + 1 : null;
}

/**
 * The longest beginning of a text that fits together with the ellipsis; the text itself when it fits.
 * Cuts between graphemes only. Where not even the ellipsis has room, the answer has none.
 */
export function cutToFit(text: string, limit: number, unit: LengthUnit, ellipsis = "…"): string {
  if (measure(text, unit) <= limit) return text;
  const parts = graphemes(text);
  const tail = measure(ellipsis, unit) <= limit ? ellipsis : "";
  let fits = 0;
  let tooMany = parts.length;
  while (tooMany - fits > 1) {
    const middle = (fits + tooMany) >> 1;
    const candidate = parts.slice(0, middle).join("") + tail;
    if (measure(candidate, unit) <= limit) fits = middle;
    else tooMany = middle;
  }
  return parts.slice(0, fits).join("").trimEnd() + tail;
}
