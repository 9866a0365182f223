import { z } from "zod";

// What TikTok's web pages send is read loosely: one odd field must not cost the record, and one odd row must
// not cost the list. What is not named by a shape is dropped at this door.

/** A text; null for anything else. */
export const webText = z.string().nullish().catch(null);

/** A number, also as digits in a text. */
export const webNumber = z
  .union([z.number(), z.string().regex(/^-?\d+(?:\.\d+)?$/)])
  .transform(Number)
  .nullish()
  .catch(null);

/** True or false, also as 1 and 0. */
export const webFlag = z
  .union([z.boolean(), z.literal([0, 1]).transform((value) => value === 1)])
  .nullish()
  .catch(null);

/** A list of which only the rows that fit the shape are kept; a dictionary counts as the list of its values. */
export function webList<Row extends z.ZodType>(row: Row) {
  return z
    .unknown()
    .optional()
    .transform((value): z.output<Row>[] => {
      if (typeof value !== "object" || value === null) return [];
      return Object.values(value).flatMap((each: unknown) => row.safeParse(each).data ?? []);
    });
}

/** A count that may be shown; null is unknown, never 0. */
export function countOf(value: number | null | undefined): number | null {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0 ? value : null;
}

/** A size or a length, rounded; 0 stands for "not said". */
export function sizeOf(value: number | null | undefined): number | null {
  return typeof value === "number" && value > 0 ? Math.round(value) : null;
}

/** A text byte for byte; null for one that shows nothing. */
export function wordsOf(value: string | null | undefined): string | null {
  return (value ?? "").trim() === "" ? null : (value ?? null);
}

/**
 * Reads JSON of the web. A whole number that JavaScript would round stays the text of its digits: ids have 19
 * of them. Undefined when it is not JSON.
 */
export function parseWebJson(text: string): unknown {
  const json = text.replace(/^\uFEFF/, "");
  try {
    // A reviver makes reading many times slower, and TikTok nearly always writes ids as texts.
    return /[:,[]\s*-?\d{16}/.test(json) ? JSON.parse(json, exactNumber) : JSON.parse(json);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function exactNumber(_key: string, value: unknown, context?: { source?: string }): unknown {
  if (typeof value !== "number" || !Number.isInteger(value) || Number.isSafeInteger(value))
    return value;
  return context?.source ?? value;
}
