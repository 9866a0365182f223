import { z } from "zod";
import type { PostFields } from "../core/post.ts";
import type { WebAuthor } from "./web-author.ts";
import { webFlag, webText, wordsOf } from "./web-value.ts";

/** The sound of an item. */
export const Sound = z.object({ title: webText, authorName: webText, original: webFlag });

type Sound = z.infer<typeof Sound>;

const id = z
  .union([z.string(), z.number().transform(String)])
  .nullish()
  .catch(null);

/** Which post an item was made from, where it says so. */
export const Origins = z.object({
  duetFromId: id,
  stitchFromId: id,
  duetInfo: z.object({ duetFromId: id }).nullish().catch(null),
  stitchInfo: z.object({ stitchFromId: id }).nullish().catch(null),
});

/** Written as the archive writes it, so that both sources say the same: `title - author`. */
export function soundOf(sound: Sound | null | undefined): string | null {
  const parts = [wordsOf(sound?.title), wordsOf(sound?.authorName)].filter((part) => part !== null);
  return parts.length === 0 ? null : parts.join(" - ");
}

/**
 * True when the sound is the author's own. TikTok's `original` only says that some person recorded it: under
 * another name it may be someone else's, or the author's from before a new name.
 */
export function soundOriginalOf(
  sound: Sound | null | undefined,
  { handle, name }: WebAuthor,
): boolean | null {
  if (sound?.original !== true) return sound?.original ?? null;
  const by = sound.authorName ?? "";
  return by !== "" && (by === name || by.toLowerCase() === handle?.toLowerCase()) ? true : null;
}

/** A duet or a stitch; null where nothing says so. The id `0` stands for no post. */
export function madeFromOf(item: z.infer<typeof Origins>): PostFields["madeFrom"] {
  if (isPost(item.duetFromId ?? item.duetInfo?.duetFromId)) return "duet";
  return isPost(item.stitchFromId ?? item.stitchInfo?.stitchFromId) ? "stitch" : null;
}

function isPost(text: string | null | undefined): boolean {
  return /^\d{6,}$/.test(text ?? "");
}
