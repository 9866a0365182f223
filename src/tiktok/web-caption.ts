import { z } from "zod";
import type { PostFields } from "../core/post.ts";
import { captionHashtags, captionMentions } from "./caption-tags.ts";
import { webNumber, webText } from "./web-value.ts";

/** What TikTok knows of one stretch of a caption; places are UTF-16 units, as in JavaScript. */
export const TextExtra = z.object({
  hashtagName: webText,
  userUniqueId: webText,
  start: webNumber,
  end: webNumber,
});

type TextExtra = z.infer<typeof TextExtra>;

/** The caption byte for byte with the hashtags and mentions that TikTok saw in it, else those that stand in it. */
export function captionFields(
  caption: string,
  extras: readonly TextExtra[],
): Pick<PostFields, "caption" | "hashtags" | "mentions"> {
  const hashtags = extras.flatMap((extra) => hashtagOf(caption, extra) ?? []);
  const mentions = extras.flatMap(({ userUniqueId }) => userUniqueId?.replace(/^@/, "") || []);
  return {
    caption,
    hashtags: hashtags.length > 0 ? [...new Set(hashtags)] : captionHashtags(caption),
    mentions: mentions.length > 0 ? [...new Set(mentions)] : captionMentions(caption),
  };
}

/** As its author wrote it, where the place is right: the name beside it may be in other letters, or empty. */
function hashtagOf(caption: string, { hashtagName, start, end }: TextExtra): string | null {
  const name = hashtagName ?? "";
  const written = caption.slice(start ?? 0, end ?? 0);
  const tag = /^[#＃]\s*(\S+)$/u.exec(written)?.[1] ?? "";
  if (name === "") return tag === "" ? null : tag;
  return tag.toLowerCase() === name.toLowerCase() ? tag : name;
}
